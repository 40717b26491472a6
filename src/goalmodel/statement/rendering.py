"""From a key result, or a draft, to a statement in English that says the same."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import Final, NamedTuple, assert_never

import attrs

from goalmodel.commit import Standard
from goalmodel.errors import WrongType
from goalmodel.key_result import Absolute, KeyResult, PercentagePoints, Relative, TargetChange
from goalmodel.measure import Unit
from goalmodel.statement.draft import Draft, StatementForm
from goalmodel.statement.parsing import parse

_MOST_PLACES: Final = 20
_IN_THOUSANDTHS: Final = re.compile(r"(?<![\d,])[1-9]\d{0,2}\.\d{3}$")
"""What might be thousands with a dot between them."""
_SAYS: Final = (
    "form", "name", "unit", "rises", "baseline", "target", "change", "occasions", "standard", "start", "end", "lasts",
    "means",
)  # fmt: skip


def render(goal: KeyResult | Draft) -> str:
    """Return a statement that says of *goal* what a statement can say; `parse` reads it back.

    A name or a unit that could be misread stands between quotes.

    Rule: STM-5.

    >>> from goalmodel import Cycle, KeyResult, Measure
    >>> csat = Measure("customer satisfaction", unit="points")
    >>> print(render(KeyResult(id="csat", measure=csat, baseline=8.0, target=9.2, cycle=Cycle.quarter(2026, 4))))
    Increase customer satisfaction from 8 to 9.2 points between 2026-10-01 and 2026-12-31

    Args:
        goal: A key result: its measure's name and unit, baseline, target (or the change it is given as), cycle and
            means are said, nothing else. Or a draft: what it knows is said; what it leaves in doubt is left out.
    """
    match goal:
        case KeyResult():
            draft = _draft(goal)
        case Draft(form=StatementForm.COUNT) if goal.baseline != 0:
            draft = attrs.evolve(goal, form=StatementForm.CHANGE)
        case Draft():
            draft = goal
        case _:
            raise WrongType("goal", goal, "a KeyResult or a Draft")
    ways = [_Way(is_name_quoted=name, is_rest_quoted=rest) for name in (False, True) for rest in (False, True)]
    for way in ways[:-1]:
        text = _statement(draft, way)
        if same_meaning(parse(text), draft):
            return text
    return _statement(draft, ways[-1])


def same_meaning(one: Draft, other: Draft) -> bool:
    """Return whether two drafts say the same, whatever was assumed, doubted or left unread; units go by name."""
    return all(_said(one, field) == _said(other, field) for field in _SAYS)


def _said(draft: Draft, field: str) -> object:
    value: object = getattr(draft, field)
    return value.name if isinstance(value, Unit) else value


class _Way(NamedTuple):
    """How names are written, whether between quotes."""

    is_name_quoted: bool
    is_rest_quoted: bool

    def name(self, name: str) -> str:
        """Return the name of a goal."""
        return _quoted(name) if self.is_name_quoted else name

    def rest(self, text: str) -> str:
        """Return any other text."""
        return _quoted(text) if self.is_rest_quoted else text


def _draft(goal: KeyResult) -> Draft:
    """Return what a statement can say of a key result."""
    aim, unit = goal.target, goal.measure.unit
    said = Draft(name=goal.measure.name, start=goal.cycle.start, end=goal.cycle.end, means=goal.means)
    if isinstance(aim, Fraction):
        rises = None if goal.baseline is None else aim > goal.baseline
        return attrs.evolve(said, unit=unit, rises=rises, baseline=goal.baseline, target=aim)
    is_said = isinstance(aim, Absolute) and unit.name != "percent"
    return attrs.evolve(said, unit=unit if is_said else None, change=aim)


def _statement(draft: Draft, way: _Way) -> str:
    if draft.form is StatementForm.SHARE and draft.target is not None and draft.name and draft.occasions:
        goal = f"{way.name(draft.name)} in at least {_number(draft.target)}% of {way.rest(draft.occasions)}"
    elif draft.form is StatementForm.COUNT and draft.target is not None and draft.name:
        goal = f"{_number(draft.target)} {way.name(draft.name)}"
    elif draft.form is StatementForm.THRESHOLD and draft.standard is not None:
        goal = _kept(draft, draft.standard, way)
    else:
        goal = _move(draft, way)
    return " ".join(part for part in (goal, _dates(draft), _means(draft, way)) if part)


def _kept(draft: Draft, standard: Standard, way: _Way) -> str:
    """Return the threshold: between two that both will do, or each end with its word."""
    unit = "" if draft.unit is None else _behind(draft.unit.name, way)
    ends = [f"{word} {_number(end)}{unit}" for word, end in standard.worded]
    if len(ends) > 1 and not standard.open_ends:
        low, high = (_number(end) for _, end in standard.worded)
        ends = [f"between {low}{unit if unit == '%' else ''} and {high}{unit}"]
    verb = "Keep" if draft.rises is None else _verb(draft, way)
    return " ".join(part for part in (verb, draft.name and way.name(draft.name), " and ".join(ends)) if part)


def _move(draft: Draft, way: _Way) -> str:
    verb = _verb(draft, way)
    name = "" if draft.name is None else way.name(draft.name)
    by = "" if draft.change is None else f"by {_by(draft, draft.change, way)}"
    return " ".join(part for part in (verb, name, by, _ends(draft, way)) if part)


def _verb(draft: Draft, way: _Way) -> str:
    if draft.rises is not None:
        return "Increase" if draft.rises else "Reduce"
    begins_itself = draft.name is not None and draft.name[:1].isupper() and not way.is_name_quoted
    return "" if begins_itself else "Bring"


def _by(draft: Draft, change: TargetChange, way: _Way) -> str:
    match change:
        case Relative(share):
            return f"{_directed(share * 100, draft)}%"
        case PercentagePoints(points):
            return f"{_directed(points, draft)} percentage points"
        case Absolute(amount):
            unit = "" if draft.unit is None or draft.unit.name == "percent" else f" {way.rest(draft.unit.name)}"
            return f"{_directed(amount, draft, must_be_signed=not unit and amount.denominator != 1)}{unit}"
        case _:
            assert_never(change)


def _directed(number: Fraction, draft: Draft, *, must_be_signed: bool = False) -> str:
    """Return *number* without a sign where the verb says it, else with one: "by 1/3" is a third of what there is."""
    if not must_be_signed and draft.rises is not None and (number > 0) == draft.rises:
        return _number(abs(number))
    return f"+{_number(number)}" if number > 0 else _number(number)


def _ends(draft: Draft, way: _Way) -> str:
    unit = "" if draft.unit is None else _behind(draft.unit.name, way)
    start = "" if draft.baseline is None else f"from {_number(draft.baseline)}"
    end = "" if draft.target is None else f"to {_number(draft.target)}{unit}"
    return " ".join(part for part in (start + unit if start and (unit == "%" or not end) else start, end) if part)


def _behind(unit: str, way: _Way) -> str:
    return "%" if unit == "percent" else f" {way.rest(unit)}"


def _dates(draft: Draft) -> str:
    lasts = "" if draft.lasts is None else f"in the next {draft.lasts[0]} {draft.lasts[1].value}s"
    return " ".join(part for part in (lasts, _between(draft.start, draft.end)) if part)


def _between(start: dt.date | None, end: dt.date | None) -> str:
    if start is not None and end is not None and start <= end:
        return f"between {start.isoformat()} and {end.isoformat()}"
    said = (("starting", start), ("until", end))
    return " ".join(f"{word} {date.isoformat()}" for word, date in said if date is not None)


def _means(draft: Draft, way: _Way) -> str:
    return "" if draft.means is None else f"by {way.rest(draft.means)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _number(value: Fraction) -> str:
    """Return *value* as a decimal where it has one of few places, else as a fraction."""
    scaled = value * 10**_MOST_PLACES
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(scaled.numerator), 10**_MOST_PLACES)
    text = f"{sign}{whole:,}.{part:0{_MOST_PLACES}}".rstrip("0").rstrip(".")
    return f"{text}0" if _IN_THOUSANDTHS.search(text) else text
