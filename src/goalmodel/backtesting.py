"""What other policies would have said: the same model and readings, walked through once for each of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import unique

import attrs

from goalmodel.checks import Term, are, is_a, is_count, is_date, is_id, is_text, the, the_date, the_iterable
from goalmodel.commit import Attainment
from goalmodel.errors import WrongType
from goalmodel.measure import Series
from goalmodel.model import GoalModel
from goalmodel.reprs import readable
from goalmodel.reviewing import Policy, Review, reviews
from goalmodel.trend import Heading, Standing


@unique
class Happening(Term):
    """What a policy says of a goal from some date on."""

    PROPOSED = "proposed to become a key result"
    WAITING = "would be proposed, and has to wait"
    BACK = "proposed to go back to being watched"
    WORSE = "worse than usual"
    WORSENING = "worsening"
    OVERDUE = "overdue"
    KEPT = "kept"
    NOT_KEPT = "not kept"


@attrs.frozen(kw_only=True)
@readable
class Said:
    """That a policy said something of a goal, and had not on the date before.

    Attributes:
        on: The date.
        goal: Id of the goal.
        what: What it said.
    """

    on: dt.date = attrs.field(validator=is_date)
    goal: str = attrs.field(validator=is_id)
    what: Happening = attrs.field(validator=is_a(Happening))

    def __str__(self) -> str:
        return f"{self.on.isoformat()}: {self.goal} is {self.what.value}"


@attrs.frozen(kw_only=True)
@readable
class BacktestLine:
    """What one policy would have said.

    Attributes:
        name: Its name.
        dates: On how many dates it was asked.
        said: All that it began to say, by date, then by goal.
    """

    name: str = attrs.field(validator=is_text)
    dates: int = attrs.field(validator=is_count())
    said: tuple[Said, ...] = attrs.field(validator=are(Said))

    def count(self, what: Happening) -> int:
        """Return how often it began to say so."""
        wanted = the(Happening, what, "what")
        return sum(each.what is wanted for each in self.said)

    def __str__(self) -> str:
        counts = Counter(each.what for each in self.said)
        told = ", ".join(f"{counts[what]} {what.value}" for what in Happening if counts[what])
        return f"{self.name}: {told or 'nothing'}, on {self.dates} dates"


def backtest(
    model: GoalModel, history: Iterable[Series], dates: Iterable[dt.date], policies: Mapping[str, Policy]
) -> tuple[BacktestLine, ...]:
    """Return what each policy would have proposed, flagged and called kept, and when it began to.

    It takes time by readings plus dates, for each policy. The model is the same on every date: what people would have
    done on a proposal is not played through.

    >>> visits = Measure("visits", unit="visits")
    >>> model = GoalModel(kpis=[Kpi(id="visits", measure=visits, bands=HealthBands.at_least(30))])
    >>> ends = [Cycle.month(2026, month).end for month in range(1, 7)]
    >>> read = [Series.of(visits, dict(zip(ends, (31, 29, 28, 27, 29, 31))))]
    >>> eager = Policy(promotion=PromotionPolicy(unhealthy=2))
    >>> for line in backtest(model, read, ends, {"as it is": Policy(), "eager": eager}):
    ...     print(line)
    as it is: 1 proposed to become a key result, on 6 dates
    eager: 1 proposed to become a key result, on 6 dates

    Rule: REV-4.

    Args:
        model: The goals.
        history: A series a measure, in any order; on no date is seen what was not known.
        dates: In any order; asked from the earliest to the latest.
        policies: By name.

    Raises:
        GivenTwice: Two series are of one measure.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    the(GoalModel, model, "model")
    days = sorted(the_date(day, f"dates[{index}]") for index, day in enumerate(the_iterable(dates, "dates")))
    if not isinstance(policies, Mapping):
        raise WrongType("policies", policies, "a mapping of names to policies")
    read = tuple(the_iterable(history, "history"))
    rules = {name: the(Policy, policy, f"policies[{name!r}]") for name, policy in policies.items()}
    return tuple(
        BacktestLine(name=name, dates=len(days), said=tuple(_begun(reviews(model, read, days, policy=policy))))
        for name, policy in rules.items()
    )


def _begun(walk: Iterable[Review]) -> Iterator[Said]:
    """Yield what is said on each date and was not on the one before."""
    before = set[tuple[str, Happening]]()
    for found in walk:
        now = set(_said(found))
        yield from (Said(on=found.as_of, goal=goal, what=what) for goal, what in sorted(now - before, key=_place))
        before = now


def _place(said: tuple[str, Happening]) -> tuple[str, int]:
    return said[0], _ORDER.index(said[1])


_ORDER = tuple(Happening)


def _said(found: Review) -> Iterator[tuple[str, Happening]]:
    yield from ((each.kpi, Happening.PROPOSED) for each in found.promotions)
    yield from ((each.proposal.kpi, Happening.WAITING) for each in found.deferred)
    yield from ((each.key_result.key_result.id, Happening.BACK) for each in found.demotions)
    for each in found.kpis:
        said = (
            (Happening.WORSE, each.standing is Standing.WORSE),
            (Happening.WORSENING, each.heading is Heading.WORSENING),
            (Happening.OVERDUE, each.overdue_since is not None),
        )
        yield from ((each.kpi.id, what) for what, holds in said if holds)
    for owed in found.commits:
        if owed.attainment in (Attainment.KEPT, Attainment.NOT_KEPT):
            is_kept = owed.attainment is Attainment.KEPT
            yield owed.commit.id, Happening.KEPT if is_kept else Happening.NOT_KEPT
