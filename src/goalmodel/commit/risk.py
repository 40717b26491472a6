"""Can it still be kept, until when, and is it at risk?"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from math import ceil

import attrs

from goalmodel.checks import are, is_a, is_date, the, the_date
from goalmodel.commit.amendment import in_force
from goalmodel.commit.commit import Commit, case_of
from goalmodel.commit.manner import Counted, Held, Stage, Staged
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment, Case, count
from goalmodel.measure import Measure, Series
from goalmodel.measure.known import Dated
from goalmodel.reasons import Reason, ReasonKind

NOT_KEPT_ANY_MORE = ReasonKind("commit-beyond-saving", "COM-3", "it is not kept already: {why}")
NOT_POSSIBLE = ReasonKind(
    "commit-not-possible", "COM-3", "no value {measure} can have meets the standard of {by}: {standard}"
)
AT_RISK = ReasonKind(
    "commit-at-risk",
    "COM-3",
    "to come to {standard} by {by} takes {required} {unit} a day, and the most it ever made is {best}",
)
ON_COURSE = ReasonKind(
    "commit-on-course",
    "COM-3",
    "to come to {standard} by {by} takes {required} {unit} a day, and it has made {best} before",
)
NO_PACE = ReasonKind("commit-no-pace", "COM-3", "nobody knows how fast {measure} can move: it takes two readings")


@attrs.frozen(kw_only=True)
class CommitRisk:
    """Whether a commit that is in flight can still be kept.

    Attributes:
        as_of: The date of the judgement.
        by: The next day on which something has to be reached: of a stage, or the due date; None when it is decided.
        distance: How far the latest reading is from what has to be reached then, in the measure's own unit; None
            without a reading, or when it is decided.
        required: How fast it has to move from now on, in the measure's unit a day; None where no pace is required.
        best: The fastest it ever moved that way between two readings, per day; None where no two readings tell.
        last_chance: The latest day from which the fastest pace ever made still suffices, or from which what is to be
            held must be met; the due date where neither is known; None where no day is.
        is_beyond_saving: Whether nothing that may still come can make it kept.
        reasons: What that rests on.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    by: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))
    distance: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    required: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    best: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    last_chance: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))
    is_beyond_saving: bool = attrs.field(validator=is_a(bool))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def is_at_risk(self) -> bool:
        """Whether it would have to move faster than it ever did."""
        return self.required is not None and self.best is not None and self.required > self.best


def outlook(commit: Commit, series: Series, *, as_of: dt.date) -> CommitRisk:
    """Return whether *commit* can still be kept, as known on *as_of*, until when, and whether it is at risk.

    It is at risk when it would have to move faster, from its latest reading and from now on, than it ever moved
    between two readings. It is beyond saving when it is not kept already, or when no value its measure can have will
    do.

    Rule: COM-3.

    >>> signups = Measure("sign-ups", unit="people")
    >>> thousand = Commit(
    ...     id="thousand",
    ...     measure=signups,
    ...     standard=Standard.at_least(1000),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 10, 1),
    ... )
    >>> known = Series.of(signups, {dt.date(2026, 10, 1): 100, dt.date(2026, 10, 31): 400})
    >>> seen = outlook(thousand, known, as_of=dt.date(2026, 11, 1))
    >>> seen.required, seen.best, seen.last_chance, seen.is_at_risk
    (Fraction(10, 1), Fraction(10, 1), datetime.date(2026, 11, 1), False)

    Args:
        commit: The commit.
        series: Readings of its measure, from before the declaration as well: they tell how fast it can move. Those
            after *as_of* are not seen.
        as_of: The date of the judgement, at the end of the day.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """
    found = the(Commit, commit, "commit").assess(series, as_of=as_of)
    known = series.until(the_date(as_of, "as_of")).present
    if found.attainment is not Attainment.IN_FLIGHT:
        why = tuple(NOT_KEPT_ANY_MORE.because(why=str(each)) for each in found.reasons)
        is_lost = found.attainment is Attainment.NOT_KEPT
        return _decided(as_of, why if is_lost else (), is_beyond_saving=is_lost)
    ahead = _ahead(commit, known, as_of)
    impossible = [stage for stage in ahead if not _is_possible(stage[1], commit.measure)]
    if impossible:
        by, standard = impossible[0]
        why = (NOT_POSSIBLE.because(measure=commit.measure.name, by=by, standard=str(standard)),)
        return _decided(as_of, why, is_beyond_saving=True)
    return _ahead_of(commit, ahead[0], series.until(as_of), as_of)


def _decided(as_of: dt.date, reasons: tuple[Reason, ...], *, is_beyond_saving: bool) -> CommitRisk:
    return CommitRisk(
        as_of=as_of,
        by=None,
        distance=None,
        required=None,
        best=None,
        last_chance=None,
        is_beyond_saving=is_beyond_saving,
        reasons=reasons,
    )


def _ahead(commit: Commit, known: tuple[Dated, ...], as_of: dt.date) -> tuple[Stage, ...]:
    """Return the stages still to be reached, by date; the last is the standard that will be in force when it is due."""
    made = tuple((amendment.since, amendment.standard) for amendment in commit.amendments if amendment.on <= as_of)
    last = in_force(((commit.declared_on, commit.standard), *made), commit.due)
    stages = commit.manner.stages if isinstance(commit.manner, Staged) else ()
    counting = [value for on, value in known if on >= commit.declared_on]
    waiting = (stage for stage in stages if stage[0] > as_of and not any(map(stage[1].is_met, counting)))
    return (*waiting, (commit.due, last))


def _is_possible(standard: Standard, measure: Measure) -> bool:
    is_too_high = measure.highest is not None and standard.low is not None and standard.low > measure.highest
    is_too_low = measure.lowest is not None and standard.high is not None and standard.high < measure.lowest
    return not (is_too_high or is_too_low)


def _ahead_of(commit: Commit, stage: Stage, series: Series, as_of: dt.date) -> CommitRisk:
    by, standard = stage
    known = series.present
    distance = standard.distance(known[-1][1]) if known else None
    manner, best = commit.manner, best_pace(known, standard)
    if isinstance(manner, Held):
        required, last_chance = None, _last_to_hold(manner, case_of(commit, series, as_of))
    else:
        required = distance / (by - as_of).days if distance else None
        last_chance = _last_to_reach(by, distance, best)
    return CommitRisk(
        as_of=as_of,
        by=by,
        distance=distance,
        required=required,
        best=best,
        last_chance=last_chance,
        is_beyond_saving=False,
        reasons=() if required is None else (_why(commit, stage, required, best),),
    )


def best_pace(known: tuple[Dated, ...], standard: Standard) -> Fraction | None:
    """Return the fastest move between two readings that follow one another, per day, toward *standard*.

    No two readings, however far apart, moved faster. It is negative where every move led away from the standard.

    Args:
        known: Date and value of readings, oldest first.
        standard: What is to be met; the latest reading says from which side.

    Returns:
        In the measure's unit a day; None where there are no two readings, or the latest meets the standard.
    """
    if len(known) < 2 or standard.is_met(known[-1][1]):  # noqa: PLR2004 - a move takes two readings
        return None
    sign = 1 if standard.low is not None and known[-1][1] < standard.low else -1
    return max(sign * (later[1] - earlier[1]) / (later[0] - earlier[0]).days for earlier, later in pairwise(known))


def _last_to_reach(by: dt.date, distance: Fraction | None, best: Fraction | None) -> dt.date | None:
    if not distance or best is None:
        return by
    if best <= 0:
        return None
    return _days_before(by, ceil(distance / best))


def _last_to_hold(manner: Held, case: Case) -> dt.date | None:
    """Return the latest day from which it has to be met without a break; how many readings will come nobody knows."""
    if manner.counted is Counted.READINGS:
        return case.window.due
    found = count(manner, case)
    return _days_before(case.window.due, found.least - found.met - 1)


def _days_before(day: dt.date, days: int) -> dt.date | None:
    ordinal = day.toordinal() - days
    return dt.date.fromordinal(ordinal) if ordinal >= 1 else None


def _why(commit: Commit, stage: Stage, required: Fraction, best: Fraction | None) -> Reason:
    if best is None:
        return NO_PACE.because(measure=commit.measure.name)
    kind = AT_RISK if required > best else ON_COURSE
    unit = commit.measure.unit.name
    return kind.because(standard=str(stage[1]), by=stage[0], required=required, unit=unit, best=best)
