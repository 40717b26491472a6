"""The laws of a score: how far from baseline to target."""

from __future__ import annotations

from fractions import Fraction
from math import nan
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate, Question
from goalmodel.testing.laws.everyday import (
    THRESHOLDS,
    everyday_numbers,
    everyday_shares,
    everyday_ways,
    on_thresholds,
    one_from,
)
from goalmodel.testing.laws.law import Counterexample, Law, breach, is_refused, is_steady

_TOLERANCE: Final = Fraction(1, 10**9)
_UNITS: Final = tuple((Fraction(factor), Fraction(zero, 100)) for factor, zero in ((10, 0), (1, 27_315), (60, 0)))
"""Other units: how many of them one is, and where they have their zero: tenths, kelvin, minutes."""


@readable
@attrs.frozen
class Way:
    """What a score is about.

    Attributes:
        baseline: Where it starts; None while nobody knows.
        target: Where it is to come.
        value: Where it is; None where nothing was read, or NaN.
    """

    baseline: Fraction | None
    target: Fraction
    value: Fraction | float | None


@readable
@attrs.frozen
class Part:
    """A way, and what share of it is done.

    Attributes:
        start: The baseline.
        end: The target.
        share: Of the way between them; below 0 behind the baseline, above 1 past the target.
    """

    start: Fraction
    end: Fraction
    share: Fraction

    @property
    def way(self) -> Way:
        """The same with the value that lies there."""
        return Way(self.start, self.end, self.start + self.share * (self.end - self.start))

    def turned(self) -> Part:
        """Return the same share of the same way walked from its end to its start."""
        return attrs.evolve(self, start=self.end, end=self.start)

    def carried(self, factor: Fraction, zero: Fraction) -> Part:
        """Return the same in another unit."""
        return attrs.evolve(self, start=self.start * factor + zero, end=self.end * factor + zero)


def _comes_to(candidate: Candidate, part: Part) -> Counterexample | None:
    """Break where the score is not the share, but for what floats lose."""
    asked = candidate.ask(part.way)
    return None if _is_close(candidate, asked, part.share) else breach(_spelled(candidate, part.share), asked)


def _is_exactly(candidate: Candidate, part: Part) -> Counterexample | None:
    asked = candidate.ask(part.way)
    if asked.answer.number == part.share * candidate.whole:
        return None
    return breach(f"{_spelled(candidate, part.share)}, exactly", asked)


def _comes_to_either_way(candidate: Candidate, part: Part) -> Counterexample | None:
    rising, falling = candidate.ask(part.way), candidate.ask(part.turned().way)
    if _is_close(candidate, rising, part.share) and not _is_close(candidate, falling, part.share):
        return breach(f"{_spelled(candidate, part.share)} both times", rising, falling)
    return _same(candidate, rising, falling)


def _comes_to_in_every_unit(candidate: Candidate, part: Part) -> Counterexample | None:
    asked = candidate.ask(part.way)
    for factor, zero in _UNITS:
        found = _same(candidate, asked, candidate.ask(part.carried(factor, zero).way))
        if found is not None:
            return found
    return None


def _same(candidate: Candidate, one: Question, other: Question) -> Counterexample | None:
    first = one.answer.number
    if first is not None and _is_close(candidate, other, first / candidate.whole):
        return None
    return breach("the same score both times", one, other)


def _is_judged(candidate: Candidate, part: Part) -> Counterexample | None:
    """Break where a comparison of the score with the threshold the value lies on goes wrong."""
    asked = candidate.ask(part.way)
    if asked.answer.is_at_least(part.share * candidate.whole):
        return None
    return breach(f"{_spelled(candidate, part.share)} or more", asked)


def _is_short(candidate: Candidate, part: Part) -> Counterexample | None:
    asked = candidate.ask(part.way)
    if asked.answer.is_at_least(candidate.whole) is False:
        return None
    return breach(f"less than {_spelled(candidate, Fraction(1))}", asked)


def _grows(candidate: Candidate, pair: Further) -> Counterexample | None:
    less, more = candidate.ask(pair.less.way), candidate.ask(pair.more.way)
    one, other = less.answer.number, more.answer.number
    if one is not None and other is not None and one <= other + _TOLERANCE * candidate.whole:
        return None
    return breach("no less for more of the way", less, more)


@readable
@attrs.frozen
class Further:
    """Two values on one way, the second no less far."""

    less: Part
    more: Part


def _is_refused(candidate: Candidate, way: Way) -> Counterexample | None:
    return is_refused(candidate, way, what="score")


def _is_close(candidate: Candidate, asked: Question, share: Fraction) -> bool:
    found, wanted = asked.answer.number, share * candidate.whole
    return found is not None and abs(found - wanted) <= _TOLERANCE * candidate.whole * max(abs(share), Fraction(1))


def _spelled(candidate: Candidate, share: Fraction) -> str:
    return str(share * candidate.whole) if candidate.numbers is Fraction else f"{float(share * candidate.whole):.15g}"


def _ways(*pairs: tuple[str, str]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(start), Fraction(end)) for start, end in pairs)


_RISING: Final = _ways(("0", "10"), ("8", "9"), ("80", "90"), ("8", "9.2"), ("50", "99"), ("41", "50"))
_THROUGH_ZERO: Final = _ways(("-5", "5"), ("-20", "-10"), ("-1", "0"), ("0", "1"))
_FALLING: Final = _ways(("10", "6"), ("9", "8"), ("5", "-5"), ("0.5", "0.1"), ("40", "0"))
_EVERY_WAY: Final = (*_RISING, *_THROUGH_ZERO, *_FALLING)
_BETWEEN: Final = (Fraction(1, 2), Fraction(1, 4), Fraction(7, 10), Fraction(1, 20), Fraction(1, 8))
_MANY: Final = (*_BETWEEN, *THRESHOLDS)
_JUST_SHORT: Final = tuple(1 - Fraction(4, 10**places) for places in (2, 3, 4, 5))


def _parts(ways: tuple[tuple[Fraction, Fraction], ...], shares: tuple[Fraction, ...]) -> tuple[Part, ...]:
    """Return every share of every way: the first of each way first."""
    return tuple(Part(start, end, share) for share in shares for start, end in ways)


def _all_parts(shares: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Part]:
    return st.builds(_part, everyday_ways(), shares)


def _part(way: tuple[Fraction, Fraction], share: Fraction) -> Part:
    return Part(*way, share)


def _on_a_threshold(found: tuple[Fraction, Fraction, Fraction]) -> Part:
    start, end, value = found
    return Part(start, end, (value - start) / (end - start))


def _further(one: Part, share: Fraction) -> Further:
    return Further(one, attrs.evolve(one, share=max(one.share, share)))


def _equal_ends(both: Fraction, value: Fraction) -> Way:
    return Way(both, both, value)


_ON_THRESHOLDS: Final = tuple(
    Part(start, end, share)
    for start, end in (*_ways(("8", "9")), *_RISING, *_FALLING, *_THROUGH_ZERO)
    for share in THRESHOLDS
)  # fmt: skip
_SHARES: Final = everyday_shares()

SCORE_LAWS: Final = (
    Law(
        name="baseline-scores-0",
        rule="KR-1",
        says="the baseline scores 0",
        check=_is_exactly,
        cases=_parts(_EVERY_WAY, (Fraction(0),)),
        more=_all_parts(st.just(Fraction(0))),
    ),
    Law(
        name="target-scores-1",
        rule="KR-1",
        says="the target scores 1",
        check=_is_exactly,
        cases=_parts(_EVERY_WAY, (Fraction(1),)),
        more=_all_parts(st.just(Fraction(1))),
    ),
    Law(
        name="linear-between",
        rule="KR-1",
        says="between them the score is the share of the way",
        check=_comes_to,
        cases=_parts(_EVERY_WAY, _BETWEEN),
        more=_all_parts(_SHARES),
    ),
    Law(
        name="falls-as-it-rises",
        rule="KR-1",
        says="a way down scores like the same way up",
        check=_comes_to_either_way,
        cases=_parts(
            (*_ways(("6", "10"), ("8", "9"), ("-5", "5"), ("0.1", "0.5")), *_RISING), (*_BETWEEN, *THRESHOLDS)
        ),
        more=_all_parts(_SHARES),
    ),
    Law(
        name="same-in-every-unit",
        rule="KR-1",
        says="in another unit the score is the same",
        check=_comes_to_in_every_unit,
        cases=_parts(_RISING, _MANY),
        more=_all_parts(_SHARES),
    ),
    Law(
        name="exact-on-thresholds",
        rule="NUM-3",
        says="a value that lies on a threshold has reached it",
        check=_is_judged,
        cases=_ON_THRESHOLDS,
        more=on_thresholds().map(_on_a_threshold),
    ),
    Law(
        name="never-rounded-up",
        rule="NUM-3",
        says="what is short of the target scores less than 1",
        check=_is_short,
        cases=_parts((*_RISING, *_FALLING), _JUST_SHORT),
        more=_all_parts(one_from(_JUST_SHORT)),
    ),
    Law(
        name="past-the-target",
        rule="KR-2",
        says="past the target the score is more than 1",
        check=_comes_to,
        cases=_parts(_EVERY_WAY, (Fraction(3, 2), Fraction(101, 100), Fraction(3))),
        more=_all_parts(everyday_shares(most=3).map(lambda share: share + 1)),
    ),
    Law(
        name="behind-the-baseline",
        rule="KR-2",
        says="behind the baseline the score is less than 0",
        check=_comes_to,
        cases=_parts(_EVERY_WAY, (Fraction(-1, 2), Fraction(-1, 100), Fraction(-2))),
        more=_all_parts(everyday_shares(most=3).map(lambda share: -share)),
    ),
    Law(
        name="more-never-scores-less",
        rule="KR-7",
        says="more of the way never scores less",
        check=_grows,
        cases=tuple(_further(each, Fraction(9, 10)) for each in _parts(_EVERY_WAY, _BETWEEN)),
        more=st.builds(_further, _all_parts(_SHARES), _SHARES),
    ),
    Law(
        name="equal-ends-are-refused",
        rule="KR-3",
        says="where the target is the baseline there is no score",
        check=_is_refused,
        cases=tuple(_equal_ends(Fraction(both), Fraction(value)) for both, value in ((5, 5), (8, 9), (9, 8), (0, 0))),
        more=st.builds(_equal_ends, everyday_numbers(), everyday_numbers()),
    ),
    Law(
        name="no-reading-no-score",
        rule="KR-4",
        says="where nothing was read (None) there is no score",
        check=_is_refused,
        cases=tuple(Way(start, end, None) for start, end in _EVERY_WAY),
        more=None,
    ),
    Law(
        name="no-baseline-no-score",
        rule="KR-4",
        says="while the baseline is not known (None) there is no score",
        check=_is_refused,
        cases=tuple(Way(None, end, end) for _, end in _EVERY_WAY),
        more=None,
    ),
    Law(
        name="not-a-number-is-refused",
        rule="NUM-2",
        says="a value that is no number (NaN) has no score",
        check=_is_refused,
        cases=tuple(Way(start, end, nan) for start, end in _EVERY_WAY),
        more=None,
    ),
    Law(
        name="same-answer-each-time",
        rule="REV-2",
        says="the same question gets the same answer",
        check=lambda candidate, part: is_steady(candidate, part.way),
        cases=_parts(_EVERY_WAY, _BETWEEN),
        more=_all_parts(_SHARES),
    ),
)
"""What every score has to do."""
