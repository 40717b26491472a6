"""Expectations given as values on dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from goalmodel.checks import the
from goalmodel.errors import OutOfOrder, WrongType
from goalmodel.exact import Number
from goalmodel.key_result.key_result import KeyResult
from goalmodel.key_result.trajectory import Trajectory


def with_checkpoints(key_result: KeyResult, values: Mapping[dt.date, Number]) -> KeyResult:
    """Return *key_result*, expected to have come to each of *values* at the end of its day.

    Straight lines lead from each checkpoint to the next, rising and falling alike. They are kept as shares of the time
    and of the way: a revised target stretches them with it.

    Args:
        key_result: The key result, its baseline known.
        values: In the measure's own unit, by date.

    Raises:
        OutOfOrder: A date lies outside the cycle, or a value leads back.
        NoBaseline: The baseline is not known yet.
    """
    cycle = the(KeyResult, key_result, "key_result").cycle
    if not isinstance(values, Mapping):
        raise WrongType("values", values, "a mapping of dates to values")
    for on in values:
        if on not in cycle:
            raise OutOfOrder(
                "values",
                on,
                "later than the point before and no less of the way, within the cycle: from nothing to all of it",
            )
    points = [(key_result.time.elapsed(on), key_result.score(value).raw) for on, value in values.items()]
    return attrs.evolve(key_result, trajectory=Trajectory(points))
