"""Statements as people write them, each with its right reading: clear ones are read right, others are in doubt."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from goalmodel import parse
from goalmodel.statement import Draft

_LINES: Final = Path(__file__).with_name("own_statements.txt").read_text(encoding="utf-8").splitlines()
CASES: Final = [tuple(line.rsplit(" => ", 1)) for line in _LINES if " => " in line]
ASKS_BACK: Final = "?"


def reading(draft: Draft) -> str:
    """Return what a draft says, in the columns of the file."""
    end = draft.end if draft.cycle is None else draft.cycle.end
    standard = None if draft.standard is None else str(draft.standard).replace("within ", "").replace(" and ", " to ")
    change = None if draft.change is None else str(draft.change).replace(" percentage", "")
    unit = None if draft.unit is None else draft.unit.name
    ends = (None if each is None else f"{float(each):.12g}" for each in (draft.baseline, draft.target))
    said = (draft.name, *ends, unit, change, None if standard is None else standard.replace(",", ""), end)
    return " | ".join("-" if each is None else str(each) for each in said)


def expected(right: str) -> str:
    """Return the right reading with its change as a draft writes it: parts of a whole in percent."""
    columns = right.split(" | ")
    change = columns[4]
    if "/" in change:
        columns[4] = f"{change[0]}{float(abs(Fraction(change)) * 100):.6g} %"
    return " | ".join(columns)


def verdict(text: str, right: str) -> str:
    """Return whether a statement is read right, doubted, or silently wrong."""
    draft = parse(text)
    is_doubted = bool(draft.open or draft.disagreements)
    if right == ASKS_BACK:
        return "right" if is_doubted else "silently wrong"
    if is_doubted:
        return "doubted"
    return "right" if reading(draft) == expected(right) else "silently wrong"


@pytest.mark.parametrize(("text", "right"), CASES)
def test_no_statement_is_read_wrong_without_a_doubt(text: str, right: str) -> None:
    assert verdict(text, right) != "silently wrong", reading(parse(text))


def test_most_of_them_are_read_right() -> None:
    found = Counter(verdict(text, right) for text, right in CASES)
    assert len(CASES) >= 200
    assert found["right"] >= found["doubted"] * 19
