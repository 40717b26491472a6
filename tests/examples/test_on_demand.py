"""What is made on demand is there for whoever looks: nobody can tell it from what was made at once."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

import attrs
import pytest

from goalmodel import (
    Cadence,
    Commit,
    Cycle,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Reached,
    Series,
    Standard,
    TrendPolicy,
)
from goalmodel.kpi import KpiHistory
from goalmodel.measure.known import asked_again
from goalmodel.objective import roll_up
from goalmodel.trend import FirstReadings

VISITS: Final = Measure("visits", unit="visits")
YEAR: Final = Cycle.year(2026)
READ: Final = Series.of(
    VISITS, {Cycle.month(2026, month).end: 30 + month * 7 % 11 + month // 10 * 40 for month in range(1, 13)}
)
KPI: Final = Kpi(id="watched", measure=VISITS, bands=HealthBands.at_least(30, watch=28), cadence=Cadence.MONTHLY)
MOVED: Final = KeyResult(id="moved", measure=VISITS, baseline=25, target=40, cycle=YEAR)
OWED: Final = Commit(
    id="owed", measure=VISITS, standard=Standard.at_least(35), declared_on=YEAR.start, due=YEAR.end, manner=Reached()
)
MADE: Final[dict[str, Callable[[], Any]]] = {
    "a KPI": lambda: KPI.assess(READ, as_of=YEAR.end),
    "a key result": lambda: MOVED.assess(READ, as_of=YEAR.end),
    "a commit": lambda: OWED.assess(READ, as_of=YEAR.end),
    "a roll-up": lambda: roll_up([MOVED.assess(READ, as_of=YEAR.end)]),
    "a reason": lambda: OWED.assess(READ, as_of=YEAR.end).reasons[0],
    "why it is heading somewhere": lambda: KPI.assess(READ, as_of=YEAR.end).explained[-1],
    "why it is not as usual": lambda: KPI.assess(READ, as_of=YEAR.end).explained[-2],
}


def _looked_at(value: Any) -> Any:  # noqa: ANN401 - whatever is made on demand
    for each in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        getattr(value, each.name)
    return value


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
class TestOnDemand:
    """It equals, hashes, reads, and is copied and kept as if all of it had been made at once."""

    def test_nobody_can_tell_whether_it_was_looked_at(self, make: Callable[[], Any]) -> None:
        seen = _looked_at(make())
        assert make() == seen
        assert hash(make()) == hash(seen)
        assert repr(make()) == repr(seen)
        assert str(make()) == str(seen)
        assert attrs.evolve(make()) == seen

    def test_it_is_copied_and_kept_whole(self, make: Callable[[], Any]) -> None:
        seen = _looked_at(make())
        assert copy.copy(make()) == copy.deepcopy(make()) == pickle.loads(pickle.dumps(make())) == seen  # noqa: S301

    def test_it_is_made_once_and_then_keeps_nothing_it_was_made_of(self, make: Callable[[], Any]) -> None:
        value = make()
        assert value._making is not None  # noqa: SLF001 - what makes it
        assert _looked_at(value)._making is None  # noqa: SLF001

    def test_what_it_does_not_have_it_does_not_have(self, make: Callable[[], Any]) -> None:
        for value in (make(), _looked_at(make()), pickle.loads(pickle.dumps(make()))):  # noqa: S301 - our own
            with pytest.raises(AttributeError, match="no attribute 'colour'"):
                value.colour  # noqa: B018 - it is asked for
            with pytest.raises(AttributeError, match="no attribute '_colour'"):
                value._colour  # noqa: B018, SLF001 - it is asked for
        assert make() == make()


class TestAskedAgain:
    """What was prepared for a goal and its readings serves whoever asks the same again, and nobody else."""

    def test_another_goal_or_policy_is_judged_by_its_own(self) -> None:
        strict = attrs.evolve(KPI, bands=HealthBands.at_least(90))
        early = TrendPolicy(reference=FirstReadings(count=6))
        for _ in range(2):
            assert KPI.assess(READ, as_of=YEAR.end).health.value == "healthy"
            assert strict.assess(READ, as_of=YEAR.end).health.value == "unhealthy"
            assert KPI.assess(READ, as_of=YEAR.end, policy=early).usual != KPI.assess(READ, as_of=YEAR.end).usual

    def test_each_day_sees_what_was_known_on_it(self) -> None:
        days = [Cycle.month(2026, month).end for month in (12, 3, 7)]
        fresh = [KPI.assess(Series.of(VISITS, [*READ]), as_of=day) for day in days]
        assert [KPI.assess(READ, as_of=day) for day in days] == fresh
        assert [each.latest and each.latest.on for each in fresh] == days

    def test_other_readings_are_refused_each_time(self) -> None:
        other = Series.of(Measure("calls"), {dt.date(2026, 1, 31): 1})
        for _ in range(2):
            with pytest.raises(Exception, match="measure"):
                KPI.assess(other, as_of=YEAR.end)

    def test_who_is_asked_once_keeps_nothing_but_the_goal(self) -> None:
        read = Series.of(VISITS, [*READ])
        first, second, third, fourth = (asked_again(read, partial(KpiHistory, KPI, read), KPI) for _ in range(4))
        assert first is not second
        assert second is third is fourth
