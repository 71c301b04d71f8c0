"""`jsonattrs new-plugin`: a plugin of somebody's own, made from `plugins/_template` of the repository."""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import jsonattrs_core
from jsonattrs_core.cli.common import console, stopping_at_faults
from jsonattrs_core.cli.errors import CannotRun
from jsonattrs_core.cli.report import cell
from jsonattrs_core.discovery import entry_points
from jsonattrs_core.plugins import GROUP, short_name
from jsonattrs_core.values import CORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["new_plugin", "template_files"]

#: What makes the name of a distribution and, with underscores, that of a package.
_NAME = re.compile(r"(?!.{41})[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch
#: The template's own name. It stands for nothing else in the template, in no file and no path.
_PLACEHOLDER = re.compile("jsonattrs_template|template")
#: What building, testing and importing leave behind.
_LEFT_BEHIND = re.compile(r"__pycache__|build|dist|.*\.(?:egg-info|pyc)|\.(?!gitignore$).*").fullmatch


def new_plugin(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of the plugin, such as acme-numbers.", show_default=False)
    ],
    directory: Annotated[Path, typer.Option(metavar="PATH", help="Where its folder is made.")] = Path(),
) -> None:
    """Write a plugin of your own, ready to install: one example rule and tests that pass."""
    with stopping_at_faults():
        short = _checked(name)
        folder = directory / f"{CORE}-{short}"
        _write({_renamed(path, short): _renamed(text, short) for path, text in template_files()}, folder)
        _tell(folder, short)


def template_files() -> Iterator[tuple[str, str]]:
    """Yield the template's files: the path of each, relative and with slashes, and its text. Raises CannotRun."""
    folder = _template()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(map(_LEFT_BEHIND, parts)):
            yield "/".join(parts), path.read_text(encoding="utf-8")


def _template() -> Path:
    """Return where the template is: the wheel has it inside the package, a checkout beside it."""
    package = Path(jsonattrs_core.__file__).parent
    for folder in (package / "plugin_template", package.parent / "plugins" / "_template"):
        if (folder / "pyproject.toml").is_file():
            return folder
    raise CannotRun("this installation lacks the template of plugins; it is plugins/_template in the repository")


def _checked(name: str) -> str:
    """Return the provider's name; ``jsonattrs-`` before it may be given or not. Raises CannotRun."""
    short = name.removeprefix(f"{CORE}-")
    if not _NAME(short):
        raise CannotRun(
            f"{name!r} cannot name a plugin: use lower-case letters, digits and hyphens, at most 40, as in acme-numbers"
        )
    if short == CORE or short.startswith(f"{CORE}-"):
        raise CannotRun(f"{name!r} cannot name a plugin: it is the name of what is built in")
    for point in entry_points(GROUP):
        if short_name(point.name) == short:
            known = f"{point.distribution or point.name} {point.version}".rstrip()
            raise CannotRun(f"there is a plugin {short!r} already: {known} is installed; choose another name")
    if find_spec(_package(short)):
        raise CannotRun(f"there is a package {_package(short)!r} already; choose another name")
    return short


def _package(short: str) -> str:
    return f"{CORE}_{short.replace('-', '_')}"


def _renamed(text: str, short: str) -> str:
    """Return a path or a text of the template with the plugin's names in place of its own."""
    return _PLACEHOLDER.sub(lambda found: short if found[0] == "template" else _package(short), text)


def _write(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder that is not there or is empty. Raises CannotRun for another one."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRun(f"{folder} is there already; nothing was written")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _tell(folder: Path, short: str) -> None:
    """Say what was made, and the commands that show that it works."""
    out = console()
    out.print(cell(f"{folder} is a plugin with one example, the subtype {short}-code. Try it:"), soft_wrap=True)
    out.print()
    for command in (
        f"cd {shlex.quote(str(folder))}",
        "python -m pip install -e . pytest",
        "python -m pytest",
        "jsonattrs subtypes",
    ):
        out.print(cell(f"  {command}", "bold"), soft_wrap=True)
    out.print()
    out.print(cell("Then make it yours: README.md in that folder says how."), soft_wrap=True)
