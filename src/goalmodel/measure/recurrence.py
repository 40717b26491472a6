"""Recurrence rules: which days of the calendar a text such as "every Monday" means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise, takewhile
from types import MappingProxyType
from typing import Final

from goalmodel.checks import the_date, the_text
from goalmodel.errors import NeverDue, NotARecurrence

_DAYS: Final = MappingProxyType({"DAILY": 1, "WEEKLY": 7})
_MONTHS: Final = MappingProxyType({"MONTHLY": 1, "YEARLY": 12})
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST: Final = MappingProxyType(
    {"INTERVAL": 1_000, "BYMONTH": 12, "BYWEEKNO": 53, "BYYEARDAY": 366, "BYMONTHDAY": 31, "BYSETPOS": 366}
)
_PARTS: Final = ("FREQ", "INTERVAL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS")
"""In the order of the canonical text."""

_WITHOUT_SAYING: Final = (("INTERVAL", "1"), ("WKST", "MO"))
_ABOVE_ZERO: Final = ("INTERVAL", "BYMONTH")
_SINGLE: Final = ("FREQ", "INTERVAL", "WKST")
_NAMES_DAYS: Final = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,4}")
_NUMBERED_DAY: Final = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(_WEEKDAYS)})")
_TEXT: Final = re.compile(
    r"(?:DTSTART:(?P<start>[0-9]{8})\s+)?(?:RRULE:)?(?P<parts>[^\s:]+)(?:\s+EXDATE:(?P<left_out>[0-9]{8}(?:,[0-9]{8})*))?"
)
_STATED_TEXT: Final = re.compile(r"RDATE:(?P<dates>[0-9]{8}(?:,[0-9]{8})*)")
_RDATE: Final = "RDATE:"
_EXDATE: Final = "\nEXDATE:"
_COUNTED_FROM: Final = dt.date(2000, 1, 1)
_LAST_CENTURY: Final = dt.date(9899, 12, 31)
"""Where the calendar ends, a search that finds nothing ends soon."""

_MOST_GAPS: Final = 48


def rule_or_none(given: str | None, field: str = "value") -> str | None:
    """Return the canonical text of a recurrence rule; None where there is none."""
    return None if given is None else the_rule(given, field)


def the_rule(given: str, field: str, *, start: dt.date | None = None, left_out: Iterable[dt.date] = ()) -> str:
    r"""Return the canonical text of a recurrence rule: what is left open filled in, every part in its place.

    A rule that counts by more than one day, week, month or year begins with a date it counts from. One rule has one
    text, whichever of its own dates it was told to count from; of the dates left out it names those it would have.

    >>> the_rule("byday=tu,mo;freq=weekly", "rule")
    'FREQ=WEEKLY;BYDAY=MO,TU'
    >>> the_rule("FREQ=MONTHLY", "rule", start=dt.date(2026, 1, 15))
    'FREQ=MONTHLY;BYMONTHDAY=15'
    >>> the_rule("FREQ=WEEKLY;BYDAY=FR", "rule", left_out=[dt.date(2026, 12, 25), dt.date(2026, 12, 26)])
    'RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE:20261225'

    Args:
        given: A rule as in RFC 5545, section 3.3.10, that counts in whole days and has no end, with the dates it leaves
            out (EXDATE) where there are some; or dates stated one by one (RDATE).
        field: The name an error gives to it.
        start: A date it counts from, and that says what it leaves open; where None, the date *given* begins with.
        left_out: More dates on which nothing is due.

    Raises:
        NotARecurrence: *given* is no such rule, or leaves something open.
        NeverDue: It has no dates.
    """
    text = the_text(given, field).strip().upper()
    if stated := _STATED_TEXT.fullmatch(text):
        return stated_rule(_days_of(stated["dates"], given, field), field)
    found = _TEXT.fullmatch(text)
    if found is None:
        raise NotARecurrence(field, given, "one line of parts, such as FREQ=WEEKLY;BYDAY=MO")
    parts = _parts_of(found["parts"], given, field)
    counts_from = _start_of(found["start"], given, field) if start is None else the_date(start, "start")
    if counts_from is not None:
        parts = _filled(parts, counts_from)
    elif "INTERVAL" in parts or not _has_days(parts):
        raise NotARecurrence(field, given, "a rule that names its days, or has a start it counts from")
    text = ";".join(f"{part}={parts[part]}" for part in _PARTS if part in parts)
    if counts_from is not None and "INTERVAL" in parts:
        text = f"DTSTART:{_origin(parts, counts_from):%Y%m%d}\nRRULE:{text}"
    if len(_sample(text, 2)) < 2:  # noqa: PLR2004 - two dates are a period apart
        raise NeverDue(field, given)
    away = {*_days_of(found["left_out"], given, field), *left_out}
    return _leaving_out(text, sorted(day for day in away if next(dates_after(text, _eve(day)), None) == day))


def stated_rule(days: Iterable[dt.date], field: str) -> str:
    """Return the canonical text of dates stated one by one.

    >>> stated_rule([dt.date(2026, 3, 1), dt.date(2026, 2, 1)], "dates")
    'RDATE:20260201,20260301'

    Raises:
        NeverDue: There are fewer than two.
    """
    text = f"RDATE:{_spelled(sorted(set(days)))}"
    if "," not in text:
        raise NeverDue(field, text)
    return text


def dates_after(rule: str, day: dt.date) -> Iterator[dt.date]:
    """Return the dates of a canonical *rule* that are later than *day*, in order, to the end of the calendar.

    >>> found = dates_after("FREQ=MONTHLY;BYMONTHDAY=-1", dt.date(2026, 1, 31))
    >>> [day.isoformat() for day in islice(found, 2)]
    ['2026-02-28', '2026-03-31']
    """
    stated = _stated(rule)
    return _stated_after(stated, day) if stated else _ruled_after(rule, day)


def _ruled_after(rule: str, day: dt.date) -> Iterator[dt.date]:
    """Return the dates of a *rule* in parts that are later than *day*, but for those it leaves out."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - loaded when there is a rule

    rule, _, left_out = rule.partition(_EXDATE)
    head, _, tail = rule.rpartition("\n")
    text = tail.removeprefix("RRULE:")
    parts = {"WKST": "MO", **dict(part.split("=") for part in text.split(";"))}
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    opening = _opening(parts, _origin(parts, _day(head[-8:]) if head else _COUNTED_FROM), day)
    try:
        for each in rrulestr(text, dtstart=dt.datetime.combine(opening, dt.time.min)):
            # The dates left out stand side by side, eight digits each: one is among them where its digits are.
            if (on := each.date()) > day and not (left_out and _spelled([on]) in left_out):
                yield on
    except (OverflowError, ValueError):  # the calendar ends within a week
        return


def dates_within(rule: str, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the dates of a canonical *rule* from one day to another, both included."""
    return tuple(day for day in takewhile(lambda day: day <= last, dates_after(rule, _eve(first))) if day >= first)


def latest_before(rule: str, day: dt.date) -> dt.date:
    """Return the latest date of a canonical *rule* before *day*; the calendar's first day where there is none.

    >>> latest_before("FREQ=MONTHLY;BYMONTHDAY=15", dt.date(2026, 3, 15))
    datetime.date(2026, 2, 15)
    """
    for days in (40, 400, 4_000, day.toordinal() - 1):
        start = dt.date.fromordinal(max(day.toordinal() - days, 1))
        found = tuple(takewhile(lambda each: each < day, dates_after(rule, start)))
        if found:
            return found[-1]
    return dt.date.min


def stands_for(rule: str, day: dt.date, *, early_days: int) -> dt.date:
    """Return the date of a canonical *rule* that a reading of *day* comes early for; *day* where it does not.

    It is early by so many days at most, and nearer to that date than to the one before.

    >>> stands_for("FREQ=WEEKLY;BYDAY=MO", dt.date(2026, 1, 11), early_days=2)
    datetime.date(2026, 1, 12)
    """
    ahead = next(dates_after(rule, day), dt.date.max)
    early = (ahead - day).days
    as_late = max(day.toordinal() - early - 1, 1)
    is_early = early <= early_days and next(dates_after(rule, dt.date.fromordinal(as_late)), day) == ahead
    return ahead if is_early else day


def middle_gap(rule: str) -> int:
    """Return how many days lie between neighbouring dates of a canonical *rule*: the lower middle of many gaps."""
    days = _stated(rule) or _sample(rule, _MOST_GAPS + 1)
    return _middle([(later - earlier).days for earlier, later in pairwise(days)])


def _stated(rule: str) -> list[dt.date]:
    """Return the dates that a canonical *rule* states one by one; none where it has parts."""
    return [_day(each) for each in rule.removeprefix(_RDATE).split(",")] if rule.startswith(_RDATE) else []


def _stated_after(stated: list[dt.date], day: dt.date) -> Iterator[dt.date]:
    """Return the dates behind *day*: those *stated* and, before and behind them, others their middle gap apart.

    So a calendar that nobody has continued asks for readings still, and its end is noticed.
    """
    gap = _middle([(later - earlier).days for earlier, later in pairwise(stated)])
    ordinal, first, last = day.toordinal(), stated[0].toordinal(), stated[-1].toordinal()
    before = (first - ordinal - 1) // gap
    yield from (dt.date.fromordinal(first - gap * steps) for steps in range(before, 0, -1))
    yield from (each for each in stated if each > day)
    start = last + gap * max((ordinal - last) // gap + 1, 1)
    yield from map(dt.date.fromordinal, range(start, dt.date.max.toordinal() + 1, gap))


def _middle(gaps: list[int]) -> int:
    """Return the lower middle of *gaps*."""
    return sorted(gaps)[(len(gaps) - 1) // 2]


def _leaving_out(text: str, days: list[dt.date]) -> str:
    """Return the canonical text of a rule that leaves out some of its own dates."""
    if not days:
        return text
    return f"{text if 'RRULE:' in text else f'RRULE:{text}'}{_EXDATE}{_spelled(days)}"


def _spelled(days: Iterable[dt.date]) -> str:
    return ",".join(f"{day.year:04}{day:%m%d}" for day in days)


def _days_of(text: str | None, given: str, field: str) -> list[dt.date]:
    try:
        return [_day(each) for each in text.split(",")] if text else []
    except ValueError:
        raise NotARecurrence(field, given, "a rule whose dates are those of the calendar") from None


def _eve(day: dt.date) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - 1, 1))


def _sample(rule: str, most: int) -> list[dt.date]:
    return list(islice(dates_after(rule, _LAST_CENTURY), most))


def _parts_of(text: str, given: str, field: str) -> dict[str, str]:
    """Return the parts of a rule by name, each in its canonical spelling; what goes without saying is left out."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _, values = part.partition("=")
        if name not in _PARTS or name in parts:
            raise NotARecurrence(field, given, f"parts from {', '.join(_PARTS)}, each once: whole days without an end")
        found = _values(name, values)
        if found is None or (name in _SINGLE and "," in values):
            raise NotARecurrence(field, given, f"a rule whose {name} means something")
        parts[name] = found
    if "FREQ" not in parts:
        raise NotARecurrence(field, given, "a rule with a FREQ")
    is_numbered = {len(day) > len("MO") for day in parts.get("BYDAY", "MO").split(",")}
    if True in is_numbered and (False in is_numbered or parts["FREQ"] in _DAYS):
        raise NotARecurrence(
            field, given, "a rule that numbers all of its weekdays or none, and in months or years only"
        )
    return {name: value for name, value in parts.items() if (name, value) not in _WITHOUT_SAYING}


def _values(name: str, values: str) -> str | None:
    """Return the *values* of a part in order, each once; None where one of them means nothing."""
    match name:
        case "FREQ":
            return values if values in {*_DAYS, *_MONTHS} else None
        case "WKST":
            return values if values in _WEEKDAYS else None
        case "BYDAY":
            days = [_numbered_day(each) for each in values.split(",")]
            known = sorted({day for day in days if day is not None})
            return None if None in days else ",".join(f"{number or ''}{_WEEKDAYS[day]}" for number, day in known)
        case _:
            numbers = [_number(name, each) for each in values.split(",")]
            return None if None in numbers else ",".join(map(str, sorted({each for each in numbers if each})))


def _numbered_day(text: str) -> tuple[int, int] | None:
    """Return number and weekday, 0 where every one is meant; None where it means nothing."""
    found = _NUMBERED_DAY.fullmatch(text)
    if found is None:
        return None
    number, day = found.groups()
    if number is not None and not 1 <= abs(int(number)) <= _MOST["BYWEEKNO"]:
        return None
    return int(number or 0), _WEEKDAYS.index(day)


def _number(name: str, text: str) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = int(text)
    return number if 1 <= (number if name in _ABOVE_ZERO else abs(number)) <= _MOST[name] else None


def _has_days(parts: Mapping[str, str]) -> bool:
    return parts["FREQ"] == "DAILY" or any(name in parts for name in _NAMES_DAYS)


def _filled(parts: Mapping[str, str], start: dt.date) -> dict[str, str]:
    """Return *parts* that name the days they leave open, which are those of *start*."""
    if _has_days(parts):
        return dict(parts)
    match parts["FREQ"]:
        case "WEEKLY":
            return {**parts, "BYDAY": _WEEKDAYS[start.weekday()]}
        case "MONTHLY":
            return {**parts, "BYMONTHDAY": str(start.day)}
        case _:
            return {"BYMONTH": str(start.month), **parts, "BYMONTHDAY": str(start.day)}


def _start_of(text: str | None, given: str, field: str) -> dt.date | None:
    try:
        return None if text is None else _day(text)
    except ValueError:
        raise NotARecurrence(field, given, "a rule whose start is a date of the calendar") from None


def _day(text: str) -> dt.date:
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _origin(parts: Mapping[str, str], start: dt.date) -> dt.date:
    """Return the first day, from 2000 on, that lies whole periods from the day, week, month or year of *start*."""
    first, base = _position(parts, start), _position(parts, _COUNTED_FROM)
    if parts["FREQ"] == "WEEKLY":
        first -= (start.weekday() - _WEEKDAYS.index(parts.get("WKST", "MO"))) % _DAYS["WEEKLY"]
    elif parts["FREQ"] == "YEARLY":
        first -= start.month - 1
    return _date_at(parts, base + (first - base) % _length(parts))


def _opening(parts: Mapping[str, str], origin: dt.date, day: dt.date) -> dt.date:
    """Return the latest day up to *day* that lies whole periods from *origin*; where there is none, the first one."""
    at, length = _position(parts, day), _length(parts)
    at -= (at - _position(parts, origin)) % length
    return _date_at(parts, at if at >= _position(parts, dt.date.min) else at + length)


def _length(parts: Mapping[str, str]) -> int:
    """Return the days, or the months, of one period."""
    frequency = parts["FREQ"]
    return int(parts.get("INTERVAL", "1")) * (_DAYS[frequency] if frequency in _DAYS else _MONTHS[frequency])


def _position(parts: Mapping[str, str], day: dt.date) -> int:
    """Return *day* as a number of days, or of months."""
    return day.toordinal() if parts["FREQ"] in _DAYS else day.year * 12 + day.month - 1


def _date_at(parts: Mapping[str, str], position: int) -> dt.date:
    return dt.date.fromordinal(position) if parts["FREQ"] in _DAYS else dt.date(position // 12, position % 12 + 1, 1)
