"""The laws of pace: how a way is done against what is expected by now, the same on each day."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import nan
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate, Question
from goalmodel.testing.laws.everyday import everyday_shares, everyday_ways
from goalmodel.testing.laws.law import Counterexample, Law, breach, is_no_word, is_steady


@readable
@attrs.frozen
class Underway:
    """What pace is about.

    Attributes:
        baseline: Where it starts.
        target: Where it is to come.
        value: Where it is; None where nothing was read, or NaN.
        elapsed: Which share of the time is over, from 0 to 1.
    """

    baseline: Fraction
    target: Fraction
    value: Fraction | float | None
    elapsed: Fraction


@readable
@attrs.frozen
class Moment:
    """A way, what share of it is done, and what share of the time is over."""

    start: Fraction
    end: Fraction
    share: Fraction
    elapsed: Fraction

    @property
    def underway(self) -> Underway:
        """The same with the value that lies there."""
        return Underway(self.start, self.end, self.start + self.share * (self.end - self.start), self.elapsed)

    def turned(self) -> Moment:
        """Return the same share of the same way walked from its end to its start."""
        return attrs.evolve(self, start=self.end, end=self.start)

    def times(self, factor: int) -> Moment:
        """Return the same in a unit so many times smaller."""
        return attrs.evolve(self, start=self.start * factor, end=self.end * factor)


@readable
@attrs.frozen
class Pair:
    """Two moments of one way that are to be compared."""

    one: Moment
    other: Moment


def _as_expected(candidate: Candidate, moment: Moment) -> Counterexample | None:
    """Break where as far as expected is not called what it is called half of the way from 0 to 10."""
    usual, asked = candidate.ask(_HALF_WAY.underway), candidate.ask(moment.underway)
    word, found = candidate.place(usual.answer), candidate.place(asked.answer)
    if word is None or word == len(candidate.words) - 1:
        return breach("one of its words for who is as far as expected, and not the last of them", usual)
    return None if found == word else breach(repr(candidate.words[word]), usual, asked)


def _starts_well(candidate: Candidate, moment: Moment) -> Counterexample | None:
    asked = candidate.ask(moment.underway)
    place = candidate.place(asked.answer)
    is_worst = place == len(candidate.words) - 1
    return breach("no pace yet, or not the last of its words", asked) if is_worst or asked.answer.is_accident else None


def _is_no_better(candidate: Candidate, pair: Pair) -> Counterexample | None:
    one, other = candidate.ask(pair.one.underway), candidate.ask(pair.other.underway)
    worse, better = candidate.place(one.answer), candidate.place(other.answer)
    if worse is not None and better is not None and better <= worse:
        return None
    return breach("words, the first no better than the second", one, other)


def _is_alike(candidate: Candidate, moment: Moment) -> Counterexample | None:
    return _same(candidate, candidate.ask(moment.underway), candidate.ask(moment.turned().underway))


def _is_same_in_every_unit(candidate: Candidate, moment: Moment) -> Counterexample | None:
    asked = candidate.ask(moment.underway)
    for factor in (10, 60, 1_000):
        found = _same(candidate, asked, candidate.ask(moment.times(factor).underway))
        if found is not None:
            return found
    return None


def _same(candidate: Candidate, one: Question, other: Question) -> Counterexample | None:
    word = candidate.place(one.answer)
    return None if word is not None and word == candidate.place(other.answer) else breach("one word twice", one, other)


def _has_no_pace(candidate: Candidate, underway: Underway) -> Counterexample | None:
    return is_no_word(candidate, underway, what="pace")


_HALF_WAY: Final = Moment(Fraction(0), Fraction(10), Fraction(1, 2), Fraction(1, 2))
_WAYS: Final = tuple(
    (Fraction(start), Fraction(end))
    for start, end in (("0", "10"), ("8", "9"), ("80", "90"), ("50", "99"), ("-5", "5"), ("0", "1"))
)  # fmt: skip
_FALLING: Final = tuple(
    (Fraction(start), Fraction(end)) for start, end in (("10", "6"), ("9", "8"), ("5", "-5"), ("40", "0"))
)
_TIMES: Final = tuple(map(Fraction, ("0.7", "0.5", "0.3", "0.6", "0.9", "0.8", "0.2")))
_SHARES: Final = tuple(map(Fraction, ("0.5", "0.7", "0.1", "0.8")))


def _moments(ways: tuple[tuple[Fraction, Fraction], ...]) -> tuple[Moment, ...]:
    return tuple(Moment(*way, share, time) for way, time, share in product(ways, _TIMES[:3], _SHARES))


def _as_far_as_expected(ways: tuple[tuple[Fraction, Fraction], ...]) -> tuple[Moment, ...]:
    return tuple(_on_expectation(way, time) for way, time in product(ways, _TIMES))


def _a_tenth_off(ways: tuple[tuple[Fraction, Fraction], ...]) -> tuple[Moment, ...]:
    """Return moments a tenth behind and before what is expected, where many a word begins."""
    return tuple(
        Moment(*way, time + off, time) for way, time, off in product(ways, _TIMES, (Fraction(-1, 10), Fraction(1, 10)))
    )


def _on_expectation(way: tuple[Fraction, Fraction], time: Fraction) -> Moment:
    return Moment(*way, time, time)


def _at_the_start(way: tuple[Fraction, Fraction]) -> Moment:
    return Moment(*way, Fraction(0), Fraction(0))


def _some(way: tuple[Fraction, Fraction], share: Fraction, time: Fraction) -> Moment:
    return Moment(*way, share, time)


def _less_and_more(moment: Moment, share: Fraction) -> Pair:
    low, high = sorted((moment.share, share))
    return Pair(attrs.evolve(moment, share=low), attrs.evolve(moment, share=high))


def _later_and_sooner(moment: Moment, time: Fraction) -> Pair:
    early, late = sorted((moment.elapsed, time))
    return Pair(attrs.evolve(moment, elapsed=late), attrs.evolve(moment, elapsed=early))


def _unread(way: tuple[Fraction, Fraction], value: float | None) -> Underway:
    return Underway(*way, value, Fraction(1, 2))


_MANY: Final = (*_moments(_WAYS), *_as_far_as_expected(_WAYS), *_a_tenth_off(_WAYS))
_ANY_SHARE: Final = everyday_shares()
_ANY_TIME: Final = everyday_shares().filter(bool)
_ANY: Final = st.builds(_some, everyday_ways(), _ANY_SHARE, _ANY_TIME)

PACE_LAWS: Final = (
    Law(
        name="as-expected-is-one-word",
        rule="KR-9",
        says="who is exactly as far as expected is called one thing, at any time and on any way",
        check=_as_expected,
        cases=_as_far_as_expected((*_WAYS, *_FALLING)),
        more=st.builds(_on_expectation, everyday_ways(), _ANY_TIME),
    ),
    Law(
        name="start-is-not-behind",
        rule="KR-9",
        says="nothing is expected at the start, so that nobody is behind there",
        check=_starts_well,
        cases=tuple(map(_at_the_start, (*_WAYS, *_FALLING))),
        more=everyday_ways().map(_at_the_start),
    ),
    Law(
        name="more-is-never-worse",
        rule="KR-9",
        says="who is further on the same day is called nothing worse",
        check=_is_no_better,
        cases=tuple(_less_and_more(moment, Fraction(11, 10)) for moment in _moments((*_WAYS, *_FALLING))),
        more=st.builds(_less_and_more, _ANY, _ANY_SHARE),
    ),
    Law(
        name="later-is-never-better",
        rule="KR-9",
        says="who is as far on a later day is called nothing better",
        check=_is_no_better,
        cases=tuple(_later_and_sooner(moment, Fraction(1)) for moment in _moments((*_WAYS, *_FALLING))),
        more=st.builds(_later_and_sooner, _ANY, _ANY_TIME),
    ),
    Law(
        name="falls-as-it-rises",
        rule="KR-9",
        says="a way down has the pace of the same way up",
        check=_is_alike,
        cases=_MANY,
        more=_ANY,
    ),
    Law(
        name="same-in-every-unit",
        rule="KR-9",
        says="in another unit the pace is the same",
        check=_is_same_in_every_unit,
        cases=_MANY,
        more=_ANY,
    ),
    Law(
        name="no-reading-no-pace",
        rule="KR-9",
        says="where nothing was read (None) there is no pace: none of the words",
        check=_has_no_pace,
        cases=tuple(_unread(way, None) for way in _WAYS),
        more=None,
    ),
    Law(
        name="equal-ends-are-refused",
        rule="KR-3",
        says="where the target is the baseline there is no pace",
        check=_has_no_pace,
        cases=tuple(Underway(both, both, both, Fraction(1, 2)) for both, _ in _WAYS),
        more=everyday_ways().map(lambda way: Underway(way[0], way[0], way[1], Fraction(1, 2))),
    ),
    Law(
        name="not-a-number-is-refused",
        rule="NUM-2",
        says="a value that is no number (NaN) has no pace",
        check=_has_no_pace,
        cases=tuple(_unread(way, nan) for way in _WAYS),
        more=None,
    ),
    Law(
        name="same-answer-each-time",
        rule="REV-2",
        says="the same question gets the same answer",
        check=lambda candidate, moment: is_steady(candidate, moment.underway),
        cases=_moments(_WAYS),
        more=_ANY,
    ),
)
"""What every formula that says how fast it goes has to do."""
