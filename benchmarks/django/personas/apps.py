"""The application that the table of native columns belongs to."""

from __future__ import annotations

from django.apps import AppConfig


class BenchPersonasConfig(AppConfig):
    """It has no migrations: the scene of the benchmarks makes its table."""

    name = "benchmarks.django.personas"
    label = "bench_personas"
