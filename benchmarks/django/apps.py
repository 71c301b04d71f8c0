"""The application that the benchmarks' tables belong to."""

from __future__ import annotations

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """It has no migrations: its tables are made with the database, and go with it."""

    name = "benchmarks.django"
    label = "bench"
