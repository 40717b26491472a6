"""England's emergency departments, April 2016 to March 2019: one review a month, on real figures.

Source of the figures: NHS England, "A&E Attendances and Emergency Admissions", monthly time series, open data under
the Open Government Licence. A breach is a patient who was not admitted, transferred or discharged within four hours.
The standard of 95 % is the one of the NHS constitution; 90 % in September 2018 is what the plans for the year asked of
the country as a whole (NHS England and NHS Improvement, "Refreshing NHS plans for 2018/19", February 2018). How it is
modelled (the watch zone, the limit for attendances) is this example's.
"""

from __future__ import annotations

import datetime as dt

import attrs

import goalmodel as gm
from goalmodel import show

# Month, attendances, breaches of the four-hour standard.
FIGURES = (
    (2016, 4, 1867781, 186122),
    (2016, 5, 2070340, 201329),
    (2016, 6, 1958802, 184912),
    (2016, 7, 2079034, 201973),
    (2016, 8, 1932901, 174419),
    (2016, 9, 1952464, 182597),
    (2016, 10, 2001816, 219137),
    (2016, 11, 1907871, 221713),
    (2016, 12, 1944567, 268818),
    (2017, 1, 1895272, 281612),
    (2017, 2, 1735619, 216416),
    (2017, 3, 2015834, 201392),
    (2017, 4, 1949762, 184930),
    (2017, 5, 2066789, 212872),
    (2017, 6, 1994056, 184945),
    (2017, 7, 2073944, 200180),
    (2017, 8, 1924663, 186706),
    (2017, 9, 1925961, 199027),
    (2017, 10, 2044137, 205602),
    (2017, 11, 1976971, 222082),
    (2017, 12, 2003954, 300893),
    (2018, 1, 2000086, 294029),
    (2018, 2, 1820012, 272187),
    (2018, 3, 2049785, 315232),
    (2018, 4, 1984369, 226764),
    (2018, 5, 2164458, 208002),
    (2018, 6, 2093942, 193418),
    (2018, 7, 2179896, 232824),
    (2018, 8, 1997854, 205239),
    (2018, 9, 2005695, 221756),
    (2018, 10, 2079492, 228550),
    (2018, 11, 2037847, 252602),
    (2018, 12, 2047518, 277514),
    (2019, 1, 2113413, 330696),
    (2019, 2, 1954947, 308388),
    (2019, 3, 2167550, 290359),
)

MONTHS = tuple(gm.Cycle.month(year, month) for year, month, _, _ in FIGURES)
PLANNING_YEAR = gm.Cycle.year(2018, starts_in=4)

PATIENTS = gm.Unit("patients", symbol="patients")
SUM, LOWER = gm.Aggregation.SUM, gm.Polarity.LOWER_IS_BETTER
# What is counted.
came = gm.Measure("attendances", unit=PATIENTS, polarity=LOWER, lowest=0, aggregation=SUM)
waited = gm.Measure("patients who waited longer", unit=PATIENTS, polarity=LOWER, lowest=0, aggregation=SUM)
days = gm.Measure("days", unit="days", lowest=0, aggregation=SUM)
# What follows from it. A month has 28 to 31 days: what is compared from month to month is counted per day.
seen = gm.Measure("patients seen in time", unit=PATIENTS, lowest=0, aggregation=SUM)
seen_in_time = gm.Measure("patients seen within four hours", unit=gm.Unit("percent", symbol="%"), lowest=0, highest=100)
per_day = gm.Measure("attendances per day", unit=gm.Unit("patients per day", symbol="a day"), polarity=LOWER)

SEEN = gm.measure.Derived(measure=seen, formula=gm.measure.Gap(came, waited))
IN_TIME = gm.measure.Derived(measure=seen_in_time, formula=gm.measure.Ratio(seen, came))
PER_DAY = gm.measure.Derived(measure=per_day, formula=gm.measure.Ratio(came, days))

HISTORY = (
    gm.Series.of(came, {month.end: row[2] for month, row in zip(MONTHS, FIGURES, strict=True)}),
    gm.Series.of(waited, {month.end: row[3] for month, row in zip(MONTHS, FIGURES, strict=True)}),
    gm.Series.of(days, {month.end: month.end.day for month in MONTHS}),
)

MODEL = gm.GoalModel(
    objectives=[gm.Objective(id="in-time", title="Patients are seen in time")],
    kpis=[
        gm.Kpi(
            id="four-hours",
            measure=seen_in_time,
            bands=gm.HealthBands.at_least(95, watch=90),
            cadence=gm.Cadence.MONTHLY,
            serves="in-time",
        ),
        gm.Kpi(
            id="attendances",
            measure=per_day,
            bands=gm.HealthBands.at_most(66_000, watch=69_000),
            cadence=gm.Cadence.MONTHLY,
        ),
    ],
    commits=[
        gm.Commit(
            manner=gm.commit.OnDueDate(),  # the figure of the month is what counts
            id="90-in-september",
            measure=seen_in_time,
            standard=gm.Standard.at_least(90),
            due=dt.date(2018, 9, 30),
            declared_on=dt.date(2018, 2, 28),
            starts_on=PLANNING_YEAR.start,
            serves="in-time",
        )
    ],
    derived=[SEEN, IN_TIME, PER_DAY],
)


def walk() -> list[tuple[gm.GoalModel, gm.Review]]:
    """Return the model and its review at the end of each month; one proposal is taken up on the way."""
    model, walked = MODEL, []
    for month in MONTHS:
        seen = gm.review(model, HISTORY, as_of=month.end)
        walked.append((model, seen))
        if month.end == PLANNING_YEAR.start - dt.timedelta(days=1):
            model = promoted(model, seen)
    return walked


def promoted(model: gm.GoalModel, seen: gm.Review) -> gm.GoalModel:
    """Return the model with the key result that the proposal about the four hours makes; the KPI stays in it."""
    proposal = next(each for each in seen.promotions if each.kpi == "four-hours")
    kpi = proposal.assessment.kpi
    key_result = gm.promote(kpi, proposal, cycle=PLANNING_YEAR, serves="in-time")
    return attrs.evolve(model, key_results=[key_result])


def in_time() -> gm.Series:
    """Return the share of each month, with the patients behind it as its weight."""
    return IN_TIME.series([SEEN.series(HISTORY), *HISTORY])


def a_year_at_a_time() -> str:
    """Return the first month whose twelve months were worse than usual and, by two rises in a row, improving."""
    yearly = attrs.evolve(seen_in_time, aggregation=gm.measure.Aggregation.MEAN)
    kpi = attrs.evolve(MODEL.kpis[1], measure=yearly, window=gm.measure.LastMonths(12), cadence=None)
    read = attrs.evolve(in_time(), measure=yearly)
    policy = gm.trend.TrendPolicy(direction=gm.trend.Steps(2))
    found = (kpi.assess(read, as_of=month.end, policy=policy) for month in MONTHS)
    first = next(each for each in found if each.standing == "worse than usual" and each.heading == "improving")
    return (
        f"Twelve months at a time, {first.as_of:%B %Y} was {first.health.value}, {first.standing.value} and "
        f"{first.heading.value}: {value(first)} (two rises in a row, which is soon said)."
    )


def value(found: gm.KpiAssessment) -> str:
    """Return the latest value of a KPI with its unit."""
    return "not read" if found.latest is None else found.kpi.measure.shown(found.latest.known)


def month_line(seen: gm.Review) -> str:
    """Return one month in one line."""
    hours = seen.kpis[1]
    score = f"  {seen.key_results[0].score!s:>6}" if seen.key_results else ""
    standard = hours.kpi.measure.shown(hours.in_force.bands.cuts[-1])
    words = f"{standard:>8}  {hours.health.value:<9}  {hours.standing.value:<16}  {hours.heading.value:<18}"
    return f"{seen.as_of:%Y-%m}  {value(hours):>6}  {words}{score}".rstrip()


def report() -> str:
    """Return the whole story as text: each quarter in a line, the first proposal, and the review at the end."""
    walked = walk()
    first = next(seen for _, seen in walked if seen.promotions)
    _, last = walked[-1]
    return "\n".join(
        [
            "Emergency departments in England: 95 % of patients seen within four hours",
            f"Derived from counts: {'; '.join(str(each.formula) for each in MODEL.derived)}",
            "",
            "month     seen  standard  health     against usual     heading             key result",
            *(month_line(seen) for _, seen in walked[2::3]),
            "",
            f"First proposed as a key result in {first.as_of:%B %Y}: {show.why_is_it_proposed(first.promotions[0])}",
            a_year_at_a_time(),
            "",
            show.text(last),
        ]
    )


if __name__ == "__main__":
    print(report())
