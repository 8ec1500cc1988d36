"""Settings of every test: hypothesis does not time, and repeats itself where CI runs it."""

import os

from hypothesis import HealthCheck, settings

# Slow machines must not fail a test: speed is measured in benchmarks/ only. In CI the same
# examples come every time, so that a run that failed fails again.
settings.register_profile(
    "default",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize="CI" in os.environ,
)
settings.load_profile("default")
