"""Readings of one measure, by date, and the absences among them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from operator import attrgetter, eq, itemgetter, lt
from typing import Any, Final, Protocol, TypeAlias, cast, final, overload

import attrs

from goalmodel.checks import inner, is_a, made, named, the, the_count, the_date, the_iterable, the_many, the_text
from goalmodel.errors import GivenTwice, GoalModelError, NothingGiven, OutOfBounds, WrongMeasure, WrongType
from goalmodel.exact import Number, exact, ratios
from goalmodel.measure.measure import Measure, first_difference
from goalmodel.measure.reading import Absence, Reading, computed_reading, is_no_value, no_value, value_or_absence
from goalmodel.measure.row import Row, in_one_part
from goalmodel.measure.unit import percentage_point
from goalmodel.measure.versions import Restatement, Versions, latest_of_each_day, restatements_of
from goalmodel.measure.view import SeriesView
from goalmodel.reprs import readable

_by_version = attrgetter("on", "known_since")


class ByDate(Protocol):
    """What has pairs of date and value to give, as a Series of pandas does."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Return pairs of date and value."""
        ...


Readings: TypeAlias = (
    Mapping[dt.date, Number | Absence | None] | ByDate | Iterable[tuple[dt.date, Number | Absence | None] | Reading]
)


def _readings(given: Iterable[Reading], field: str = "value") -> tuple[Reading, ...]:
    accepted = "a Reading (Series.of takes pairs of date and value, mappings, and what has items)"
    return tuple(sorted(the_many(Reading, given, field, accepted), key=_by_version))


class _MadeOnDemand:
    """What makes the readings of plain numbers when somebody looks at them."""

    __slots__ = ()


def _on_demand(series: Series, name: str) -> tuple[Reading, ...]:
    row = None
    if name == "readings":
        row = series._written  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] # its own
    if row is None:
        raise AttributeError(f"{type(series).__name__!r} object has no attribute {name!r}", name=name, obj=series)
    readings = tuple(map(computed_reading, row.days, row.values(0, len(row))))
    object.__setattr__(series, "readings", readings)
    return readings


setattr(_MadeOnDemand, "__getattr__", _on_demand)  # noqa: B010 - to a type checker a series has its fields and no more


@attrs.frozen(field_transformer=named)
@readable
class Series(_MadeOnDemand):
    """The readings of one measure, oldest first, one a date; or several, where a date was restated.

    Attributes:
        measure: What was measured.
        readings: Oldest first, of one date by the day they are known since; readings in another order are sorted.

    Raises:
        GivenTwice: Two readings have the same date and are known since the same day.
    """

    measure: Measure = attrs.field(validator=is_a(Measure))
    readings: tuple[Reading, ...] = attrs.field(default=(), converter=_readings)

    def __attrs_post_init__(self) -> None:
        for earlier, later in zip(self.readings, self.readings[1:], strict=False):
            if earlier.on == later.on and earlier.known_since == later.known_since:
                accepted = "a date that no other reading of the series has, or another day it is known since"
                raise GivenTwice("readings", later.on, accepted)
        without = [each for each in self.readings if each.weight is None and not isinstance(each.value, Absence)]
        if without and any(each.weight is not None for each in self.readings):
            raise NothingGiven("readings", without[0], "a weight of every reading, or of none")

    @classmethod
    def of(cls, measure: Measure, readings: Readings = (), *, missing: Absence | None = None) -> Series:
        """Return the series of *readings* by date.

        >>> visits = Measure("visits", unit="visits")
        >>> len(Series.of(visits, {dt.date(2026, 2, 28): 31, dt.date(2026, 1, 31): Absence.MISSING}))
        2
        >>> str(Series.of(visits, [(dt.datetime(2026, 1, 31), None)], missing=Absence.NOT_MEASURED).readings[0])
        'not measured on 2026-01-31'

        Args:
            measure: What was measured.
            readings: A mapping of dates to values, or what has ``items`` as a Series of pandas does, or pairs of date
                and value, or Readings, in any order. A value is finite and in the measure's own unit, or an Absence.
                A timestamp at midnight without a time zone stands for its date.
            missing: What None, NaN and the NA of pandas mean; they are refused where nothing is said.

        Raises:
            GivenTwice: Two readings have the same date.
            NotADate: A date has a time of day or a time zone, or is not a date.
            NotANumber: A value is not a number.
            NotFinite: A value is an infinity, or NaN where *missing* does not say what that means.
        """
        absence = None if missing is None else the(Absence, missing, "missing")
        if type(readings) in _SIZED:
            written = _written(list(cast("Iterable[object]", _pairs(readings))))
            if written is not None:
                return made(cls, measure=the(Measure, measure, "measure"), _written=written)
        pairs = enumerate(_pairs(readings))
        return cls(measure, [_reading(each, f"readings[{index}]", absence) for index, each in pairs])

    @classmethod
    def shares(cls, measure: Measure, counts: Mapping[dt.date, tuple[Number, Number]]) -> Series:
        """Return the series of shares of counted cases: exact, each with the number of cases behind it as its weight.

        >>> seen = Measure("seen within four hours", unit="percent", aggregation=Aggregation.MEAN)
        >>> print(*Series.shares(seen, {dt.date(2026, 1, 31): (90, 100), dt.date(2026, 2, 28): (1, 10)}))
        90 on 2026-01-31 10 on 2026-02-28

        Rule: FIG-1.

        Args:
            measure: What was measured: in percent where that is its unit, else a share of 1.
            counts: By date the cases that count, and all there were. Of no cases there is no share: not measured.

        Raises:
            OutOfBounds: A number of all cases is below 0, or there are cases that count among none.
        """
        the(Measure, measure, "measure")
        whole = percentage_point(measure.unit)
        of_all = Fraction(1) if whole is None else 100 * whole
        if not isinstance(counts, Mapping):
            raise WrongType("counts", counts, "a mapping of dates to pairs: the cases that count, and all there were")
        return cls(measure, [_share(on, pair, of_all) for on, pair in counts.items()])

    def __len__(self) -> int:
        return len(self.readings if self._written is None else self._written)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    @cached_property
    def _written(self) -> Row | None:
        """Its readings as whole numbers by date, where it was made of plain numbers: then nobody has looked at one."""
        return None

    @cached_property
    def days(self) -> list[dt.date]:
        """The date of each reading and absence, rising."""
        return [reading.on for reading in self.readings] if self._written is None else self._written.days

    @inner
    def reading(self, at: int) -> Reading:
        """Return reading *at*, from 0, oldest first."""
        if self._written is None:
            return self.readings[at]
        return computed_reading(self._written.days[at], self._written.value(at))

    @cached_property
    def row(self) -> Row:
        """The readings that have a value the measure can have, the latest version of each day, as whole numbers."""
        row, measure = self._written, self.measure
        if row is None:
            return Row.of(self.present)
        return row.within(measure.lowest, measure.highest)

    @cached_property
    def view(self) -> SeriesView:
        """What judgements look at: the same readings, the latest of each date, as whole numbers by date."""
        return SeriesView(self.corrected)

    @cached_property
    def is_known_at_once(self) -> bool:
        """Whether each reading was known on its own day, so that none was late or restated."""
        return self._written is not None or all(reading.known_on is None for reading in self.readings)

    @cached_property
    def corrected(self) -> Series:
        """The series with the latest version of each date alone, as if it had been the first."""
        if self._written is not None:
            return self
        latest = latest_of_each_day(self.readings)
        return self if len(latest) == len(self.readings) else Series(self.measure, tuple(latest))

    @cached_property
    def as_first_known(self) -> Series:
        """The series with the first version of each date alone, as if nothing had been restated."""
        first = latest_of_each_day(self.readings[::-1])
        return self if len(first) == len(self.readings) else Series(self.measure, tuple(first))

    @cached_property
    def restatements(self) -> tuple[Restatement, ...]:
        """What was known otherwise before, in the order in which it became known.

        >>> january = dt.date(2026, 1, 31)
        >>> told = [Reading(january, 31), Reading(january, 29, known_on=dt.date(2026, 2, 20))]
        >>> print(*Series(Measure("visits"), told).restatements)
        visits: 31 on 2026-01-31 became 29, known since 2026-02-20

        Rule: TIME-2.
        """
        return () if self._written is not None else restatements_of(self.measure.name, self.readings)

    @cached_property
    def _versions(self) -> Versions:
        return Versions(self.readings)

    def as_known(self, as_of: dt.date) -> Series:
        """Return the readings as they were known on *as_of*, each as if it had been known on its own day.

        Readings about later days it may have, too. Where nothing was late or restated it is the series itself.

        Rule: TIME-2.
        """
        the_date(as_of, "as_of")
        return self if self.is_known_at_once else self._versions.as_known(as_of, self)

    def epoch(self, as_of: dt.date) -> Series:
        """Return a series of one version a date that on *as_of*, and until the next turn, begins with what was known.

        Rule: TIME-2.
        """
        the_date(as_of, "as_of")
        return self if self.is_known_at_once else self._versions.epoch(as_of, self)

    def known_after(self, days: int) -> Series:
        """Return the series with each reading known so many *days* after its own date, where it says nothing itself.

        >>> visits = Series.of(Measure("visits"), {dt.date(2026, 1, 31): 31}).known_after(20)
        >>> visits.readings[0].known_since, len(visits.until(dt.date(2026, 2, 19)))
        (datetime.date(2026, 2, 20), 0)

        Rule: TIME-2.

        Args:
            days: How long a figure of the series takes to be known, at least 0.
        """
        late = the_count(days, "days")
        return attrs.evolve(self, readings=tuple(_late(reading, late) for reading in self.readings))

    @property
    def weights(self) -> list[Fraction] | None:
        """The weight of each reading that has a value the measure can have, oldest first; None where none has one."""
        if self._written is not None:
            return None
        can_be = self.measure.can_be
        present = [each for each in self.corrected if isinstance(each.value, Fraction) and can_be(each.value)]
        return [each.weight for each in present if each.weight is not None] or None

    def until(self, as_of: dt.date) -> Series:
        """Return the series as it was known on *as_of*: later readings, and what became known later, are not seen.

        Rule: TIME-2.
        """
        if not self.is_known_at_once:
            return attrs.evolve(self, readings=tuple(self._versions.until(the_date(as_of, "as_of"))))
        return self.part(0, self._count(the_date(as_of, "as_of")))

    def since(self, start: dt.date) -> Series:
        """Return the readings on *start* and later."""
        return self.part(bisect_left(self.days, the_date(start, "start")), len(self))

    def between(self, start: dt.date, end: dt.date) -> Series:
        """Return the readings from *start* until *end*, both days inside; none where *end* is before *start*."""
        return self.part(bisect_left(self.days, the_date(start, "start")), self._count(the_date(end, "end")))

    def _count(self, until: dt.date) -> int:
        return bisect_right(self.days, until)

    @inner
    def part(self, start: int, stop: int) -> Series:
        """Return the readings from number *start* until before number *stop*, which are in order as they stand."""
        if stop - start == len(self):
            return self
        if self._written is not None:
            return made(Series, measure=self.measure, _written=self._written.part(start, max(start, stop)))
        return made(Series, measure=self.measure, readings=self.readings[start:stop])

    @property
    def present(self) -> tuple[tuple[dt.date, Fraction], ...]:
        """Date and value of each reading that has a value the measure can have, oldest first."""
        low, high = self.measure.lowest, self.measure.highest
        if self._written is not None:
            return tuple(zip(self.row.days, self.row.values(0, len(self.row)), strict=True))
        return tuple(
            (reading.on, value)
            for reading in self.corrected.readings
            if not isinstance(value := reading.value, Absence)
            and (low is None or low <= value)
            and (high is None or value <= high)
        )

    def about(self, measure: Measure, field: str = "series") -> Series:
        """Return this series, which must be about *measure*.

        Raises:
            WrongMeasure: It is about another measure, or in another unit.
        """
        if self.measure is not measure and self.measure != the(Measure, measure, "measure"):
            name, expected = first_difference(self.measure, measure)
            accepted = f"{expected}, as in the measure it is read for"
            raise WrongMeasure(f"{the_text(field, 'field')}.measure.{name}", getattr(self.measure, name), accepted)
        return self


def _written(given: Sequence[object]) -> Row | None:
    """Return plain pairs of a date and a number as they are written; None where any is more than that, or unfit."""
    if not given:
        return Row([], [], 1)
    if set(map(type, given)) != {tuple} or set(map(len, cast("Sequence[tuple[object, ...]]", given))) != {2}:
        return None
    pairs = cast("Sequence[tuple[dt.date, int | float | Fraction]]", given)
    days, values = [on for on, _ in pairs], [value for _, value in pairs]
    if set(map(type, days)) != {dt.date} or not set(map(type, values)) <= _PLAIN:
        return None
    if not all(map(lt, days, days[1:])):
        in_order = sorted(pairs, key=itemgetter(0))
        days, values = [on for on, _ in in_order], [value for _, value in in_order]
        if any(map(eq, days, days[1:])):
            return None
    try:
        numbers, parts = ratios(values)
    except GoalModelError:
        return None
    row = Row(days, *in_one_part(numbers, parts))
    return row if row.is_whole else None


_SIZED: Final = frozenset({dict, list, tuple})
_PLAIN: Final = frozenset({int, float, Fraction})


@final
class ReadingsOf(Sequence[Reading]):
    """The readings of a series, each made when somebody looks at it."""

    __slots__ = ("_series",)

    def __init__(self, series: Series) -> None:
        self._series = series

    def first(self, count: int) -> Series:
        """Return the series of the first so many."""
        return self._series.part(0, count)

    def __len__(self) -> int:
        return len(self._series)

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Reading, ...]: ...
    def __getitem__(self, index: int | slice) -> Reading | tuple[Reading, ...]:
        return self._series.readings[index] if isinstance(index, slice) else self._series.reading(index)


def _late(reading: Reading, days: int) -> Reading:
    """Return *reading* known so many days later, at the latest on the calendar's last day; one that says so stays."""
    if reading.known_on is not None or not days:
        return reading
    return attrs.evolve(reading, known_on=reading.on + dt.timedelta(days=min(days, (dt.date.max - reading.on).days)))


def _pairs(given: Readings) -> Iterable[tuple[dt.date, Number | Absence | None] | Reading]:
    if isinstance(given, Mapping):
        by_date = cast("Mapping[dt.date, Number | Absence | None]", given)
        return by_date.items()
    items: object = getattr(given, "items", None)
    pairs = cast("Iterable[Reading]", items() if callable(items) else given)
    return the_iterable(pairs, "readings")


def _reading(given: tuple[dt.date, Number | Absence | None] | Reading, field: str, missing: Absence | None) -> Reading:
    match given:
        case Reading():
            return given
        case (on, value):
            day = _day(on, f"{field}.on")
            if not is_no_value(value):
                return Reading(day, value_or_absence(cast("Number | Absence", value), f"{field}.value"))
            if missing is None:
                raise no_value(value, f"{field}.value", on=day)
            return Reading(day, missing)
        case _:
            raise WrongType(field, given, "a Reading, or a pair of date and value")


def _share(on: dt.date, given: object, whole: Fraction) -> Reading:
    field = f"counts[{str(on)!r}]"
    the_date(on, field)
    pair = cast("tuple[Number, ...]", the(tuple, given, field))
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        raise WrongType(field, given, "a pair: the cases that count, and all there were")
    part, cases = exact(pair[0], f"{field}[0]"), exact(pair[1], f"{field}[1]")
    if cases < 0 or (part and not cases):
        raise OutOfBounds(f"{field}[1]", cases, "0 cases or more, and where some count, more than 0")
    return computed_reading(on, part * whole / cases, cases) if cases else Reading(on, Absence.NOT_MEASURED)


def _day(given: object, field: str) -> dt.date:
    """Return the date of a timestamp at midnight; whatever else is given must be a date."""
    if isinstance(given, dt.datetime) and given.tzinfo is None and given.time() == dt.time.min:
        return the_date(given if getattr(given, "nanosecond", 0) else given.date(), field)
    return the_date(given, field)
