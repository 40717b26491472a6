"""What the try-it page answers: plain text in, HTML out. It runs in the browser, and anywhere else.

Each answer is one of `ANSWERS`, asked by its name with texts; whatever is wrong with them comes back as a sentence.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from html import escape
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import goalmodel as gm
from goalmodel import show
from goalmodel.errors import NotComplete
from goalmodel.profiles import Facts, Question, compare
from goalmodel.showing import percent, shown
from goalmodel.testing import audit

MOST_LINES: Final = 2_000
MOST_TEXT: Final = 200_000
_SEPARATORS: Final = ";\t,"
_LEAST_APART, _MOST_APART = 20, 40
"""Readings of about a month."""


class NotUnderstood(ValueError):
    """What was typed that can't be answered, in a sentence."""


def answer(name: str, given: Mapping[str, str]) -> str:
    """Return the answer with that name to what was typed, as HTML; a sentence where there is none."""
    try:
        return ANSWERS[name](_short_enough(given))
    except (NotUnderstood, gm.GoalModelError) as refused:
        problems = getattr(refused, "problems", (refused,))
        said = "".join(f"<li>{escape(str(each))}</li>" for each in problems)
        return f'<ul class="refused" role="alert">{said}</ul>'


def _short_enough(given: Mapping[str, str]) -> Mapping[str, str]:
    if sum(map(len, given.values())) > MOST_TEXT:
        raise NotUnderstood(f"That is more than {MOST_TEXT:,} characters: try a part of it.")
    return given


def watched(given: Mapping[str, str]) -> str:
    """Return how a KPI stands by readings in lines of date and value."""
    better = gm.Polarity.LOWER_IS_BETTER if given.get("better") == "lower" else gm.Polarity.HIGHER_IS_BETTER
    measure = gm.Measure(given.get("name", "").strip() or "my measure", polarity=better)
    series = gm.Series.of(measure, _readings(given.get("readings", "")), missing=gm.Absence.MISSING)
    if not len(series):
        raise NotUnderstood("Type a line for each reading: its date, and its value.")
    bands = _bands(_number(given, "edge"), better)
    cadence = gm.Cadence.MONTHLY if _is_monthly(series) else None
    kpi = gm.Kpi(id=measure.name, measure=measure, bands=bands, cadence=cadence)
    found = kpi.assess(series, as_of=series.readings[-1].on)
    return show.html(found)


def understood(given: Mapping[str, str]) -> str:
    """Return what a statement says, what is in doubt, and what is missing."""
    draft = gm.parse(given.get("statement", ""))
    rows = [
        (name, value)
        for name, value in (
            ("what", draft.name),
            ("kind", draft.form.value),
            ("unit", None if draft.unit is None else draft.unit.name),
            ("from", _plain(draft.baseline)),
            ("to", _plain(draft.target)),
            ("by", None if draft.change is None else str(draft.change)),
            ("to keep", None if draft.standard is None else str(draft.standard)),
            ("of", draft.occasions),
            ("from day", None if draft.start is None else draft.start.isoformat()),
            ("to day", None if draft.end is None else draft.end.isoformat()),
            ("by what work", draft.means),
        )
        if value is not None
    ]
    lists = (
        ("Taken for granted", draft.assumed),
        ("In doubt", draft.open),
        ("Does not go together", draft.disagreements),
        ("Not read", draft.unread),
        ("Missing for a key result", () if draft.standard is not None else draft.missing),
    )
    return _table(("said", "read"), rows) + "".join(_list(title, found) for title, found in lists) + _made(draft)


def audited(given: Mapping[str, str]) -> str:
    """Return which laws a formula of baseline, target and value breaks."""
    text = given.get("formula", "").strip()
    if not text:
        raise NotUnderstood("Type a formula of baseline, target and value.")
    try:
        code = compile(text, "formula", "eval")
    except (SyntaxError, ValueError) as wrong:
        raise NotUnderstood(f"That is no formula in Python: {wrong}.") from None

    def formula(baseline: object, target: object, value: object) -> object:
        return eval(code, {"baseline": baseline, "target": target, "value": value, "Fraction": Fraction})  # noqa: S307 - on the page of whoever typed it

    report = audit(formula)
    if not report.broken:
        return "<p>It breaks none of the laws.</p>"
    rows = [(each.law, each.rule, str(each.counterexample)) for each in report.broken]
    return _table(("law", "rule", "smallest case"), rows)


def compared(given: Mapping[str, str]) -> str:
    """Return what other systems say of the same numbers, beside goalmodel."""
    baseline, target, value = (_number(given, name) for name in ("baseline", "target", "value"))
    if target is None or value is None:
        raise NotUnderstood("Type a target and a value; a baseline, too, where there is one.")
    over = _number(given, "elapsed")
    facts = Facts(baseline=baseline, target=target, value=value, elapsed=None if over is None else over / 100)
    answers = compare(facts)
    said = {each.system: each for each in answers if each.question is Question.PROGRESS}
    words = {each.system: each for each in answers if each.question is Question.WORD}
    rows = [
        (name, _said(found.said), word, "; ".join(map(str, found.differences)))
        for name, found in sorted(said.items())
        if (word := _said(words[name].said) if name in words else "-") != "-" or found.said is not None
    ]
    ours = next((found.ours for found in said.values()), None)
    head = f"<p>goalmodel says: <strong>{escape(_said(ours))}</strong> of the way.</p>"
    return head + _table(("system", "progress", "word", "what differs"), rows)


def _readings(text: str) -> dict[dt.date, str | float | None]:
    lines = text.strip().splitlines()
    if len(lines) > MOST_LINES:
        raise NotUnderstood(f"Those are {len(lines):,} lines, and {MOST_LINES:,} at most are read here.")
    separator = next((each for each in _SEPARATORS if any(each in line for line in lines)), ",")
    found = dict[dt.date, str | float | None]()
    for number, row in enumerate(csv.reader(lines, delimiter=separator), start=1):
        if not row or not "".join(row).strip():
            continue
        if number == 1 and _date(row[0]) is None:
            continue  # a line of titles
        on = _date(row[0])
        if on is None:
            raise NotUnderstood(f"Line {number}: {row[0]!r} is no date; write 2026-01-31.")
        if on in found:
            raise NotUnderstood(f"Line {number}: {on.isoformat()} stands there twice.")
        found[on] = None if len(row) < 2 or not row[1].strip() else _value(row[1], f"Line {number}")  # noqa: PLR2004 - date and value
    return found


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _value(text: str, where: str) -> float:
    try:
        return float(text.strip().replace(" ", ""))
    except ValueError:
        raise NotUnderstood(f"{where}: {text.strip()!r} is no number; write 1234.5.") from None


def _number(given: Mapping[str, str], name: str) -> float | None:
    text = given.get(name, "").strip()
    return _value(text, name.capitalize()) if text else None


def _bands(edge: float | None, better: gm.Polarity) -> gm.HealthBands | None:
    if edge is None:
        return None
    is_ceiling = better is gm.Polarity.LOWER_IS_BETTER
    return gm.HealthBands.at_most(edge) if is_ceiling else gm.HealthBands.at_least(edge)


def _is_monthly(series: gm.Series) -> bool:
    apart = [(later - earlier).days for earlier, later in pairwise(series.days)]
    return bool(apart) and all(_LEAST_APART < days < _MOST_APART for days in apart)


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else shown(number)


def _said(said: object) -> str:
    if said is None:
        return "-"
    return percent(said) if isinstance(said, Fraction) else str(said)


def _made(draft: gm.statement.Draft) -> str:
    """Return what can be made of a draft as it stands."""
    try:
        kpi = draft.kpi(id="it")
    except NotComplete:
        pass
    else:
        healthy = f"{kpi.measure.name}, healthy {draft.standard}"
        return f"<p>As it stands it makes a KPI: {escape(healthy)}.</p>"
    try:
        key_result = draft.key_result(id="it")
    except gm.GoalModelError:
        return ""
    return f"<p>As it stands it makes a key result: {escape(gm.render(key_result))}.</p>"


def _list(title: str, found: tuple[object, ...]) -> str:
    if not found:
        return ""
    return f"<h4>{title}</h4><ul>{''.join(f'<li>{escape(str(each))}</li>' for each in found)}</ul>"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    titles = "".join(f'<th scope="col">{each}</th>' for each in head)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table></div>'


ANSWERS: Final[Mapping[str, Callable[[Mapping[str, str]], str]]] = MappingProxyType(
    {"watched": watched, "understood": understood, "audited": audited, "compared": compared}
)
"""Every question of the page, by the name of its form."""
