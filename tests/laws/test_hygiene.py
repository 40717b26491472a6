"""The laws of the linter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations

import attrs
from hypothesis import assume, example, given, strategies as st

import goalmodel as gm
from goalmodel.hygiene import Description, HygienePolicy
from goalmodel.testing import CleanModel, clean_models, reference_periods, values
from goalmodel.trend import Rebasing

EVERYTHING = gm.hygiene.HygienePolicy(select=["KPI", "KR", "COM", "OBJ", "GM"])


@st.composite
def spoiled_models(draw: st.DrawFn) -> CleanModel:
    """Clean models with some of their goals made hard to live with."""
    clean = draw(clean_models())
    spoilers: list[Callable[[gm.GoalModel], gm.GoalModel]] = [
        lambda model: attrs.evolve(model, kpis=[attrs.evolve(each, owner=None) for each in model.kpis]),
        lambda model: attrs.evolve(model, kpis=[attrs.evolve(each, bands=None, serves=()) for each in model.kpis]),
        lambda model: attrs.evolve(model, kpis=[attrs.evolve(each, definition="must be 9") for each in model.kpis]),
        lambda model: attrs.evolve(
            model, key_results=[attrs.evolve(each, baseline=None, owner=None) for each in model.key_results]
        ),
        lambda model: attrs.evolve(
            model, key_results=[attrs.evolve(each, cycle=gm.Cycle.year(1980)) for each in model.key_results[:1]]
        ),
        lambda model: attrs.evolve(
            model, commits=[attrs.evolve(each, support=(), is_speculative=True) for each in model.commits]
        ),
        lambda model: attrs.evolve(model, commits=[_unlike(each, n) for n, each in enumerate(model.commits)]),
        lambda model: attrs.evolve(
            model, objectives=[attrs.evolve(each, title="9 points", owner=None) for each in model.objectives]
        ),
    ]
    model = clean.model
    for spoil in draw(st.lists(st.sampled_from(spoilers), min_size=1, max_size=4)):
        model = spoil(model)
    return CleanModel(model, clean.history, clean.as_of, clean.statements)


def _unlike(commit: gm.Commit, number: int) -> gm.Commit:
    return attrs.evolve(commit, comparable="all", standard=gm.Standard.at_least(number + 1))


def _parsed(texts: Mapping[str, str]) -> dict[str, gm.hygiene.Stated]:
    return {about: gm.parse(text) for about, text in texts.items()}


def everything_in(given_: CleanModel) -> tuple[gm.Finding, ...]:
    """Return what all rules find, the heuristic ones too."""
    model, history, as_of, statements = given_
    return gm.lint(model, history, as_of=as_of, policy=EVERYTHING, statements=_parsed(statements))


def without(model: gm.GoalModel, gone: tuple[str, ...]) -> gm.GoalModel:
    """Return *model* without these goals, and without the links to them."""

    def unlinked(serves: tuple[str, ...]) -> list[str]:
        return [each for each in serves if each not in gone]

    return gm.GoalModel(
        kpis=[attrs.evolve(each, serves=unlinked(each.serves)) for each in model.kpis if each.id not in gone],
        key_results=[
            attrs.evolve(each, serves=unlinked(each.serves)) for each in model.key_results if each.id not in gone
        ],
        commits=[attrs.evolve(each, serves=unlinked(each.serves)) for each in model.commits if each.id not in gone],
        objectives=[
            attrs.evolve(each, serves=unlinked(each.serves)) for each in model.objectives if each.id not in gone
        ],
    )


class TestHYG1:
    """A finding names the goals concerned, says what was found with its facts, why it matters and what to do next;
    what reads words and not structure is marked as heuristic and asked only on request.
    """

    @given(clean=clean_models())
    def test_nothing_is_found_in_a_clean_model(self, clean: CleanModel) -> None:
        assert gm.lint(clean.model, clean.history, as_of=clean.as_of, statements=_parsed(clean.statements)) == ()

    @given(spoiled=spoiled_models())
    def test_a_finding_names_goals_that_exist_and_speaks(self, spoiled: CleanModel) -> None:
        ids = {goal.id for goal in spoiled.model.goals}
        for finding in everything_in(spoiled):
            assert set(finding.goals) <= ids
            assert finding.reason.sentence
            assert finding.rule.next_step in str(finding)
            assert finding.reason.rule == "HYG-1"

    @given(spoiled=spoiled_models())
    def test_taking_away_what_it_names_removes_it(self, spoiled: CleanModel) -> None:
        for finding in everything_in(spoiled)[:3]:
            said = {about: text for about, text in spoiled.statements.items() if about not in finding.goals}
            left = without(spoiled.model, finding.goals)
            again = everything_in(CleanModel(left, spoiled.history, spoiled.as_of, said))
            assert (finding.code, finding.goals) not in [(each.code, each.goals) for each in again]

    @given(spoiled=spoiled_models(), policy=values(HygienePolicy))
    def test_a_policy_asks_just_the_rules_it_selects(
        self, spoiled: CleanModel, policy: gm.hygiene.HygienePolicy
    ) -> None:
        for finding in gm.lint(spoiled.model, spoiled.history, as_of=spoiled.as_of, policy=policy):
            assert not finding.code.startswith(policy.ignore)
            if policy.select:
                assert finding.code.startswith(policy.select)
            else:
                assert not finding.rule.is_heuristic

    @given(
        times=st.lists(st.tuples(st.integers(1, 28), st.integers(0, 9)), max_size=12),
        day=st.integers(1, 37),
        limit=st.integers(1, 4),
    )
    def test_too_many_are_too_many_on_one_day_today_or_to_come(
        self, times: list[tuple[int, int]], day: int, limit: int
    ) -> None:
        first = dt.date(2026, 3, 1).toordinal() - 1
        spans = [(first + start, first + start + length) for start, length in times]
        model = gm.GoalModel(
            objectives=[
                gm.Objective(id=f"{number:02}", title="it gets better", cycle=gm.Cycle(*map(dt.date.fromordinal, span)))
                for number, span in enumerate(spans)
            ]
        )
        policy = HygienePolicy(select=["OBJ401"], most_objectives=limit)
        found = gm.lint(model, as_of=dt.date.fromordinal(first + day), policy=policy)
        each_day = [
            [f"{number:02}" for number, (start, end) in enumerate(spans) if start <= on <= end]
            for on in range(first + day, first + 40)
        ]
        most = max(each_day, key=len)
        assert [each.goals for each in found] == ([tuple(most)] if len(most) > limit else [])

    @given(
        past=st.lists(st.integers(0, 9), max_size=16),
        reference=st.none() | reference_periods(on=st.dates(dt.date(2026, 3, 1), dt.date(2026, 3, 16))),
        rebased=st.none() | st.integers(1, 20),
        start=st.integers(0, 9),
        target=st.fractions(0, 9, max_denominator=4),
    )
    @example(past=[5, 4, 5, 6] * 3 + [8] * 4, reference=None, rebased=None, start=9, target=Fraction(8))
    def test_what_is_usual_before_a_cycle_is_what_was_usual_for_the_kpi_on_its_eve(
        self,
        past: list[int],
        reference: gm.trend.ReferencePeriod | None,
        rebased: int | None,
        start: int,
        target: Fraction,
    ) -> None:
        assume(start != target)
        first, measure = dt.date(2026, 3, 1), gm.Measure("csat")
        read = gm.Series.of(measure, {first + dt.timedelta(days=at): value for at, value in enumerate(past)})
        moved = first + dt.timedelta(days=0 if rebased is None else rebased - 1)
        rebasings = [] if rebased is None else [Rebasing(on=moved, reason="a new survey")]
        kpi = gm.Kpi(id="kpi", measure=measure, reference=reference, rebasings=rebasings)
        cycle = gm.Cycle(first + dt.timedelta(days=20), first + dt.timedelta(days=50))
        key_result = gm.KeyResult(id="kr", measure=measure, baseline=start, target=target, cycle=cycle)
        model = gm.GoalModel(kpis=[kpi], key_results=[key_result])
        policy = HygienePolicy(select=["KR205"], usual_readings=2)
        limits = gm.kpi.KpiHistory(kpi, read).limits(cycle.start)
        since = [Fraction(value) for day, value in read.present if day >= moved]
        beaten = len(since) > 1 and (target < min(since) if target > start else target > max(since))
        expected = limits is not None and (beaten or limits.low <= target <= limits.high)
        assert bool(gm.lint(model, [read], as_of=cycle.start, policy=policy)) == expected

    @given(spoiled=spoiled_models())
    def test_a_review_finds_what_the_linter_finds(self, spoiled: CleanModel) -> None:
        said = spoiled.statements
        seen = gm.review(spoiled.model, spoiled.history, as_of=spoiled.as_of, statements=_parsed(said))
        assert seen.findings == gm.lint(spoiled.model, spoiled.history, as_of=spoiled.as_of, statements=_parsed(said))

    @given(spoiled=spoiled_models())
    def test_what_is_the_same_for_several_goals_is_said_once(self, spoiled: CleanModel) -> None:
        plain = [each for each in everything_in(spoiled) if not each.rule.facts and len(each.goals) > 0]
        assert len({each.code for each in plain}) == len(plain)
        unowned = {each.id for each in spoiled.model.kpis if each.owner is None}
        assert {goal for each in plain if each.code == "KPI105" for goal in each.goals} == unowned

    @given(spoiled=spoiled_models())
    def test_what_follows_from_a_finding_is_not_said_beside_it(self, spoiled: CleanModel) -> None:
        found = everything_in(spoiled)
        moved = {each.id for each in spoiled.model.key_results}
        for each in found:
            for code in each.rule.follows:
                leading = {goal for other in found if other.code == code for goal in other.goals}
                assert not moved & set(each.goals) or not moved & set(each.goals) <= leading

    @given(spoiled=spoiled_models())
    def test_findings_stand_by_code_and_then_by_goals(self, spoiled: CleanModel) -> None:
        found = everything_in(spoiled)
        assert [(each.code, each.goals) for each in found] == sorted((each.code, each.goals) for each in found)


class TestCOM8:
    """Goals of one kind that are held to different standards need a stated rationale, or the linter names the
    difference.
    """

    @given(
        clean=clean_models().filter(lambda clean: len(clean.model.commits) > 1),
        standards=st.lists(st.integers(1, 3), min_size=4, max_size=4),
        rationales=st.lists(st.sampled_from([None, "they close at eight"]), min_size=4, max_size=4),
    )
    def test_the_difference_is_named_unless_everybody_says_why(
        self, clean: CleanModel, standards: list[int], rationales: list[str | None]
    ) -> None:
        commits = [
            attrs.evolve(each, comparable="kind", standard=gm.Standard.at_least(standard), rationale=rationale)
            for each, standard, rationale in zip(clean.model.commits, standards, rationales, strict=False)
        ]
        model = attrs.evolve(clean.model, commits=commits)
        found = gm.lint(model, clean.history, as_of=clean.as_of, policy=gm.hygiene.HygienePolicy(select=["COM305"]))
        differ = any(one.standard != other.standard for one, other in permutations(commits, 2))
        assert bool(found) == (differ and any(each.rationale is None for each in commits))
        assert all(each.goals == tuple(sorted(commit.id for commit in commits)) for each in found)


class TestHYG2:
    """What another house calls a KPI, a goal or a commit is told by what is asked of it, and where the answers
    clash it is ambiguous.
    """

    @given(description=values(Description))
    def test_what_is_owed_is_a_commit_or_ambiguous_and_what_is_watched_a_kpi_or_ambiguous(
        self, description: gm.hygiene.Description
    ) -> None:
        found = gm.hygiene.translate(description)
        if description.must_be_reached:
            assert found.kind in (gm.hygiene.Translation.COMMIT, gm.hygiene.Translation.AMBIGUOUS)
        if description.is_only_watched:
            assert found.kind in (gm.hygiene.Translation.KPI, gm.hygiene.Translation.AMBIGUOUS)
        assert found.reasons

    @given(description=values(Description))
    def test_a_key_result_is_not_owed_and_has_a_target(self, description: gm.hygiene.Description) -> None:
        if gm.hygiene.translate(description).kind is gm.hygiene.Translation.KEY_RESULT:
            assert description.is_being_improved
            assert description.has_target
            assert not description.must_be_reached
