"""What was read of all measures: a series each."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel.checks import the_many
from goalmodel.errors import GivenTwice
from goalmodel.measure.series import Series


def by_measure(history: Iterable[Series], field: str) -> dict[str, Series]:
    """Return the series of a *history*, in any order, by the name of their measure.

    Raises:
        GivenTwice: Two series are of one measure.
    """
    known: dict[str, Series] = {}
    for index, series in enumerate(the_many(Series, history, field)):
        if series.measure.name in known:
            raise GivenTwice(f"{field}[{index}]", series.measure.name, "one series a measure")
        known[series.measure.name] = series
    return known
