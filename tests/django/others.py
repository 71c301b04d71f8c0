"""Other threads and other processes, which use the databases of the running test through connections of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from django.db import connections

from tests.django.databases import environment

ROOT = Path(__file__).resolve().parents[2]

_SCRIPT = """
import json, sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections, transaction
from landregistry.models import *
from testapp.models import *
from jsonattrs_core import Attribute
from jsonattrs_django.models import SchemaRecord
from jsonattrs_django.updates import update_attributes

def changed(record, **values):
    record.attrs.update(values)
    record.save()

for line in sys.stdin:
    print(json.dumps(eval(json.loads(line))), flush=True)
connections.close_all()
"""


class Process:
    """Another process, to be asked for the values of expressions that JSON can hold."""

    def __init__(self, **settings):
        command = [sys.executable, "-W", "error", "-c", _SCRIPT]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()
        )
        self.ask(f"setattr(settings, 'JSONATTRS', {settings!r})")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(timeout=60) == 0

    def start(self, expression):
        """Have an expression evaluated."""
        self._process.stdin.write(json.dumps(expression) + "\n")
        self._process.stdin.flush()

    def answer(self):
        """Wait for the value of the expression that was started first."""
        line = self._process.stdout.readline()
        assert line, "the other process has ended; what it raised is in the captured output"
        return json.loads(line)

    def ask(self, expression):
        """Return the value of an expression."""
        self.start(expression)
        return self.answer()


class Thread(threading.Thread):
    """Another thread, which runs a function and has connections of its own; to be started at once."""

    def __init__(self, function):
        super().__init__(daemon=True)
        self._function = function
        self._value = self._error = None
        self.start()

    def run(self):
        try:
            self._value = self._function()
        except BaseException as error:  # raised again where it is waited for
            self._error = error
        finally:
            connections.close_all()

    def answer(self):
        """Wait for the end, and return what the function returned, or raise what it raised."""
        self.join(timeout=60)
        assert not self.is_alive()
        if self._error is not None:
            raise self._error
        return self._value


def elsewhere(function):
    """Return what a function returns in another thread."""
    return Thread(function).answer()
