"""What a commit may become: held in a share, in stages, amended, carried over; and what can be said beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import cast

import attrs
from hypothesis import strategies as st

from goalmodel.commit import (
    Allowance,
    Amendment,
    AsAWhole,
    ChangeOfKind,
    Commit,
    CommitRisk,
    Counted,
    GoalKind,
    Held,
    Staged,
    Standard,
)
from goalmodel.measure import Aggregation, Cadence, Measure, Series
from goalmodel.testing.fields import built, dates
from goalmodel.testing.figures import near, numbers, shares
from goalmodel.testing.goals import commits, standards
from goalmodel.testing.measuring import series


def holds(*, since: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[Held]:
    """Return holds: throughout, and in any share of the readings or of the time.

    Args:
        since: First day of the window; any where None.
    """
    return built(Held, since=since, share=st.one_of(st.just(1), shares().filter(bool)))


def stageds(
    *, by: st.SearchStrategy[dt.date] | None = None, standard: st.SearchStrategy[Standard] | None = None
) -> st.SearchStrategy[Staged]:
    """Return standards in stages, one to four of them.

    Args:
        by: Dates of the stages; any where None. It must be able to give four different ones.
        standard: What has to be reached by then; any standard where None.
    """
    stages = st.dictionaries(
        dates() if by is None else by, standards() if standard is None else standard, min_size=1, max_size=4
    )
    return st.builds(Staged, stages)


def amendments(
    *,
    on: st.SearchStrategy[dt.date] | None = None,
    standard: st.SearchStrategy[Standard] | None = None,
    until: dt.date = dt.date.max,
) -> st.SearchStrategy[Amendment]:
    """Return amendments: in force at once and later, with and without more support.

    Args:
        on: When they were made; any date where None.
        standard: What is demanded from then on; any standard where None.
        until: The last day on which they may come into force; none of them is made later.
    """
    return (dates() if on is None else on).flatmap(
        lambda made: built(
            Amendment,
            on=st.just(made),
            standard=standards() if standard is None else standard,
            since=st.one_of(st.just(made), st.dates(made, until)),
        )
    )


@st.composite
def amended_commits(
    draw: st.DrawFn, *, commit: st.SearchStrategy[Commit] | None = None, max_amendments: int = 3
) -> Commit:
    """Return commits in every manner there is, never amended, once and several times, up to the due date.

    Args:
        draw: Given by Hypothesis.
        commit: What is amended; any commit, held in any share and in stages, where None.
        max_amendments: Most amendments.
    """
    found = draw(commits() if commit is None else commit)
    days = st.one_of(st.sampled_from((found.declared_on, found.due)), st.dates(found.declared_on, found.due))
    if commit is None:
        manners = [st.just(found.manner), holds(since=days)]
        if found.declared_on < found.due:
            last = dt.date.fromordinal(found.due.toordinal() - 1)
            manners.append(stageds(by=st.dates(found.declared_on, last)))
        found = attrs.evolve(found, manner=draw(st.one_of(manners)))
    made = draw(st.lists(amendments(on=days, until=found.due), max_size=max_amendments, unique_by=_in_force))
    return attrs.evolve(found, amendments=_that_change_something(found.standard, made))


def readings_about(commit: Commit) -> st.SearchStrategy[Series]:
    """Return readings of the measure of *commit*, on and beside its standards, within and beside its time."""
    standards_ = [standard for _, standard in (*commit.standards, *commit.stages)]
    ends = [end for standard in standards_ for _, end in standard.worded]
    first, last = min(commit.counts_from, commit.declared_on), commit.due
    on = st.one_of(st.sampled_from((first, last)), st.dates(first, last), dates())
    return series(measure=commit.measure, values=st.one_of(near(*ends), numbers()), on=on, max_size=8)


def changes_of_kind(
    *, goal: st.SearchStrategy[str] | None = None, on: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[ChangeOfKind]:
    """Return records of changes of kind, either way.

    Args:
        goal: Ids of the goals; any where None.
        on: When they changed; any date where None.
    """
    pairs = tuple(permutations(GoalKind, 2))
    return st.sampled_from(pairs).flatmap(
        lambda pair: built(ChangeOfKind, goal=goal, on=on, was=st.just(pair[0]), became=st.just(pair[1]))
    )


@st.composite
def commit_risks(draw: st.DrawFn) -> CommitRisk:
    """Return what can be said of commits beforehand: in flight, at risk, beyond saving, and decided."""
    commit = draw(amended_commits())
    readings = draw(readings_about(commit))
    return commit.assess(readings, as_of=draw(st.one_of(st.dates(commit.declared_on, commit.due), dates()))).risk


@st.composite
def allowances(draw: st.DrawFn) -> Allowance:
    """Return what may still go wrong: of readings, of days, and of a sum, used a little and overdrawn.

    Args:
        draw: Given by Hypothesis.
    """
    first = dt.date(2026, 10, 1)
    measure = Measure("anything", aggregation=Aggregation.SUM, lowest=0)
    share = draw(st.sampled_from((Fraction(1, 2), Fraction(9, 10), Fraction(99, 100))))
    manner = draw(
        st.one_of(
            st.just(AsAWhole()),
            st.builds(Held, st.just(first), share=st.just(share), counted=st.sampled_from(Counted)),
        )
    )
    commit = Commit(
        id="commit",
        measure=measure,
        standard=Standard.at_most(draw(st.integers(0, 20))),
        due=first + dt.timedelta(days=draw(st.integers(1, 40))),
        declared_on=first,
        manner=manner,
        cadence=draw(st.sampled_from((None, Cadence.DAILY, Cadence.WEEKLY))),
    )
    known = draw(series(measure=measure, values=st.integers(0, 9), on=st.dates(first, commit.due)))
    found = commit.assess(known, as_of=draw(st.dates(first, commit.due)))
    return cast("Allowance", found.allowance_by(draw(st.integers(1, 30))))


def _in_force(amendment: Amendment) -> tuple[dt.date, dt.date]:
    return amendment.since, amendment.on


def _that_change_something(standard: Standard, made: Sequence[Amendment]) -> list[Amendment]:
    """Return *made* without those that would demand what is demanded already."""
    ordered = sorted(made, key=_in_force)
    before = [standard, *(each.standard for each in ordered)]
    return [each for each, demanded in zip(ordered, before, strict=False) if each.standard != demanded]
