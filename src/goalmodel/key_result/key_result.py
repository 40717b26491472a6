"""A key result: a measure being moved from a baseline to a target within a cycle."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import accumulate, pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

import attrs

from goalmodel.checks import (
    OnDemand,
    are,
    are_pairs,
    given_or,
    ids,
    is_a,
    is_count,
    is_date,
    is_id,
    is_text,
    made,
    named,
    positive,
    share,
    the,
    the_count,
    the_date,
    weighted_ids,
    weights_by_id,
    with_link_weights,
)
from goalmodel.errors import NoBaseline, OutOfBounds, OutOfTime
from goalmodel.exact import Number, exact, exact_or_none, ratio
from goalmodel.key_result.by_chance import NO_LEVEL, NO_WAY, ByChance, by_chance
from goalmodel.key_result.confidence import Vote, latest_votes
from goalmodel.key_result.counting import (
    COUNTINGS,
    Counting,
    MeanOfLatest,
    Milestones,
    Occasions,
    Sum,
    check_reach,
    combining,
    countable,
    course_of,
    follows_no_line,
    is_pooled,
)
from goalmodel.key_result.expectation import Turn, going_on
from goalmodel.key_result.occasions_left import OccasionsLeft, occasions_left_of
from goalmodel.key_result.origin import Origin
from goalmodel.key_result.outcome_words import SUCCESS, Outcome, OutcomePolicy
from goalmodel.key_result.pace import AfterRevision, Pace, PacePolicy, pace_of, why_pace
from goalmodel.key_result.revision import Revision, Way, reasons_of, revisions_of, ways_of
from goalmodel.key_result.score import Score, Straight, straight, unreduced
from goalmodel.key_result.target_change import TargetChange, check_meaning, target_of
from goalmodel.key_result.trajectory import Trajectory
from goalmodel.key_result.way import Path, Tiers, Zones, check_way, share_along, value_along
from goalmodel.measure import (
    Absence,
    Aggregation,
    Cadence,
    Cycle,
    EachReading,
    FigurePolicy,
    Measure,
    Reading,
    Scale,
    Series,
    Window,
    judged,
)
from goalmodel.measure.aggregation import still_possible
from goalmodel.measure.cadence import shifted
from goalmodel.measure.enough import NOTHING_ASKED
from goalmodel.measure.exclusion import (
    Exclusion,
    Expectation,
    agreed_by,
    excluded_days,
    paused,
    paused_cycle,
    the_exclusions,
    why_excluded,
    without,
)
from goalmodel.measure.figure import NO_FIGURE, measure_of_figures, told_apart
from goalmodel.measure.known import SeesWhatWasKnown, asked_again
from goalmodel.measure.measure import check_scale
from goalmodel.measure.reading import computed_reading
from goalmodel.measure.row import Dated
from goalmodel.measure.shared_slice import SharedSlice
from goalmodel.measure.window import is_window, nothing_yet
from goalmodel.reasons import Reason, ReasonKind, those_that_hold
from goalmodel.reprs import readable
from goalmodel.showing import spelled

if TYPE_CHECKING:
    from goalmodel.key_result.forecast import Forecast, ForecastPolicy, RequiredRate

SCORED = ReasonKind(
    "kr-scored",
    "KR-1",
    "from {baseline} to {target} it has come to {reading}",
    {"baseline": Fraction, "target": Fraction, "reading": Reading},
)
SCORED_BY_MEAN = ReasonKind(
    "kr-scored-by-mean",
    "KR-1",
    "from {baseline} to {target}, the mean of {count:reading/readings} is {value}, by {on}",
    {"baseline": Fraction, "target": Fraction, "count": int, "value": Fraction, "on": dt.date},
)
TOO_EASY = ReasonKind(
    "kr-may-be-too-easy",
    "KR-6",
    "it came to {reading}, at or past {target}: was it a stretch?",
    {"reading": Reading, "target": Fraction},
)
NO_BASELINE = ReasonKind("kr-no-baseline", "KR-4", "there is no baseline yet, so nobody can say how far it has come")
NO_READING = ReasonKind(
    "kr-no-reading", "KR-4", "there is no reading from {start} until {until}", {"start": dt.date, "until": dt.date}
)


CLOSING_ABSENT = ReasonKind(
    "kr-closing-reading-absent",
    "KR-4",
    "the reading of {on} is stated absent ({absence}), so nobody can say where it stood at the end",
    {"on": dt.date, "absence": Absence},
)
LATEST_ABSENT = ReasonKind(
    "kr-latest-reading-absent",
    "KR-4",
    "the reading of {on} is stated absent ({absence}), so nobody can say where it stands now",
    {"on": dt.date, "absence": Absence},
)
MAY_STILL_COME = ReasonKind(
    "kr-reading-may-still-come",
    "KR-4",
    "the reading that is due on {due} may still come until {until}",
    {"due": dt.date, "until": dt.date},
)
NOT_READ = ReasonKind("pace-not-read", "KR-13", "it was not read since {since}", {"since": dt.date})
NOT_READ_SINCE = ReasonKind(
    "pace-not-read-since", "KR-13", "it was not read since {since} (was {pace})", {"since": dt.date, "pace": Pace}
)

_LINEAR = Trajectory.linear()
_OUTCOME, _PACE = OutcomePolicy(), PacePolicy()


_NO_VOTES: Final[tuple[Vote, ...]] = ()


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class KeyResult:
    """A measure being moved from a baseline to a target in a cycle: a stretch, safe to try and safe to fall short.

    >>> kr = KeyResult(
    ...     id="csat-q4",
    ...     measure=Measure("customer satisfaction", unit="points"),
    ...     baseline=8.0,
    ...     target=9.2,
    ...     cycle=Cycle.quarter(2026, 4),
    ... )
    >>> kr.score(8.84).raw
    Fraction(7, 10)

    Rule: KR-3.

    Attributes:
        id: Unique among all goals of a model.
        measure: What is moved.
        baseline: Where it starts, in the measure's own unit; None while nobody knows.
        target: Where it is to come: a number, in the measure's own unit, or, while the baseline is not known, the
            change that leads to it; see `target_value`.
        cycle: When.
        counting: What the readings of the cycle come to: the latest, their sum, mean or extreme, the mean of the latest
            few, occasions, milestones.
        path: What the way leads through: tiers or zones; None where it is straight.
        trajectory: What is expected by when; where None, the dates of the milestones, or the same on each day.
        revisions: How target and baseline were changed, oldest first; those of the key result are in force after all of
            them.
        continues: Id of the key result of an earlier cycle that this one carries on; None where it is new.
        serves: Ids of the objectives it leads to; as a mapping, with how much it counts in each.
        weight: How much it counts among the key results of an objective, above 0.
        owner: Who answers for it; None where nobody does.
        origin: The KPI it was promoted from, and when; None where it never was a KPI.
        cadence: How often it is read; None where nothing is expected, so that a reading never gets stale. Where
            readings come to figures over a window, how often there is a figure.
        window: Over what time its readings come to the figures that count, as its measure combines them; a figure
            counts on the last day of its time.
        exclusions: Days that were agreed not to count, one exclusion or several: the key result is paused in them.
        means: By what work it is to be moved, in words; None where nobody has said. Work that is followed by itself is
            an initiative that serves it.
        figure_policy: How much a figure has to rest on to be judged; one that rests on less is left out. Of a sum, a
            mean or occasions it is asked of all that is counted: there is no score before that rests on enough.
        guardrails: Ids of the KPIs to watch beside it, which would suffer if it were forced; a KPI that ends stays
            named.
        link_weights: How much it counts in single objectives it serves, where that is not its weight: by id, above 0.
            Of those it does not serve nothing is kept.
        purpose: What for its measure is to be moved; None where nobody has said. Of a KPI that was promoted, the KPI's.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.
    """

    id: str = attrs.field(validator=is_id)
    measure: Measure = attrs.field(validator=is_a(Measure))
    baseline: Fraction | None = attrs.field(converter=exact_or_none)
    target: Fraction | TargetChange = attrs.field(converter=target_of)
    cycle: Cycle = attrs.field(validator=is_a(Cycle))
    counting: Counting = attrs.field(default=Aggregation.LAST, validator=is_a(*COUNTINGS))
    path: Path = attrs.field(default=None, validator=is_a(Tiers, Zones, type(None)))
    trajectory: Trajectory | None = attrs.field(default=None, validator=is_a(Trajectory, type(None)))
    revisions: tuple[Revision, ...] = attrs.field(default=(), converter=revisions_of)
    continues: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    serves: tuple[str, ...] = attrs.field(default=(), converter=weighted_ids)
    weight: Fraction = attrs.field(default=Fraction(1), converter=positive)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    origin: Origin | None = attrs.field(default=None, validator=is_a(Origin, type(None)))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    window: Window = attrs.field(default=EachReading(), validator=is_window)
    exclusions: tuple[Exclusion, ...] = attrs.field(default=(), converter=the_exclusions)
    means: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    figure_policy: FigurePolicy = attrs.field(default=FigurePolicy(), validator=is_a(FigurePolicy))
    guardrails: tuple[str, ...] = attrs.field(default=(), converter=ids)
    link_weights: tuple[tuple[str, Fraction], ...] = attrs.field(default=(), converter=weights_by_id)
    purpose: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

    def __attrs_post_init__(self) -> None:
        with_link_weights(self, self.serves, self.link_weights)
        if not isinstance(self.target, Fraction):
            check_meaning(self.target, self.measure)
            if self.baseline is not None:
                object.__setattr__(self, "target", exact(self.target.applied(self.baseline, self.measure), "target"))
        if not isinstance(self.counting, Milestones):
            check_scale(self.measure.scale, combining(self.counting), "counting")
        for revision in self.revisions:
            if revision.on > self.cycle.end:
                raise OutOfTime("revisions", revision.on, "on or before the last day of the cycle")
        for baseline, target in self._ways:
            if isinstance(target, Fraction):
                check_way(self.path, baseline, target)
                check_reach(self.counting, baseline, target)
            else:
                check_meaning(target, self.measure)
        if self.trajectory not in (None, _LINEAR) and is_flow(self):
            accepted = "none: the total of a time is set against a rate, which is the same on each day"
            raise OutOfBounds("trajectory", self.trajectory, accepted, goal=self.id)

    def weight_in(self, objective: str | None) -> Fraction:
        """Return how much it counts in the objective with that id: by the link, or by its weight."""
        return dict(self.link_weights).get(objective or "", self.weight) if self.link_weights else self.weight

    @property
    def target_value(self) -> Fraction:
        """Where it is to come, in the measure's own unit; another value than the baseline.

        Raises:
            NoBaseline: It is given as a change, and the baseline is not known yet.
        """
        if isinstance(self.target, Fraction):
            return self.target
        raise NoBaseline("baseline", None)

    @property
    def is_scorable(self) -> bool:
        """Whether a value can be scored yet: the baseline is known."""
        return self.baseline is not None

    def score(self, value: Number) -> Score:
        """Return how far *value*, finite and in the measure's own unit, has come from baseline to target.

        Raises:
            NoBaseline: The baseline is not known yet.
            NotANumber: *value* is not a number.
            NotFinite: *value* is NaN or an infinity.
        """
        way = self.straight_way
        return scored(self, exact(value, "value")) if way is None else unreduced(way, *ratio(value, "value"))

    @cached_property
    def straight_way(self) -> Straight | None:
        """The way in whole numbers; None where it is not straight, or where it starts is not known."""
        return None if self.baseline is None or self.path is not None else straight(self.baseline, self.target_value)

    def value_at(self, share_of_the_way: Number) -> Fraction:
        """Return the first value on the way, in the measure's own unit, that scores so much, from 0 to 1.

        Raises:
            NoBaseline: The baseline is not known yet.
        """
        if self.baseline is None:
            raise NoBaseline("baseline", None)
        along = _ENDS.get(share_of_the_way) if type(share_of_the_way) is int else None
        known = share(share_of_the_way, "share_of_the_way") if along is None else along
        return value_along(self.path, known, self.baseline, self.target_value)

    def left(self, value: Number) -> Fraction:
        """Return how far *value* still is from the target, in the measure's own unit; 0 where it has reached it.

        Raises:
            NoBaseline: The baseline is not known yet.
        """
        return still_left(self, exact(value, "value"))

    @property
    def expectation(self) -> Trajectory | None:
        """What is expected by when: as declared, by the dates of the milestones, or the same on each day.

        None where it counts milestones and none of them has a date, and of a flow, whose rate is the same on each day.
        """
        if is_flow(self):
            return None
        if self.trajectory is not None or not isinstance(self.counting, Milestones):
            return self.trajectory or _LINEAR
        if self.baseline is None:
            return None
        return self.counting.trajectory(self.time, self.baseline, self.target_value)

    @property
    def is_expectation_declared(self) -> bool:
        """Whether it says itself what is expected by when, by a trajectory or the dates of its milestones."""
        return self.trajectory is not None or isinstance(self.counting, Milestones)

    def expected_score(self, on: dt.date, *, policy: PacePolicy | None = None) -> Score | None:
        """Return how far it is expected to have come at the end of day *on*; None where nobody has said.

        It is a share of the way to the target of that day. What is declared is expected as declared; else it runs to
        what counts as success. Where a target was revised it goes on from where it stood; milestones keep their dates.

        Rule: KR-9.

        Args:
            on: The day; what is revised or agreed later is not seen.
            policy: How much is expected by the end, and after a revision; the documented defaults where None.
        """
        rules, now = given_or(_PACE, policy, "policy"), self.in_force(on)
        follows = now.expectation
        if follows is None:
            return None
        is_continued = rules.after_revision is AfterRevision.CONTINUED
        turns = now._turns(follows) if is_continued else []  # noqa: SLF001 - one of its own kind
        over = follows.expected(now.time.elapsed(on))
        return Score(going_on(turns, over, toward=now.expected_by_the_end(rules)))

    def _turns(self, follows: Trajectory) -> list[Turn]:
        """Return where what is expected turns, because the target was revised; milestones keep their dates.

        What was revised on one day turns it once.
        """
        if isinstance(self.counting, Milestones):
            return []
        days, ways = sorted({each.on for each in self.revisions}), self._ways
        by_day = [ways[0], *(ways[bisect_right(self.revisions, day, key=_on)] for day in days)]
        return [
            (follows.expected(self.time.elapsed(shifted(day, -1))), partial(_rescored, self.path, before, after))
            for day, (before, after) in zip(days, pairwise(by_day), strict=True)
        ]

    def expected_by_the_end(self, policy: PacePolicy | None = None) -> Fraction:
        """Return what share of the way is expected by the end of the cycle: all of it where it declares what by when.

        Rule: KR-9.

        Args:
            policy: How much where nothing is declared; the documented default where None.
        """
        return Fraction(1) if self.is_expectation_declared else given_or(_PACE, policy, "policy").toward

    @property
    def time(self) -> Cycle:
        """The cycle without the days that do not count: what is expected by when goes by it.

        Rule: TIME-3.
        """
        return paused_cycle(self.cycle, self.exclusions)

    def expected_value(self, on: dt.date, *, policy: PacePolicy | None = None) -> Fraction | None:
        """Return where it is expected to be at the end of day *on*, in the measure's own unit.

        None where nobody has said, or without a baseline.

        Args:
            on: The day; what is revised or agreed later is not seen.
            policy: As for `expected_score`.
        """
        expected = self.expected_score(on, policy=policy)
        return None if expected is None or self.baseline is None else self.in_force(on).value_at(expected.raw)

    @property
    def asked_of_each(self) -> FigurePolicy:
        """How much each figure has to rest on: of what counts together that is asked of the whole instead.

        Rule: FIG-4.
        """
        return NOTHING_ASKED if is_pooled(self.counting) else self.figure_policy

    def in_force(self, on: dt.date) -> KeyResult:
        """Return the key result as it was in force on day *on*, with nothing revised or agreed later.

        Rules: KR-11, TIME-3.
        """
        agreed = agreed_by(self.exclusions, the_date(on, "on"))
        now = self if agreed == self.exclusions else attrs.evolve(self, exclusions=agreed)
        if not self.revisions or self.revisions[-1].on <= on:
            return now
        seen = [each for each in self.revisions if each.on <= on]
        baseline, target = self._ways[len(seen)]
        return attrs.evolve(now, baseline=baseline, target=target, revisions=seen)

    @property
    def original(self) -> KeyResult:
        """The key result with the baseline and the target it was set with."""
        baseline, target = self._ways[0]
        return attrs.evolve(self, baseline=baseline, target=target, revisions=()) if self.revisions else self

    @property
    def _ways(self) -> tuple[Way, ...]:
        """Baseline and target before each revision, oldest first, and behind the last of them."""
        return ways_of((self.baseline, self.target), self.revisions)

    def assess(
        self,
        series: Series,
        *,
        as_of: dt.date,
        policy: OutcomePolicy | None = None,
        pace: PacePolicy | None = None,
        votes: Iterable[Vote] = _NO_VOTES,
    ) -> KeyResultAssessment:
        """Return how far the key result had come on *as_of*.

        The readings inside the cycle count; what came after the cycle changes nothing any more. It is judged by the
        target in force on that date.

        Rules: KR-4, KR-6.

        Args:
            series: Readings of the key result's measure; those after *as_of* are not seen.
            as_of: The date of the judgement, at the end of the day.
            policy: Which words describe the distance; the documented defaults where None.
            pace: Which words describe the pace, and from where on; the documented defaults where None.
            votes: How sure people are, carried beside; those about other key results are left out.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        prepare = partial(KeyResultHistory, self, series, policy=policy, pace=pace)
        return asked_again(series, prepare, self, policy, pace).on(as_of, votes)

    def __str__(self) -> str:
        unit = self.measure.unit.symbol
        start = "a baseline not known yet" if self.baseline is None else spelled(self.baseline)
        way = f"to {spelled(self.target)} {unit}" if isinstance(self.target, Fraction) else f"by {self.target}"
        return f"key result {self.id}: {self.measure.name} from {start} {way}, {self.cycle}"


@final
class KeyResultHistory(SeesWhatWasKnown):
    """A key result and what was read of it, so prepared that it can be asked about any day: all is counted once.

    >>> kr = KeyResult(
    ...     id="csat-q4",
    ...     measure=Measure("customer satisfaction", unit="points"),
    ...     baseline=8.0,
    ...     target=9.2,
    ...     cycle=Cycle.quarter(2026, 4),
    ... )
    >>> readings = Series.of(kr.measure, {dt.date(2026, 10, 31): 8.3, dt.date(2026, 11, 30): 8.9})
    >>> history = KeyResultHistory(kr, readings)
    >>> [str(history.on(dt.date(2026, month, 30)).score) for month in (10, 11, 12)]
    ['None', '75 %', '75 %']

    Attributes:
        key_result: The key result.
        series: Readings of its measure; on no day is a later one seen.
        policy: Which words describe the distance; the documented defaults where None.
        pace: Which words describe the pace, and from where on; the documented defaults where None.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """

    key_result: KeyResult
    series: Series
    policy: OutcomePolicy
    pace: PacePolicy

    def __init__(
        self,
        key_result: KeyResult,
        series: Series,
        *,
        policy: OutcomePolicy | None = None,
        pace: PacePolicy | None = None,
    ) -> None:
        """Take a key result, its readings, and which words describe it: the documented defaults where None."""
        self.key_result = the(KeyResult, key_result, "key_result")
        self.series = the(Series, series, "series").about(key_result.measure)
        self.policy = given_or(_OUTCOME, policy, "policy")
        self.pace = given_or(_PACE, pace, "pace")
        self._prepare(key_result.exclusions)

    def _prepare(self, agreed: tuple[Exclusion, ...]) -> None:
        self._agreed = agreed
        self._read = without(self.series, excluded_days(agreed))
        self._judged = told_apart(self._read, self.key_result.window, self.key_result.asked_of_each)
        # What the readings come to over the key result's window: what counts.
        self._figures = self._judged.series
        self._counted: dict[Fraction | None, _Counted] = {}

    def _with(self, series: Series, agreed: tuple[Exclusion, ...]) -> KeyResultHistory:
        then = KeyResultHistory.__new__(KeyResultHistory)
        then.key_result, then.series, then.policy, then.pace = self.key_result, series, self.policy, self.pace
        then._prepare(agreed)  # noqa: SLF001 - one of its own
        return then

    @property
    def _exclusions(self) -> tuple[Exclusion, ...]:
        return self.key_result.exclusions

    def on(self, as_of: dt.date, votes: Iterable[Vote] = _NO_VOTES) -> KeyResultAssessment:
        """Return how far the key result had come at the end of day *as_of*; see `KeyResult.assess`.

        Rule: TIME-2.
        """
        then = self.as_known(as_of)
        if then is not self:
            return then.on(as_of, votes)
        until = min(as_of, self.key_result.cycle.end)
        now = self.key_result.in_force(until)
        row, days, start = self._counted_from(now.baseline)
        stop = bisect_right(days, until, lo=start)
        course = SharedSlice(row, start, stop)
        absent = self._absent(until)
        last = days[stop - 1] if course else None
        too_few = self._why_too_few(course, last, until)
        is_enough = not (too_few and is_pooled(now.counting))
        is_known = course and is_enough and now.is_scorable and not (absent and until == self.key_result.cycle.end)
        score = scored(now, at_the_end(now, row[stop - 1][1], until)) if is_known else None
        return made(
            KeyResultAssessment,
            key_result=self.key_result,
            as_of=as_of,
            course=course,
            score=score,
            outcome=None if score is None else self.policy.outcome(score),
            pace_policy=self.pace,
            votes=() if votes is _NO_VOTES else latest_votes(votes, key_result=self.key_result.id, as_of=as_of),
            absent=absent,
            too_few=too_few,
            _readings=self.series,
            _making=partial(self._latest, last),
        )

    def _latest(self, day: dt.date | None) -> dict[str, Reading | None]:
        """Return the latest reading inside the cycle, which is that of a *day*."""
        return {"latest": None if day is None else self._figures.reading(bisect_left(self._figures.days, day))}

    def _why_too_few(self, course: Sequence[Dated], last: dt.date | None, until: dt.date) -> tuple[Reason, ...]:
        """Return why what was read *last*, or all that was counted until a day, is not judged; none where it is.

        Rule: FIG-4.
        """
        policy, start = self.key_result.figure_policy, self.key_result.cycle.start
        if not is_pooled(self.key_result.counting):
            return self._judged.why_left_out(until, since=last or start)
        if policy == NOTHING_ASKED or not course:
            return ()
        row, (last, value) = self._figures.row, course[-1]
        first, stop = row.before(start), row.count(last)
        cases = self._cases[stop] - self._cases[first] if len(self._cases) > 1 else None
        return policy.why_not(computed_reading(last, value, cases), self._readings_between(start, last, len(course)))

    @cached_property
    def _cases(self) -> list[Fraction]:
        """How many cases there are until before each figure; none where nobody counted them."""
        return list(accumulate(self._figures.weights or (), initial=Fraction(0)))

    def _readings_between(self, start: dt.date, last: dt.date, figures: int) -> int:
        """Return on how many readings so many *figures* from one day to another rest."""
        if isinstance(self.key_result.window, EachReading):
            return figures
        read = self._read.view.row
        return read.count(last) - read.before(start)

    def _absent(self, until: dt.date) -> Reading | None:
        """Return what is written down last until a day of the cycle, where that is no value the measure can have."""
        view = self._figures.view
        latest = view.latest(until) if view.has_absences else None
        if latest is None or latest.on < self.key_result.cycle.start or view.count(until) > view.row.before(latest.on):
            return None
        return latest if isinstance(latest.value, Absence) else Reading(latest.on, Absence.MISSING)

    def _counted_from(self, baseline: Fraction | None) -> _Counted:
        """Return what the readings come to from a baseline, counted once for each there was."""
        if self.key_result.counting is Aggregation.LAST:
            # They are their own course: nothing is copied.
            view = self._figures.view
            return view.present, view.row.days, view.row.before(self.key_result.cycle.start)
        if baseline not in self._counted:
            self._counted[baseline] = self._counting_from(baseline)
        return self._counted[baseline]

    def _counting_from(self, baseline: Fraction | None) -> _Counted:
        """Return what the readings had come to by each of them, on which days, and where in it the cycle begins."""
        view, cycle, counting = self._figures.view, self.key_result.cycle, self.key_result.counting
        start, stop = view.row.before(cycle.start), view.row.count(cycle.end)
        counted, weights = countable(tuple(view.present[start:stop]), counting), self._figures.weights
        cases = None if weights is None else weights[start:stop]
        course = course_of(counted, counting, baseline=baseline, weights=cases)
        return course, [on for on, _ in course], 0


_Counted: TypeAlias = tuple[Sequence[Dated], list[dt.date], int]
"""What readings had come to by each of them, on which days, and where in it the cycle begins."""


_check_course = are_pairs(dt.date, Fraction)


def _is_course(assessment: object, attribute: attrs.Attribute[Sequence[Dated]], value: object) -> None:
    """Validate: the field holds pairs of date and value; those of a `SharedSlice` were checked when they were read."""
    if not isinstance(value, SharedSlice):
        _check_course(assessment, attribute, value)


@attrs.frozen(kw_only=True)
@readable
class KeyResultAssessment(OnDemand):
    """How far one key result had come on one date.

    Attributes:
        key_result: The key result.
        as_of: The date of the judgement.
        latest: The latest reading inside the cycle; None where there is none.
        course: What the readings inside the cycle had come to by each of them, oldest first, as the key result counts.
        score: How far it has come, by the target in force; None without a baseline or a reading, or where what counts
            together rests on too little.
        outcome: The word for that distance; None without a score.
        pace_policy: Which words describe the pace, and from where on.
        votes: How sure people are: the latest vote of each, beside the numbers.
        absent: The reading behind the latest that is stated absent, so that nobody knows where it stands now; None
            where none is.
        too_few: Why what is behind the latest is not judged, or, of what counts together, the whole; empty where all
            rests on enough.
    """

    key_result: KeyResult = attrs.field(validator=is_a(KeyResult))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    course: Sequence[Dated] = attrs.field(validator=_is_course)
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    outcome: Outcome | None = attrs.field(validator=is_a(Outcome, type(None)))
    pace_policy: PacePolicy = attrs.field(validator=is_a(PacePolicy))
    votes: tuple[Vote, ...] = attrs.field(validator=are(Vote))
    absent: Reading | None = attrs.field(default=None, validator=is_a(Reading, type(None)))
    too_few: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason))
    _readings: Series | None = attrs.field(
        default=None, validator=is_a(Series, type(None)), eq=False, repr=False, alias="readings"
    )

    @property
    def is_provisional(self) -> bool:
        """Whether a stated absence stands behind what it was scored by, or the last reading may still come.

        Rule: KR-4.
        """
        return self.score is not None and (self.absent is not None or self.may_still_come_until is not None)

    @property
    def may_still_come_until(self) -> dt.date | None:
        """Last day on which the last reading of the cycle would be in time, when the cycle is over and it is not there.

        None before the end of the cycle, without a cadence, and when nothing that was due is missing or could be in
        time any more.

        Rule: KR-4.
        """
        due = self._last_due
        cadence, latest = self._expects, self.latest
        if due is None or cadence is None or latest is None:
            return None
        until = cadence.stale_after(latest.on, cadence.expected(latest.on, self.key_result.cycle.end))
        return until if self.as_of <= until else None

    @property
    def _last_due(self) -> dt.date | None:
        """The last day of the cycle on which a reading is due behind the latest, when the cycle is over; else None."""
        cadence, end = self._expects, self.key_result.cycle.end
        if cadence is None or self.latest is None or self.as_of < end:
            return None
        missing = cadence.expected(self.latest.on, end)
        return cadence.due(self.latest.on, missing) if missing else None

    @property
    def _expects(self) -> Expectation | None:
        """How often a reading is expected, but for the days that are agreed not to count."""
        return paused(self.key_result.cadence, excluded_days(agreed_by(self.key_result.exclusions, self.as_of)))

    @property
    def current_value(self) -> Fraction | None:
        """What the readings come to, in the measure's own unit; None where there is none."""
        return self.course[-1][1] if self.course else None

    @property
    def is_reached(self) -> bool:
        """Whether it has come to its target: of a total that is set against a rate only when that can't be undone.

        Before its time is over such a total is ahead of its rate, not at its target, unless it has come that far
        already and can only grow.

        Rule: KR-7.
        """
        if self.score is None or self.current_value is None:
            return False
        now = self.in_force
        if not is_flow(now) or self.as_of >= now.cycle.end:
            return self.score.raw >= 1
        can_only_grow = now.measure.lowest is not None and now.measure.lowest >= 0
        return can_only_grow and now.value_at(1) > now.value_at(0) and scored(now, self.current_value).raw >= 1

    @property
    def in_force(self) -> KeyResult:
        """The key result with the target it is judged by."""
        return self.key_result.in_force(self._until)

    @property
    def _until(self) -> dt.date:
        """The last day of the cycle that is seen."""
        return min(self.as_of, self.key_result.cycle.end)

    @property
    def original_score(self) -> Score | None:
        """How far it has come by the baseline and the target it was set with; None where it was set without one.

        Rule: KR-11.
        """
        original = self.key_result.original
        if self.current_value is None or self.score is None or not original.is_scorable:
            return None
        return scored(original, at_the_end(original, self.current_value, self._until))

    @property
    def expected(self) -> Score | None:
        """How far it was expected to have come; None where nobody has said."""
        return self.key_result.expected_score(self.as_of, policy=self.pace_policy)

    @property
    def stale_since(self) -> dt.date | None:
        """First day of the cycle on which the latest reading was too old to rely on; None while it is not.

        Rule: KR-13.
        """
        cadence = self._expects
        if cadence is None or self.latest is None:
            return None
        until = cadence.stale_after(self.latest.on)
        return until + dt.timedelta(days=1) if until < self._until else None

    @cached_property
    def pace(self) -> Pace | None:
        """How far it has come against what was expected by now; None where there is no telling."""
        return None if self.stale_since is not None else self._pace_on(self.as_of)

    def _pace_on(self, day: dt.date) -> Pace | None:
        """Return how far it has come against what was expected by a day, whether it was read of late or not."""
        then = self.key_result.in_force(min(day, self.key_result.cycle.end))
        value = None if self.score is None else self.current_value
        score = None if value is None else scored(then, at_the_end(then, value, min(day, then.cycle.end)))
        expected = then.expected_score(min(day, then.cycle.end), policy=self.pace_policy)
        return pace_of(score, expected, cycle=then.time, as_of=day, policy=self.pace_policy)

    @cached_property
    def pace_reasons(self) -> tuple[Reason, ...]:
        """Why the pace is what it is, or why there is none."""
        if self.stale_since is not None and self.latest is not None:
            was = self._pace_on(self.stale_since - dt.timedelta(days=1))
            since = self.latest.on
            return ((NOT_READ.because(since=since) if was is None else NOT_READ_SINCE.because(since=since, pace=was)),)
        policy = self.pace_policy
        expected = self.key_result.expected_score(self._until, policy=policy)
        toward = self.key_result.expected_by_the_end(policy)
        return why_pace(
            self.score, expected, cycle=self.in_force.time, as_of=self.as_of, policy=policy, toward=Score(toward)
        )

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the score is what it is, or why there is none."""
        why = _why(self.in_force, self.course, self.score, self._until)
        if self.too_few and not self.course:
            why = tuple(each for each in why if each.kind is NO_BASELINE)
        return (*why, *self.too_few, *self._why_absent, *self._why_open, *self._why_not_counted)

    @property
    def _why_open(self) -> tuple[Reason, ...]:
        until = self.may_still_come_until
        return () if until is None else (MAY_STILL_COME.because(due=self._last_due, until=until),)

    @property
    def _why_not_counted(self) -> tuple[Reason, ...]:
        cycle, until = self.key_result.cycle, self._until
        agreed = agreed_by(self.key_result.exclusions, self.as_of)
        return tuple(why_excluded(each) for each in agreed if each.end >= cycle.start and each.start <= until)

    @property
    def _why_absent(self) -> tuple[Reason, ...]:
        if self.absent is None or not self.course:
            return ()
        kind = CLOSING_ABSENT if self._until == self.key_result.cycle.end else LATEST_ABSENT
        return (kind.because(on=self.absent.on, absence=cast("Absence", self.absent.value)),)

    @property
    def explained(self) -> tuple[Reason, ...]:
        """All reasons: for the score, then for the pace."""
        return (*self.reasons, *self.pace_reasons)

    @property
    def confidence(self) -> Fraction | None:
        """How sure people are on average, from 0 to 10; None where nobody has voted. It enters no other figure."""
        return sum((vote.confidence for vote in self.votes), Fraction(0)) / len(self.votes) if self.votes else None

    @property
    def forecast(self) -> Forecast:
        """Where it will land, by the documented defaults; see `forecast_by`."""
        return self.forecast_by()

    def forecast_by(self, policy: ForecastPolicy | None = None) -> Forecast:
        """Return where it will land if it goes on as it did, or why that can't be said."""
        from goalmodel.key_result.forecast import DEFAULT, forecast_of  # noqa: PLC0415 - loaded when asked

        now, rules = self.in_force, given_or(DEFAULT, policy, "policy")
        return forecast_of(
            self.course,
            partial(scored, now) if now.is_scorable else None,
            now.value_at(1) if now.is_scorable and not is_flow(now) else None,
            cycle=now.cycle,
            as_of=self.as_of,
            policy=rules,
            follows_no_line=follows_no_line(now.counting),
            within=_possible(now, self.course),
            has_distances=_has_distances(now),
            earlier=self._earlier(rules.most) if rules.is_with_earlier else (),
        )

    def _earlier(self, most: int) -> Sequence[Dated]:
        """Return what was read before the cycle, where the latest reading is what counts."""
        is_latest = self.key_result.counting is Aggregation.LAST
        return self.course.preceding(most) if is_latest and isinstance(self.course, SharedSlice) else ()

    def required_rate(self, by: dt.date | None = None) -> RequiredRate | None:
        """Return how fast it would have to be to reach its target; None without a score, or where no day is left.

        A mean, a greatest and a least have no rate: see `required_mean`.

        Rule: KR-10.

        Args:
            by: Until when; until the end of the cycle where None.
        """
        from goalmodel.key_result.forecast import required_rate_of  # noqa: PLC0415 - loaded when asked

        now, value = self.in_force, self.current_value
        if value is None or self.score is None or follows_no_line(now.counting) is not None:
            return None
        return required_rate_of(
            self.course,
            still_left(now, value),
            rising=now.value_at(1) > now.value_at(0),
            as_of=self.as_of,
            by=now.cycle.end if by is None else the_date(by, "by"),
        )

    def required_mean(self, more: int) -> Fraction | None:
        """Return which mean the readings to come would have to have, so that the mean of all is the target.

        It may be none the measure can have: then the target is out of reach in so many. None where something else is
        counted, where readings count by their cases, and without a score or readings.

        Rule: KR-10.

        Args:
            more: How many readings are still to come, at least 1.
        """
        now, value, to_come = self.in_force, self.current_value, the_count(more, "more", least=1)
        if now.counting is not Aggregation.MEAN or value is None or self.score is None:
            return None
        if self._readings is None or self._readings.weights is not None:
            return None
        read = len(self.course)
        return (now.value_at(1) * (read + to_come) - value * read) / to_come

    @property
    def by_chance(self) -> ByChance:
        """How often an unchanged process would have come as far, by like times before; see `by_chance_from`."""
        return self.by_chance_from()

    def by_chance_from(self, success: Number = SUCCESS) -> ByChance:
        """Return in how many like times before the cycle the figures would have scored a *success* with nothing done.

        Like is what counts: the latest figure, or the mean of the latest few. A sum, a mean or a count of a whole cycle
        is no level, so that single readings say nothing of it. An assessment that was made without readings knows of no
        like time.

        Rule: LIFE-9.

        Args:
            success: The score that counts as a success, from 0 to 1.
        """
        now, wanted = self.in_force, share(success, "success")
        if not now.is_scorable:
            return ByChance(success=wanted, reasons=(NO_WAY.because(),))
        if now.counting is not Aggregation.LAST and not isinstance(now.counting, MeanOfLatest):
            return ByChance(success=wanted, reasons=(NO_LEVEL.because(),))
        read = Series(now.measure) if self._readings is None else self._readings
        figures = judged(read.as_known(self.as_of), now.window, now.asked_of_each)
        view = figures.view
        before = min(view.count(self.as_of), view.row.before(now.cycle.start))
        weights = figures.weights
        return by_chance(
            view.row.part(0, before),
            None if weights is None else weights[:before],
            now.counting.count if isinstance(now.counting, MeanOfLatest) else 1,
            partial(scored, now),
            success=wanted,
        )

    @property
    def occasions_left(self) -> OccasionsLeft | None:
        """What is still within reach; None where it does not count occasions, or has no baseline."""
        now = self.in_force
        if not isinstance(now.counting, Occasions) or not now.is_scorable:
            return None
        return occasions_left_of(self.course, now.counting, partial(scored, now))

    def __str__(self) -> str:
        words = (word.value for word in (self.outcome, self.pace) if word is not None)
        said = ", ".join(("no score" if self.score is None else str(self.score), *words))
        latest = nothing_yet(self.key_result.window) if self.latest is None else f"latest {self.latest}"
        return f"{self.key_result.id}: {said}; {latest}"


_ENDS: Final[Mapping[int, Fraction]] = MappingProxyType({0: Fraction(0), 1: Fraction(1)})


def scored(key_result: KeyResult, value: Fraction) -> Score:
    """Return the score of a value that was computed, and may have more digits than one that is given."""
    if key_result.baseline is None:
        raise NoBaseline("baseline", None)
    way = key_result.straight_way
    if way is not None:
        return unreduced(way, *value.as_integer_ratio())
    return Score(share_along(key_result.path, value, key_result.baseline, key_result.target_value))


_on = attrgetter("on")


def _rescored(path: Path, before: Way, after: Way, score: Fraction) -> Fraction:
    """Return how far on one way that value has come which has come so far on another; as far where one is not known."""
    (start, end), (begun, aim) = before, after
    if start is None or begun is None or not isinstance(end, Fraction) or not isinstance(aim, Fraction):
        return score
    return share_along(path, value_along(path, score, start, end), begun, aim)


def is_flow(key_result: KeyResult) -> bool:
    """Return whether what is counted is a total that is set against what a like period came to.

    Rule: KR-7.
    """
    return key_result.counting is Sum.TOTAL and bool(key_result.baseline)


def at_the_end(key_result: KeyResult, value: Fraction, until: dt.date) -> Fraction:
    """Return what a value comes to by the end of the cycle: of a flow, if it goes on at its rate so far."""
    if not is_flow(key_result):
        return value
    elapsed = key_result.time.elapsed(until)
    return value / elapsed if elapsed else value


def still_left(key_result: KeyResult, value: Fraction) -> Fraction:
    """Return how far a value that was computed is from the target; 0 where it has reached it."""
    return Fraction(0) if scored(key_result, value).raw >= 1 else abs(key_result.value_at(1) - value)


def _has_distances(key_result: KeyResult) -> bool:
    """Return whether a line through the values means anything: not through zones, and not through mere ranks."""
    return key_result.measure.scale in (Scale.INTERVAL, Scale.RATIO) and not isinstance(key_result.path, Zones)


def _possible(key_result: KeyResult, course: Sequence[Dated]) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest value that may be counted at the end; None where there is no such end.

    What is added up moves on from what there is: by one reading a day behind the latest, and no more than there are
    occasions.
    """
    measure, counting = measure_of_figures(key_result.measure, key_result.window), key_result.counting
    low, high = measure.lowest, measure.highest
    if isinstance(counting, Milestones):
        return Fraction(0), counting.all
    if not course or not (isinstance(counting, Occasions | Sum) or counting is Aggregation.SUM):
        return low, high
    (latest, value), read = course[-1], len(course)
    more = (key_result.cycle.end - latest).days
    if isinstance(counting, Occasions):
        low, high, more = Fraction(0), counting.most, min(more, counting.count - read)
    return still_possible(Aggregation.SUM, value, readings=read, more=more, lowest=low, highest=high)


def _why(key_result: KeyResult, course: Sequence[Dated], score: Score | None, until: dt.date) -> tuple[Reason, ...]:
    if score is None or not course:
        is_each = isinstance(key_result.window, EachReading)
        return those_that_hold(
            (NO_BASELINE, {}, not key_result.is_scorable),
            (NO_READING, {"start": key_result.cycle.start, "until": until}, is_each and not course),
            (NO_FIGURE, {"until": until, "window": key_result.window}, not is_each and not course),
        )
    came_to, target = computed_reading(*course[-1]), key_result.target_value
    scored_so = SCORED.because(baseline=key_result.baseline, target=target, reading=came_to)
    if key_result.counting is Aggregation.MEAN:
        on, mean = course[-1]
        scored_so = SCORED_BY_MEAN.because(
            baseline=key_result.baseline, target=target, count=len(course), value=mean, on=on
        )
    too_easy = (TOO_EASY.because(reading=came_to, target=target),) if score.raw >= 1 else ()
    return (scored_so, *too_easy, *reasons_of((key_result.baseline, target), key_result.revisions, key_result.measure))
