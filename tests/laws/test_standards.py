"""Laws of the mappings to FHIR and OpenSLO: what is lost is named, what is not comes back, junk is one error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeAlias, cast

import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import Commit, GoalModelError, Held, KeyResult, Kpi, Measure, Standard
from goalmodel.commit import AsAWhole, Counted
from goalmodel.errors import NoBaseline, NotReadable, UnknownCode
from goalmodel.interchange import Mapped, document, fhir, openslo
from goalmodel.measure import Aggregation, Cadence, EachPeriod, EachReading, LastDays, LastMonths, Period
from goalmodel.measure.window import fits
from goalmodel.testing import commits, key_results, kpis
from standards import GOAL, SLO

Found: TypeAlias = Any
"""What JSON says."""

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ("", " ", "\ud800", "2026-02-30", "1d", "28d", ">=", "Goal", 10**5_000, [], {}, [[]], [{}], {"a": 1})
    ),
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
SHARES = st.one_of(st.sampled_from(("0.5", "0.95", "0.999")).map(Fraction), st.fractions(0, 1)).filter(
    lambda x: 0 < x < 1
)
ENDS = st.one_of(st.integers(-9, 9), st.fractions(max_denominator=99))
PERCENT = Measure("uptime", unit="percent", lowest=0, highest=100, aggregation=Aggregation.MEAN)


@st.composite
def slos(draw: st.DrawFn) -> Commit:
    """Commits that are an SLO: held in a share, or a share held over every window or as a whole."""
    declared_on = draw(DAYS)
    fields: dict[str, Any] = {
        "id": draw(st.sampled_from(("sla", "Größe 1", "-"))),
        "declared_on": declared_on,
        "due": declared_on + timedelta(days=draw(st.integers(0, 400))),
        "owner": draw(st.sampled_from((None, "team"))),
    }
    since = draw(st.dates(declared_on - timedelta(days=3), fields["due"]))
    if draw(st.booleans()):
        window = draw(
            st.one_of(
                st.just(EachReading()),
                st.builds(LastDays, st.integers(1, 90)),
                st.builds(LastMonths, st.integers(1, 24)),
                st.builds(
                    EachPeriod,
                    st.sampled_from((Period.WEEK, Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR)),
                    starts_in=st.integers(1, 12),
                ),
            )
        )
        manner = AsAWhole() if window == EachReading() else Held(draw(st.sampled_from((declared_on, since))))
        assume(fits(window, max(manner.since if isinstance(manner, Held) else declared_on, declared_on), fields["due"]))
        standard = Standard.at_least(100 * draw(SHARES))
        return Commit(measure=PERCENT, standard=standard, manner=manner, window=window, **fields)
    of_share = draw(st.booleans())
    make = Standard.at_least if of_share else draw(st.sampled_from((Standard.at_least, Standard.at_most)))
    return Commit(
        measure=PERCENT if of_share else Measure("latency"),
        standard=make(100 * draw(SHARES) if of_share else draw(ENDS)),
        manner=Held(since, share=draw(SHARES), counted=draw(st.sampled_from(Counted))),
        cadence=draw(
            st.sampled_from((None, Cadence.DAILY, Cadence(days=7), Cadence(months=3), Cadence.rrule("FREQ=DAILY")))
        ),
        **fields,
    )


def goals() -> st.SearchStrategy[KeyResult | Commit | Kpi]:
    return st.one_of(key_results(), commits(), kpis(), slos())


def _written(goal: KeyResult | Commit | Kpi) -> Mapped[dict[str, Any]]:
    """Return the Goal of FHIR; what has no target yet, or somebody's own rule, is left out."""
    try:
        return fhir.document(goal, subject="Organization/a")
    except (NoBaseline, UnknownCode):
        assume(condition=False)
        raise


def _at(found: Found, pointer: str) -> Found:
    for step in pointer.split("/")[1:]:
        if isinstance(found, list):
            members = cast("list[Any]", found)  # type: ignore[redundant-cast] # not to every checker
            found = members[int(step)] if int(step) < len(members) else None
        else:
            known = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
            found = known.get(step.replace("~1", "/").replace("~0", "~"))
    return found


def _check_losses(mapped: Mapped[Any], given: Found) -> None:
    """Check that what a loss says was given stands there, and that each place is named once, with a reason."""
    for loss in mapped.losses:
        assert _at(given, loss.pointer) == loss.given != loss.kept or type(loss.given) is not type(loss.kept)
        assert str(loss) == f"{loss.pointer}: {loss.why}"
    assert len({loss.pointer for loss in mapped.losses}) == len(mapped.losses)


class TestFhir:
    """A goal is written as FHIR has it, and comes back the same where no loss is named."""

    @given(goals())
    def test_where_no_loss_is_named_it_comes_back(self, goal: KeyResult | Commit | Kpi) -> None:
        there = _written(goal)
        written = json.loads(json.dumps(there.value))
        GOAL.validate(written)
        _check_losses(there, document(goal))
        back = fhir.load(written)
        assert type(back.value) is type(goal)
        assert (back.value == goal) is (not there.losses)
        assert fhir.document(back.value, subject="Organization/a").losses == ()

    @given(goals())
    def test_what_is_lost_of_a_resource_is_named(self, goal: KeyResult | Commit | Kpi) -> None:
        written = {**_written(goal).value, "note": [{"text": "more"}]}
        back = fhir.load(written)
        _check_losses(back, written)
        assert "/note" in {loss.pointer for loss in back.losses}


class TestOpenSlo:
    """A commit is written as OpenSLO has it, and comes back the same where no loss is named."""

    @given(slos())
    def test_where_no_loss_is_named_it_comes_back(self, commit: Commit) -> None:
        there = openslo.document(commit, service="shop")
        written = json.loads(json.dumps(there.value))
        SLO.validate(written)
        _check_losses(there, document(commit))
        back = openslo.load(written, declared_on=commit.declared_on, due=commit.due)
        assert (back.value == commit) is (not there.losses)
        _check_losses(back, written)

    @given(commits())
    def test_what_is_no_slo_is_refused(self, commit: Commit) -> None:
        found = _result_or_error(lambda: openslo.document(commit, service="shop").value)
        if isinstance(found, GoalModelError):
            assert found.goal == commit.id
        else:
            SLO.validate(found)


def _places(found: Found, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    inside: list[tuple[str | int, Found]] = []
    if isinstance(found, dict):
        inside = list(cast("dict[str | int, Any]", found).items())
    elif isinstance(found, list):
        members = cast("list[Any]", found)  # type: ignore[redundant-cast] # not to every checker
        inside = list(enumerate(members))
    for key, each in inside:
        yield from _places(each, (*at, key))


def _spoilt(found: Found, at: tuple[str | int, ...], junk: object) -> Found:
    if not at:
        return junk
    copied = json.loads(json.dumps(found))
    inside = copied
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = junk
    return copied


def _result_or_error(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except GoalModelError as error:
        return error


def _fhir(found: Found) -> object:
    return fhir.load(found)


def _openslo(found: Found) -> object:
    return openslo.load(found, declared_on=date(2026, 2, 1), due=date(2026, 12, 31))


class TestJunk:
    """Whatever stands in a document of another standard, it is read, or refused by one error that says where."""

    @given(st.data())
    @pytest.mark.parametrize("load", [_fhir, _openslo])
    def test_nothing_escapes_but_the_error(self, load: Callable[[Found], object], data: st.DataObject) -> None:
        if load is _fhir:
            written = _written(data.draw(goals())).value
        else:
            written = openslo.document(data.draw(slos()), service="shop").value
        for _ in range(5):
            spoilt = _spoilt(written, data.draw(st.sampled_from(list(_places(written)))), data.draw(JUNK))
            found = _result_or_error(lambda: load(spoilt))  # noqa: B023 - it is called at once
            if isinstance(found, GoalModelError):
                assert str(found).encode()
                assert all(isinstance(problem, NotReadable) for problem in found.problems)
                pointers = [cast("NotReadable", problem).pointer for problem in found.problems]
                assert len(set(pointers)) == len(pointers)
