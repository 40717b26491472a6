"""Measures derived from others: totals, differences, ratios, lags, growth and shares, of figures and never of words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, assert_never

import attrs

from goalmodel.checks import are, inner, is_a, is_count, made, named, raise_all, the_date, the_many
from goalmodel.errors import DifferentQuantities, GivenTwice, GoalModelError, NothingGiven, OutOfBounds
from goalmodel.measure.aggregation import Aggregation
from goalmodel.measure.cycle import Cycle
from goalmodel.measure.figure import RUNNING, Figure, figures, judged
from goalmodel.measure.measure import Measure, Scale
from goalmodel.measure.reading import Absence, Reading, computed_reading
from goalmodel.measure.series import Series
from goalmodel.measure.unit import percentage_point
from goalmodel.measure.window import EachPeriod, EachReading, StatedPeriods
from goalmodel.reprs import readable
from goalmodel.showing import counted


def _measures(given: Iterable[Measure], field: str = "value") -> tuple[Measure, ...]:
    return tuple(sorted(the_many(Measure, given, field), key=attrgetter("name")))


def _are_several(_: object, attribute: attrs.Attribute[tuple[Measure, ...]], value: tuple[Measure, ...]) -> None:
    if not value:
        raise NothingGiven(attribute.name, value, "one measure or more")
    names = [each.name for each in value]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise GivenTwice(f"{attribute.name}[{index}]", name, "each measure once")


_SEVERAL: Final = attrs.validators.and_(are(Measure), _are_several)
_MOST_PERIODS: Final = 1000


@attrs.frozen(field_transformer=named)
@readable
class Total:
    """What several measures come to together: the contributions of teams.

    Attributes:
        parts: The measures, each once.
    """

    parts: tuple[Measure, ...] = attrs.field(converter=_measures, validator=_SEVERAL)

    def __str__(self) -> str:
        return " + ".join(each.name for each in self.parts)


@attrs.frozen
@readable
class Gap:
    """How much more one measure is than another: actual less plan.

    Attributes:
        of: What is taken from.
        less: What is taken away.
    """

    of: Measure = attrs.field(validator=is_a(Measure))
    less: Measure = attrs.field(validator=is_a(Measure))

    def __str__(self) -> str:
        return f"{self.of.name} - {self.less.name}"


@attrs.frozen
@readable
class Ratio:
    """One measure to another: cost per case, patients per day; in percent where the derived measure is in percent.

    Attributes:
        of: The numerator.
        to: The denominator; where it is 0 or less there is no ratio.
    """

    of: Measure = attrs.field(validator=is_a(Measure))
    to: Measure = attrs.field(validator=is_a(Measure))

    def __str__(self) -> str:
        return f"{self.of.name} / {self.to.name}"


@attrs.frozen(field_transformer=named)
@readable
class Share:
    """What part of a whole one of its parts is; in percent where the derived measure is in percent.

    Attributes:
        of: The part.
        among: All parts of the whole, each once, the one it is the share of among them.
    """

    of: Measure = attrs.field(validator=is_a(Measure))
    among: tuple[Measure, ...] = attrs.field(converter=_measures, validator=_SEVERAL)

    def __attrs_post_init__(self) -> None:
        if self.of not in self.among:
            raise OutOfBounds("of", self.of.name, f"one of {', '.join(each.name for each in self.among)}")

    def __str__(self) -> str:
        return f"{self.of.name} / ({' + '.join(each.name for each in self.among)})"


@attrs.frozen
@readable
class Lag:
    """The figure of a measure so many periods ago.

    Attributes:
        of: The measure.
        periods: How many periods ago, 1 to 1,000.
    """

    of: Measure = attrs.field(validator=is_a(Measure))
    periods: int = attrs.field(validator=is_count(1, _MOST_PERIODS))

    def __str__(self) -> str:
        return f"{self.of.name}, {counted(self.periods, 'period')} ago"


@attrs.frozen
@readable
class Growth:
    """How much more a figure is than so many periods ago, as a part of that; in percent where the measure is.

    Attributes:
        of: The measure.
        periods: How many periods ago, 1 to 1,000; where the figure was 0 or less then there is no growth.
    """

    of: Measure = attrs.field(validator=is_a(Measure))
    periods: int = attrs.field(validator=is_count(1, _MOST_PERIODS))

    def __str__(self) -> str:
        return f"{self.of.name} against {counted(self.periods, 'period')} ago"


Formula: TypeAlias = Total | Gap | Ratio | Share | Lag | Growth
"""How a measure follows from others."""

Periods: TypeAlias = EachReading | EachPeriod | StatedPeriods
"""Over what time the parts of a derived measure come to figures."""


class _Place(NamedTuple):
    """Where a formula takes a figure from: a measure, so many periods ago."""

    measure: Measure
    ago: int = 0


def _places(formula: Formula) -> tuple[_Place, ...]:
    match formula:
        case Total(parts=parts):
            return tuple(_Place(each) for each in parts)
        case Gap(of=of, less=other) | Ratio(of=of, to=other):
            return _Place(of), _Place(other)
        case Share(of=of, among=among):
            return _Place(of), *(_Place(each) for each in among)
        case Lag(of=of, periods=ago):
            return (_Place(of, ago),)
        case Growth(of=of, periods=ago):
            return _Place(of), _Place(of, ago)
        case _:
            assert_never(formula)


_ANY: Final = frozenset(Scale)
_DISTANCES: Final = frozenset({Scale.INTERVAL, Scale.RATIO})
_ZERO: Final = frozenset({Scale.RATIO})
_ALLOWED: Final = MappingProxyType(
    {Total: _ZERO, Gap: _DISTANCES, Ratio: _ZERO, Share: _ZERO, Lag: _ANY, Growth: _ZERO}
)
"""Which scales numbers need: a difference takes equal distances, a total and a ratio a zero."""


@attrs.frozen(kw_only=True)
@readable
class Derived:
    """A measure whose figures follow from those of others.

    >>> came, late = (Measure(name, unit="patients", aggregation=Aggregation.SUM) for name in ("came", "late"))
    >>> share = Derived(measure=Measure("late of all", unit="percent"), formula=Ratio(late, came))
    >>> day = dt.date(2026, 1, 31)
    >>> print(*share.series([Series.of(came, {day: 200}), Series.of(late, {day: 30})]))
    15 on 2026-01-31

    Each part comes to a figure first, as its own measure says, and then the formula is applied. A part that is not
    there leaves none; of one that is stated absent the derived figure is absent. Over no more than nothing there is no
    ratio, share or growth: not measured. It is known when the last of its parts is known.

    A ratio, share or growth of sums has its denominator as its weight, so that its mean over a longer time (a measure
    with ``aggregation=Aggregation.MEAN``) is the ratio of the sums. A lag keeps the weights, totals and differences
    have none.

    Rule: FIG-5.

    Attributes:
        measure: What is derived.
        formula: How.
        window: Over what time the parts come to figures: each reading by itself, or periods. A period's figure is about
            its last day, and there is none before that is over.

    Raises:
        DifferentQuantities: What is added up, taken away or compared is not all in one unit.
        OutOfBounds: Numbers of a part's scale don't allow the formula, or figures are to be so many periods ago without
            periods.
        SeveralProblems: More than one of these.
    """

    measure: Measure = attrs.field(validator=is_a(Measure))
    formula: Formula = attrs.field(validator=is_a(Total, Gap, Ratio, Share, Lag, Growth))
    window: Periods = attrs.field(default=EachReading(), validator=is_a(EachReading, EachPeriod, StatedPeriods))

    def __attrs_post_init__(self) -> None:
        raise_all(self._problems())

    def _problems(self) -> Iterator[GoalModelError]:
        formula, parts = self.formula, self.parts
        if isinstance(formula, Lag | Growth) and isinstance(self.window, EachReading):
            yield OutOfBounds("window", self.window, "periods, of which some are so many ago")
        alike = parts if isinstance(formula, Share) else (self.measure, *parts)
        for part in () if isinstance(formula, Ratio | Growth) else alike[1:]:
            if part.unit != alike[0].unit:
                accepted = f"{alike[0].unit.name}, as {alike[0].name} is in"
                yield DifferentQuantities(("formula", part.name, "unit"), part.unit.name, accepted)
        for part in parts:
            if part.scale not in _ALLOWED[type(formula)]:
                accepted = " or ".join(each.value for each in Scale if each in _ALLOWED[type(formula)])
                yield OutOfBounds(("formula", part.name, "scale"), part.scale, accepted)

    @property
    def parts(self) -> tuple[Measure, ...]:
        """The measures it follows from, each once, in the order of the formula."""
        return tuple({place.measure: None for place in _places(self.formula)})

    def series(self, history: Iterable[Series]) -> Series:
        """Return its figures, each as a reading with all that was known of it, and since when.

        Args:
            history: A series a measure, in any order, an empty one of a part that was never read; others are not looked
                at.

        Raises:
            NothingGiven: A part has no series.
            SeveralProblems: Several have none.
            WrongMeasure: A series has the name of a part and is of another measure, or in another unit.
        """
        return self.from_read(self._read(history))

    def figures(self, history: Iterable[Series], *, as_of: dt.date) -> tuple[Figure, ...]:
        """Return its figures as known on *as_of*, oldest first: those of periods that are not over, too.

        It is provisional where its time is not over, or a part is provisional; what is judged is its `series`.

        >>> came, late = (Measure(name, unit="patients", aggregation=Aggregation.SUM) for name in ("came", "late"))
        >>> share = Derived(
        ...     measure=Measure("late of all", unit="percent"),
        ...     formula=Ratio(late, came),
        ...     window=EachPeriod(Period.MONTH),
        ... )
        >>> day = dt.date(2026, 1, 20)
        >>> print(*share.figures([Series.of(came, {day: 200}), Series.of(late, {day: 30})], as_of=day))
        15 from 2026-01-01 to 2026-01-31 (provisional)

        Rules: FIG-3, FIG-5.

        Args:
            history: As for `series`.
            as_of: The date of the judgement, at the end of the day.

        Returns:
            Each rests on all readings of its parts.

        Raises:
            NothingGiven: A part has no series.
            SeveralProblems: Several have none.
            WrongMeasure: A series has the name of a part and is of another measure, or in another unit.
        """
        read = self._read(history)
        found = {place: self._so_far(place, read, the_date(as_of, "as_of")) for place in _places(self.formula)}
        first, *others = found.values()
        days = sorted(set(first).intersection(*others))
        together = (self._together(on, {place: by[on] for place, by in found.items()}, as_of) for on in days)
        return tuple(each for each in together if each.period.start <= as_of)

    def _so_far(self, place: _Place, read: Mapping[str, Series], as_of: dt.date) -> dict[dt.date, Figure]:
        """Return the figures in a place as known on a day, by the last day of the time they count for."""
        series = read[place.measure.name].about(place.measure, "history")
        following = cache(self._following)
        known = figures(series, self.window, as_of=as_of)
        moved = ((_moved(each.period.end, place.ago, following), each) for each in known)
        return {on: each for on, each in moved if on is not None}

    def _together(self, on: dt.date, by_place: Mapping[_Place, Figure], as_of: dt.date) -> Figure:
        """Return what the figures in the places of the formula come to for the time that ends on a day."""
        in_places, parts = [by_place[place] for place in _places(self.formula)], by_place.values()
        value, weight = self._come_to([computed_reading(on, each.value, each.weight) for each in in_places])
        period = None if isinstance(self.window, EachReading) else self.window.period_of(on)
        provisional = (each.why_provisional for each in parts if each.why_provisional is not None)
        return Figure(
            period=period or Cycle(on, on),
            value=value,
            readings=sum(each.readings for each in parts),
            absent=sum(each.absent for each in parts),
            weight=weight,
            why_provisional=RUNNING.because(end=on, as_of=as_of) if on > as_of else next(provisional, None),
        )

    def _read(self, history: Iterable[Series]) -> dict[str, Series]:
        """Return what was read, by the name of the measure, which must be there of each part."""
        read = {each.measure.name: each for each in the_many(Series, history, "history")}
        accepted = "a series of each part, an empty one where nothing was read"
        raise_all(NothingGiven("history", part.name, accepted) for part in self.parts if part.name not in read)
        return read

    @inner
    def from_read(self, read: Mapping[str, Series]) -> Series:
        """Return its figures from what was *read* of each measure, by its name."""
        told = [self._told(place, read) for place in _places(self.formula)]
        days = sorted(set(told[0]).intersection(*told[1:]))
        return Series(self.measure, [each for on in days for each in self._versions(on, [by[on] for by in told])])

    def _told(self, place: _Place, read: Mapping[str, Series]) -> dict[dt.date, list[Reading]]:
        """Return every version of the figures in a place, by the day they count for."""
        series = read[place.measure.name].about(place.measure, "history") if place.measure.name in read else None
        found, following = defaultdict[dt.date, list[Reading]](list), cache(self._following)
        for each in () if series is None else _figures_told(series, self.window):
            on = _moved(each.on, place.ago, following)
            if on is not None:
                found[on].append(each)
        return found

    def _following(self, day: dt.date | None) -> dt.date | None:
        """Return the last day of the period behind the one that ends on *day*; None where there is none."""
        if day is None or day == dt.date.max or isinstance(self.window, EachReading):
            return None
        period = self.window.period_of(day + dt.timedelta(days=1))
        return None if period is None else period.end

    def _versions(self, on: dt.date, told: list[list[Reading]]) -> Iterator[Reading]:
        """Return what was known of the figure of a day, one after the other, from the versions of its parts."""
        before: Reading | None = None
        for known_on in sorted({max(on, each.known_since) for versions in told for each in versions}):
            known = [[each for each in versions if each.known_since <= known_on] for versions in told]
            if all(known):
                value, weight = self._come_to([versions[-1] for versions in known])
                if before is None or (before.value, before.weight) != (value, weight):
                    before = _since(known_on, computed_reading(on, value, weight))
                    yield before

    def _come_to(self, parts: list[Reading]) -> tuple[Fraction | Absence, Fraction | None]:
        """Return what the figures in the places of the formula come to, and on how many cases that rests."""
        values = [each.value for each in parts if isinstance(each.value, Fraction)]
        if len(values) < len(parts):
            return next(each.value for each in parts if isinstance(each.value, Absence)), None
        match self.formula:
            case Total():
                value, weight = sum(values, Fraction(0)), None
            case Gap():
                value, weight = values[0] - values[1], None
            case Lag():
                value, weight = values[0], parts[0].weight
            case Ratio():
                return self._quotient(values[0], values[1])
            case Share():
                return self._quotient(values[0], sum(values[1:], Fraction(0)))
            case Growth():
                return self._quotient(values[0] - values[1], values[1])
            case _:
                assert_never(self.formula)
        return value, weight

    def _quotient(self, part: Fraction, whole: Fraction) -> tuple[Fraction | Absence, Fraction | None]:
        if whole <= 0:
            return Absence.NOT_MEASURED, None
        times, is_of_sums = self._in_what
        return (part if times is None else times * part) / whole, whole if is_of_sums else None

    @cached_property
    def _in_what(self) -> tuple[Fraction | None, bool]:
        """How much the whole is where the measure is in percent, and whether it is one of sums; asked once."""
        point = percentage_point(self.measure.unit)
        is_of_sums = all(each.aggregation is Aggregation.SUM for each in self.parts)
        return None if point is None else 100 * point, is_of_sums

    def __str__(self) -> str:
        over = "" if isinstance(self.window, EachReading) else f", {self.window}"
        return f"{self.measure.name} = {self.formula}{over}"


def _moved(day: dt.date, ago: int, following: Callable[[dt.date | None], dt.date | None]) -> dt.date | None:
    """Return the last day of the period so many behind the one that ends on *day*; None where there is none."""
    on: dt.date | None = day
    for _ in range(ago):
        on = following(on)
    return on


def _figures_told(series: Series, window: Periods) -> Iterator[Reading]:
    """Return the figures over each period that is over, with every version of them; what can't be is missing."""
    if isinstance(window, EachReading):
        for each in series:
            is_possible = isinstance(each.value, Absence) or series.measure.can_be(each.value)
            yield each if is_possible else attrs.evolve(each, value=Absence.MISSING, weight=None)
    elif series.is_known_at_once:
        yield from judged(series, window)
    else:
        for period, readings in groupby(series, key=lambda each: window.period_of(each.on)):
            if period is None:
                continue
            part = Series(series.measure, readings)
            for known_on in sorted({max(each.known_since, period.end) for each in part}):
                yield from (_since(known_on, figure) for figure in judged(part.until(known_on), window))


def _since(day: dt.date, reading: Reading) -> Reading:
    """Return the *reading* as it is known since a *day*, its own or a later one."""
    return made(
        Reading,
        on=reading.on,
        value=reading.value,
        weight=reading.weight,
        known_on=day if day > reading.on else None,
    )


def with_derived(derived: Iterable[Derived], read: Mapping[str, Series]) -> dict[str, Series]:
    """Return what was *read* of each measure, and the figures of those that are *derived*, in whatever order.

    This is the one place where they are computed: from what was read, before anything is judged.

    Raises:
        GivenTwice: A series is of a measure that is derived.
    """
    waiting = {each.measure.name: each for each in derived}
    for name in waiting:
        if name in read:
            raise GivenTwice("history", name, "no series of a measure that follows from others")
    known = dict(read)
    while waiting:
        ready = [each for each in waiting.values() if not any(part.name in waiting for part in each.parts)]
        for each in ready:
            known[each.measure.name] = each.from_read(known)
            del waiting[each.measure.name]
    return known
