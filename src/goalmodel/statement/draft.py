"""What a statement says, as far as it says it: known, missing, in doubt, in disagreement. Never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from enum import unique
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import Term, is_a, is_date, is_id, is_text, named, texts, the, the_count, the_many
from goalmodel.commit import Commit, Manner, Standard
from goalmodel.errors import DifferentQuantities, NotComplete, WrongType
from goalmodel.exact import exact_or_none
from goalmodel.key_result import (
    Absolute,
    Counting,
    KeyResult,
    Occasions,
    PercentagePoints,
    Relative,
    TargetChange,
    solve,
)
from goalmodel.kpi import HealthBands, Kpi
from goalmodel.measure import Aggregation, Cadence, Cycle, Measure, Period, Polarity, Unit, convert
from goalmodel.measure.unit import the_unit
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.statement.disagreement import Direction, Way, disagreements, points_or_percent

_LONGEST: Final = 9_999
_WHOLE: Final = 100

ENDS_FIRST = ReasonKind(
    "statement-ends-first",
    "STM-3",
    "it starts on {start} and ends before, on {end}",
    {"start": dt.date, "end": dt.date},
)
OTHER_END = ReasonKind(
    "statement-other-end",
    "STM-3",
    "from {start} it lasts until {last}, and is to end on {end}",
    {"start": dt.date, "last": dt.date, "end": dt.date},
)

DIFFERS = ReasonKind(
    "statement-differs",
    "STM-6",
    "the statement says {said} for the {field}, and the key result has {held}",
    {
        "said": Fraction | dt.date | TargetChange | Direction,
        "field": str,
        "held": Fraction | dt.date | TargetChange | Direction,
    },
)
OTHER_QUANTITY = ReasonKind(
    "statement-other-quantity",
    "STM-6",
    "the statement speaks of {said}, and the key result is measured in {held}",
    {"said": str, "held": str},
)


@unique
class StatementForm(Term):
    """What kind of key result a statement speaks of."""

    CHANGE = "from a baseline to a target"
    COUNT = "so many of something"
    SHARE = "a share of occasions"
    THRESHOLD = "a threshold to keep"


def _unit(given: Unit | str | None, field: str = "value") -> Unit | None:
    return None if given is None else the_unit(given, field)


def _reasons(given: Iterable[Reason], field: str = "value") -> tuple[Reason, ...]:
    return the_many(Reason, given, field)


def _lasts(given: tuple[int, Period] | None, field: str = "value") -> tuple[int, Period] | None:
    match given:
        case None:
            return None
        case (number, period):
            return the_count(number, f"{field}[0]", least=1, most=_LONGEST), the(Period, period, f"{field}[1]")
        case _:
            raise WrongType(field, given, "a pair of a number and a Period")


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class Draft:
    """What one statement says. What it does not say, or not clearly, is None.

    Give what is missing with ``attrs.evolve(draft, unit="points", baseline=8)``; that settles the doubts about it, too.

    Attributes:
        text: The statement as it was written.
        form: What kind of key result it speaks of.
        name: What is moved, counted or done.
        unit: Of baseline and target.
        rises: Whether the verb says up; None where it says nothing of the kind.
        baseline: Where it starts, in the unit.
        target: Where it is to come, in the unit; of a share of occasions, in percent.
        change: By what; with its sign.
        occasions: What a share is a share of: "the races".
        standard: What is to be kept, in the unit: "below 3 %".
        start: First day.
        end: Last day.
        lasts: How many of which period it takes.
        means: By what work: "improving our onboarding experience".
        assumed: What was taken for granted.
        doubts: What can be read in several ways; each has the fact "field", which names what is open because of it.
            One about the text is open until a shorter one is read, or the doubts are given as none.
        unread: Parts of the text nothing was made of.
    """

    text: str = attrs.field(default="", validator=is_a(str))
    form: StatementForm = attrs.field(default=StatementForm.CHANGE, validator=is_a(StatementForm))
    name: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    unit: Unit | None = attrs.field(default=None, converter=_unit)
    rises: bool | None = attrs.field(default=None, validator=is_a(bool, type(None)))
    baseline: Fraction | None = attrs.field(default=None, converter=exact_or_none)
    target: Fraction | None = attrs.field(default=None, converter=exact_or_none)
    change: TargetChange | None = attrs.field(
        default=None, validator=is_a(Relative, PercentagePoints, Absolute, type(None))
    )
    occasions: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    standard: Standard | None = attrs.field(default=None, validator=is_a(Standard, type(None)))
    start: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    end: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    lasts: tuple[int, Period] | None = attrs.field(default=None, converter=_lasts)
    means: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    assumed: tuple[Reason, ...] = attrs.field(default=(), converter=_reasons)
    doubts: tuple[Reason, ...] = attrs.field(default=(), converter=_reasons)
    unread: tuple[str, ...] = attrs.field(default=(), converter=texts)

    @property
    def disagreements(self) -> tuple[Reason, ...]:
        """Where the ends, the change between them and the verb do not go together, each with what would."""
        return (*disagreements(self._way), *_dates_disagree(self))

    @property
    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        """Baseline and target, each as it is said or as it follows from the other and the change."""
        way = self._way
        if points_or_percent(way) is not None:
            return self.baseline, self.target
        return (
            way.comes_from if self.baseline is None else self.baseline,
            way.leads_to if self.target is None else self.target,
        )

    @property
    def cycle(self) -> Cycle | None:
        """The dates, where both ends are said or follow from the start and the duration."""
        if self.start is None:
            return None
        end = _last_day(self.start, *self.lasts) if self.end is None and self.lasts else self.end
        return None if end is None or end < self.start else Cycle(self.start, end)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are still to be given, in the order of the statement."""
        baseline, target = self.ends
        known = (
            ("name", self.name),
            ("unit", self.unit),
            ("baseline", baseline),
            ("target", target),
            ("start", self.start),
            ("end", self.end or self.lasts),
        )
        return tuple(field for field, value in known if value is None)

    @property
    def open(self) -> tuple[Reason, ...]:
        """The doubts that nothing has settled yet: what each is about is still not known."""
        return tuple(doubt for doubt in self.doubts if not self._settles(str(dict(doubt.facts).get("field"))))

    @property
    def unsettled(self) -> tuple[str, ...]:
        """Why it is no key result yet: the fields that are missing, the codes of open doubts and disagreements."""
        return (*self.missing, *(reason.code for reason in (*self.open, *self.disagreements)))

    def key_result(
        self,
        *,
        id: str,  # noqa: A002 - the name the field has on every goal
        measure: Measure | None = None,
        cycle: Cycle | None = None,
        counting: Counting = Aggregation.LAST,
        is_baseline_unknown: bool = False,
    ) -> KeyResult:
        """Return the key result the draft speaks of; nothing it does not say is made up.

        Rule: STM-4.

        >>> from goalmodel.statement import parse
        >>> draft = parse("Reduce onboarding time by 40% from 10 days to 6 days in Q4 2026")
        >>> kr = draft.key_result(id="onboarding")
        >>> str(kr.score(7).clamped)
        '3/4'

        Args:
            id: Unique among all goals of a model.
            measure: What is moved, where more is known of it than the statement says; numbers are converted into its
                unit. Where None, a measure of that name and unit, better in the direction of the target.
            cycle: When; the dates of the statement where None.
            counting: How the readings of the cycle become the one number that is scored. Of a share of occasions give
                their number, as Occasions: the share becomes so many of them, counted from 0.
            is_baseline_unknown: Whether it is stated that nobody knows the baseline yet; a target that is said as a
                change is then a number as soon as it is known.

        Raises:
            NotComplete: Something is missing, in doubt or in disagreement, or a number is left unread.
            DifferentQuantities: The unit of the measure counts something else than the statement's.
            RelativeToNothing: The change is a share of the baseline, and the measure has no true zero.
        """
        is_unknown = the(bool, is_baseline_unknown, "is_baseline_unknown")
        counted = _over(self, counting) if isinstance(counting, Occasions) else self
        said = counted if measure is None else _in(counted, the(Measure, measure, "measure"))
        dated = said if cycle is None else _within(said, the(Cycle, cycle, "cycle"))
        baseline, target = dated.ends
        aim = target if target is not None or not is_unknown else dated.change
        stated = {"baseline"} if is_unknown else set[str]()
        settled = stated if aim is target else stated | {"target"}
        unsettled = tuple(each for each in dated.unsettled if each not in settled)
        dates = dated.cycle
        if unsettled or aim is None or dates is None:
            raise NotComplete("draft", unsettled)
        falls = dated.rises is False if baseline is None or target is None else target < baseline
        moved = _measure(dated, falls=falls) if measure is None else measure
        if dated.change is not None and baseline is not None:
            solve(moved, baseline=baseline, change=dated.change)
        return KeyResult(
            id=id, measure=moved, baseline=baseline, target=aim, cycle=dates, counting=counting, means=dated.means
        )

    def kpi(
        self,
        *,
        id: str,  # noqa: A002 - the name the field has on every goal
        measure: Measure | None = None,
        cadence: Cadence | None = None,
    ) -> Kpi:
        """Return the KPI that is healthy where the threshold is kept; nothing the draft does not say is made up.

        Rule: STM-7.

        >>> from goalmodel.statement import parse
        >>> [parse("Keep churn below 3 %").kpi(id="churn").health(value).value for value in (2.9, 3)]
        ['healthy', 'unhealthy']

        Args:
            id: Unique among all goals of a model.
            measure: What is watched, where more is known of it than the statement says; the threshold is converted into
                its unit. Where None, a measure of that name and unit, better on the side of the threshold.
            cadence: How often it is read; None where nothing is expected.

        Raises:
            NotComplete: There is no threshold, or something is missing or in doubt.
            DifferentQuantities: The unit of the measure counts something else than the statement's.
        """
        said = self._about(measure)
        lacks = _lacks(said)
        if said.standard is None or lacks:
            raise NotComplete("draft", lacks)
        return Kpi(id=id, measure=_watched(said, measure), bands=_bands(said.standard), cadence=cadence)

    def commit(
        self,
        *,
        id: str,  # noqa: A002 - the name the field has on every goal
        manner: Manner,
        declared_on: dt.date,
        due: dt.date | None = None,
        measure: Measure | None = None,
    ) -> Commit:
        """Return the commit whose standard the threshold is; nothing the draft does not say is made up.

        Rule: STM-7.

        >>> from goalmodel.commit import Held
        >>> from goalmodel.statement import parse
        >>> draft = parse("Keep uptime at least 99.9 % until 2026-12-31")
        >>> draft.commit(id="sla", manner=Held(dt.date(2026, 10, 1)), declared_on=dt.date(2026, 9, 1)).due
        datetime.date(2026, 12, 31)

        Args:
            id: Unique among all goals of a model.
            manner: In which way it is to be met: a statement seldom says.
            declared_on: When it was declared.
            due: By when; the last day of the statement where None.
            measure: As for `kpi`.

        Raises:
            NotComplete: There is no threshold or no due date, or something is missing or in doubt.
            DifferentQuantities: The unit of the measure counts something else than the statement's.
        """
        said = self._about(measure)
        ends = said.end if said.cycle is None else said.cycle.end
        by = ends if due is None else due
        lacks = (*_lacks(said), *(("end",) if by is None else ()))
        if said.standard is None or by is None or lacks:
            raise NotComplete("draft", lacks)
        return Commit(
            id=id,
            measure=_watched(said, measure),
            standard=said.standard,
            due=by,
            declared_on=declared_on,
            manner=manner,
        )

    def _about(self, measure: Measure | None) -> Draft:
        return self if measure is None else _in(self, the(Measure, measure, "measure"))

    def differences(self, key_result: KeyResult) -> tuple[Reason, ...]:
        """Return where the statement says another thing than *key_result*: what it does not say does not differ.

        Numbers are compared in the measure's own unit, with the target in force now; names are not, for they are words.

        Rule: STM-6.

        >>> from goalmodel.statement import parse
        >>> kr = KeyResult(
        ...     id="csat-q4",
        ...     measure=Measure("customer satisfaction", unit="points"),
        ...     baseline=8,
        ...     target=9.2,
        ...     cycle=Cycle.quarter(2026, 4),
        ... )
        >>> parse("Increase satisfaction by 15% from 8.0 to 9.2").differences(kr)
        ()
        >>> print(*parse("Increase satisfaction to 9 points").differences(kr))
        the statement says 9 for the target, and the key result has 9.2

        Args:
            key_result: The one the statement is about.

        Raises:
            TooManyDigits: A number of the statement has too many digits in the unit of the measure.
        """
        moved = the(KeyResult, key_result, "key_result")
        try:
            said = _in(_counted(self, moved.counting), moved.measure)
        except DifferentQuantities:
            return (OTHER_QUANTITY.because(said=self.unit and self.unit.name, held=moved.measure.unit.name),)
        if said.baseline is None and said.target is None and moved.baseline is not None:
            said = attrs.evolve(said, baseline=moved.baseline)
        return tuple(
            DIFFERS.because(field=field, said=its, held=held)
            for field, its, held in _side_by_side(said, moved)
            if its is not None and held is not None and its != held
        )

    @property
    def _way(self) -> Way:
        return Way(self.rises, self.unit, self.baseline, self.target, self.change)

    def _settles(self, field: str) -> bool:
        match field:
            case "change":
                return self.change is not None or (self.baseline is not None and self.target is not None)
            case "text":
                return False
            case "end":
                return self.end is not None or self.lasts is not None
            case _:
                return getattr(self, field, None) is not None


def _measure(draft: Draft, *, falls: bool) -> Measure:
    """Return what is moved, as far as the statement says."""
    polarity = Polarity.LOWER_IS_BETTER if falls else Polarity.HIGHER_IS_BETTER
    return Measure(draft.name or "it", unit=draft.unit or "units", polarity=polarity)


def _watched(draft: Draft, measure: Measure | None) -> Measure:
    """Return what a threshold is about: the *measure*, or what the draft says of it."""
    if measure is not None or draft.standard is None:
        return _measure(draft, falls=False) if measure is None else measure
    low, high = draft.standard.low, draft.standard.high
    polarity = Polarity.IN_RANGE_IS_BETTER if low is not None and high is not None else None
    found = _measure(draft, falls=low is None)
    return found if polarity is None else attrs.evolve(found, polarity=polarity)


def _lacks(draft: Draft) -> tuple[str, ...]:
    """Return why a draft is no threshold yet: the fields that are missing, and the codes of open doubts."""
    known = (("name", draft.name), ("unit", draft.unit), ("standard", draft.standard))
    missing = (field for field, value in known if value is None)
    return (*missing, *(reason.code for reason in draft.open))


def _bands(standard: Standard) -> HealthBands:
    """Return the bands that are healthy where a *standard* is met, and unhealthy elsewhere."""
    low, high = standard.low, standard.high
    if low is not None and high is not None:
        bands = HealthBands.between(low, high)
    else:
        bands = HealthBands.at_most(high or 0) if low is None else HealthBands.at_least(low)
    return attrs.evolve(bands, open_cuts=standard.open_ends)


def _standard_in(standard: Standard | None, unit: Unit, into: Unit) -> Standard | None:
    if standard is None:
        return None
    low, high = (None if end is None else convert(end, unit, into) for end in (standard.low, standard.high))
    return Standard(low=low, high=high, open_ends=[convert(end, unit, into) for end in standard.open_ends])


def _in(draft: Draft, measure: Measure) -> Draft:
    """Return the draft about *measure*, its numbers in the measure's own unit."""
    unit = draft.unit
    said = attrs.evolve(draft, name=measure.name, unit=measure.unit)
    is_counted = draft.form is StatementForm.SHARE and unit is not None and unit.name == draft.occasions
    if unit is None or is_counted or unit.name in {measure.unit.name, measure.unit.symbol}:
        return said
    if unit.base != measure.unit.base:
        accepted = f"a unit of the quantity counted in {unit.base}, as in the statement"
        raise DifferentQuantities("measure", measure.unit.name, accepted)
    return attrs.evolve(
        said,
        baseline=None if draft.baseline is None else convert(draft.baseline, unit, measure.unit),
        target=None if draft.target is None else convert(draft.target, unit, measure.unit),
        change=_converted(draft.change, unit, measure.unit),
        standard=_standard_in(draft.standard, unit, measure.unit),
    )


def _over(draft: Draft, occasions: Occasions) -> Draft:
    """Return the draft of a share as one of so many occasions; any other as it is."""
    if draft.form is not StatementForm.SHARE or draft.target is None:
        return draft
    return attrs.evolve(draft, unit=draft.occasions, baseline=0, target=occasions.share(draft.target / 100))


def _counted(draft: Draft, counting: Counting) -> Draft:
    """Return the draft of a share as one of so many occasions, where it can be one."""
    is_share = draft.target is None or 0 <= draft.target <= _WHOLE
    return _over(draft, counting) if isinstance(counting, Occasions) and is_share else draft


def _side_by_side(draft: Draft, moved: KeyResult) -> Iterator[tuple[str, Hashable, Hashable]]:
    """Yield what a draft about the measure of *moved* says, and what *moved* has; None where either has nothing."""
    baseline, target = draft.ends
    aim = moved.target if isinstance(moved.target, Fraction) else None
    dates = draft.cycle
    yield "start", baseline, moved.baseline
    yield "target", target, aim
    if not isinstance(moved.target, Fraction):
        yield "change", *_changes(draft.change, moved.target)
    if aim is not None and moved.baseline is not None:
        yield "way", _named(draft.rises), _named(aim > moved.baseline)
    yield "first day", draft.start, moved.cycle.start
    yield "last day", draft.end if dates is None else dates.end, moved.cycle.end


def _changes(said: TargetChange | None, held: TargetChange) -> tuple[TargetChange | None, TargetChange]:
    """Return both changes, where they can be told apart: points and an amount may be the same."""
    can_be_told = type(said) is type(held) or isinstance(said, Relative) or isinstance(held, Relative)
    return said if can_be_told else None, held


def _named(rises: bool | None) -> Direction | None:  # noqa: FBT001 - the answer itself, not a switch
    return None if rises is None else Direction.UP if rises else Direction.DOWN


def _within(draft: Draft, cycle: Cycle) -> Draft:
    return attrs.evolve(draft, start=cycle.start, end=cycle.end, lasts=None)


def _dates_disagree(draft: Draft) -> tuple[Reason, ...]:
    if draft.start is None or draft.end is None:
        return ()
    if draft.end < draft.start:
        return (ENDS_FIRST.because(start=draft.start, end=draft.end),)
    last = _last_day(draft.start, *draft.lasts) if draft.lasts else draft.end
    return () if last == draft.end else (OTHER_END.because(start=draft.start, last=last, end=draft.end),)


def _converted(change: TargetChange | None, unit: Unit, into: Unit) -> TargetChange | None:
    return Absolute(convert(change.amount, unit, into)) if isinstance(change, Absolute) else change


def _last_day(start: dt.date, number: int, period: Period) -> dt.date:
    match period:
        case Period.DAY | Period.WEEK:
            cadence = Cadence(days=number * int(period.days))
        case Period.MONTH:
            cadence = Cadence(months=number)
        case Period.QUARTER:
            cadence = Cadence(months=3 * number)
        case _:
            cadence = Cadence(months=12 * number)
    return cadence.due(start) - dt.timedelta(days=1)
