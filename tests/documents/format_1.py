"""Write the stored documents of format 1 anew: ``python tests/documents/format_1.py --write``; never, once it is out.

They hold what every document of the format looks like: a reader of a later format has to read them still.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, Final

from goalmodel import (
    Absence,
    Aggregation,
    AsAWhole,
    Cadence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    Held,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Polarity,
    Policy,
    Reached,
    Reading,
    Series,
    Staged,
    Standard,
    Unit,
    review,
)
from goalmodel.commit import Amendment, Counted, Support, SupportKind
from goalmodel.interchange import document
from goalmodel.key_result import Milestone, Milestones, Occasions, Relative, Tiers, Trajectory, Vote
from goalmodel.kpi import AcceptedDeviation
from goalmodel.measure import Derived, EachPeriod, FigurePolicy, Gap, Growth, Lag, LastDays, Period, Ratio, Share, Total
from goalmodel.trend import FirstReadings, Rebasing, Steps, TrendPolicy, xmr_wheeler

STORED: Final = Path(__file__).with_name("format-1.json")
QUARTER: Final = Cycle.quarter(2026, 4)
AS_OF: Final = dt.date(2026, 11, 30)


def model() -> GoalModel:
    """Return a model that has something of everything."""
    csat = Measure("customer satisfaction", unit="points", polarity=Polarity.HIGHER_IS_BETTER, lowest=0, highest=10)
    downtime = Measure("downtime", unit=Unit("minutes"), aggregation=Aggregation.SUM, lowest=0)
    leads, calls = Measure("leads", lowest=0), Measure("calls")
    per_call, months = Measure("downtime per call", unit="minutes per call"), EachPeriod(Period.MONTH)
    return GoalModel(
        kpis=[
            Kpi(
                id="csat",
                measure=csat,
                bands=HealthBands.at_least(8, watch=7.5),
                cadence=Cadence.MONTHLY,
                owner="support",
                definition="Mean of all answers of a month.",
                reference=FirstReadings(12),
                rebasings=[Rebasing(on=dt.date(2026, 7, 1), reason="another survey")],
                accepted=[
                    AcceptedDeviation(since=dt.date(2026, 10, 1), until=dt.date(2026, 12, 31), reason="the move")
                ],
                serves="csat-q4",
            ).with_bands(HealthBands.at_least(8.2, watch=7.5), since=dt.date(2027, 1, 1), reason="more is asked for"),
            Kpi(id="downtime", measure=downtime, bands=HealthBands.below(43.2), window=months),
            Kpi(id="per call", measure=per_call, figure_policy=FigurePolicy(readings=1, cases=12.5)),
        ],
        key_results=[
            KeyResult(id="csat-q4", measure=csat, baseline=8.1, target=9, cycle=QUARTER, serves="happy", weight=2),
            KeyResult(
                id="leads",
                measure=leads,
                baseline=None,
                target=Relative(0.3),
                cycle=QUARTER,
                trajectory=Trajectory.back_loaded(),
                serves="happy",
            ),
            KeyResult(
                id="launch",
                measure=Measure("launched"),
                baseline=0,
                target=2,
                cycle=QUARTER,
                counting=Milestones([Milestone("beta"), Milestone("release", due=dt.date(2026, 12, 1))]),
                serves="happy",
            ),
            KeyResult(
                id="calls",
                measure=calls,
                baseline=0,
                target=12,
                cycle=QUARTER,
                counting=Occasions(13),
                path=Tiers([(6, 0.5)]),
                serves="happy",
            ),
        ],
        commits=[
            Commit(
                id="sla",
                measure=downtime,
                standard=Standard.at_most(43.2),
                manner=Held(QUARTER.start),
                window=LastDays(28),
                declared_on=dt.date(2026, 9, 1),
                due=QUARTER.end,
                support=Support(SupportKind.PEOPLE, "two on call", is_secured=True),
                amendments=[
                    Amendment(
                        dt.date(2026, 11, 1), Standard.at_most(60), "a data centre moves", since=dt.date(2026, 11, 2)
                    )
                ],
                rationale="hospitals call at night",
            ),
            Commit(
                id="csat-held",
                measure=csat,
                standard=Standard.within(7, 10),
                manner=Held(QUARTER.start, share=0.9, counted=Counted.TIME),
                declared_on=QUARTER.start,
                due=QUARTER.end,
                cadence=Cadence.MONTHLY,
            ),
            Commit(
                id="whole",
                measure=downtime,
                standard=Standard.at_most(120),
                manner=AsAWhole(),
                declared_on=QUARTER.start,
                due=QUARTER.end,
            ),
            Commit(
                id="staged",
                measure=leads,
                standard=Standard.at_least(100),
                manner=Staged({dt.date(2026, 11, 1): Standard.at_least(50)}),
                declared_on=QUARTER.start,
                due=QUARTER.end,
            ),
            Commit(
                id="done",
                measure=Measure("signed"),
                standard=Standard.done(),
                manner=Reached(),
                declared_on=QUARTER.start,
                due=QUARTER.end,
            ),
        ],
        objectives=[Objective(id="happy", title="Customers stay", owner="support")],
        derived=[
            Derived(measure=per_call, formula=Ratio(downtime, calls), window=months),
            Derived(measure=Measure("growth of leads", unit="percent"), formula=Growth(leads, 12), window=months),
            Derived(measure=Measure("leads before"), formula=Lag(leads, 1), window=EachPeriod(Period.QUARTER)),
            Derived(measure=Measure("leads and calls"), formula=Total([leads, calls])),
            Derived(measure=Measure("leads less calls"), formula=Gap(leads, calls)),
            Derived(measure=Measure("leads of both", unit="percent"), formula=Share(leads, [leads, calls])),
        ],
        initiatives=[Initiative(id="onboarding", title="A better first week", serves="csat-q4")],
        good_to_know=[views()],
    )


def views() -> Measure:
    """Return a measure that is looked at and not judged."""
    return Measure("page views", unit="views", aggregation=Aggregation.SUM, lowest=0)


def read() -> list[Series]:
    """Return what was read of its measures."""
    by_name = {measure.name: measure for goal in model().measured for measure in (goal.measure,)}
    months = [dt.date(2026, month, 28) for month in range(1, 12)]
    answers = (8.4, 8.3, 8.5, 8.2, 8.4, 8.3, 8, 7.9, 7.6, 7.4, 7.3)
    leads = [Reading(dt.date(2026, 10, 31), 40, 400), Reading(dt.date(2026, 11, 15), Absence.MISSING)]
    return [
        Series.of(by_name["customer satisfaction"], dict(zip(months, answers, strict=True))),
        Series.of(by_name["downtime"], {dt.date(2026, 10, 5): 30, dt.date(2026, 11, 3): 20, dt.date(2026, 11, 9): 15}),
        Series.of(by_name["leads"], leads),
        Series.of(views(), {dt.date(2026, 11, 29): 4_100}),
    ]


def documents() -> list[dict[str, Any]]:
    """Return the documents that are stored."""
    policy = Policy(trend=TrendPolicy(usual=xmr_wheeler(), direction=Steps(3)))
    votes = [Vote("csat-q4", dt.date(2026, 11, 1), 7, by="support")]
    found = review(model(), read(), as_of=AS_OF, policy=policy, votes=votes)
    return [document(each) for each in (model(), *read(), policy, *votes, found)] + [
        document(found, compact=False, derived=False)
    ]


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    STORED.write_text(json.dumps(documents(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
