"""In stages: each reached by its own date, and the standard of the commit by the due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias, cast

import attrs

from goalmodel.checks import each_once, named, the, the_date, the_iterable
from goalmodel.commit.observed import Observed
from goalmodel.commit.reached import Reached, judge_reached
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import WEAKEST_FIRST, Attainment, NamedManner, Verdict, in_flight
from goalmodel.errors import NothingGiven, WrongType
from goalmodel.measure import Reading
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable

STAGE_NOT_MET = ReasonKind(
    "commit-stage-not-met",
    "COM-1",
    "by {by} {reading} was {distance} short of {standard}",
    {"by": dt.date, "reading": Reading, "distance": Fraction, "standard": Standard},
)


Stage: TypeAlias = tuple[dt.date, Standard]
"""By when, and what has to be reached by then."""


def _stages(given: Mapping[dt.date, Standard] | Iterable[Stage], field: str = "value") -> tuple[Stage, ...]:
    pairs = (_stage(pair, f"{field}[{index}]") for index, pair in enumerate(_pairs(given, field)))
    stages = each_once(pairs, itemgetter(0), field, "a date that no other stage has")
    if not stages:
        raise NothingGiven(field, (), "at least one stage: a date and the standard to be reached by then")
    return stages


@NamedManner.register
@attrs.frozen(field_transformer=named)
@readable
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


def judge_staged(manner: Staged, observed: Observed, as_of: dt.date) -> Verdict:
    """Return the weakest of the verdicts on the stages, each to be reached like a commit of its own.

    Rules: COM-1, COM-2, COM-3.
    """
    stages = [_judge_stage(observed.stage(by, standard), standard, as_of) for by, standard in manner.stages]
    whole = judge_reached(Reached(), observed, as_of)
    decisive = min((*stages, whole), key=lambda found: WEAKEST_FIRST.index(found.attainment))
    if decisive.attainment is Attainment.KEPT:
        return whole
    if as_of < observed.due and decisive.attainment is not Attainment.NOT_KEPT:
        return decisive._replace(attainment=Attainment.IN_FLIGHT, reason=in_flight(observed, as_of))
    return decisive


def _judge_stage(stage: Observed, standard: Standard, as_of: dt.date) -> Verdict:
    found = judge_reached(Reached(), stage, as_of)
    if found.attainment is not Attainment.NOT_KEPT:
        return found
    facts = {"reading": found.deciding, "distance": found.distance, "standard": standard, "by": stage.due}
    return found._replace(reason=STAGE_NOT_MET.because(**facts))


def _pairs(given: Mapping[dt.date, Standard] | Iterable[Stage], field: str) -> Iterable[Stage]:
    if isinstance(given, Mapping):
        by_date = cast("Mapping[dt.date, Standard]", given)
        return by_date.items()
    return the_iterable(given, field)


def _stage(given: Stage, field: str) -> Stage:
    match given:
        case (by, standard):
            return the_date(by, f"{field}[0]"), the(Standard, standard, f"{field}[1]")
        case _:
            raise WrongType(field, given, "a pair of date and Standard")
