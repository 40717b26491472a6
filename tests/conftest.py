"""What every test run shares: the Hypothesis profiles, and a header that says which goalmodel is tested.

Three profiles. "ci" is the default: a fixed budget, the same examples each time, no clock. "brief" has the first of
them, for a Python beside the one all were tried on. "large" is for a look further by hand:
``pytest --hypothesis-profile=large``.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from hypothesis import HealthCheck, settings

import goalmodel

settings.register_profile(
    "ci",
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    # It measures time, and no test may depend on that.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("brief", parent=settings.get_profile("ci"), max_examples=4)
settings.register_profile(
    "large",
    parent=settings.get_profile("ci"),
    max_examples=2_000,
    derandomize=False,
    print_blob=True,
)
settings.load_profile("ci")


def pytest_report_header() -> str:
    return f"goalmodel: {version('goalmodel')} from {Path(goalmodel.__file__).parent}"
