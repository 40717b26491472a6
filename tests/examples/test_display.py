"""How verdicts sort and are shown, by hand."""

from __future__ import annotations

import pytest

from goalmodel import Health, Outcome, Pace
from goalmodel.hygiene import Severity

SORTED = [
    (Health, ("unhealthy", "unknown", "on watch", "healthy")),
    (
        Outcome,
        (
            "moved back",
            "little movement",
            "part of the way",
            "most of the way",
            "reached the target",
            "went past the target",
        ),
    ),
    (Pace, ("well behind", "behind", "on pace", "ahead")),
    (Severity, ("error", "warning", "hint")),
]


@pytest.mark.parametrize(("kind", "values"), SORTED)
def test_verdicts_sort_the_worst_first(kind: type[Health | Outcome | Pace | Severity], values: tuple[str, ...]) -> None:
    assert sorted(kind, key=lambda member: member.order) == list(values)
