"""A threshold to keep: "Keep churn below 3 %", "between 10 % and 20 %", "NPS > 50"."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from goalmodel.commit import Standard
from goalmodel.measure import Unit
from goalmodel.statement.clauses import Clause, Says, word
from goalmodel.statement.draft import Draft, StatementForm
from goalmodel.statement.head import behind_the_verb, name_of, rising, verb_of
from goalmodel.statement.multiple import in_one_multiple
from goalmodel.statement.notes import Notes
from goalmodel.statement.tokens import Token
from goalmodel.statement.units import Amount, amount, fitting
from goalmodel.statement.words import NEVER

BOUNDS: Final = (Says.LEAST, Says.MOST)


def of_bounds(notes: Notes, bounds: list[Clause]) -> Draft | None:
    """Return the draft of what is to be kept; None where it is not that alone."""
    said, head = notes.said, behind_the_verb(notes.said)
    if word(head, len(head) - 1) == "worth":
        return None  # what each of them is worth is no threshold for how many there are
    if _is_turned_round(said.head) or _leads_away(rising(verb_of(said)), head, bounds):
        return None
    amounts = _amounts(notes, bounds)
    unit = next((each.unit for each in reversed(amounts) if each.unit is not None), None)
    fitted = [_fitted(each, unit) for each in amounts]
    standard = _standard(bounds, [end for end in fitted if end is not None])
    if standard is None:
        return None
    notes.leave(*(each.rest for each in amounts if [token.text for token in each.rest] != ["and"]))
    while word(head, len(head) - 1) in _BEFORE_A_BOUND:
        head = head[:-1]
    name = name_of(said, head)
    rises = rising(verb_of(said))
    return Draft(form=StatementForm.THRESHOLD, name=name, unit=unit, rises=rises, standard=standard)


def _is_turned_round(head: tuple[Token, ...]) -> bool:
    """Return whether a threshold may ask the opposite of its words: "never fall below 95 %"."""
    is_kept_from = word(head, len(head) - 2) == "from" and word(head, len(head) - 1).endswith("ing")
    return is_kept_from or any(token.text in NEVER for token in head)


def _leads_away(rises: bool | None, head: tuple[Token, ...], bounds: list[Clause]) -> bool:  # noqa: FBT001 - an answer
    """Return whether the verb leads away from its bound: "cut calls over 5 minutes" may be about such calls.

    Of two bounds it leads to neither, but where it says so: "raise prices between 3 % and 5 %".
    """
    if rises is None or word(head, len(head) - 1) == "to":
        return False
    return len(bounds) > 1 or rises is (bounds[0].says is Says.MOST)


_BEFORE_A_BOUND: Final = frozenset({
    "of", "in", "at", "is", "are", "be", "stays", "stay", "to", "up", "down", "must", "should", "shall", "does", "do",
    "will",
})  # fmt: skip
"""What belongs to a bound, and not to the name before it: "Bring absenteeism down to below 3 %"."""


def _amounts(notes: Notes, bounds: list[Clause]) -> list[Amount]:
    """Return what stands at each bound, a word like million behind one of two said of both where it is meant so."""
    found = [amount(notes.said, each.quantity, notes.said.tail(each)) for each in bounds if each.quantity is not None]
    return [*in_one_multiple(notes, *found, fields=("standard", "standard"))] if len(found) == len(BOUNDS) else found


def _fitted(said: Amount, unit: Unit | None) -> Fraction | None:
    number = said.quantity.number
    return number if number is None or unit is None or said.unit is None else fitting(number, said.unit, unit)


def _standard(bounds: list[Clause], ends: list[Fraction]) -> Standard | None:
    """Return what one or both bounds ask for; None where an end is unclear, or nothing lies between them."""
    found = {each.says: end for each, end in zip(bounds, ends, strict=False)}
    if not len(ends) == len(bounds) == len(found):
        return None
    low, high = found.get(Says.LEAST), found.get(Says.MOST)
    if low is not None and high is not None and high <= low:
        return None
    return Standard(low=low, high=high, open_ends=[found[each.says] for each in bounds if each.is_open])
