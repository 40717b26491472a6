"""What a review finds beside its verdicts, by hand; and the ways of going back that ask for more."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

from goalmodel import (
    Aggregation,
    AsAWhole,
    Cadence,
    Commit,
    Continue,
    Cycle,
    Demote,
    GoalModel,
    HealthBands,
    Held,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    OnDueDate,
    Polarity,
    Policy,
    Reached,
    Reading,
    Review,
    Series,
    Standard,
    TrendPolicy,
    decide_demotion,
    review,
    reviews,
)
from goalmodel.changes import Aspect, ReviewChange
from goalmodel.errors import NoLevel, NotANumber, OutOfBounds, WrongType
from goalmodel.externality import ExternalityLink, ExternalityPolicy
from goalmodel.key_result import Origin, Sum, carry_over
from goalmodel.kpi import CompositeKpi
from goalmodel.lifecycle import ContradictionKind, DemotionPolicy, FocusPolicy, demotion_of, new_kpi, next_cycle
from goalmodel.measure import FigurePolicy, Number
from goalmodel.trend import ProcessLimits, SigmaRule, Steps

FIRST = dt.date(2026, 1, 1)
QUALITY = Measure("quality")
BANDS = HealthBands.at_least(8, watch=7)
KPI = Kpi(id="quality", measure=QUALITY, bands=BANDS)
NO_SIGNAL = TrendPolicy(usual=SigmaRule(1000), direction=Steps(1000))


def _day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def _daily(measure: Measure, *values: Number | None) -> Series:
    return Series.of(measure, {_day(at): value for at, value in enumerate(values) if value is not None})


def _key_result(name: str, measure: Measure | None = None, **more: object) -> KeyResult:
    cycle = Cycle(FIRST, _day(99))
    made: Any = KeyResult(id=name, measure=measure or Measure(name), baseline=0, target=4, cycle=cycle)
    evolved: KeyResult = attrs.evolve(made, **more)
    return evolved


def _release(**more: object) -> Commit:
    made: Any = Commit(
        manner=Reached(),
        id="release",
        measure=Measure("release"),
        standard=Standard.done(),
        due=_day(9),
        declared_on=_day(0),
    )
    evolved: Commit = attrs.evolve(made, **more)
    return evolved


def _seen(model: GoalModel, *history: Series, day: int = 5, trend: TrendPolicy = NO_SIGNAL) -> Review:
    return review(model, history, as_of=_day(day), policy=Policy(trend=trend))


FALLS = TrendPolicy(usual=SigmaRule(1000), direction=Steps(1))


def _fell(model: GoalModel, *history: Series, day: int = 5, trend: TrendPolicy = FALLS) -> Review:
    return review(model, history, as_of=_day(day), policy=Policy(trend=trend))


class TestExternalities:
    """What harmed what, as far as anybody can see."""

    WORSE = _daily(QUALITY, 9, None, None, None, None, 6)

    @pytest.mark.parametrize(
        ("standard", "values", "code"),
        [
            (Standard.done(), (0, None, 1), "externality-came-nearer"),
            (Standard.at_least(10), (1, None, 6), "externality-came-nearer"),
            (Standard.at_least(10), (1, None, 10), "externality-came-nearer"),
        ],
    )
    def test_name_a_commit_that_moved_forward(
        self, standard: Standard, values: tuple[Number | None, ...], code: str
    ) -> None:
        commit = _release(standard=standard)
        initiative = Initiative(id="i", title="Automate", serves=("release", "quality"))
        model = GoalModel(kpis=[KPI], commits=[commit], initiatives=[initiative])
        (found,) = _fell(model, self.WORSE, _daily(commit.measure, *values)).externalities.found
        assert [(each.goal, each.link, each.reason.code) for each in found.linked] == [
            ("release", ExternalityLink.SHARES, code)
        ]
        assert all(each.reason.sentence for each in found.linked)
        unlinked = GoalModel(kpis=[KPI], commits=[commit])
        (counted,) = _fell(unlinked, self.WORSE, _daily(commit.measure, *values)).externalities.found
        assert (counted.linked, counted.others) == ((), 1)
        assert str(counted).endswith("1 more goal moved forward on some of these days")

    @pytest.mark.parametrize(
        ("standard", "values", "unseen"),
        [
            (Standard.done(), (), ["release"]),
            (Standard.done(), (None, None, 0), ["release"]),
            # One figure shows no movement, whether it meets the standard or not.
            (Standard.done(), (None, None, 1), ["release"]),
            (Standard.at_least(10), (6, None, 6), []),
            (Standard.at_least(10), (11, None, 10), []),
            (Standard.at_least(10), (10, None, 4), []),
        ],
    )
    def test_name_no_commit_that_did_not(
        self, standard: Standard, values: tuple[Number | None, ...], unseen: list[str]
    ) -> None:
        commit = _release(standard=standard)
        found = _fell(GoalModel(kpis=[KPI], commits=[commit]), self.WORSE, _daily(commit.measure, *values))
        assert found.externalities.found == ()
        assert [dict(why.facts)["goal"] for why in found.externalities.unseen] == unseen

    @pytest.mark.parametrize("more", [{"due": _day(0)}, {"declared_on": _day(7)}, {"manner": Held(_day(8))}])
    def test_ask_no_commit_whose_time_is_over_or_still_to_come(self, more: dict[str, object]) -> None:
        commit = _release(**more)
        model = GoalModel(kpis=[KPI], commits=[commit])
        found = review(model, [self.WORSE], as_of=_day(5 if "due" not in more else 300))
        assert "release" not in [dict(why.facts).get("goal") for why in found.externalities.unseen]

    def test_ask_no_key_result_whose_cycle_is_over_or_still_to_come(self) -> None:
        later = _key_result("later", cycle=Cycle(_day(50), _day(60)))
        model = GoalModel(kpis=[KPI], key_results=[later])
        assert [_fell(model, day=day).externalities.unseen[1:] for day in (5, 200)] == [(), ()]

    def test_put_what_the_kpi_feeds_first_then_what_shares_a_goal_then_the_longest_overlap(
        self,
    ) -> None:
        kpi = attrs.evolve(KPI, serves=("z feeds", "o"))
        names = ("z feeds", "y shares", "x shares", "a long", "b short")
        moved = [_key_result(name, serves="o" if name == "y shares" else ()) for name in names]
        model = GoalModel(
            kpis=[kpi],
            key_results=moved,
            objectives=[Objective(id="o", title="Glad")],
            initiatives=[Initiative(id="i", title="Automate", serves=("x shares", "quality"))],
        )
        until = {"b short": 3}
        history = [Series.of(each.measure, {_day(0): 0, _day(until.get(each.id, 5)): 2}) for each in moved]
        (found,) = _fell(model, self.WORSE, *history).externalities.found
        assert [(each.goal, each.link, each.overlap_days) for each in found.linked] == [
            ("z feeds", ExternalityLink.FEEDS, 5),
            ("x shares", ExternalityLink.SHARES, 5),
            ("y shares", ExternalityLink.SHARES, 5),
        ]
        assert found.others == 2
        fewest = Policy(trend=FALLS, externality=ExternalityPolicy(most=1))
        (fewer,) = review(model, [self.WORSE, *history], as_of=_day(5), policy=fewest).externalities.found
        assert ([each.goal for each in fewer.linked], fewer.others) == (["z feeds"], 4)

    @pytest.mark.parametrize("served", ["quality", "product"])
    def test_know_that_work_on_the_whole_is_work_on_its_parts(self, served: str) -> None:
        model = GoalModel(
            composites=[CompositeKpi(id="product", parts=[KPI])],
            key_results=[moved := _key_result("moved")],
            initiatives=[Initiative(id="i", title="Automate", serves=("moved", served))],
        )
        (found,) = _fell(model, self.WORSE, Series.of(moved.measure, {_day(0): 0, _day(5): 2})).externalities.found
        assert [(each.goal, each.link) for each in found.linked] == [("moved", ExternalityLink.SHARES)]

    @pytest.mark.parametrize(
        ("since", "until", "named"),
        [
            (0, 3, [("feeds", 0)]),
            (0, 4, [("feeds", 1)]),
            (4, 6, [("feeds", 1)]),
            (5, 6, [("feeds", 0)]),
            (3, 5, [("feeds", 2)]),
        ],
    )
    def test_count_a_goal_without_a_link_only_where_both_moved_on_one_day(
        self, since: int, until: int, named: list[tuple[str, int]]
    ) -> None:
        worse = Series.of(QUALITY, {_day(3): 9, _day(5): 6})
        moved = [_key_result(name, cycle=Cycle(_day(since + 1), _day(99))) for name in ("feeds", "other")]
        model = GoalModel(kpis=[attrs.evolve(KPI, serves=("feeds",))], key_results=moved)
        history = [Series.of(each.measure, {_day(until): 2}) for each in moved]
        (found,) = _fell(model, worse, *history, day=6).externalities.found
        assert [(each.goal, each.overlap_days) for each in found.linked] == named
        assert found.others == (named[0][1] > 0)

    def test_leave_out_goals_on_the_same_measure_and_are_none_without_another(self) -> None:
        down = _key_result("fewer", QUALITY, baseline=10, target=5)
        found = _fell(GoalModel(kpis=[KPI], key_results=[down]), self.WORSE).externalities
        assert (found.found, found.unseen) == ((), ())

    def test_one_noisy_zone_is_no_signal_and_what_was_worse_before_did_not_become_so(self) -> None:
        usual = TrendPolicy(usual=SigmaRule(1), reference=ProcessLimits(mean=9, sigma=2), direction=Steps(1000))
        faster = _key_result("faster")
        model = GoalModel(kpis=[KPI], key_results=[faster])
        moved = _daily(faster.measure, 0, 1, 2, 3, 3, 4)
        policy = Policy(trend=usual, externality=ExternalityPolicy(days=3))
        for values, expected in (((9, 9, 9, 9, 9, 5), 1), ((9, 9, 5, 5, 5, 5), 0), ((9, 9, 9, 9, 9, 7.5), 0)):
            found = review(model, [_daily(QUALITY, *values), moved], as_of=_day(5), policy=policy).externalities
            assert len(found.found) == expected

    def test_a_signal_is_enough_even_without_bands_and_of_one_reading(self) -> None:
        kpi = attrs.evolve(KPI, bands=None)
        trend = TrendPolicy(usual=SigmaRule(1), reference=ProcessLimits(mean=9, sigma=1))
        faster = _key_result("faster")
        model = GoalModel(kpis=[kpi], key_results=[faster])
        moved = _daily(faster.measure, 1, 3)
        found = _fell(model, _daily(QUALITY, 5), moved, trend=trend).externalities
        assert [why.code for each in found.found for why in each.reasons] == ["externality-worse-than-usual"]
        assert _fell(model, _daily(QUALITY, 9), moved, trend=trend).externalities.found == ()
        unseen = _fell(model, _daily(QUALITY, 9), moved).externalities.unseen
        assert [why.code for why in unseen] == ["externality-kpi-unseen"]

    @pytest.mark.parametrize(
        ("fell", "moved", "overlap"),
        [
            ((9, 6, 6, 6, 6, 6), (0, 0, 0, 0, 0, 2), 0),
            ((9, 9, 9, 9, 9, 6), (0, 2, 2, 2, 2, 2), 0),
            ((9, 6, 6, 6, 6, 6), (0, 2, 2, 2, 2, 2), 1),
            ((9, 8, 7, 6, 6, 6), (0, 0, 1, 1, 2, 2), 2),
            ((9, 9, 7, 6, 5, 6), (0, 1, 1, 0, 2, 1), 0),
        ],
    )
    def test_days_on_which_nothing_moved_are_no_overlap(
        self, fell: tuple[int, ...], moved: tuple[int, ...], overlap: int
    ) -> None:
        trend = TrendPolicy(usual=SigmaRule(1), reference=ProcessLimits(mean=9, sigma=1), direction=Steps(1000))
        policy = Policy(trend=trend, externality=ExternalityPolicy(days=5))
        goal = _key_result("kr", serves="o")
        model = GoalModel(
            kpis=[attrs.evolve(KPI, serves="o")], key_results=[goal], objectives=[Objective(id="o", title="Glad")]
        )
        history = [_daily(QUALITY, *fell), _daily(goal.measure, *moved)]
        (found,) = review(model, history, as_of=_day(5), policy=policy).externalities.found
        assert [each.overlap_days for each in found.linked] == [overlap]
        unlinked = attrs.evolve(model, key_results=[attrs.evolve(goal, serves=())])
        counted = review(unlinked, history, as_of=_day(5), policy=policy).externalities.found
        assert [each.others for each in counted] == [1] * (overlap > 0)

    def test_what_was_too_old_when_the_window_began_says_nothing_about_it(self) -> None:
        weekly = Cadence(days=7)
        trend = TrendPolicy(usual=SigmaRule(1), reference=ProcessLimits(mean=9, sigma=1), direction=Steps(1000))
        policy = Policy(trend=trend, externality=ExternalityPolicy(days=10))
        goals: dict[str, Any] = {
            "kr": {"key_results": [_key_result("kr", serves="o", cadence=weekly)]},
            "release": {"commits": [_release(standard=Standard.at_least(2), due=_day(99), serves="o", cadence=weekly)]},
        }
        for name, goal in goals.items():
            model = GoalModel(
                kpis=[attrs.evolve(KPI, serves="o", cadence=weekly)],
                objectives=[Objective(id="o", title="Glad")],
                **goal,
            )
            for before, within, unseen in ((14, (), []), (0, (), ["quality", name]), (0, (22,), [])):
                days = {_day(at): 9 if at < 29 else 6 for at in (before, *within, 29)}
                read = Series.of(QUALITY, days)
                moved = Series.of(Measure(name), {day: 1 if value == 9 else 2 for day, value in days.items()})
                found = review(model, [read, moved], as_of=_day(29), policy=policy).externalities
                assert [dict(why.facts).get("kpi", dict(why.facts).get("goal")) for why in found.unseen] == unseen
                assert [each.goal for harmed in found.found for each in harmed.linked] == [name] * (not unseen)

    def test_a_kpi_without_a_wrong_way_is_not_too_little_read(self) -> None:
        inside = Measure("quality", polarity=Polarity.IN_RANGE_IS_BETTER)
        kpi = attrs.evolve(KPI, measure=inside, bands=None)
        found = _fell(GoalModel(kpis=[kpi]), _daily(inside, 9, 8, 7, 6, 5, 4)).externalities
        assert (found.found, found.unseen) == ((), ())

    def test_links_lead_through_parents_and_promotion(self) -> None:
        top = Objective(id="top", title="Guests are glad they came")
        parts = [Objective(id=name, title="Glad", serves="top") for name in ("left", "right")]
        moved = _key_result("moved", serves="right")
        promoted = _key_result(
            "promoted", QUALITY, baseline=5, target=8, serves="left", origin=Origin(kpi="quality", on=FIRST)
        )
        read = _daily(moved.measure, 0, 1, 2, 3, 3, 3)
        for kpi, more in ((attrs.evolve(KPI, serves="left"), []), (KPI, [promoted])):
            model = GoalModel(kpis=[kpi], key_results=[moved, *more], objectives=[top, *parts])
            (found,) = _fell(model, self.WORSE, read).externalities.found
            assert [(each.goal, each.link) for each in found.linked] == [("moved", ExternalityLink.FURTHER)]

    def test_without_a_baseline_nobody_can_say_whether_a_key_result_moved(self) -> None:
        waiting = _key_result("waiting", baseline=None)
        found = _fell(GoalModel(key_results=[waiting]), _daily(waiting.measure, 1, 3)).externalities
        assert [why.code for why in found.unseen] == ["externality-goal-unseen"]


IMPOSSIBLE = "2 on 2026-01-03 meets the standard of release and is no value release can have, so that it is not judged"


class TestContradictions:
    """One each, with the goals in the order of the sentence."""

    def test_sums_and_goals_out_of_time_pull_nothing_apart(self) -> None:
        kpi = attrs.evolve(KPI, bands=HealthBands.at_most(3))
        up = _key_result("up", QUALITY)
        assert [each.goals for each in _seen(GoalModel(kpis=[kpi], key_results=[up])).contradictions] == [
            ("up", "quality")
        ]
        for other in (
            attrs.evolve(up, counting=Sum.ADDED),
            attrs.evolve(up, baseline=None),
            attrs.evolve(up, cycle=Cycle(_day(9), _day(10))),
        ):
            assert _seen(GoalModel(kpis=[kpi], key_results=[other])).contradictions == ()

    def test_of_two_kpis_the_one_is_healthy_again_and_the_other_needs_work(self) -> None:
        needy = [Kpi(id=name, measure=QUALITY, bands=HealthBands.at_least(9)) for name in ("needy", "needier")]
        moved = _key_result("kr", QUALITY, baseline=5, target=8, origin=Origin(kpi="quality", on=FIRST))
        seen = _seen(GoalModel(kpis=[KPI, *needy], key_results=[moved]), _daily(QUALITY, 6, 8, 8, 8, 8), day=4)
        torn = [each for each in seen.contradictions if each.kind is ContradictionKind.BOTH_WAYS]
        assert [each.goals for each in torn] == [("quality", "kr", "needier")]
        assert [each.reason.rule for each in torn] == ["LIFE-6"]
        said = "by quality kr might go back to being watched, and by needier, on the same measure, work is needed"
        assert torn[0].reason.sentence == said
        assert seen.demotions == ()
        assert [each.kpi for each in seen.promotions] == ["needier", "needy"]

    def test_the_latest_impossible_reading_is_told(self) -> None:
        measure = Measure("release", highest=1)
        seen = _seen(GoalModel(commits=[_release(measure=measure)]), _daily(measure, 0, 3, 2, 0))
        assert [(each.kind, each.reason.sentence) for each in seen.contradictions] == [
            (
                ContradictionKind.NOT_A_VALUE,
                IMPOSSIBLE,
            )
        ]

    def test_an_impossible_reading_is_told_from_its_day_on(self) -> None:
        measure = Measure("release", highest=1)
        model, history = GoalModel(commits=[_release(measure=measure)]), [_daily(measure, 0, 0, 3, 0)]
        found = reviews(model, history, map(_day, range(4)), policy=Policy(trend=NO_SIGNAL))
        assert [len(each.contradictions) for each in found] == [0, 0, 1, 1]


MOVED = _key_result(
    "kr", QUALITY, baseline=5, target=8, cycle=Cycle(FIRST, _day(4)), origin=Origin(kpi="quality", on=FIRST)
)


class TestDemotionsThatAskForMore:
    """Each further condition, on its edge and beside it."""

    @staticmethod
    def _codes(policy: DemotionPolicy, *values: Number) -> list[str]:
        as_of = _day(len(values) - 1)
        found = decide_demotion(MOVED, KPI, _daily(QUALITY, *values), as_of=as_of, policy=policy, trend=NO_SIGNAL)
        match found:
            case Demote():
                return []
            case Continue(reasons=reasons):
                assert all(reason.sentence for reason in reasons)
                return [reason.code for reason in reasons]

    @pytest.mark.parametrize(
        ("stay", "expected"), [(0, []), (7, []), (8, ["continue-too-soon"]), (9, ["continue-too-soon"])]
    )
    def test_the_shortest_stay_counts_from_the_promotion(self, stay: int, expected: list[str]) -> None:
        assert self._codes(DemotionPolicy(stay_days=stay), 6, 6, 6, 6, 9, 9, 9, 9) == expected

    @pytest.mark.parametrize(("sigmas", "is_proposed"), [(0, True), (Fraction(1), True), (Fraction(1001, 1000), False)])
    def test_a_deadband_in_sigmas_is_exact(self, sigmas: Fraction, *, is_proposed: bool) -> None:
        kpi = attrs.evolve(KPI, reference=ProcessLimits(mean=7, sigma=2))
        series = _daily(QUALITY, 6, 6, 10, 10, 10, 10)
        policy = DemotionPolicy(deadband_sigmas=sigmas)
        found = decide_demotion(MOVED, kpi, series, as_of=_day(5), policy=policy, trend=NO_SIGNAL)
        assert isinstance(found, Demote) == is_proposed

    def test_a_sigma_nobody_knows_clears_nothing(self) -> None:
        policy = DemotionPolicy(deadband_sigmas=1)
        assert self._codes(policy, 6, 9, 9, 9, 9) == ["continue-no-sigma"]

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ((10, 10.1, 10, 10.1, 10, 10.1), []),
            ((8, 8.1, 8, 8.1, 8, 8.1), ["continue-not-assured"]),
            ((10, 10, 10, 10, 10, 10), []),
            ((10.1, 10, 10.1, 10, 10.1), ["continue-not-healthy-long"]),
            ((9,), ["continue-not-healthy-long", "continue-not-assured"]),
        ],
    )
    def test_the_strict_preset_asks_whether_it_will_stay_so(
        self, values: tuple[Number, ...], expected: list[str]
    ) -> None:
        assert self._codes(DemotionPolicy.strict(), 6, 6, *values) == expected

    def test_what_can_not_be_is_refused(self) -> None:
        with pytest.raises(OutOfBounds, match="deadband_sigmas"):
            DemotionPolicy(deadband_sigmas=-1)
        with pytest.raises(NotANumber, match="deadband_sigmas"):
            DemotionPolicy(deadband_sigmas="1")  # type: ignore[arg-type] # on purpose # pyright: ignore[reportArgumentType]
        with pytest.raises(OutOfBounds, match="stay_days"):
            DemotionPolicy(stay_days=-1)


class TestWhatNeverWasAKpi:
    """A review proposes to watch it once its target is reached and kept, and nobody watches it yet."""

    MOVED = _key_result("uptime", QUALITY, baseline=50, target=99)

    @pytest.mark.parametrize(
        ("values", "proposed"),
        [
            ((90, 99, 99.2, 99.1, 99), True),
            ((99, 99, 98.9), False),
            ((99, 98.9, 99), False),
            ((99, 99, 99), False),
            ((99, 99, 99, 99), True),
        ],
    )
    def test_when_the_last_readings_kept_the_target(self, values: tuple[Number, ...], *, proposed: bool) -> None:
        seen = _seen(GoalModel(key_results=[self.MOVED]), _daily(QUALITY, *values))
        found = [(each.key_result.key_result.id, each.kpi.kpi.bands, each.kpi.kpi.id) for each in seen.demotions]
        assert found == ([("uptime", HealthBands.at_least(99), "uptime watched")] if proposed else [])

    def test_not_when_somebody_watches_the_measure(self) -> None:
        watched = Kpi(id="sla", measure=QUALITY, bands=HealthBands.at_least(95))
        seen = _seen(GoalModel(kpis=[watched], key_results=[self.MOVED]), _daily(QUALITY, 99, 99, 99, 99))
        assert seen.demotions == ()

    @pytest.mark.parametrize(
        "more", [{"counting": Aggregation.MEAN, "baseline": None}, {"counting": Aggregation.MEAN}, {"baseline": None}]
    )
    def test_not_when_there_is_no_level_to_keep(self, more: dict[str, object]) -> None:
        moved = attrs.evolve(self.MOVED, **more)  # type: ignore[arg-type] # one of its own fields
        assert _seen(GoalModel(key_results=[moved]), _daily(QUALITY, 99, 99, 99, 99)).demotions == ()

    def test_with_room_for_the_deadband_below_the_target(self) -> None:
        policy = Policy(trend=NO_SIGNAL, demotion=DemotionPolicy(deadband=1))
        model, history = GoalModel(key_results=[self.MOVED]), [_daily(QUALITY, 99, 99, 99, 99)]
        (back,) = review(model, history, as_of=_day(5), policy=policy).demotions
        assert back.kpi.kpi.bands == HealthBands.at_least(98)

    def test_falling_as_well(self) -> None:
        moved = _key_result("waiting", QUALITY, baseline=50, target=10)
        (back,) = _seen(GoalModel(key_results=[moved]), _daily(QUALITY, 9, 10, 8, 9)).demotions
        assert back.kpi.kpi.bands == HealthBands.at_most(10)


def test_a_decision_about_what_is_assessed_already_is_the_same_decision() -> None:
    moved = _key_result("kr", QUALITY, baseline=5, target=8, origin=Origin(kpi="quality", on=FIRST))
    for values in ((6, 8, 8, 8, 8), (6, 8, 8, 8), (6, 8, 8, 7, 8)):
        series, as_of = _daily(QUALITY, *values), _day(len(values))
        watched = KPI.assess(series, as_of=as_of, policy=NO_SIGNAL)
        decided = demotion_of(moved.assess(series, as_of=as_of), watched, series, trend=NO_SIGNAL)
        assert decided == decide_demotion(moved, KPI, series, as_of=as_of, trend=NO_SIGNAL)


def test_only_what_counts_the_latest_reading_leaves_a_level() -> None:
    for counting in (Sum.ADDED, Sum.TOTAL, Aggregation.MEAN, Aggregation.GREATEST, Aggregation.LEAST):
        with pytest.raises(NoLevel):
            new_kpi(attrs.evolve(MOVED, counting=counting), _daily(QUALITY, 9), as_of=_day(4))


def test_a_new_kpi_takes_the_id_and_the_cadence_it_is_given() -> None:
    kpi = new_kpi(MOVED, _daily(QUALITY, 6, 7, 9), as_of=_day(2), id="csat", cadence=Cadence.MONTHLY)
    assert kpi == Kpi(id="csat", measure=QUALITY, bands=HealthBands.at_least(6), cadence=Cadence.MONTHLY)


class TestChanges:
    """What is told of a week in which much happened."""

    def test_is_in_order_with_before_and_after(self) -> None:
        faster = _key_result("faster", serves="o")
        commit = _release(serves="o", due=_day(5))
        model = GoalModel(
            kpis=[attrs.evolve(KPI, serves="o")],
            key_results=[faster],
            commits=[commit],
            objectives=[Objective(id="o", title="Glad", owner="care")],
        )
        history = [
            _daily(QUALITY, 9, None, None, None, None, 6),
            _daily(faster.measure, 1, None, None, None, 3),
            _daily(commit.measure, 0, 0, 0, 0, 0, 1),
        ]
        before, after = (_fell(model, *history, day=day) for day in (1, 5))
        told = [(each.goal, each.aspect) for each in after.changes_since(before)]
        for expected in (
            ("faster", Aspect.SCORE),
            ("o", Aspect.ATTAINMENT),
            ("o", Aspect.RESULT),
            ("quality", Aspect.HEALTH),
            ("quality", Aspect.MOVED_MEANWHILE),
            ("release", Aspect.ATTAINMENT),
        ):
            assert expected in told
        assert told == sorted(told, key=lambda each: (each[0] or "", list(Aspect).index(each[1])))
        with pytest.raises(WrongType, match="previous"):
            after.changes_since("yesterday")  # type: ignore[arg-type] # on purpose # pyright: ignore[reportArgumentType]

    def test_name_the_reasons_of_what_is_proposed(self) -> None:
        other = Measure("other")
        needy = [Kpi(id=name, measure=other, bands=BANDS) for name in ("needy", "patient")]
        moved = _key_result("kr", QUALITY, baseline=5, target=8, origin=Origin(kpi="quality", on=FIRST))
        model = GoalModel(kpis=[KPI, *needy], key_results=[moved])
        history = [_daily(QUALITY, 6, 8, 8, 8, 8), _daily(other, 9, 9, 6, 6, 6)]
        policy = Policy(trend=NO_SIGNAL, focus=FocusPolicy(limit=2))
        before, after = (review(model, history, as_of=_day(day), policy=policy) for day in (0, 4))
        told = {(each.goal, each.aspect): (each.before, each.after) for each in after.changes_since(before)}
        assert told["needy", Aspect.PROMOTION] == (None, ("promote-unhealthy-long",))
        assert told["patient", Aspect.DEFERRAL] == (None, ("promote-unhealthy-long",))
        assert told["kr", Aspect.DEMOTION] == (None, ("demote-healthy-long", "demote-target-reached"))

    @pytest.mark.parametrize("stranger", [1, "healthy", (1,), [], object()])
    def test_hold_only_what_an_aspect_can_be(self, stranger: object) -> None:
        made: Any = ReviewChange(goal=None, aspect=Aspect.FINDINGS, before=None, after=("GM101",))
        for field in ("before", "after"):
            with pytest.raises(WrongType, match=field):
                attrs.evolve(made, **{field: stranger})


class TestWhatIsOver:
    """What is over was judged by other days than what is watched now."""

    OVER = KeyResult(id="over", measure=QUALITY, baseline=7, target=9, cycle=Cycle(FIRST, _day(9)))

    @pytest.mark.parametrize(
        ("target", "values", "kind"),
        [
            (9, {9: 9, 20: 5}, None),
            (9, {9: 9}, None),
            (20, {9: 7, 20: 9}, None),
            (6, {9: 5}, ContradictionKind.REACHED_BUT_NOT_HEALTHY),
        ],
    )
    def test_verdicts_of_different_days_are_no_contradiction(
        self, target: Number, values: dict[int, Number], kind: ContradictionKind | None
    ) -> None:
        read = Series.of(QUALITY, {_day(day): value for day, value in values.items()})
        moved = attrs.evolve(self.OVER, target=target)
        found = review(GoalModel(kpis=[KPI], key_results=[moved]), [read], as_of=_day(21))
        assert [each.kind for each in found.contradictions] == ([] if kind is None else [kind])

    @pytest.mark.parametrize(
        ("manner", "values", "is_told"),
        [
            (OnDueDate(), {1: 120, 3: 50}, False),
            (OnDueDate(), {1: 120}, True),
            (OnDueDate(), {1: 50, 3: 120}, True),
            (Reached(), {1: 120, 3: 40}, True),
        ],
    )
    def test_on_the_due_date_the_latest_reading_stands(
        self,
        manner: OnDueDate | Reached,
        values: dict[int, Number],
        is_told: bool,  # noqa: FBT001 - a column
    ) -> None:
        share = Measure("share", unit="percent", highest=100)
        commit = _release(measure=share, standard=Standard.at_least(50), manner=manner)
        read = Series.of(share, {_day(day): value for day, value in values.items()})
        found = review(GoalModel(commits=[commit]), [read], as_of=_day(5))
        assert [each.kind for each in found.contradictions] == ([ContradictionKind.NOT_A_VALUE] if is_told else [])

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            # As it was before, and better than that.
            ((10, None, None, 10), "did not"),
            ((4, None, None, 10), "moved"),
            ((4, None, None, 5), "moved"),
            # Another reading that says the same changes nothing.
            ((10, None, None, 10, 10), "did not"),
            ((4, None, None, 10, 10), "moved"),
            # The latest before it counts, not one that was further off.
            ((4, 10, None, 10), "did not"),
            ((10, 4, None, 10), "moved"),
            # Nothing was known before, so that one figure shows no movement, and two do.
            ((None, None, None, 10), "unseen"),
            ((None, None, None, 4), "unseen"),
            ((None, None, None, 4, 10), "moved"),
            ((None, None, None, 10, 10), "did not"),
            # Nothing was read since.
            ((4, None, None, None), "unseen"),
        ],
    )
    def test_a_first_figure_is_compared_with_what_was_known_before(
        self, values: tuple[Number | None, ...], said: str
    ) -> None:
        assert _said_of(_release(standard=Standard.at_least(10), declared_on=_day(2)), *values) == said

    @pytest.mark.parametrize(
        ("aggregation", "standard", "values", "said"),
        [
            # A total begins at 0, whatever was read before; what else a whole comes to begins nowhere.
            (Aggregation.SUM, Standard.at_least(10), (9, None, None, 4), "moved"),
            (Aggregation.SUM, Standard.at_most(10), (9, None, None, 4), "did not"),
            (Aggregation.LAST, Standard.at_least(10), (9, None, None, 10), "unseen"),
            (Aggregation.MEAN, Standard.at_least(10), (9, None, None, 10), "unseen"),
            (Aggregation.MEAN, Standard.at_least(10), (9, None, None, 4, 8), "moved"),
        ],
    )
    def test_what_is_judged_as_a_whole_begins_with_its_time(
        self, aggregation: Aggregation, standard: Standard, values: tuple[Number | None, ...], said: str
    ) -> None:
        measure = Measure("release", aggregation=aggregation)
        commit = _release(measure=measure, standard=standard, declared_on=_day(2), manner=AsAWhole())
        assert _said_of(commit, *values) == said

    @pytest.mark.parametrize(("grace", "said"), [(0, "unseen"), (1, "moved")])
    def test_what_was_too_old_when_the_window_began_is_nothing_known_before(self, grace: int, said: str) -> None:
        commit = _release(
            standard=Standard.at_least(10), declared_on=_day(4), cadence=Cadence(days=2, grace_days=grace)
        )
        assert _said_of(commit, 4, None, None, None, None, 10, days=2) == said

    @pytest.mark.parametrize(("weight", "said"), [(9, "unseen"), (10, "moved")])
    def test_what_rested_on_too_few_cases_is_nothing_known_before(self, weight: int, said: str) -> None:
        policy = FigurePolicy(cases=10)
        commit = _release(standard=Standard.at_least(10), declared_on=_day(2), figure_policy=policy)
        weighed = Series(commit.measure, [Reading(_day(0), 4, weight=weight), Reading(_day(3), 10, weight=10)])
        worse = Series.of(QUALITY, {_day(0): 9, _day(3): 6})
        seen = _fell(GoalModel(kpis=[KPI], commits=[commit]), worse, weighed, day=3).externalities
        assert len(seen.found) == (said == "moved")
        assert len(seen.unseen) == (said == "unseen")


def _said_of(commit: Commit, *values: Number | None, days: int = 92) -> str:
    """Return what is said of a commit beside a KPI that worsened on the days that were read of it."""
    worse = Series.of(QUALITY, {_day(0): 9, _day(len(values) - 1): 6})
    policy = Policy(trend=FALLS, externality=ExternalityPolicy(days=days))
    model = GoalModel(kpis=[KPI], commits=[commit])
    seen = review(model, [worse, _daily(commit.measure, *values)], as_of=_day(len(values) - 1), policy=policy)
    moved = sum(each.others for each in seen.externalities.found)
    unseen = [dict(why.facts).get("goal") for why in seen.externalities.unseen]
    return "unseen" if commit.id in unseen else "moved" if moved else "did not"


class TestAResetLongAfter:
    """What a reset proposes begins where it stands on the day, under an id that is free."""

    def test_goes_on_from_where_it_stands_now(self) -> None:
        old = KeyResult(id="old", measure=QUALITY, baseline=7, target=9, cycle=Cycle(FIRST, _day(9)))
        nearer = Series.of(QUALITY, {_day(9): 7.5, _day(30): 8.8})
        ((_, after),) = next_cycle(
            GoalModel(key_results=[old]), [nearer], as_of=_day(31), cycle=Cycle(_day(32), _day(60))
        ).continuing
        assert after.baseline == Fraction("8.8")
        summed = attrs.evolve(old, counting=Aggregation.GREATEST)
        ((_, kept),) = next_cycle(
            GoalModel(key_results=[summed]), [nearer], as_of=_day(31), cycle=Cycle(_day(32), _day(60))
        ).continuing
        assert kept.baseline == Fraction("7.5")
        beyond = Series.of(QUALITY, {_day(9): 7.5, _day(30): 9.8})
        found = next_cycle(GoalModel(key_results=[old]), [beyond], as_of=_day(31), cycle=Cycle(_day(32), _day(60)))
        assert [why.code for _, why in found.ending] == ["reset-no-way-on"]

    def test_takes_an_id_that_is_free(self) -> None:
        old = KeyResult(id="old", measure=QUALITY, baseline=7, target=9, cycle=Cycle(FIRST, _day(9)))
        name = f"old {_day(32).isoformat()}"
        others = [KPI, attrs.evolve(KPI, id=name), attrs.evolve(KPI, id=f"{name} (2)")]
        for taken, free in ((0, name), (1, name), (2, f"{name} (2)"), (3, f"{name} (3)")):
            ((_, after),) = next_cycle(
                GoalModel(kpis=others[:taken], key_results=[old]),
                [Series.of(QUALITY, {_day(9): 7.5})],
                as_of=_day(31),
                cycle=Cycle(_day(32), _day(60)),
            ).continuing
            assert after.id == free

    @pytest.mark.parametrize(
        ("counting", "values"), [(Aggregation.GREATEST, (8, 7.5)), (Aggregation.LEAST, (7.2, 7.5))]
    )
    def test_a_greatest_and_a_least_begin_at_the_latest_reading(
        self, counting: Aggregation, values: tuple[Number, Number]
    ) -> None:
        old = KeyResult(id="old", measure=QUALITY, baseline=7, target=9, cycle=Cycle(FIRST, _day(9)), counting=counting)
        read = Series.of(QUALITY, {_day(5): values[0], _day(9): values[1]})
        heir = carry_over(old.assess(read, as_of=_day(9)), cycle=Cycle(_day(10), _day(19)), id="heir")
        first = heir.assess(Series.of(QUALITY, {_day(10): values[1]}), as_of=_day(10))
        assert first.score is not None
        assert first.score.raw == 0
        assert carry_over(old.assess(read, as_of=_day(9)), cycle=heir.cycle, id="heir", target=10).baseline == 7.5
