#!/usr/bin/env python
"""Django's commands for the land registry: migrate, seed, shell and the rest."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landregistry.settings")
    execute_from_command_line(sys.argv)
