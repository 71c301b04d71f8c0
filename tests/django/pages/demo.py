"""What ``make demo`` starts, as a process of its own, and a browser without scripts."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

__all__ = ["PATIENCE", "ROOT", "Demo"]

ROOT = Path(__file__).resolve().parents[3]
PROJECT = ROOT / "examples" / "demo"

#: Seconds that a busy machine may take to make all records, and to end.
PATIENCE = 120


def environment(url):
    found = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return {**found, "DATABASE_URL": url}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Demo:
    """The demo on a database of its own: a new file, unless ``url`` names another one."""

    def __init__(self, folder, url=None):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = (folder / "said.txt").open("w+b")
        command = [sys.executable, str(PROJECT / "manage.py"), "demo", "--port", str(self.port)]
        settings = environment(url or f"sqlite:///{folder / 'db.sqlite3'}")
        self.process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=self.said, stderr=subprocess.STDOUT)
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def wait(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self.get("/")
            except OSError:
                assert self.process.poll() is None, self.output()
                time.sleep(0.2)
        raise AssertionError(self.output())

    def get(self, path, **data):
        body = urlencode(data).encode() if data else None
        with self._opener.open(f"{self.address}{path}", body, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def sign_in(self, username, password):
        """Sign in to the land registry, and so to all of the project."""
        page = self.get("/land-registry/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.get("/land-registry/sign-in/", csrfmiddlewaretoken=token, username=username, password=password)

    def output(self):
        self.said.seek(0)
        return self.said.read().decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def close(self):
        """Leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.said.close()
