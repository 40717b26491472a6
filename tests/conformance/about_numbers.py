"""Numbers, units, rates and changes: NUM-1 to NUM-3, UNIT-1, KR-8, CHG-1 to CHG-3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import Measure, Scale, Score, Unit
from goalmodel.exact import exact
from goalmodel.key_result import Absolute, PercentagePoints, Relative, solve, solve_stretch
from goalmodel.measure import Period, convert, per
from goalmodel.showing import spelled
from plain import Answer, Facts, Row, told, told_or_none, written

# ----------------------------------------------------------------------------------------------- questions


def _number(facts: Facts) -> Answer:
    """What does a value of a type mean?"""
    kinds: dict[str, Callable[[str], Any]] = {
        "double": float,
        "decimal": Decimal,
        "fraction": Fraction,
        "whole": int,
        "text": str,
        "truth": lambda text: text == "true",
        "nothing": lambda _: None,
    }
    return {"verdict": written(exact(kinds[facts["type"]](facts["given"]), "value")), "reasons": []}


def _shown(facts: Facts) -> Answer:
    """How is a score shown, and how a number?"""
    value = told(facts["value"])
    return {"verdict": str(Score(value)) if facts["as"] == "score" else spelled(value), "reasons": []}


def _a_unit(facts: Facts) -> Unit:
    return Unit(facts["name"], base=facts.get("base", facts["name"]), factor=told(facts.get("factor", 1)))


def _conversion(facts: Facts) -> Answer:
    """How much is a value of one unit in another?"""
    found = convert(told(facts["value"]), _a_unit(facts["unit"]), into=_a_unit(facts["into"]))
    return {"verdict": written(found), "reasons": []}


def _rate(facts: Facts) -> Answer:
    """How much is a rate in another period?"""
    unit, into = (per("times", Period(facts[name])) for name in ("per", "into"))
    return {"verdict": written(convert(told(facts["value"]), unit, into=into)), "reasons": []}


_CHANGES: Final[Mapping[str, type[Relative | PercentagePoints | Absolute]]] = MappingProxyType(
    {"share": Relative, "percentage points": PercentagePoints, "amount": Absolute}
)


def _a_change(facts: Facts) -> Relative | PercentagePoints | Absolute:
    return _CHANGES[facts["by"]](told(facts["of"]))


def _change(facts: Facts) -> Answer:
    """Which is the third of baseline, target and change?"""
    measure = Measure("the measure", unit=facts["unit"], scale=Scale(facts["scale"]))
    baseline, target = told_or_none(facts.get("baseline")), told_or_none(facts.get("target"))
    if "of" not in facts["change"]:
        assert baseline is not None
        assert target is not None
        found = solve(measure, baseline=baseline, target=target, change=_CHANGES[facts["change"]["by"]])
        match found:
            case Relative(share=of) | PercentagePoints(points=of) | Absolute(amount=of):
                return {"verdict": written(of), "reasons": []}
    change = _a_change(facts["change"])
    if baseline is not None:
        return {"verdict": written(solve(measure, baseline=baseline, change=change)), "reasons": []}
    assert target is not None
    return {"verdict": written(solve(measure, target=target, change=change)), "reasons": []}


def _stretch(facts: Facts) -> Answer:
    """Which is the third of baseline, target and stretch point?"""
    given = {name: told(value) for name, value in facts.items()}
    return {"verdict": written(solve_stretch(**given)), "reasons": []}


QUESTIONS: Final = MappingProxyType({
    "number": _number,
    "shown": _shown,
    "conversion": _conversion,
    "rate": _rate,
    "change": _change,
    "stretch": _stretch,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_READ = (
    (
        "double",
        "0.1 0.30000000000000004 0.7999999999999999 8.7 -8.7 99.9 1e-7 9007199254740991 0.3333333333333333 1e300",
    ),
    ("double", "1234567.1234567 8.700000000000001 8.699999999999999 8.70000000000001 8.69999999999999 -0.0 0.5 2.675"),
    ("decimal", "0.1 8.70 0.30000000000000004 1E+3 -0 99.99999999999999999999 0.333333333333333333333"),
    ("fraction", "1/3 87/10 -7/2 22/7 6/3 0/5"),
    ("whole", "0 -1 8 9007199254740993 123456789012345678901234567890"),
)
_REFUSED = (
    ("double", "nan inf -inf"),
    ("decimal", "NaN Infinity -Infinity sNaN 1E+1001 1E-1001"),
    ("text", "8.7 eight"),
    ("truth", "true false"),
    ("nothing", "null"),
)
_SHOWN = (
    "0 1 0.5 0.7 0.6999 0.69999999 0.9996 0.99999 0.999999999 1.5 -0.25 -0.0001 0.00001 1/3 2/3 1.0001 10 0.045 0.0449"
)
_SPELLED = "0 8 8.7 8000 1234567 94.99996 1/3 -1/3 0.00001 -0.5 1000000000000000000 99.9999 99.99999 0.1234 0.12345"
_UNITS = (
    ({"name": "hours", "base": "days", "factor": "1/24"}, {"name": "days"}, "0 24 36 1 -12 0.5"),
    ({"name": "days"}, {"name": "hours", "base": "days", "factor": "1/24"}, "0 1 1.5 -2 1/3"),
    ({"name": "share", "base": "percent", "factor": 100}, {"name": "percent"}, "0 0.999 1 0.05 -0.1"),
    ({"name": "percent"}, {"name": "share", "base": "percent", "factor": 100}, "99.9 100 0 -5"),
    ({"name": "minutes", "base": "s", "factor": 60}, {"name": "hours", "base": "s", "factor": 3600}, "43.2 60 90 0"),
    ({"name": "percent of races", "base": "percent of races"}, {"name": "percent of days"}, "50"),
    ({"name": "points"}, {"name": "days"}, "1"),
)
_RATES = (
    "week month",
    "month week",
    "day year",
    "year day",
    "quarter month",
    "week quarter",
    "month month",
    "year quarter",
)
_CHANGED = (
    ("points", "ratio", "share", ("8", "0.15"), ("10", "-0.4"), ("100", "1"), ("0", "0.1"), ("-5", "0.1")),
    ("points", "ratio", "share", ("3", "1/3")),
    ("points", "interval", "share", ("8", "0.15")),
    ("points", "ordinal", "share", ("8", "0.15")),
    ("percent", "ratio", "percentage points", ("80", "5"), ("99.5", "0.4"), ("10", "-15"), ("0", "5")),
    ("points", "ratio", "percentage points", ("80", "5")),
    ("points", "ratio", "amount", ("8", "2"), ("0", "-2"), ("-5", "10"), ("0.1", "0.2")),
    ("points", "interval", "amount", ("20", "-2")),
)  # fmt: skip


def _about_changes() -> Iterator[Row]:
    for unit, scale, by, *pairs in _CHANGED:
        base = {"unit": unit, "scale": scale}
        for baseline, of in pairs:
            change = {"by": by, "of": written(Fraction(of))}
            start = Fraction(baseline)
            rule = (
                "CHG-1"
                if scale != "ratio" or start <= 0 or (by == "percentage points") != (unit == "percent")
                else "CHG-2"
            )
            yield Row(rule, "change", base | {"baseline": written(start), "change": change})
            end = {
                "share": start * (1 + Fraction(of)),
                "percentage points": start + Fraction(of),
                "amount": start + Fraction(of),
            }[by]
            yield Row(rule, "change", base | {"target": written(end), "change": change})
            if end != start:
                yield Row(
                    rule, "change", base | {"baseline": written(start), "target": written(end), "change": {"by": by}}
                )
    yield Row("CHG-2", "change", {"unit": "points", "scale": "ratio", "target": 0, "change": {"by": "share", "of": -1}})
    for one, other in product(("8", "0", "-5", "10"), ("8.84", "6", "1/3")):
        yield Row("CHG-3", "stretch", {"baseline": written(Fraction(one)), "target": written(Fraction(other))})
        yield Row("CHG-3", "stretch", {"baseline": written(Fraction(one)), "stretch": written(Fraction(other))})
        yield Row("CHG-3", "stretch", {"target": written(Fraction(one)), "stretch": written(Fraction(other))})
    for share in ("0.3", "0.5", "0.9", "0", "1"):
        yield Row("CHG-3", "stretch", {"baseline": 8, "target": 9, "share": written(Fraction(share))})
    yield Row("CHG-3", "stretch", {"baseline": 8})
    yield Row("CHG-3", "stretch", {"baseline": 8, "target": 9, "stretch": 10})


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    for rule, table in (("NUM-1", _READ), ("NUM-2", _REFUSED)):
        for kind, texts in table:
            for text in texts.split():
                yield Row(rule, "number", {"type": kind, "given": text})
    for kind, texts in (("score", _SHOWN), ("number", _SPELLED)):
        for text in texts.split():
            yield Row("NUM-3", "shown", {"as": kind, "value": written(Fraction(text))})
    for unit, into, values in _UNITS:
        for value in values.split():
            yield Row("UNIT-1", "conversion", {"value": written(Fraction(value)), "unit": unit, "into": into})
    for pair in _RATES:
        one, other = pair.split()
        for value in ("2", "0", "1", "-3", "0.5"):
            yield Row("KR-8", "rate", {"value": written(Fraction(value)), "per": one, "into": other})
    yield from _about_changes()
