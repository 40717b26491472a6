"""How far a goal has come: the formula, and what a system does before and behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from enum import unique
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

import attrs

from goalmodel.checks import Term, is_a, the_iterable
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact
from goalmodel.key_result.points import Point, on_line, the_points
from goalmodel.key_result.score import share_on, straight
from goalmodel.measure import Aggregation
from goalmodel.objective import Root
from goalmodel.profiles.amount import Amount, Shown, clamped
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.fields import differs, is_number, number, the_named
from goalmodel.profiles.kept import Kept, meets
from goalmodel.reprs import readable

_ZERO: Final = Fraction(0)
_ONE: Final = Fraction(1)
_MOST_IN_EXPONENT: Final = 20
_DIGITS: Final = Context(prec=40, traps=[])
_LAST_DIGIT: Final = Decimal("1E-30")


@unique
class Formula(Term):
    """What a value comes to."""

    SHARE_OF_WAY = "(value - baseline) / (target - baseline)"
    SHARE_OF_TARGET = "value / target"
    TARGET_BY_VALUE = "target / value"
    TWO_LESS_SHARE = "2 - value / target"
    VARIANCE = "(value - target) / |target|"
    DISTANCE = "|value - target| / |target|"
    GAP = "value - target, or target - value where less is better"
    SHARE_BY_TIME = "(value / target) / the share of the time that is over"
    MET = "1 where it is met, else 0"
    READINGS_MET = "readings that are met / readings that are planned"
    DESIRABILITY = "the share of the way between a worthless and an ideal value, to a power"
    DOUBLE_EXPONENTIAL = "exp(-exp(-y)), or exp(-|y|^n) of what is best in a range"


_DIFFERENCE: Final[Mapping[Formula, Difference]] = MappingProxyType(
    {
        Formula.SHARE_OF_TARGET: Difference.BASELINE_IGNORED,
        Formula.TARGET_BY_VALUE: Difference.BASELINE_IGNORED,
        Formula.TWO_LESS_SHARE: Difference.BASELINE_IGNORED,
        Formula.VARIANCE: Difference.BASELINE_IGNORED,
        Formula.DISTANCE: Difference.BASELINE_IGNORED,
        Formula.GAP: Difference.BASELINE_IGNORED,
        Formula.SHARE_BY_TIME: Difference.BASELINE_IGNORED,
    }
)


def difference_of(formula: Formula) -> Difference:
    """Return the difference a formula makes that is not goalmodel's."""
    return _DIFFERENCE.get(formula, Difference.OTHER_FORMULA)


_Measures: TypeAlias = Callable[[Facts, Fraction, "Progress", Kept], Amount | None]


@unique
class Undefined(Term):
    """What is said where a formula would divide by nothing: equal ends, or a target of 0."""

    REFUSED = "nothing"
    ZERO = "0"
    HALF = "1/2"
    ONE = "1"
    MET = "1 where the target is reached, else 0"
    SIGN = "the sign of the value"
    BEST = "1 where more is better, else 0"


_CONSTANT: Final[Mapping[Undefined, Fraction | None]] = MappingProxyType(
    {
        Undefined.REFUSED: None,
        Undefined.ZERO: _ZERO,
        Undefined.HALF: Fraction(1, 2),
        Undefined.ONE: _ONE,
    }
)


def _named(given: Iterable[tuple[str, Number]]) -> tuple[tuple[str, Fraction], ...]:
    return the_named(given, "named")


def _exponents(given: Iterable[Number]) -> tuple[Fraction, ...]:
    return tuple(exact(each, f"exponents[{index}]") for index, each in enumerate(the_iterable(given, "exponents")))


def _table(given: Iterable[tuple[Number, Number]]) -> tuple[Point, ...]:
    return tuple(sorted(the_points(given, "table")))


@attrs.frozen(kw_only=True)
@readable
class Progress:
    """How a system says how far a goal has come; the defaults are goalmodel's rules KR-1 to KR-4.

    Each field is one way to differ, in the order in which they are applied.

    Attributes:
        named: Words said by hand, each with the share it stands for.
        counted: Which readings count, where the value is not given.
        rising: The formula where more is better.
        falling: The formula where less is better.
        baseless: The formula where the one above needs a baseline and there is none; None where nothing is said.
        in_range: The formula for what is to be kept in a range; None where nothing is said.
        above_zero: Whether only a target above 0 is taken for one.
        undefined: What is said where the formula would divide by nothing.
        exponents: To which two powers shares below and above an ideal value are raised.
        table: What shares are shown as, on a line through these points that goes on beyond them; as they are where
            there are none.
        valueless: What is said where there is no value; None where nothing is said.
        least: Below this, this is said; None where there is no bound.
        most: Above this, this is said.
        shown: How it is rounded; None where it is not.
    """

    named: tuple[tuple[str, Fraction], ...] = attrs.field(
        default=(), converter=_named, metadata=differs(Difference.WORD_COUNTED)
    )
    counted: Aggregation = attrs.field(
        default=Aggregation.LAST, validator=is_a(Aggregation), metadata=differs(Difference.OTHER_COUNTING)
    )
    rising: Formula = attrs.field(
        default=Formula.SHARE_OF_WAY, validator=is_a(Formula), metadata=differs(Difference.OTHER_FORMULA)
    )
    falling: Formula = attrs.field(
        default=Formula.SHARE_OF_WAY, validator=is_a(Formula), metadata=differs(Difference.OTHER_FORMULA)
    )
    baseless: Formula | None = attrs.field(
        default=None, validator=is_a(Formula, type(None)), metadata=differs(Difference.OTHER_FORMULA)
    )
    in_range: Formula | None = attrs.field(
        default=None, validator=is_a(Formula, type(None)), metadata=differs(Difference.OTHER_FORMULA)
    )
    above_zero: bool = attrs.field(default=False, validator=is_a(bool), metadata=differs(Difference.TARGET_REFUSED))
    undefined: Undefined = attrs.field(
        default=Undefined.REFUSED, validator=is_a(Undefined), metadata=differs(Difference.EQUAL_ENDS_ANSWER)
    )
    exponents: tuple[Fraction, ...] = attrs.field(
        default=(_ONE, _ONE), converter=_exponents, metadata=differs(Difference.OTHER_FORMULA)
    )
    table: tuple[Point, ...] = attrs.field(default=(), converter=_table, metadata=differs(Difference.OTHER_SCALE))
    valueless: Fraction | None = attrs.field(
        default=None, converter=number, validator=is_number, metadata=differs(Difference.MISSING_COUNTED)
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

    def __attrs_post_init__(self) -> None:
        if len(self.exponents) != len((_ONE, _ONE)):
            raise OutOfBounds("exponents", self.exponents, "two numbers: below the ideal value, and above it")
        for exponent in self.exponents:
            if not 0 < exponent.numerator <= _MOST_IN_EXPONENT >= exponent.denominator:
                raise OutOfBounds("exponents", exponent, f"a fraction above 0 of numbers up to {_MOST_IN_EXPONENT}")
        rising = all(one[0] < other[0] for one, other in pairwise(self.table))
        if len(self.table) == 1 or not rising:
            raise OutOfBounds("table", self.table, "no points, or at least two for different shares")


def value_of(facts: Facts, counted: Aggregation = Aggregation.LAST) -> Fraction | None:
    """Return the value that counts, in the measure's own unit; None where there is none."""
    known = facts.known
    if facts.value is not None or not known:
        return facts.value
    match counted:
        case Aggregation.LAST:
            return known[-1]
        case Aggregation.SUM:
            return sum(known, _ZERO)
        case Aggregation.MEAN:
            return sum(known, _ZERO) / len(known)
        case Aggregation.GREATEST:
            return max(known)
        case Aggregation.LEAST:
            return min(known)
        case unknown:
            assert_never(unknown)


def progress_of(facts: Facts, rule: Progress, kept: Kept) -> Amount | None:
    """Return how far the goal has come by *rule*; None where nothing is said.

    A share that is a fact, or that a word stands for, is taken as it is, and only cut off and rounded.

    Args:
        facts: What is known.
        rule: The system's formula, and what it does before and behind it.
        kept: What the system calls met, for formulas that ask it.
    """
    stated = dict(rule.named).get(facts.word or "") if facts.progress is None else facts.progress
    share = _measured(facts, rule, kept) if stated is None else stated
    if share is None:
        return None
    bounded = clamped(share, rule.least, rule.most)
    return bounded if rule.shown is None else rule.shown.of(bounded)


def _measured(facts: Facts, rule: Progress, kept: Kept) -> Amount | None:
    value = value_of(facts, rule.counted)
    if value is None:
        return rule.valueless
    if rule.above_zero and facts.target is not None and facts.target <= 0:
        return None
    formula = _formula(facts, rule)
    share = None if formula is None else _FORMULAS[formula](facts, value, rule, kept)
    if not rule.table or not isinstance(share, Fraction):
        return share
    return on_line(rule.table, share)


def _formula(facts: Facts, rule: Progress) -> Formula | None:
    if facts.has_range:
        return rule.in_range
    formula = rule.falling if facts.is_falling else rule.rising
    return rule.baseless if formula is Formula.SHARE_OF_WAY and facts.baseline is None else formula


def _share_of_way(facts: Facts, value: Fraction, rule: Progress, _: Kept) -> Fraction | None:
    if facts.baseline is None or facts.target is None:
        return None
    if facts.baseline == facts.target:
        return _undefined(facts, value, rule)
    if not facts.points:
        return share_on(straight(facts.baseline, facts.target), value)
    sign = -1 if facts.target < facts.baseline else 1
    whole = [(facts.baseline, _ZERO), *sorted(facts.points, key=_score), (facts.target, _ONE)]
    stations = [(sign * where, share) for where, share in whole]
    if all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(stations)):
        return on_line(stations, sign * value)
    return _through_steps(stations, sign * value) if rule.undefined is Undefined.MET else None


def _score(point: Point) -> Fraction:
    return point[1]


def _through_steps(stations: list[Point], where: Fraction) -> Fraction:
    """Return the share at *where* on a way some of whose stations are one: reached is reached, and short is short."""
    if where >= stations[-1][0]:
        return _ONE
    inside = ((one, other) for one, other in pairwise(stations) if one[0] < where <= other[0])
    return next((on_line([one, other], where) for one, other in inside), _ZERO)


def _undefined(facts: Facts, value: Fraction, rule: Progress) -> Fraction | None:
    match rule.undefined:
        case Undefined.MET:
            return Fraction(int(bool(meets(facts, value, Kept()))))
        case Undefined.SIGN:
            return Fraction((value > 0) - (value < 0))
        case Undefined.BEST:
            return Fraction(int(not facts.is_falling))
        case constant:
            return _CONSTANT[constant]


def _by_target(of: Callable[[Fraction, Fraction], Fraction]) -> _Measures:
    def measured(facts: Facts, value: Fraction, rule: Progress, _: Kept) -> Fraction | None:
        if facts.target is None:
            return None
        try:
            return of(value, facts.target)
        except ZeroDivisionError:
            return _undefined(facts, value, rule)

    return measured


def _share_by_time(facts: Facts, value: Fraction, rule: Progress, _: Kept) -> Fraction | None:
    if facts.target is None or facts.time_over is None:
        return None
    spread = facts.target * facts.time_over
    return value / spread if spread else _undefined(facts, value, rule)


def _gap(facts: Facts, value: Fraction, _: Progress, __: Kept) -> Fraction | None:
    if facts.target is None:
        return None
    return facts.target - value if facts.is_falling else value - facts.target


def _met(facts: Facts, value: Fraction, _: Progress, kept: Kept) -> Fraction | None:
    is_met = meets(facts, value, kept)
    return None if is_met is None else Fraction(int(is_met))


def _readings_met(facts: Facts, _: Fraction, __: Progress, kept: Kept) -> Fraction | None:
    """Return the share of all planned readings that are met so far; of those there are, where nobody planned any."""
    planned = facts.planned or len(facts.history)
    if not planned:
        return None
    return Fraction(sum(bool(meets(facts, reading, kept)) for reading in facts.known), planned)


def _desirability(facts: Facts, value: Fraction, rule: Progress, _: Kept) -> Amount | None:
    """Return 0 where a value is worthless, 1 where it is ideal, and the share of the way between, to a power.

    Source:
        Derringer and Suich, "Simultaneous Optimization of Several Response Variables" (1980).
    """
    target, (below, above) = facts.target, rule.exponents
    is_two_sided = facts.low is not None and facts.high is not None
    is_above = is_two_sided and target is not None and value > target
    one_sided = facts.low if is_two_sided else facts.baseline
    worthless, exponent = (facts.high, above) if is_above else (one_sided, below)
    if worthless is None or target is None:
        return None
    if worthless == target:
        return _undefined(facts, value, rule)
    share = min(max(share_on(straight(worthless, target), value), _ZERO), _ONE)
    return share if exponent == 1 else Root(share**exponent.numerator, exponent.denominator)


def _double_exponential(facts: Facts, value: Fraction, rule: Progress, _: Kept) -> Fraction | None:
    """Return the desirability of a value, to 30 digits: through two points one-sided, or falling off in a range.

    Source:
        Harrington, "The Desirability Function" (1965).
    """
    if facts.low is not None and facts.high is not None and facts.low != facts.high:
        middle, half = (facts.low + facts.high) / 2, abs(facts.high - facts.low) / 2
        away = _decimal(abs(value - middle) / half)
        return _fraction(_DIGITS.exp(-_DIGITS.power(away, _decimal(rule.exponents[0]))))
    match facts.points:
        case ((one, worse), (other, better)) if one != other and 0 < worse < 1 and 0 < better < 1:
            start, end = _twice_logged(worse), _twice_logged(better)
            slope = _DIGITS.divide(_DIGITS.subtract(end, start), _decimal(other - one))
            height = _DIGITS.add(start, _DIGITS.multiply(slope, _decimal(value - one)))
            return _fraction(_DIGITS.exp(-_DIGITS.exp(-height)))
        case _:
            return None


def _twice_logged(share: Fraction) -> Decimal:
    return -_DIGITS.ln(-_DIGITS.ln(_decimal(share)))


def _decimal(number: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def _fraction(number: Decimal) -> Fraction | None:
    return Fraction(_DIGITS.quantize(number, _LAST_DIGIT)) if number.is_finite() else None


_FORMULAS: Final[Mapping[Formula, _Measures]] = MappingProxyType(
    {
        Formula.SHARE_OF_WAY: _share_of_way,
        Formula.SHARE_OF_TARGET: _by_target(lambda value, target: value / target),
        Formula.TARGET_BY_VALUE: _by_target(lambda value, target: target / value),
        Formula.TWO_LESS_SHARE: _by_target(lambda value, target: 2 - value / target),
        Formula.VARIANCE: _by_target(lambda value, target: (value - target) / abs(target)),
        Formula.DISTANCE: _by_target(lambda value, target: abs(value - target) / abs(target)),
        Formula.GAP: _gap,
        Formula.SHARE_BY_TIME: _share_by_time,
        Formula.MET: _met,
        Formula.READINGS_MET: _readings_met,
        Formula.DESIRABILITY: _desirability,
        Formula.DOUBLE_EXPONENTIAL: _double_exponential,
    }
)
