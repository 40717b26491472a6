"""Where a key result will land, and how fast it would have to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, takewhile
from math import ceil
from typing import Final

import attrs

from goalmodel.checks import are, inner_share, is_a, is_count, is_date, named
from goalmodel.key_result.score import Score
from goalmodel.measure import Aggregation, Cycle
from goalmodel.measure.row import Dated
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.reprs import readable
from goalmodel.trend.slope import Slope, theil_sen

LANDING = ReasonKind(
    "forecast-landing",
    "KR-10",
    "as {count:reading moves/readings move}, it comes to {value} by {end}",
    {"count": int, "value": Fraction, "end": dt.date},
)
TOO_FEW = ReasonKind(
    "forecast-too-few-readings",
    "KR-10",
    "a forecast needs {needed:reading/readings}, and {count:is/are} there",
    {"count": int, "needed": int},
)
BEFORE_CYCLE = ReasonKind(
    "forecast-before-cycle", "KR-10", "the cycle begins on {start}, and nothing has moved yet", {"start": dt.date}
)
CYCLE_OVER = ReasonKind(
    "forecast-cycle-over", "KR-10", "the cycle ended on {end}: it has landed where it has", {"end": dt.date}
)
NO_LINE = ReasonKind(
    "forecast-no-line", "KR-10", "what is counted is {counting}, and that follows no line", {"counting": Aggregation}
)


READ_BEFORE = ReasonKind(
    "forecast-read-before",
    "KR-10",
    "of these readings {count:is/are} of before the cycle, which began on {start}",
    {"count": int, "start": dt.date},
)
NO_DISTANCES = ReasonKind(
    "forecast-no-distances", "KR-10", "between its values there are no distances, so that no line leads anywhere"
)


_MOST_READINGS: Final = 100
_is_number_or_none = is_a(Fraction, type(None))
_is_score_or_none = is_a(Score, type(None))


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class ForecastPolicy:
    """What a forecast rests on.

    Source: Four readings are the fewest whose order can be telling at 0.9: all of them rise by chance once in 24. The
        rest is our choice.

    Attributes:
        least: With fewer readings nothing is forecast, at least 2.
        most: So many of the latest are looked at, 2 to 100; a slope takes time in their square.
        confidence: How sure the range is to hold the pace the readings come from, above 0 and below 1.
        is_with_earlier: Whether what was read before the cycle counts as well, where the latest reading is what counts:
            a quarter has three months, and no forecast by them alone.
    """

    least: int = attrs.field(default=4, validator=is_count(2))
    most: int = attrs.field(default=40, validator=is_count(2, _MOST_READINGS))
    confidence: Fraction = attrs.field(default=Fraction(9, 10), converter=inner_share)
    is_with_earlier: bool = attrs.field(default=False, validator=is_a(bool))


DEFAULT: Final = ForecastPolicy()


@attrs.frozen(kw_only=True)
@readable
class Forecast:
    """Where what is counted will be at the end of the cycle if it goes on as it did.

    Attributes:
        value: In the measure's own unit; None where that can't be said.
        low: The least it may be; None where the readings are too few to say.
        high: The greatest it may be; None where the readings are too few to say.
        score: How far that is; None without a value or a baseline.
        worst: The least score it may be.
        best: The greatest score it may be.
        reaches_on: When the target is reached, and stays so until the cycle ends: the day of the first of the latest
            readings that all did, or the first day behind the judgement on which the line does, which may lie behind
            the cycle; None where the line never does, or leaves it again, or where that can't be said.
        reasons: What it rests on, or why it can't be said.
    """

    value: Fraction | None = attrs.field(default=None, validator=_is_number_or_none)
    low: Fraction | None = attrs.field(default=None, validator=_is_number_or_none)
    high: Fraction | None = attrs.field(default=None, validator=_is_number_or_none)
    score: Score | None = attrs.field(default=None, validator=_is_score_or_none)
    worst: Score | None = attrs.field(default=None, validator=_is_score_or_none)
    best: Score | None = attrs.field(default=None, validator=_is_score_or_none)
    reaches_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


@attrs.frozen(kw_only=True)
@readable
class RequiredRate:
    """How fast a key result would have to be.

    Attributes:
        per_day: What is left, by day that is left, in the measure's own unit; 0 where nothing is left.
        by: The last of those days.
        fastest: The most it moved toward the target from one reading to the next, by day; None without two readings.
    """

    per_day: Fraction = attrs.field(validator=is_a(Fraction))
    by: dt.date = attrs.field(validator=is_date)
    fastest: Fraction | None = attrs.field(validator=_is_number_or_none)

    @property
    def is_more_than_ever(self) -> bool | None:
        """Whether that is more than was ever achieved in the cycle; None where nobody can say."""
        return None if self.fastest is None else self.per_day > self.fastest


def forecast_of(
    course: Sequence[Dated],
    score: Callable[[Fraction], Score] | None,
    goal: Fraction | None,
    *,
    cycle: Cycle,
    as_of: dt.date,
    policy: ForecastPolicy,
    follows_no_line: Aggregation | None = None,
    within: tuple[Fraction | None, Fraction | None] = (None, None),
    has_distances: bool = True,
    earlier: Sequence[Dated] = (),
) -> Forecast:
    """Return where *course* leads by the end of *cycle*, or every reason why that can't be said.

    Rule: KR-10.

    Args:
        course: What was counted by when in the cycle, oldest first.
        score: What a value scores; None without a baseline.
        goal: The first value that scores 1; None without a baseline.
        cycle: Before it nothing has moved, on its last day it has landed.
        as_of: The date of the judgement, at the end of the day.
        policy: What the forecast rests on.
        follows_no_line: What is counted, where that does not move as the readings do.
        within: The least and the greatest value it can come to; None where there is no such end.
        has_distances: Whether distances between its values mean anything.
        earlier: What was read before the cycle and counts as well, oldest first.
    """
    read = [*earlier, *course]
    reasons = those_that_hold(
        (BEFORE_CYCLE, {"start": cycle.start}, as_of < cycle.start),
        (CYCLE_OVER, {"end": cycle.end}, as_of >= cycle.end),
        (NO_LINE, {"counting": follows_no_line}, follows_no_line is not None),
        (NO_DISTANCES, {}, not has_distances),
        (TOO_FEW, {"count": len(read), "needed": policy.least}, len(read) < policy.least),
    )
    points = [(on.toordinal(), value) for on, value in read[-policy.most :]]
    line = None if reasons else theil_sen(points, confidence=policy.confidence)
    if line is None:
        return Forecast(reasons=reasons)
    end = cycle.end.toordinal()
    value = _inside(line.at(end), within)
    low, high = (None if each is None else _inside(each, within) for each in line.range_at(end) or (None, None))
    scores = [] if score is None else sorted(score(each) for each in (low, high) if each is not None)
    return Forecast(
        value=value,
        low=low,
        high=high,
        score=None if score is None else score(value),
        worst=scores[0] if scores else None,
        best=scores[-1] if scores else None,
        reaches_on=None
        if score is None or goal is None
        else _reaches_on(course, line, score, goal, as_of=as_of, end=end, within=within),
        reasons=(
            LANDING.because(count=len(points), value=value, end=cycle.end),
            *those_that_hold(
                (READ_BEFORE, {"count": len(points) - len(course), "start": cycle.start}, len(points) > len(course))
            ),
        ),
    )


def _inside(value: Fraction, within: tuple[Fraction | None, Fraction | None]) -> Fraction:
    """Return what a value comes to where less than the least, and more than the greatest, can't be."""
    least, greatest = within
    if least is not None and value < least:
        return least
    return greatest if greatest is not None and value > greatest else value


def required_rate_of(
    course: Sequence[Dated], left: Fraction, *, rising: bool, as_of: dt.date, by: dt.date
) -> RequiredRate | None:
    """Return how fast what is *left* would have to be covered; None where no day is left until *by*."""
    days = (by - as_of).days
    if days < 1:
        return None
    sign = 1 if rising else -1
    moves = [sign * (later - earlier) / (day - before).days for (before, earlier), (day, later) in pairwise(course)]
    return RequiredRate(per_day=left / days, by=by, fastest=max(moves, default=None))


def _reaches_on(
    course: Sequence[Dated],
    line: Slope,
    score: Callable[[Fraction], Score],
    goal: Fraction,
    *,
    as_of: dt.date,
    end: int,
    within: tuple[Fraction | None, Fraction | None],
) -> dt.date | None:
    """Return since when, or from when on, the target is reached for good; None where the line leaves it, or never does.

    Args:
        course: What was counted by when in the cycle, oldest first.
        line: Where that leads.
        score: What a value scores, never less further along the way.
        goal: The first value that scores 1.
        as_of: The date of the judgement: from the day after it on the line is looked at.
        end: The last day of the cycle, later than *as_of*, as an ordinal.
        within: The least and the greatest value it can come to by then.
    """

    def is_there(value: Fraction) -> bool:
        return score(value).raw >= 1

    soonest = as_of.toordinal() + 1
    is_there_at_last = is_there(_inside(line.at(end), within))
    if is_there(_inside(line.at(soonest), within)):
        since = [on for on, _ in takewhile(lambda each: is_there(each[1]), reversed(course))]
        reached = since[-1] if since else dt.date.fromordinal(soonest)
        return reached if is_there_at_last else None
    if not line.rate or (goal - line.at(soonest)) / line.rate < 0:
        return None
    day = ceil((goal - line.start) / line.rate)
    if day <= end and not is_there_at_last:
        return None
    return dt.date.fromordinal(day) if day <= dt.date.max.toordinal() else None
