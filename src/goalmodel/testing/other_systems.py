"""Plain facts, the policies of other systems, and profiles made of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from goalmodel.key_result import Trajectory
from goalmodel.measure import Aggregation
from goalmodel.objective import Unscored
from goalmodel.profiles import (
    PROFILES,
    Answer,
    Band,
    Basis,
    DayCount,
    Edge,
    Expected,
    Facts,
    Formula,
    Kept,
    Lasting,
    Light,
    Method,
    Phase,
    Profile,
    Progress,
    Question,
    RolledUp,
    Rounding,
    Shown,
    Undefined,
    Word,
    Wording,
    Words,
)
from goalmodel.testing.figures import exact_numbers

_SMALL: Final = st.sampled_from([Fraction(number, 2) for number in range(-4, 21)])
_NUMBERS: Final = st.one_of(_SMALL, exact_numbers())
_SOME: Final = st.one_of(st.none(), _NUMBERS)
_SMALL_IF_ANY: Final = st.sampled_from([None, *(Fraction(number, 2) for number in range(-4, 21))])
_TRAJECTORIES: Final = st.sampled_from(
    (Trajectory.linear(), Trajectory.at_the_end(), Trajectory.back_loaded(), Trajectory.front_loaded())
)
_SHARES: Final = st.one_of(st.sampled_from([Fraction(number, 10) for number in range(-5, 16)]), exact_numbers())
_SAID: Final = ("on track", "not started", "MAKE", "red", "green")


def facts() -> st.SearchStrategy[Facts]:
    """Return facts of every kind, most of them missing, and wholes of parts that are wholes."""
    return st.one_of(_facts(st.just(())), _facts(st.lists(_facts(st.just(())), max_size=4)), _ways())


def _ways() -> st.SearchStrategy[Facts]:
    """Return facts of a way and where it has come, often back at its start, at its end or nowhere at all."""
    return st.builds(Facts, baseline=_SMALL, target=_SMALL, value=_SMALL, expected=st.one_of(st.none(), _SHARES))


def _facts(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Facts]:
    return st.builds(
        Facts,
        baseline=_SOME,
        target=_SOME,
        value=_SOME,
        low=_SMALL_IF_ANY,
        high=_SMALL_IF_ANY,
        watch_low=_SMALL_IF_ANY,
        watch_high=_SMALL_IF_ANY,
        points=st.lists(st.tuples(_SMALL, _SHARES), max_size=2),
        falling=st.one_of(st.none(), st.booleans()),
        strict=st.booleans(),
        whole=st.booleans(),
        history=st.lists(_SMALL_IF_ANY, max_size=4),
        planned=st.one_of(st.none(), st.integers(1, 20)),
        progress=st.one_of(st.none(), _SHARES),
        expected=st.one_of(st.none(), _SHARES),
        day=st.one_of(st.none(), st.integers(1, 100)),
        days=st.one_of(st.none(), st.integers(1, 100)),
        elapsed=st.one_of(st.none(), _SHARES),
        trajectory=st.one_of(st.none(), _TRAJECTORIES),
        phase=st.sampled_from(Phase),
        aspirational=st.booleans(),
        word=st.one_of(st.none(), st.sampled_from(_SAID)),
        limits=st.booleans(),
        weight=st.one_of(st.just(Fraction(1)), _NUMBERS),
        children=children,
    )


def shown() -> st.SearchStrategy[Shown]:
    """Return ways to round."""
    return st.builds(Shown, st.integers(0, 8), st.sampled_from(Rounding))


def progress_policies() -> st.SearchStrategy[Progress]:
    """Return ways to say how far a goal has come."""
    exponents = st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(3), Fraction(7, 3)))
    formulas = st.sampled_from(Formula)
    return st.builds(
        Progress,
        named=st.lists(st.tuples(st.sampled_from(_SAID), _SHARES), max_size=2),
        counted=st.sampled_from(Aggregation),
        rising=formulas,
        falling=formulas,
        baseless=st.one_of(st.none(), formulas),
        in_range=st.one_of(st.none(), formulas),
        above_zero=st.booleans(),
        undefined=st.sampled_from(Undefined),
        exponents=st.tuples(exponents, exponents),
        table=st.sampled_from(((), ((0, 1), (1, 0)), ((0, Fraction(1, 3)), (1, Fraction(2, 3))))),
        valueless=st.one_of(st.none(), _SHARES),
        least=st.one_of(st.none(), _SHARES),
        most=st.one_of(st.none(), _SHARES),
        shown=st.one_of(st.none(), shown()),
    )


def kept_policies() -> st.SearchStrategy[Kept]:
    """Return ways to call a goal met."""
    shares = st.fractions(0, 1, max_denominator=20)
    return st.builds(Kept, tolerance=shares, edge=st.sampled_from(Edge), share=shares, aspirational=shares)


def expected_policies() -> st.SearchStrategy[Expected]:
    """Return ways to expect."""
    rounded = st.one_of(st.none(), shown())
    return st.builds(
        Expected, day_count=st.sampled_from(DayCount), trajectory=_TRAJECTORIES, whole=rounded, fine=rounded
    )


def said_words() -> st.SearchStrategy[Word]:
    """Return words that say something about a goal."""
    return st.builds(Word, st.sampled_from(_SAID), st.sampled_from(Light))


def bands() -> st.SearchStrategy[Band]:
    """Return words with where they begin."""
    return st.builds(
        Band,
        word=said_words(),
        start=st.one_of(st.none(), _SHARES),
        above=st.booleans(),
        end=st.one_of(st.none(), _SHARES),
    )


def wordings() -> st.SearchStrategy[Wording]:
    """Return words for one number."""
    return st.builds(
        Wording,
        basis=st.sampled_from(Basis),
        bands=st.lists(bands(), max_size=4),
        phase=st.one_of(st.none(), st.sampled_from(Phase)),
        aspirational=st.one_of(st.none(), st.booleans()),
        given=st.one_of(st.none(), st.sampled_from(_SAID)),
        early=st.sampled_from((Fraction(0), Fraction(1, 5))),
    )


def lastings() -> st.SearchStrategy[Lasting]:
    """Return how long levels may hold over."""
    return st.builds(
        Lasting,
        on_after=st.integers(1, 3),
        off_after=st.integers(1, 3),
        deadband=st.sampled_from((0, 1, Fraction(1, 2))),
    )


def word_policies() -> st.SearchStrategy[Words]:
    """Return what goals are called."""
    missing = st.one_of(st.none(), said_words())
    return st.builds(
        Words,
        wordings=st.lists(wordings(), max_size=3),
        lasting=st.one_of(st.none(), lastings()),
        targetless=missing,
        valueless=missing,
    )


def rolled_up_policies() -> st.SearchStrategy[RolledUp]:
    """Return ways to make one of many."""
    bounds = st.one_of(st.none(), _SHARES)
    return st.builds(
        RolledUp,
        method=st.sampled_from(Method),
        order=st.lists(said_words(), max_size=3),
        of_words=st.sampled_from(Method),
        limited=st.booleans(),
        of_values=st.booleans(),
        correlation=st.fractions(0, 1, max_denominator=10),
        named_weights=st.lists(st.tuples(st.sampled_from(_SAID), _SHARES), max_size=2),
        equal_weights=st.booleans(),
        drops_weightless=st.booleans(),
        unscored=st.sampled_from(Unscored),
        nothing=st.one_of(st.none(), _SHARES, said_words()),
        least_part=bounds,
        most_part=bounds,
        part_shown=st.one_of(st.none(), shown()),
        reserve=st.fractions(0, 1, max_denominator=10),
        least=bounds,
        most=bounds,
        shown=st.one_of(st.none(), shown()),
    )


def profiles() -> st.SearchStrategy[Profile]:
    """Return the profiles there are, and any that could be."""
    return st.one_of(
        st.sampled_from(tuple(PROFILES.values())),
        st.builds(
            Profile,
            name=st.just("a system"),
            source=st.just("https://example.com/rules"),
            read=st.just(dt.date(2026, 9, 30)),
            progress=st.one_of(st.none(), progress_policies()),
            words=st.one_of(st.none(), word_policies()),
            kept=st.one_of(st.none(), kept_policies()),
            expected=st.one_of(st.none(), expected_policies()),
            roll_up=st.one_of(st.none(), rolled_up_policies()),
        ),
    )


def answers() -> st.SearchStrategy[Answer]:
    """Return what systems say of facts."""
    return st.builds(Profile.answer, profiles(), facts(), st.sampled_from(Question))
