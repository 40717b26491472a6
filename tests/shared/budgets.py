"""How many examples a law has that is asked of every kind of value by itself."""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, settings

A_FEW_OF_EACH: Final = settings(
    max_examples=max(2, settings().max_examples * 2 // 5),
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
"""For a law of some hundred and fifty kinds, made of one another: what each has of its own is seen soon."""

ONE_OR_TWO_OF_EACH: Final = settings(
    max_examples=max(2, settings().max_examples // 10), suppress_health_check=A_FEW_OF_EACH.suppress_health_check
)
"""For a law of as many kinds that asks several questions of each value that is drawn."""
