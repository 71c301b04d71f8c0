#!/usr/bin/env python
"""Django's commands for both examples in one project: migrate, demo, shell and the rest."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

#: Each example is an application in a folder of its own.
sys.path.extend(str(Path(__file__).resolve().parents[1] / name) for name in ("landregistry", "personas"))

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings.local")
    execute_from_command_line(sys.argv)
