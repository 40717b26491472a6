"""One word for two numbers: whether "from 10 to 12 million" starts at 10, or at ten million."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from goalmodel.statement.doubt import SHARED, UNCLEAR_NUMBER
from goalmodel.statement.notes import Notes
from goalmodel.statement.units import Amount, short_enough

_ALIKE: Final = 10
"""Two numbers of which one is at most so many times the other may be meant in one multiple: from 10 to 12 million."""
_FAR: Final = 100
"""Two numbers of which one is more than so many times the other are not."""


def in_one_multiple(notes: Notes, one: Amount, other: Amount, *, fields: tuple[str, str]) -> tuple[Amount, Amount]:
    """Return both numbers, where a word like million behind one of them is meant of both; or may be, which is a doubt.

    Args:
        notes: What is assumed and doubted.
        one: The first.
        other: The second.
        fields: What each of them is of the draft.
    """
    times = {one.quantity.times, other.quantity.times}
    if len(times) == 1 or 1 not in times or not (one.quantity.number and other.quantity.number):
        return one, other
    if one.quantity.times == 1:
        return _multiplied(notes, one, other, fields[0]), other
    return one, _multiplied(notes, other, one, fields[1])


def _multiplied(notes: Notes, bare: Amount, full: Amount, field: str) -> Amount:
    """Return a *bare* number as it is meant beside one that says of how much it is a multiple."""
    one, other = abs(bare.quantity.number or Fraction(0)), abs(full.quantity.number or Fraction(0))
    alone = other / full.quantity.times
    is_alike = max(one, alone) <= _ALIKE * min(one, alone)
    is_near = max(one, other) <= _FAR * min(one, other)
    if is_near and not is_alike:
        return bare
    number = None if bare.quantity.number is None else short_enough(bare.quantity.number * full.quantity.times)
    if is_alike and not is_near and full.quantity.is_word and number is not None:
        notes.assumed.append(SHARED.because(text=bare.quantity.text, number=number, other=full.quantity.text))
        return bare._replace(quantity=bare.quantity._replace(number=number))
    notes.doubts.append(UNCLEAR_NUMBER.because(field=field, text=bare.quantity.text))
    return bare._replace(quantity=bare.quantity._replace(number=None))
