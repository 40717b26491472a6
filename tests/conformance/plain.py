"""Facts and answers as plain JSON: how numbers, dates, readings and bands are written, and read back.

A number is a JSON integer, or a text where a double would not mean the same: "8.7", "1/3". A date is "2026-10-31". A
reading is a pair of date and number, or of date and the word for its absence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, TypeAlias

from goalmodel import Absence, Cadence, Cycle, Health, HealthBands, Measure, Reading, Reason, Series, Zone

Facts: TypeAlias = Mapping[str, Any]
"""What a case is about, as plain JSON."""

Answer: TypeAlias = dict[str, Any]
"""Verdict, reason codes, and what else there is to say."""

Plain: TypeAlias = int | str | None
"""A number as it is written."""

MEASURE: Final = "the measure"
YEAR: Final = 2026
_MOST_PLACES: Final = 12
_WHOLE_IN_A_DOUBLE: Final = 2**53


class Row(NamedTuple):
    """A worked example: the rule it is about, what is asked, and the facts."""

    rule: str
    question: str
    facts: dict[str, Any]


def written(number: Fraction | None) -> Plain:
    """Return *number* as a case writes it: whole, in decimal where that ends soon, or as a fraction."""
    if number is None:
        return None
    if number.denominator == 1 and abs(number) < _WHOLE_IN_A_DOUBLE:
        return int(number)
    scaled = number * 10**_MOST_PLACES
    if scaled.denominator > 1 or abs(scaled) >= 10**30:
        return str(number)
    sign, digits = "-" if scaled < 0 else "", f"{abs(int(scaled)):0{_MOST_PLACES + 1}}"
    return f"{sign}{digits[:-_MOST_PLACES]}.{digits[-_MOST_PLACES:]}".rstrip("0").rstrip(".")


def told(number: Plain) -> Fraction:
    """Return the number that is written."""
    return Fraction(str(number))


def told_or_none(number: Plain) -> Fraction | None:
    """Return the number that is written; None where there is none."""
    return None if number is None else told(number)


def day(text: str) -> dt.date:
    """Return the date that is written."""
    return dt.date.fromisoformat(text)


def day_or_none(text: str | None) -> dt.date | None:
    """Return the date that is written; None where there is none."""
    return None if text is None else day(text)


def date(month: int, number: int) -> str:
    """Return a date of the year the examples play in."""
    return dt.date(YEAR, month, number).isoformat()


def month_ends(count: int, *, first: int = 1) -> list[str]:
    """Return the last days of so many months in a row."""
    months = (first - 1 + each for each in range(count))
    return [Cycle.month(YEAR + month // 12, month % 12 + 1).end.isoformat() for month in months]


def a_measure(facts: Facts, *, name: str = MEASURE) -> Measure:
    """Return the measure the facts are about: its unit and range as they are said."""
    lowest, highest = facts.get("range", (None, None))
    return Measure(
        name, unit=str(facts.get("unit", "points")), lowest=told_or_none(lowest), highest=told_or_none(highest)
    )


def a_series(measure: Measure, readings: Iterable[Sequence[Any]]) -> Series:
    """Return the readings, each a number or the word for its absence, maybe with the day it is known since."""
    absences = {each.value: each for each in Absence}
    return Series(
        measure,
        [
            Reading(day(on), absences.get(str(value)) or told(value), known_on=day(known_on[0]) if known_on else None)
            for on, value, *known_on in readings
        ],
    )


def a_cycle(facts: Facts) -> Cycle:
    """Return the cycle, by its first day and its last."""
    return Cycle(day(facts["start"]), day(facts["end"]))


def a_cadence(facts: Facts | None) -> Cadence | None:
    """Return how often it is read: every so many months or days, and the days of grace."""
    return None if facts is None else Cadence(**facts)


def some_bands(facts: Facts | None) -> HealthBands | None:
    """Return the bands: cuts, and zones from the lowest values to the highest, each with its name and its health."""
    if facts is None:
        return None
    return HealthBands(
        cuts=[told(cut) for cut in facts["cuts"]],
        zones=[Zone(zone["name"], Health(zone["health"])) for zone in facts["zones"]],
    )


def bands_of(bands: HealthBands) -> dict[str, Any]:
    """Return *bands* as a case writes them."""
    return {
        "cuts": [written(cut) for cut in bands.cuts],
        "zones": [{"name": zone.name, "health": zone.health.value} for zone in bands.zones],
    }


def codes(reasons: Iterable[Reason]) -> list[str]:
    """Return the codes of *reasons*, in their order."""
    return [reason.code for reason in reasons]


def around(cut: str, *, steps: Iterable[str] = ("0.1", "0.0001")) -> Iterator[Plain]:
    """Return a cut, and what lies below and above it by each of *steps*."""
    middle = Fraction(cut)
    yield written(middle)
    for step in map(Fraction, steps):
        yield written(middle - step)
        yield written(middle + step)
