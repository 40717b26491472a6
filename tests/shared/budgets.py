"""How many examples a law has that is not content with as many as others."""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, settings

_OTHERS_HAVE: Final = 20
"""How many examples a law has in the profile the numbers here are written for."""


def examples(number: int) -> settings:
    """Return settings with so many examples, and as much fewer or more as the profile has fewer or more.

    Args:
        number: How many there are in the profile "ci".
    """
    return settings(max_examples=max(2, number * settings().max_examples // _OTHERS_HAVE))


_MADE_OF_ONE_ANOTHER: Final = (HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.too_slow)
A_FEW_OF_EACH: Final = settings(examples(6), suppress_health_check=_MADE_OF_ONE_ANOTHER)
"""For a law of some hundred and fifty kinds, made of one another: what each has of its own is seen soon."""
ONE_OR_TWO_OF_EACH: Final = settings(examples(2), suppress_health_check=_MADE_OF_ONE_ANOTHER)
"""For a law of as many kinds that asks several questions of each value that is drawn."""
