"""Answers a manager asks for, made from facts."""

from __future__ import annotations

from goalmodel.checks import the
from goalmodel.key_result import KeyResultAssessment
from goalmodel.showing import shown


def will_it_get_there(assessment: KeyResultAssessment) -> str:
    """Return in a sentence whether a key result will come to its target, and what that rests on.

    >>> leads = Measure("leads", unit="leads", lowest=0)
    >>> kr = KeyResult(id="leads", measure=leads, baseline=100, target=130, cycle=Cycle.quarter(2026, 4))
    >>> read = Series.of(leads, {date(2026, 10, 15): 104, date(2026, 10, 31): 109, date(2026, 11, 15): 114})
    >>> will_it_get_there(kr.assess(read, as_of=date(2026, 11, 15)))
    '46.7 % of the way, 35 % expected; needs 0.3478 leads a day, the fastest so far was 0.3333'

    Args:
        assessment: The key result as it stands.
    """
    found = the(KeyResultAssessment, assessment, "assessment")
    now, unit = found.in_force, found.key_result.measure.unit.symbol
    if found.score is None:
        return "; ".join(map(str, found.reasons)) or "nobody can say yet"
    expected = found.expected
    so_far = f"{found.score} of the way" + ("" if expected is None else f", {expected} expected")
    if found.as_of >= now.cycle.end:
        return f"{found.score} of the way when the cycle ended on {now.cycle.end.isoformat()}"
    return "; ".join((so_far, *_ahead(found, unit)))


def _ahead(found: KeyResultAssessment, unit: str) -> list[str]:
    """Return where it will land at its pace, and how fast it would have to be."""
    now, forecast, rate = found.in_force, found.forecast, found.required_rate()
    said: list[str] = []
    if forecast.value is not None:
        span = (
            ""
            if forecast.low is None or forecast.high is None
            else f" ({shown(forecast.low)} to {shown(forecast.high)})"
        )
        target = shown(now.value_at(1))
        by = now.cycle.end.isoformat()
        said.append(f"at this pace {shown(forecast.value)} of {target} {unit} by {by}{span}")
    if rate is not None and rate.per_day:
        fastest = "" if rate.fastest is None else f", the fastest so far was {shown(rate.fastest)}"
        said.append(f"needs {shown(rate.per_day)} {unit} a day{fastest}")
    return said
