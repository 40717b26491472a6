"""The laws of health: in which zone a value lies."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import nan
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate
from goalmodel.testing.laws.everyday import either, everyday_numbers, one_from
from goalmodel.testing.laws.law import Counterexample, Law, breach, is_no_word, is_steady

_HEALTHY, _WATCH = 0, 1


@readable
@attrs.frozen
class Banded:
    """What health is about.

    Attributes:
        edge: Where the healthy zone ends.
        watch: Where the zone behind it ends: below the edge for a floor, above it for a ceiling.
        value: What was read; None where nothing was, or NaN.
        lower_is_better: Whether the edge is a ceiling.
    """

    edge: Fraction
    watch: Fraction
    value: Fraction | float | None
    lower_is_better: bool = False


@readable
@attrs.frozen
class Spot:
    """Bands, and how far inside the healthy edge a value lies.

    Attributes:
        edge: Where the healthy zone ends.
        width: Of the zone behind it, above 0.
        inside: How far the value lies inside the edge; below 0 outside.
        lower_is_better: Whether the edge is a ceiling.
    """

    edge: Fraction
    width: Fraction
    inside: Fraction
    lower_is_better: bool = False

    def banded(self, factor: int = 1) -> Banded:
        """Return the same in a unit so many times smaller."""
        way = -factor if self.lower_is_better else factor
        edge = self.edge * factor
        return Banded(edge, edge - self.width * way, edge + self.inside * way, self.lower_is_better)

    def place(self, candidate: Candidate) -> int:
        """Return the place of the word for it; formulas of two words know no zone between."""
        if self.inside >= 0:
            return _HEALTHY
        return _WATCH if "watch" in candidate.takes and -self.inside <= self.width else len(candidate.words) - 1


def _has_its_word(candidate: Candidate, spot: Spot) -> Counterexample | None:
    asked, wanted = candidate.ask(spot.banded()), spot.place(candidate)
    return None if candidate.place(asked.answer) == wanted else breach(repr(candidate.words[wanted]), asked)


def _is_same_in_every_unit(candidate: Candidate, spot: Spot) -> Counterexample | None:
    asked = candidate.ask(spot.banded())
    for factor in (10, 60, 1_000):
        again = candidate.ask(spot.banded(factor))
        if candidate.place(again.answer) is None or candidate.place(again.answer) != candidate.place(asked.answer):
            return breach("the same answer both times", asked, again)
    return None


def _is_unknown(candidate: Candidate, banded: Banded) -> Counterexample | None:
    return is_no_word(candidate, banded, what="health")


_BANDS: Final = (
    (Fraction(8), Fraction(1, 2)),
    (Fraction(80), Fraction(10)),
    (Fraction(10), Fraction(3)),
    (Fraction(0), Fraction(5)),
    (Fraction(-5), Fraction(5)),
    (Fraction("99.9"), Fraction("0.9")),
    (Fraction("0.3"), Fraction("0.2")),
)
_LITTLE: Final = tuple(Fraction(4, 10**places) for places in (2, 3, 4))
_ALONG: Final = tuple(map(Fraction, ("1", "50", "0.01", "-100", "-0.1", "0")))


def _on_edge(*, lower: bool = False) -> tuple[Spot, ...]:
    return tuple(Spot(edge, width, Fraction(0), lower) for edge, width in _BANDS)


def _on_watch(*, lower: bool = False) -> tuple[Spot, ...]:
    return tuple(attrs.evolve(_on_the_cut(edge, width), lower_is_better=lower) for edge, width in _BANDS)


def _on_the_cut(edge: Fraction, width: Fraction) -> Spot:
    return Spot(edge, width, -width)


def _along(*, lower: bool = False) -> tuple[Spot, ...]:
    """Return values in every zone, and beside every cut."""
    return tuple(
        Spot(edge, width, inside, lower)
        for edge, width in _BANDS
        for inside in (*_ALONG, -width / 2, -width - Fraction(1, 100), -width + Fraction(1, 100), -width - 1)
    )


def _beside(*, lower: bool = False) -> tuple[Spot, ...]:
    return tuple(Spot(edge, width, -by, lower) for (edge, width), by in product(_BANDS, _LITTLE))


_WIDTHS: Final = everyday_numbers(above_zero=True)


def _spots(inside: st.SearchStrategy[Fraction], *, lower: bool = False) -> st.SearchStrategy[Spot]:
    return st.builds(Spot, everyday_numbers(), _WIDTHS, inside, st.just(lower))


def _unread(value: float | None) -> tuple[Banded, ...]:
    return tuple(Banded(edge, edge - width, value) for edge, width in _BANDS)


_NUMBERS: Final = everyday_numbers()
_EITHER: Final = either(st.just(Fraction(0)), _NUMBERS)

HEALTH_LAWS: Final = (
    Law(
        name="edge-is-healthy",
        rule="KPI-2",
        says="a value on the healthy edge is healthy",
        check=_has_its_word,
        cases=_on_edge(),
        more=_spots(st.just(Fraction(0))),
    ),
    Law(
        name="watch-cut-is-on-watch",
        rule="KPI-2",
        says="a value on the other cut belongs to the healthier side of it",
        check=_has_its_word,
        cases=_on_watch(),
        more=st.builds(_on_the_cut, _NUMBERS, _WIDTHS),
        needs=frozenset({"watch"}),
    ),
    Law(
        name="every-value-has-its-zone",
        rule="KPI-2",
        says="zones cover the whole line, without gap or overlap",
        check=_has_its_word,
        cases=_along(),
        more=_spots(_NUMBERS),
    ),
    Law(
        name="lower-is-better-alike",
        rule="KPI-2",
        says="where lower is better the same holds on the other side",
        check=_has_its_word,
        cases=(*_on_edge(lower=True), *_on_watch(lower=True), *_along(lower=True), *_beside(lower=True)),
        more=_spots(_EITHER, lower=True),
        needs=frozenset({"watch", "lower_is_better"}),
    ),
    Law(
        name="never-rounded-up",
        rule="NUM-3",
        says="what is short of the edge by little is short of it",
        check=_has_its_word,
        cases=_beside(),
        more=_spots(one_from(_LITTLE).map(lambda by: -by)),
    ),
    Law(
        name="same-in-every-unit",
        rule="UNIT-1",
        says="in another unit the answer is the same",
        check=_is_same_in_every_unit,
        cases=(*_on_edge(), *_beside(), *_along()),
        more=_spots(_EITHER),
    ),
    Law(
        name="no-reading-is-unknown",
        rule="KPI-3",
        says="where nothing was read (None) health is unknown: none of the words",
        check=_is_unknown,
        cases=_unread(None),
        more=None,
    ),
    Law(
        name="not-a-number-is-refused",
        rule="NUM-2",
        says="a value that is no number (NaN) is in no zone",
        check=_is_unknown,
        cases=_unread(nan),
        more=None,
    ),
    Law(
        name="same-answer-each-time",
        rule="REV-2",
        says="the same question gets the same answer",
        check=lambda candidate, spot: is_steady(candidate, spot.banded()),
        cases=(*_on_edge(), *_along()),
        more=_spots(_EITHER),
    ),
)
"""What every formula that says how healthy a value is has to do."""
