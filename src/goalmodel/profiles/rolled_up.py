"""How the parts of a whole become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import unique
from fractions import Fraction
from functools import reduce
from types import MappingProxyType
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import Term, is_a, the_many
from goalmodel.errors import GoalModelError
from goalmodel.exact import Number, exact
from goalmodel.objective import RollupMethod, Root, Unscored, combine
from goalmodel.profiles.amount import Amount, Shown, clamped, is_above
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.fields import differs, is_number, is_some_number, number, some_number, the_named
from goalmodel.profiles.words import Word
from goalmodel.reprs import readable

_Weighed: TypeAlias = Sequence[tuple[Amount, Fraction]]

_ZERO: Final = Fraction(0)
_ONE: Final = Fraction(1)
_MOST_BITS: Final = 100_000


@unique
class Method(Term):
    """In which way parts become one."""

    MEAN = "weighted mean"
    HARMONIC = "weighted harmonic mean"
    GEOMETRIC = "weighted geometric mean"
    SUM = "weighted sum"
    LEAST = "least"
    GREATEST = "greatest"
    WORST = "worst, by which way is better"
    BEST = "best, by which way is better"
    LATEST = "latest"
    POOLED = "the values of all by the targets of all"
    T_SCORE = "T-score of goal attainment, by 100"


def _order(given: Iterable[Word]) -> tuple[Word, ...]:
    return the_many(Word, given, "order")


def _named_weights(given: Iterable[tuple[str, Number]]) -> tuple[tuple[str, Fraction], ...]:
    return the_named(given, "named_weights")


def _nothing(given: Number | Word | None) -> Fraction | Word | None:
    return given if given is None or isinstance(given, Word) else exact(given, "nothing")


@attrs.frozen(kw_only=True)
@readable
class RolledUp:
    """How a system makes one of many; the defaults are goalmodel's rules OBJ-1 to OBJ-3.

    Attributes:
        method: In which way.
        order: The words of the parts, the worst first; with none, words are not rolled up.
        of_words: Which of the words of the parts is said of the whole: the worst, the best or the latest.
        limited: Whether the whole comes no further than the parts that limit it, which then count for nothing else.
        of_values: Whether the values become one, in the measure's own unit, and not the progress.
        correlation: How much the parts of a T-score go together, from 0 to 1.
        named_weights: Words said by hand of a part, each with what such a part weighs.
        equal_weights: Whether each part weighs the same, whatever was said.
        drops_weightless: Whether a part with weight 0 is left out; else the whole is refused.
        unscored: What becomes of a part of which nothing is said.
        nothing: What is said of a whole without parts: a number, a word, or None for nothing.
        least_part: Below this, a part enters with this; None where there is no bound.
        most_part: Above this, a part enters with this.
        part_shown: How each part of a sum, weighed, is rounded; None where it is not.
        reserve: By how much a sum stays short of what no part of it reached alone.
        least: Below this, this is said of the whole.
        most: Above this, this is said of the whole.
        shown: How the whole is rounded.
    """

    method: Method = attrs.field(default=Method.MEAN, validator=is_a(Method), metadata=differs(Difference.OTHER_MEAN))
    order: tuple[Word, ...] = attrs.field(default=(), converter=_order, metadata=differs(Difference.OTHER_MEAN))
    of_words: Method = attrs.field(
        default=Method.WORST, validator=is_a(Method), metadata=differs(Difference.OTHER_MEAN)
    )
    limited: bool = attrs.field(default=False, validator=is_a(bool), metadata=differs(Difference.OTHER_MEAN))
    of_values: bool = attrs.field(default=False, validator=is_a(bool), metadata=differs(Difference.OTHER_MEAN))
    correlation: Fraction = attrs.field(
        default=Fraction(3, 10),
        converter=some_number,
        validator=is_some_number,
        metadata=differs(Difference.OTHER_MEAN),
    )
    named_weights: tuple[tuple[str, Fraction], ...] = attrs.field(
        default=(), converter=_named_weights, metadata=differs(Difference.WORD_COUNTED)
    )
    equal_weights: bool = attrs.field(default=False, validator=is_a(bool), metadata=differs(Difference.WEIGHTS_IGNORED))
    drops_weightless: bool = attrs.field(
        default=False, validator=is_a(bool), metadata=differs(Difference.WEIGHT_ZERO_DROPPED)
    )
    unscored: Unscored = attrs.field(
        default=Unscored.COVERAGE, validator=is_a(Unscored), metadata=differs(Difference.MISSING_COUNTED)
    )
    nothing: Fraction | Word | None = attrs.field(
        default=None, converter=_nothing, metadata=differs(Difference.MISSING_COUNTED)
    )
    least_part: Fraction | None = attrs.field(
        default=_ZERO, converter=number, validator=is_number, metadata=differs(Difference.CLAMPED)
    )
    most_part: Fraction | None = attrs.field(
        default=_ONE, converter=number, validator=is_number, metadata=differs(Difference.CLAMPED)
    )
    part_shown: Shown | None = attrs.field(
        default=None, validator=is_a(Shown, type(None)), metadata=differs(Difference.ROUNDED)
    )
    reserve: Fraction = attrs.field(
        default=_ZERO, converter=some_number, validator=is_some_number, metadata=differs(Difference.TOLERANCE)
    )
    least: Fraction | None = attrs.field(
        default=None, converter=number, validator=is_number, metadata=differs(Difference.CLAMPED)
    )
    most: Fraction | None = attrs.field(
        default=None, converter=number, validator=is_number, metadata=differs(Difference.CLAMPED)
    )
    shown: Shown | None = attrs.field(
        default=None, validator=is_a(Shown, type(None)), metadata=differs(Difference.ROUNDED)
    )


def rolled_up_of(
    parts: Sequence[Facts], rule: RolledUp, amount_of: Callable[[Facts], Amount | None]
) -> Amount | Word | None:
    """Return what *parts* come to by *rule*; None where nothing is said.

    Args:
        parts: Oldest first, where they are periods.
        rule: In which way, and what becomes of what is missing, weightless or beyond the ends.
        amount_of: What one part comes to.
    """
    named = [part for part in parts if part.word is not None]
    if named and rule.order:
        return _word(named, rule)
    if not parts:
        return rule.nothing
    limits = [amount_of(part) for part in parts if part.limits] if rule.limited else []
    whole = _whole([part for part in parts if not (rule.limited and part.limits)], rule, amount_of)
    reached = [amount for amount in (whole, *limits) if amount is not None]
    if not reached:
        return None
    bounded = clamped(_least(reached), rule.least, rule.most)
    return bounded if rule.shown is None else rule.shown.of(bounded)


def _whole(parts: Sequence[Facts], rule: RolledUp, amount_of: Callable[[Facts], Amount | None]) -> Amount | None:
    """Return what the parts come to, before it is cut off or rounded."""
    weighed = [(part, _weight(part, rule)) for part in parts]
    if not parts or (not rule.drops_weightless and not all(weight for _, weight in weighed)):
        return None
    if rule.method is Method.POOLED:
        return _pooled(parts, amount_of)
    amounts = [(amount_of(part), weight) for part, weight in weighed if weight]
    if rule.unscored is Unscored.UNDETERMINED and any(amount is None for amount, _ in amounts):
        return None
    absent = _ZERO if rule.unscored is Unscored.AS_ZERO else None
    known = [
        (clamped(found, rule.least_part, rule.most_part), weight)
        for amount, weight in amounts
        if (found := absent if amount is None else amount) is not None
    ]
    ends = (Method.LEAST, Method.GREATEST)[:: -1 if parts[0].is_falling else 1]
    method = {Method.WORST: ends[0], Method.BEST: ends[1]}.get(rule.method, rule.method)
    return _METHODS[method](known, rule) if known else None


def _pooled(parts: Sequence[Facts], amount_of: Callable[[Facts], Amount | None]) -> Amount | None:
    """Return what all the values come to of all the targets; nothing where one of either is missing."""
    values, targets = [part.value for part in parts], [part.target for part in parts]
    value = sum((each for each in values if each is not None), _ZERO)
    target = sum((each for each in targets if each is not None), _ZERO)
    is_known = None not in values and None not in targets
    return amount_of(attrs.evolve(parts[0], value=value, target=target)) if is_known else None


def _weight(part: Facts, rule: RolledUp) -> Fraction:
    return _ONE if rule.equal_weights else dict(rule.named_weights).get(part.word or "", part.weight)


def _word(named: Sequence[Facts], rule: RolledUp) -> Word | None:
    said = {word.text: word for word in rule.order}
    found = [said[part.word] for part in named if part.word in said]
    match rule.of_words:
        case Method.WORST:
            return min(found, key=rule.order.index, default=None)
        case Method.BEST:
            return max(found, key=rule.order.index, default=None)
        case Method.LATEST:
            return found[-1] if found else None
        case _:
            return None


def _fractions(known: _Weighed) -> list[tuple[Fraction, Fraction]] | None:
    """Return the parts where none of them is a root, which can't be added; else None."""
    found = [(amount, weight) for amount, weight in known if isinstance(amount, Fraction)]
    return found if len(found) == len(known) else None


def _mean(known: _Weighed, _: RolledUp) -> Fraction | None:
    parts = _fractions(known)
    return None if parts is None else _per_weight(parts, sum((amount * weight for amount, weight in parts), _ZERO))


def _per_weight(parts: list[tuple[Fraction, Fraction]], total: Fraction) -> Fraction | None:
    """Return *total* by the whole weight; None where a weight counts against the whole."""
    is_mean = all(weight > 0 for _, weight in parts)
    return total / sum(weight for _, weight in parts) if is_mean else None


def _harmonic(known: _Weighed, rule: RolledUp) -> Fraction | None:
    parts = _fractions(known)
    if parts is None or any(amount <= 0 for amount, _ in parts):
        return None
    turned = _mean([(1 / amount, weight) for amount, weight in parts], rule)
    return None if turned is None else 1 / turned


def _geometric(known: _Weighed, _: RolledUp) -> Root | None:
    """Return the geometric mean; parts above 1 are measured by the greatest of them, and so is what they come to."""
    parts = _fractions(known)
    unit = _ONE if parts is None else max(_ONE, *(amount for amount, _ in parts))
    shares = known if parts is None else [(amount / unit, weight) for amount, weight in parts]
    try:
        mean = combine(shares, RollupMethod.GEOMETRIC)
    except GoalModelError:
        return None
    bits = unit.numerator.bit_length() + unit.denominator.bit_length()
    if not isinstance(mean, Root) or bits * mean.degree > _MOST_BITS:
        return None
    return Root(mean.of * unit**mean.degree, mean.degree)


def _sum(known: _Weighed, rule: RolledUp) -> Fraction | None:
    parts = _fractions(known)
    if parts is None:
        return None
    shown = rule.part_shown
    each = [amount * weight if shown is None else shown.of(amount * weight) for amount, weight in parts]
    total = sum(each, _ZERO)
    if rule.reserve and all(part < 1 for part in each):
        total = min(total, 1 - rule.reserve)
    if rule.reserve and all(part > -1 for part in each):
        total = max(total, rule.reserve - 1)
    return total


def _least(amounts: Sequence[Amount]) -> Amount:
    return reduce(lambda one, other: other if is_above(one, other) else one, amounts)


def _greatest(amounts: Sequence[Amount]) -> Amount:
    return reduce(lambda one, other: other if is_above(other, one) else one, amounts)


def _latest(known: _Weighed, _: RolledUp) -> Amount:
    return known[-1][0]


def _t_score(known: _Weighed, rule: RolledUp) -> Fraction | None:
    """Return 50 plus ten for each standard deviation the attainments lie above what was expected, by 100.

    Source:
        Kiresuk and Sherman, "Goal attainment scaling" (1968), whose parts correlate by 0.3.
    """
    parts = _fractions(known)
    if parts is None:
        return None
    total = sum((amount * weight for amount, weight in parts), _ZERO)
    squares = sum((weight * weight for _, weight in parts), _ZERO)
    whole = sum((weight for _, weight in parts), _ZERO)
    spread = 100 * ((1 - rule.correlation) * squares + rule.correlation * whole * whole)
    if spread <= 0:
        return None
    away = (rule.shown or _T_SCORE_SHOWN).of(Root(total * total / spread, 2))
    return _HALF + (away if total > 0 else -away)


_HALF: Final = Fraction(1, 2)
_T_SCORE_SHOWN: Final = Shown(8)

_METHODS: Final[Mapping[Method, Callable[[_Weighed, RolledUp], Amount | None]]] = MappingProxyType(
    {
        Method.MEAN: _mean,
        Method.HARMONIC: _harmonic,
        Method.GEOMETRIC: _geometric,
        Method.SUM: _sum,
        Method.LEAST: lambda known, _: _least([amount for amount, _ in known]),
        Method.GREATEST: lambda known, _: _greatest([amount for amount, _ in known]),
        Method.LATEST: _latest,
        Method.T_SCORE: _t_score,
    }
)
