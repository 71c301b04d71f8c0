"""Settings of the whole test run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Two busy cores make single examples slow now and then; where time is the point, a test measures it itself.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", settings.get_profile("default"), max_examples=20_000)
settings.load_profile("default")
