"""In which way a standard has to be met: once, at the end, throughout, or stage by stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum, unique
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias, cast

import attrs

from goalmodel.checks import is_a, is_date, the, the_date, the_iterable
from goalmodel.commit.standard import Standard
from goalmodel.errors import GivenTwice, NothingGiven, OutOfBounds, WrongType
from goalmodel.exact import Number, exact, spelled


@unique
class Counted(StrEnum):
    """What a share of a hold is a share of."""

    READINGS = "readings"
    TIME = "time"


@attrs.frozen
class Reached:
    """Reached by the due date: one reading that meets the standard is enough."""

    def __str__(self) -> str:
        return "reached by the due date"


@attrs.frozen
class OnDueDate:
    """Standing on the due date: the latest reading then meets the standard, whatever was before."""

    def __str__(self) -> str:
        return "standing on the due date"


def _share(given: Number) -> Fraction:
    number = exact(given, "share")
    if not 0 < number <= 1:
        raise OutOfBounds("share", given, "a share above 0 and up to 1")
    return number


@attrs.frozen
class Held:
    """Held from *since* to the due date: by every reading, by a share of the readings, or for a share of the time.

    A share of the time is one of the days of the window. A reading stands for the days since the one before it, as a
    month's figure stands for its month; with a cadence, for one period at most. Days no reading stands for, and days
    of an absence, are unobserved: they count neither for nor against, until they could no longer change the verdict.

    >>> str(Held(dt.date(2026, 10, 1), share=Fraction(95, 100), counted=Counted.TIME))
    'held from 2026-10-01 to the due date in 95 % of the time'

    Attributes:
        since: First day of the window.
        share: How much of it has to meet the standard, above 0 and up to 1; all of it where nothing is said.
        counted: What the share is one of: the readings, or the time.
    """

    since: dt.date = attrs.field(validator=is_date)
    share: Fraction = attrs.field(default=Fraction(1), converter=_share, kw_only=True)
    counted: Counted = attrs.field(default=Counted.READINGS, validator=is_a(Counted), kw_only=True)

    @property
    def is_throughout(self) -> bool:
        """Whether a single reading that does not meet the standard breaks it."""
        return self.share == 1 and self.counted is Counted.READINGS

    def __str__(self) -> str:
        held = f"held from {self.since.isoformat()} to the due date"
        return held if self.is_throughout else f"{held} in {spelled(self.share * 100)} % of the {self.counted.value}"


Stage: TypeAlias = tuple[dt.date, Standard]
"""By when, and what has to be reached by then."""


def _stages(given: Mapping[dt.date, Standard] | Iterable[Stage]) -> tuple[Stage, ...]:
    pairs = _pairs(given)
    stages = sorted((_stage(pair) for pair in pairs), key=itemgetter(0))
    if not stages:
        raise NothingGiven("stages", (), "at least one stage: a date and the standard to be reached by then")
    for earlier, later in pairwise(stages):
        if earlier[0] == later[0]:
            raise GivenTwice("stages", later[0], "a date that no other stage has")
    return tuple(stages)


@attrs.frozen
class Staged:
    """In stages: each reached by its own date, and the standard of the commit by the due date.

    >>> migrated = Staged({dt.date(2026, 1, 31): Standard.at_least(25), dt.date(2026, 3, 31): Standard.at_least(60)})
    >>> str(migrated)
    'reached in stages: at least 25 by 2026-01-31, at least 60 by 2026-03-31, and the standard by the due date'

    Attributes:
        stages: Date and standard of each stage before the last, by date; a mapping or pairs, in any order.
    """

    stages: tuple[Stage, ...] = attrs.field(converter=_stages)

    def __str__(self) -> str:
        stages = ", ".join(f"{standard} by {by.isoformat()}" for by, standard in self.stages)
        return f"reached in stages: {stages}, and the standard by the due date"


Manner: TypeAlias = Reached | OnDueDate | Held | Staged
"""The way in which a standard has to be met."""


def _pairs(given: Mapping[dt.date, Standard] | Iterable[Stage]) -> Iterable[Stage]:
    if isinstance(given, Mapping):
        by_date = cast("Mapping[dt.date, Standard]", given)
        return by_date.items()
    return the_iterable(given, "stages")


def _stage(given: Stage) -> Stage:
    match given:
        case (by, standard):
            return the_date(by, "stages"), the(Standard, standard, "stages")
        case _:
            raise WrongType("stages", given, "a pair of date and Standard")
