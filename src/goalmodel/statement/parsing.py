"""From a statement in English to a draft: what it says is taken, what it does not say is left open."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

import attrs

from goalmodel.checks import the
from goalmodel.key_result import Absolute, PercentagePoints, Relative, TargetChange
from goalmodel.measure import Unit
from goalmodel.measure.unit import percentage_point
from goalmodel.statement.beginning import is_label, leading_dates
from goalmodel.statement.clauses import Clause, Quantity, Says, dates_at, part_at, quantity_at, word
from goalmodel.statement.doubt import (
    BOUND_BESIDE,
    CALENDAR,
    CHANGE_OR_SHARE,
    FROM_ZERO,
    MORE_THAN_A_CHANGE,
    NUMBER_LEFT,
    OTHER_UNIT,
    OUT_OF,
    SAID_TWICE,
    TOO_LONG,
    UNCLEAR_END,
    UNCLEAR_NUMBER,
    WHICH_WAY,
)
from goalmodel.statement.draft import Draft, StatementForm
from goalmodel.statement.head import behind_the_verb, name_of, rising, verb_of
from goalmodel.statement.multiple import in_one_multiple
from goalmodel.statement.notes import Notes, holds_a_number, is_as_many
from goalmodel.statement.threshold import BOUNDS, of_bounds
from goalmodel.statement.tokens import MOST_TOKENS, Kind, Token, tokens
from goalmodel.statement.units import PERCENT, TIMES, Amount, Said, amount, fitting, same_unit, short_enough, take_apart
from goalmodel.statement.words import (
    BY_ITSELF,
    COMPARED,
    ENDS_AT,
    ENDS_UNIT,
    FALLS,
    FEWER,
    GOES_SOMEWHERE,
    HOLDS,
    MORE,
    PARTS,
    RISES,
    UP_OR_DOWN,
    VERBS,
    A,
)

_ENDS: Final = (Says.BASELINE, Says.TARGET, Says.CHANGE)
_PARTICLES: Final = frozenset({"up", "on", "in", "out", "off", "over"})
_POINTS: Final = frozenset({"point", "points"})


class _Counted(NamedTuple):
    """A number in the head of a statement, with what stands before it: "Win 10 new clients"."""

    amount: Amount
    before: tuple[Token, ...]
    behind: tuple[Token, ...]


def parse(text: str) -> Draft:
    """Return what a statement says, as a draft; any text has one, if only that nothing could be made of it.

    Rules: STM-1, STM-2.

    >>> draft = parse("Increase customer satisfaction by 15% from 8.0 to 9.2 by improving our onboarding experience")
    >>> draft.name, str(draft.baseline), str(draft.target), str(draft.change)
    ('customer satisfaction', '8', '46/5', '+15 %')
    >>> draft.means, draft.missing
    ('improving our onboarding experience', ('unit', 'start', 'end'))

    Args:
        text: A statement of one key result, in English.

    Raises:
        WrongType: *text* is not a text.
    """
    said = take_apart(_fit(the(str, text, "text")))
    notes = Notes(said)
    notes.leave(said.before, is_doubted=is_label(said.before))
    draft = _without_numbers(_dated(_goal(notes), notes), notes)
    if said.beyond:
        notes.unread.append(said.beyond)
        notes.doubts.append(TOO_LONG.because(field="text", most=MOST_TOKENS))
    return attrs.evolve(draft, text=text, assumed=notes.assumed, doubts=notes.doubts, unread=notes.unread)


def _without_numbers(draft: Draft, notes: Notes) -> Draft:
    """Return *draft* without a name, a unit or an occasion that holds a number nobody has read: each is a doubt.

    What is left unread with a number in it is one, too.
    """
    quoted = {token.text for token in notes.said.tokens if token.kind is Kind.QUOTED}
    unit = None if draft.unit is None else draft.unit.name
    is_event = draft.form is StatementForm.SHARE and leading_dates(notes.said.tokens) is None
    said = {"name": None if is_event else draft.name, "unit": unit, "occasions": draft.occasions}
    left = {field for field, text in said.items() if text and text not in quoted and holds_a_number(tokens(text))}
    notes.doubts += [NUMBER_LEFT.because(field=field, text=text) for field, text in said.items() if field in left]
    draft = attrs.evolve(
        draft,
        name=None if "name" in left else draft.name,
        unit=None if "unit" in left else draft.unit,
        occasions=None if "occasions" in left else draft.occasions,
    )
    notes.doubts += [NUMBER_LEFT.because(field="text", text=text) for text in notes.numbers_left]
    return draft


def _fit(text: str) -> str:
    """Return *text* with a sign in place of NUL and of each half of a character: a name must be shown everywhere."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _goal(notes: Notes) -> Draft:
    """Return what is to be reached, without the dates."""
    notes.said = said = _with_its_time(notes.said)
    has_ends = any(clause.says in _ENDS for clause in said.clauses)
    shares = [clause for clause in said.clauses if clause.says is Says.SHARE]
    bounds = [clause for clause in said.clauses if clause.says in BOUNDS]
    if len(shares) == 1 and not (has_ends or bounds) and said.words(said.head) and said.words(said.tail(shares[0])):
        return _of_share(notes, shares[0])
    if bounds and not (has_ends or shares) and (draft := of_bounds(notes, bounds)) is not None:
        return draft
    for clause in bounds:
        part = said.tokens[clause.first : clause.until]
        notes.leave(part, is_doubted=has_ends)
        if has_ends:
            notes.doubts.append(BOUND_BESIDE.because(field="text", text=said.words(part) or ""))
    if has_ends or shares:
        notes.leave(*(said.tokens[clause.first : clause.until] for clause in shares))
        return _of_change(notes)
    counted = None if verb_of(said) in BY_ITSELF else _counted(said)
    return _of_change(notes) if counted is None else _of_number(notes, counted)


def _with_its_time(said: Said) -> Said:
    """Return a statement in which the time of an occasion is no clause: "answer within 2 days in 90 % of the cases"."""
    share = next((each for each in said.clauses if each.says is Says.SHARE), None)
    if share is None:
        return said
    kept = [
        each
        for each in said.clauses
        if each.says is not Says.LASTS or each.first > share.first or not _is_of_an_occasion(said, each)
    ]
    ends = [*(each.first for each in kept[1:]), len(said.tokens)]
    return said._replace(clauses=tuple(each._replace(until=end) for each, end in zip(kept, ends, strict=True)))


def _is_of_an_occasion(said: Said, clause: Clause) -> bool:
    coming = {"next", "coming", "following"}
    return not any(word(said.tokens, at) in coming for at in range(clause.first, clause.after))


def _one(notes: Notes, *says: Says) -> Clause | None:
    """Return the clause that says so; None where there is none, or several, so that none counts."""
    found = [clause for clause in notes.said.clauses if clause.says in says]
    if len(found) > 1:
        notes.leave(*(notes.said.tokens[clause.first : clause.until] for clause in found), is_doubted=True)
        notes.doubts.append(SAID_TWICE.because(field=says[0].value, times=len(found)))
        return None
    return found[0] if found else None


# ---------------------------------------------------------------------- from a baseline to a target, by a change


def _of_change(notes: Notes) -> Draft:
    said, verb = notes.said, verb_of(notes.said)
    head, rises = _without_its_way(behind_the_verb(said), rising(verb))
    if _is_a_range(said):
        return _of_range(notes, Draft(name=name_of(said, head), rises=rises))
    baseline, target = _end(notes, Says.BASELINE), _end(notes, Says.TARGET)
    if baseline is not None and target is not None:
        baseline, target = in_one_multiple(notes, baseline, target, fields=("baseline", "target"))
    start, end, unit = _in_one_unit(notes, baseline, target)
    if end is not None and verb not in VERBS and word(said.head, len(said.head) - 1) == "up" and start is None:
        end = unit = None
        notes.leave_what_says(Says.TARGET)
        notes.doubts.append(UNCLEAR_NUMBER.because(field="target", text=said.words(said.head) or ""))
    by = _end(notes, Says.CHANGE)
    itself = BY_ITSELF.get(verb)
    if rises is False and len(head) > len(_IN_HALF) and tuple(token.text for token in head[-2:]) == _IN_HALF:
        head, itself = head[:-2], BY_ITSELF["halve"]
    draft = Draft(name=name_of(said, head), rises=rises)
    draft = attrs.evolve(draft, unit=unit, baseline=start, target=end)
    if itself is not None and by is None and word(head, 0) in UP_OR_DOWN:
        notes.doubts.append(UNCLEAR_NUMBER.because(field="change", text=f"{verb} {word(head, 0)}"))
        return draft
    if itself is not None and by is None:
        return _by_itself(draft, itself)
    if by is None or by.quantity.number is None:
        return draft
    if itself is not None:
        notes.leave_what_says(Says.CHANGE)
        notes.doubts.append(SAID_TWICE.because(field="change", times=2))
        return draft
    return _changed(notes, draft, by)


def _without_its_way(head: tuple[Token, ...], rises: bool | None) -> tuple[tuple[Token, ...], bool | None]:  # noqa: FBT001 - an answer
    """Return a head without the word behind it that says which way: "Bring absenteeism down to 3 %"."""
    way = UP_OR_DOWN.get(word(head, len(head) - 1)) if len(head) > 1 else None
    return (head, rises) if way is None or rises is (not way) else (head[:-1], way)


_IN_HALF: Final = ("in", "half")


def _of_range(notes: Notes, draft: Draft) -> Draft:
    """Return *draft* where a change may be a range, and its end a target: neither is known."""
    said, baseline = notes.said, _end(notes, Says.BASELINE)
    for says in (Says.CHANGE, Says.TARGET):
        (clause,) = (each for each in said.clauses if each.says is says)
        text = said.words(said.tokens[clause.first : clause.until]) or ""
        notes.doubts.append(UNCLEAR_NUMBER.because(field=says.value, text=text))
    if baseline is None:
        return draft
    return attrs.evolve(draft, unit=baseline.unit, baseline=baseline.quantity.number)


def _is_a_range(said: Said) -> bool:
    """Return whether a change and a target may be one range: "by 5 to 10 hours"."""
    changes, targets = ([each for each in said.clauses if each.says is says] for says in (Says.CHANGE, Says.TARGET))
    if len(changes) != 1 or len(targets) != 1 or targets[0].first != changes[0].after:
        return False
    change, target = changes[0].quantity, targets[0].quantity
    return change is not None and target is not None and change.mark in {"", target.mark}


def _by_itself(draft: Draft, share: Fraction) -> Draft:
    """Return *draft* with the change that its verb is; to halve 5 % is to come to 2.5 %, and no matter of points."""
    known = draft.target is None and draft.baseline
    target = short_enough(known * (1 + share)) if known else draft.target
    return attrs.evolve(draft, target=target, change=Relative(share))


def _end(notes: Notes, says: Says) -> Amount | None:
    """Return the amount the statement names as its baseline, target or change; None where it names none, or several."""
    clause = _one(notes, says)
    if clause is None or clause.quantity is None:
        return None
    if clause.quantity.number is None:
        notes.doubts.append(UNCLEAR_NUMBER.because(field=says.value, text=clause.quantity.text))
        notes.leave(notes.said.tail(clause))
        return Amount(clause.quantity, None, ())
    found = amount(notes.said, clause.quantity, notes.said.tail(clause))
    if says is not Says.CHANGE or found.quantity.mark != "%":
        notes.leave(found.rest)
    return found


def _in_one_unit(
    notes: Notes, baseline: Amount | None, target: Amount | None
) -> tuple[Fraction | None, Fraction | None, Unit | None]:
    """Return both ends in the unit of the first that has one; a target that counts something else is in doubt."""
    first = baseline.unit if baseline else None
    second = target.unit if target else None
    start = baseline.quantity.number if baseline else None
    end = target.quantity.number if target else None
    if first is None or second is None:
        return start, end, first or second
    unit = max(first, second, key=lambda each: len(each.name)) if same_unit(first, second) else first
    fitted = None if end is None else fitting(end, second, unit)
    if fitted is None:
        notes.leave_what_says(Says.TARGET)
        notes.doubts.append(OTHER_UNIT.because(field="target", unit=first.name, other=second.name))
    return start, fitted, unit


def _changed(notes: Notes, draft: Draft, by: Amount) -> Draft:
    """Return *draft* with the change that is said of it."""
    quantity = by.quantity
    if quantity.mark in {"%", "points"} and (by.unit != PERCENT or _hangs_on(by.rest)):
        notes.doubts.append(MORE_THAN_A_CHANGE.because(field="change", text=_text(notes, by)))
        return draft
    if quantity.mark == "%":
        notes.leave(by.rest)
    if draft.unit is None and by.unit is not None and _is_a_rate(by.unit):
        notes.doubts.append(MORE_THAN_A_CHANGE.because(field="change", text=_text(notes, by)))
        return draft
    if by.unit == TIMES:
        notes.doubts.append(UNCLEAR_NUMBER.because(field="change", text=_text(notes, by)))
        return draft
    number = _directed(draft, quantity)
    if number is None:
        notes.doubts.append(WHICH_WAY.because(field="change", text=_text(notes, by)))
        return draft
    unit = draft.unit or (None if quantity.mark in {"%", "points"} else by.unit)
    change = _change(number, by, unit)
    if change is None:
        facts = {"unit": unit.name if unit else "it", "other": by.unit.name if by.unit else quantity.text}
        notes.leave_what_says(Says.CHANGE)
        notes.doubts.append(OTHER_UNIT.because(field="change", **facts))
    return attrs.evolve(draft, unit=unit, change=change)


def _hangs_on(rest: tuple[Token, ...]) -> bool:
    """Return whether what stands behind a percentage belongs to it: "5 % month over month"."""
    return bool(rest) and rest[0].kind is not Kind.SIGN and rest[0].text not in ENDS_UNIT


def _text(notes: Notes, by: Amount) -> str:
    return f"{by.quantity.text} {by.unit.symbol if by.unit else ''} {notes.said.words(by.rest) or ''}".strip()


def _directed(draft: Draft, quantity: Quantity) -> Fraction | None:
    """Return the number of a change with its sign; None where nobody says whether it leads up or down."""
    number = quantity.number
    if number is None or quantity.is_signed or not number:
        return number
    if draft.rises is not None:
        return number if draft.rises else -number
    if draft.baseline is None or draft.target is None or draft.target == draft.baseline:
        return None
    return number if draft.target > draft.baseline else -number


def _change(number: Fraction, by: Amount, unit: Unit | None) -> TargetChange | None:
    """Return the change by *number*; None where it counts something else than *unit*, or gets too long."""
    if by.quantity.mark == "%":
        share = short_enough(number / 100)
        return None if share is None else Relative(share)
    is_percentage = unit is not None and percentage_point(unit) is not None
    if by.quantity.mark == "points" or (is_percentage and by.unit is not None and by.unit.name in _POINTS):
        return PercentagePoints(number)
    fitted = number if unit is None or by.unit is None else fitting(number, by.unit, unit)
    return None if fitted is None else Absolute(fitted)


# ---------------------------------------------------------------------------- a share of occasions, or so many


def _of_share(notes: Notes, share: Clause) -> Draft:
    """Return the draft of "top 3 in at least 80 % of the races"; with a verb of change it may be one."""
    said, rises = notes.said, rising(verb_of(notes.said))
    occasions = said.words(said.tail(share))
    if rises is not None:
        text = said.words(said.tokens[share.first : share.after - (share.out_of is None)])
        notes.doubts.append(CHANGE_OR_SHARE.because(field="change", text=text or "", occasions=occasions))
        notes.leave(said.head[1:])
        return Draft(name=name_of(said, said.tail(share)), rises=rises)
    number, name = share.quantity.number if share.quantity else None, said.words(said.head)
    if share.out_of is not None:
        part, whole = share.out_of
        notes.assumed.append(OUT_OF.because(part=part, whole=whole, share=part / whole))
    elif word(said.tokens, share.first) != "in" and len(said.head) == 1:
        name = f"{name} {occasions}"  # a verb alone is no name: "Win 70 % of the points"
    return Draft(form=StatementForm.SHARE, name=name, unit=PERCENT, target=number, occasions=occasions)


def _counted(said: Said) -> _Counted | None:
    """Return the number a statement names without "from", "to" or "by"; None where there is none to rely on."""
    head, verb = said.head, verb_of(said)
    at = _number_at(said)
    if verb in RISES | FALLS or (verb in GOES_SOMEWHERE and at != 1):
        return None
    found = None if at is None else _how_many(head, at)
    if at is None or found is None:
        return None
    quantity, after = found
    counted = amount(said, quantity, head[after:])
    names_end = verb in ENDS_AT | HOLDS
    is_more = word(head, after) in MORE | FEWER or is_as_many(head, after)
    is_so_many = counted.unit is not None and _is_a_count(quantity) and word(head, after) != "of"
    if quantity.number is None or not (names_end or is_more or is_so_many):
        return None
    return _Counted(counted, head[1:at] if names_end else head[:at], head[after:])


def _is_a_count(quantity: Quantity) -> bool:
    """Return whether a number may count things one by one: a version, as 4.0, does not, nor does -3."""
    number = quantity.number
    return number is not None and number >= 0 and number.denominator == 1 and "." not in quantity.text


def _how_many(head: tuple[Token, ...], at: int) -> tuple[Quantity, int] | None:
    """Return the number at that token, and the index behind it: of what compares, a change in percent of what there is.

    That is "1/3 more", "a third fewer", "half as many" and "twice as many". What else is two thirds, or three times, is
    no two or three of anything, so that the number is not known.
    """
    part, found = part_at(head, at), quantity_at(head, at)
    if part is not None and word(head, part[1]) in MORE | FEWER:
        return Quantity(part[0] * 100, "%", is_signed=False, text=head[at].text), part[1]
    factor = _factor(head, *found) if part is None and found is not None else part
    if factor is not None and is_as_many(head, factor[1]):
        return Quantity((factor[0] - 1) * 100, "%", is_signed=False, text=head[at].text), factor[1]
    if found is None or found[0].mark == "%":
        return found
    is_factor = factor is not None and word(head, factor[1]) in MORE | FEWER
    is_unclear = is_factor or word(head, found[1]) in PARTS
    return (found[0]._replace(number=None), found[1]) if is_unclear else found


def _factor(head: tuple[Token, ...], quantity: Quantity, after: int) -> tuple[Fraction, int] | None:
    """Return a number of times, and the index behind it: "twice", "3 times"; None where it is none."""
    if quantity.number is None or quantity.number < 0:
        return None
    if quantity.mark in {"times", "%"}:
        return quantity.number / (100 if quantity.mark == "%" else 1), after
    return (quantity.number, after + 1) if not quantity.mark and word(head, after) == "times" else None


def _number_at(said: Said) -> int | None:
    """Return where the number stands: at the beginning, behind a verb, or behind "of" after one that names an end."""
    head, verb = said.head, verb_of(said)
    if dates_at(head, 0) is not None:
        return None
    if _how_many(head, 0) is not None:
        return 0
    at = 2 if word(head, 1) in _PARTICLES else 1
    at = at + 2 if (word(head, at), word(head, at + 1)) == ("at", "least") else at
    if _how_many(head, at) is not None:
        return at
    if verb not in ENDS_AT | HOLDS:
        return None
    behind_of = (at + 1 for at in range(len(head)) if word(head, at) == "of")
    return next((at for at in behind_of if quantity_at(head, at) is not None), None)


def _of_number(notes: Notes, counted: _Counted) -> Draft:
    """Return the draft of "Win 10 new clients", counted from 0, or of "Reach 60 points", which says no start."""
    said, found = notes.said, counted.amount
    by_more = _by_more(notes, counted)
    if by_more is not None:
        return by_more
    verb, unit, number = verb_of(said), found.unit, found.quantity.number
    rest = found.rest if found.quantity.mark else counted.behind
    behind = said.words(rest[1:] if word(rest, 0) in {"in", "of"} else rest)
    is_count = unit is not None and not found.quantity.mark and _is_counted(unit) and verb not in ENDS_AT | HOLDS
    if unit is not None and is_count and holds_a_number(counted.behind):
        return Draft(name=behind, unit=unit, target=number)
    if unit is not None and is_count:
        notes.assumed.append(FROM_ZERO.because(count=number, unit=unit.name))
        return Draft(form=StatementForm.COUNT, name=behind, unit=unit, baseline=0, target=number)
    before = tuple(token for token in counted.before if token.text not in {"of", "at", "least"})
    name = name_of(said, before)
    if name is not None:
        notes.leave(found.rest)
    return Draft(name=name or behind, unit=unit, target=number)


def _by_more(notes: Notes, counted: _Counted) -> Draft | None:
    """Return the draft of "Drive 25 % more sign-ups"; None where the number says how many there are to be."""
    quantity, behind = counted.amount.quantity, counted.behind
    is_factor = is_as_many(behind, 0)
    compares = word(behind, 0) in MORE | FEWER or is_factor
    if not compares or quantity.number is None or quantity.is_signed:
        return None
    rises = quantity.number > 0 if is_factor else word(behind, 0) in MORE
    named, before = behind[2:] if is_factor else behind[1:], counted.before
    name, verb = notes.said.words(named), notes.said.words(before)
    if verb is not None and name is not None and word(named, 0) in ENDS_UNIT | A:
        name = f"{verb} {name}"  # what is spent less on travel is no travel
    else:
        notes.leave(before[1:] if before[:1] == notes.said.head[:1] else before)
    if any(token.text in COMPARED for token in named):
        notes.doubts.append(MORE_THAN_A_CHANGE.because(field="change", text=notes.said.words(notes.said.head) or ""))
        return Draft(name=name, rises=rises)
    number = quantity.number if rises or is_factor else -quantity.number
    if quantity.mark == "%":
        share = short_enough(number / 100)
        change: TargetChange | None = None if share is None else Relative(share)
    else:
        change = PercentagePoints(number) if quantity.mark == "points" else Absolute(number)
    return Draft(name=name, rises=rises, change=change)


def _is_counted(unit: Unit) -> bool:
    """Return whether a unit counts things one by one, and not a time or a rate: "features per sprint"."""
    is_each = not {"per", "each", "every"}.isdisjoint(unit.name.split())
    return unit.base == unit.name and unit.base != "days" and not is_each


def _is_a_rate(unit: Unit) -> bool:
    return unit.base.endswith(" per day")


# ------------------------------------------------------------------------------------------------------- dates


def _dated(draft: Draft, notes: Notes) -> Draft:
    """Return *draft* with its dates and its means."""
    said = notes.said
    start, end = _one(notes, Says.START, Says.CYCLE), _one(notes, Says.END, Says.CYCLE)
    lasts = _one(notes, Says.LASTS)
    means = next((clause for clause in said.clauses if clause.says is Says.MEANS), None)
    found = [clause for clause in (start, end, lasts) if clause is not None]
    if any(clause.is_calendar for clause in found):
        notes.assumed.append(CALENDAR.because())
    if end is not None and end.cycle is None:
        text = said.words(said.tokens[end.first : end.until]) or ""
        notes.doubts.append(UNCLEAR_END.because(field="end", text=text))
        found.remove(end)
    notes.leave(*(said.tail(clause) for clause in dict.fromkeys(found)))
    others = (clause for clause in said.clauses if clause.says is Says.MEANS and clause is not means)
    notes.leave(*(said.tokens[clause.first : clause.until] for clause in others))
    return attrs.evolve(
        draft,
        start=start.cycle.start if start and start.cycle else None,
        end=end.cycle.end if end and end.cycle else None,
        lasts=lasts.lasts if lasts else None,
        means=said.as_said(said.tail(means)) if means else None,
    )
