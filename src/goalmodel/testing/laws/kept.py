"""The laws of kept: whether a value meets a standard."""

from __future__ import annotations

from fractions import Fraction
from math import nan
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate
from goalmodel.testing.laws.everyday import either, everyday_numbers, one_from
from goalmodel.testing.laws.law import Counterexample, Law, breach, is_no_word, is_steady

_KEPT, _NOT_KEPT = 0, 1


@readable
@attrs.frozen
class Owed:
    """What kept is about.

    Attributes:
        standard: What has to be met: at least this, or at most where lower is better.
        value: What was read; None where nothing was, or NaN.
        lower_is_better: Which way is better.
    """

    standard: Fraction
    value: Fraction | float | None
    lower_is_better: bool = False


@readable
@attrs.frozen
class Beyond:
    """A standard, and how far beyond it a value lies; below 0 where it is short of it."""

    standard: Fraction
    by: Fraction
    lower_is_better: bool = False

    def owed(self, factor: int = 1) -> Owed:
        """Return the same in a unit so many times smaller."""
        by = -self.by if self.lower_is_better else self.by
        return Owed(self.standard * factor, (self.standard + by) * factor, self.lower_is_better)


def _is_right(candidate: Candidate, beyond: Beyond) -> Counterexample | None:
    asked = candidate.ask(beyond.owed())
    wanted = _KEPT if beyond.by >= 0 else _NOT_KEPT
    return None if candidate.place(asked.answer) == wanted else breach(repr(candidate.words[wanted]), asked)


def _is_same_in_every_unit(candidate: Candidate, beyond: Beyond) -> Counterexample | None:
    asked = candidate.ask(beyond.owed())
    for factor in (10, 60, 1_000):
        again = candidate.ask(beyond.owed(factor))
        if candidate.place(again.answer) is None or candidate.place(again.answer) != candidate.place(asked.answer):
            return breach("the same answer both times", asked, again)
    return None


def _has_no_verdict(candidate: Candidate, owed: Owed) -> Counterexample | None:
    return is_no_word(candidate, owed, what="verdict")


_STANDARDS: Final = tuple(map(Fraction, ("10", "9", "99.9", "0", "-5", "0.7", "1000")))
_BY_LITTLE: Final = tuple(Fraction(4, 10**places) for places in (2, 3, 4))
_BY_MORE: Final = tuple(map(Fraction, ("1", "0.5", "3", "50")))


def _all(by: tuple[Fraction, ...], *, lower: bool = False) -> tuple[Beyond, ...]:
    return tuple(Beyond(standard, each, lower) for standard in _STANDARDS for each in by)


def _short(by: tuple[Fraction, ...], *, lower: bool = False) -> tuple[Beyond, ...]:
    return _all(tuple(-each for each in by), lower=lower)


def _any(by: st.SearchStrategy[Fraction], *, lower: bool = False) -> st.SearchStrategy[Beyond]:
    return st.builds(Beyond, everyday_numbers(), by, st.just(lower))


_ON: Final = (Fraction(0),)
_MORE: Final = everyday_numbers(above_zero=True)
_EITHER: Final = either(st.just(Fraction(0)), everyday_numbers())

KEPT_LAWS: Final = (
    Law(
        name="on-the-standard-is-kept",
        rule="COM-1",
        says="a value that lies on the standard meets it",
        check=_is_right,
        cases=_all(_ON),
        more=_any(st.just(Fraction(0))),
    ),
    Law(
        name="short-is-not-kept",
        rule="COM-1",
        says="a value that is short of the standard does not meet it",
        check=_is_right,
        cases=_short(_BY_MORE),
        more=_any(_MORE.map(lambda by: -by)),
    ),
    Law(
        name="beyond-is-kept",
        rule="COM-2",
        says="a value beyond the standard meets it, no more and no less",
        check=_is_right,
        cases=_all((*_BY_MORE, *_BY_LITTLE)),
        more=_any(_MORE),
    ),
    Law(
        name="never-rounded-up",
        rule="NUM-3",
        says="what is short by little is short",
        check=_is_right,
        cases=_short(_BY_LITTLE),
        more=_any(one_from(_BY_LITTLE).map(lambda by: -by)),
    ),
    Law(
        name="at-most-is-judged-alike",
        rule="COM-1",
        says="where lower is better the same holds below the standard",
        check=_is_right,
        cases=(*_all(_ON, lower=True), *_all(_BY_MORE, lower=True), *_short((*_BY_MORE, *_BY_LITTLE), lower=True)),
        more=_any(_EITHER, lower=True),
        needs=frozenset({"lower_is_better"}),
    ),
    Law(
        name="same-in-every-unit",
        rule="UNIT-1",
        says="in another unit the answer is the same",
        check=_is_same_in_every_unit,
        cases=(*_all(_ON), *_short((*_BY_LITTLE, *_BY_MORE))),
        more=_any(_EITHER),
    ),
    Law(
        name="no-reading-no-verdict",
        rule="COM-1",
        says="where nothing was read (None) nobody knows: it is neither",
        check=_has_no_verdict,
        cases=tuple(Owed(standard, None) for standard in _STANDARDS),
        more=None,
    ),
    Law(
        name="not-a-number-is-refused",
        rule="NUM-2",
        says="a value that is no number (NaN) has no verdict",
        check=_has_no_verdict,
        cases=tuple(Owed(standard, nan) for standard in _STANDARDS),
        more=None,
    ),
    Law(
        name="same-answer-each-time",
        rule="REV-2",
        says="the same question gets the same answer",
        check=lambda candidate, beyond: is_steady(candidate, beyond.owed()),
        cases=(*_all(_ON), *_short(_BY_MORE)),
        more=_any(_EITHER),
    ),
)
"""What every formula that says whether a standard was kept has to do."""
