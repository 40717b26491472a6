"""The examples of the linter's rules: each a whole program, with no more in it than it needs."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

LOOK: Final = "date(2026, 11, 30)"
"""The date on which every example is asked."""

DEFINITIONS: Final = MappingProxyType(
    {
        "date": "from datetime import date",
        "attrs": "import attrs",
        "gm": "import goalmodel as gm",
        "csat": 'csat = gm.Measure("customer satisfaction", unit="points")',
        "other": 'other = gm.Measure("answers within a day", unit="percent")',
        "unread": 'unread = gm.Measure("recommendations", unit="points")',
        "uptime": 'uptime = gm.Measure("uptime", unit="percent")',
        "values": "values = (8.2, 8.4, 8.1, 8.3, 8.2, 8.5, 8.3, 8.2, 8.4, 8.3, 8.2, 8.1, 8.2, 8.4)",
        "ends": (
            "ends = [gm.Cycle.month(2025 + (8 + n) // 12, (8 + n) % 12 + 1).end for n in range(14)]"
            "  # 30 September 2025 to 31 October 2026"
        ),
        "csat_read": "csat_read = gm.Series.of(csat, zip(ends, values))",
        "other_read": "other_read = gm.Series.of(other, {date(2026, 11, 30): 70})",
        "uptime_read": "uptime_read = gm.Series.of(uptime, {date(2026, 11, 30): 99.9})",
        "happy": 'happy = gm.Objective(id="happy", title="Customers are glad they came", owner="service")',
        "kpi": """\
kpi = gm.Kpi(
    id="csat",
    measure=csat,
    bands=gm.HealthBands.at_least(8),
    cadence=gm.Cadence.MONTHLY,
    serves="happy",
    owner="service",
    definition="mean of the last hundred answers",
)""",
        "other_kpi": 'other_kpi = attrs.evolve(kpi, id="answers", measure=other)',
        "kr": """\
kr = gm.KeyResult(
    id="csat-q4",
    measure=csat,
    baseline=8.4,
    target=9.2,
    cycle=gm.Cycle.quarter(2026, 4),
    serves="happy",
    owner="service",
)""",
        "other_kr": 'other_kr = attrs.evolve(kr, id="answers-q4", measure=other, baseline=70, target=90)',
        "sla": """\
sla = gm.Commit(
    id="sla",
    measure=uptime,
    standard=gm.Standard.at_least(99.9),
    due=date(2026, 12, 31),
    declared_on=date(2026, 9, 1),
    manner=gm.OnDueDate(),
    support=gm.Support(gm.commit.SupportKind.PEOPLE, "two on call"),
    serves="happy",
    owner="service",
)""",
        "quarters": """\
quarters = [
    attrs.evolve(kr, id=f"csat-q{n}", cycle=gm.Cycle.quarter(2026, n), continues=f"csat-q{n - 1}" if n > 1 else None)
    for n in (1, 2, 3, 4)
]""",
        "months": """\
months = [
    attrs.evolve(
        sla,
        id=f"sla-{n}",
        declared_on=date(2026, n - 1, 28),
        due=date(2026, n, 28),
        carried_from=f"sla-{n - 1}" if n > 9 else None,
    )
    for n in (9, 10, 11, 12)
]""",
        "carried": """\
def carried(days, goals):
    told = dict(reason="not there yet", decided_by="service")
    several = zip(days, goals, goals[1:])
    return [gm.events.CarriedOver(on=day, goal=goal, into=into, **told) for day, goal, into in several]""",
        "ended": """\
ended = gm.events.Retired(
    on=date(2026, 10, 31),
    goal=attrs.evolve(kr, cycle=gm.Cycle(date(2026, 8, 1), date(2026, 10, 31))),
    reason="its time is over",
    decided_by="service",
)""",
        "driver": """\
driver = attrs.evolve(
    kpi, id="calls", measure=gm.Measure("calls back within a day", timing=gm.measure.Timing.LEADING), serves="csat-q4"
)""",
        "driver_read": "driver_read = gm.Series.of(driver.measure, zip(ends, range(40, 54)))",
        "to_do": """\
to_do = gm.KeyResult(
    id="relaunch",
    measure=gm.Measure("steps of the relaunch", unit="steps"),
    counting=gm.key_result.Milestones([gm.key_result.Milestone(f"step {n}") for n in range(1, 7)]),
    baseline=0,
    target=6,
    cycle=gm.Cycle.quarter(2026, 4),
    serves="happy",
    owner="service",
)""",
        "stopping": """\
stopping = gm.Series.of(
    csat,
    {
        gm.Cycle.month(2023 + n // 12, n % 12 + 1).end: 7.5 if n % 4 == 1 else 8.5
        for n in range(46)
        if n % 4 != 2  # nothing is read behind a bad one
    },
)""",
        "heaped": """\
heaped = gm.Series.of(
    csat, {gm.Cycle.month(2023 + n // 12, n % 12 + 1).end: (7.5, 8, 8.1)[n % 3] for n in range(46)}
)""",
        "restated": """\
def restated(*moves):
    days = [gm.Cycle.month(2025 + n // 12, n % 12 + 1).end for n in range(22)]
    late = [gm.Reading(day, 8 + moves[n % len(moves)], known_on=date(2026, 11, 15)) for n, day in enumerate(days)]
    return gm.Series(csat, [*(gm.Reading(day, 8) for day in days), *late])""",
        "closed": """\
def closed(*scores):
    quarters = [gm.Cycle.quarter(2026, n) for n in (1, 2, 3)]
    return [gm.objective.ClosedCycle(cycle=each, scores=[gm.Score(score) for score in scores]) for each in quarters]""",
    }
)
"""What an example may name, in the order in which a program makes it."""

_WORD: Final = re.compile(r"(?<![.\w])[a-z]\w*\b")


def example(code: str, *goals: str, read: str = "", beside: str = "", limits: str = "") -> str:
    """Return a program that asks the rule with *code* about a model, and leaves what it found in `found`.

    Args:
        code: Of the rule.
        goals: The arguments of the model.
        read: The series that were read.
        beside: What else the linter takes.
        limits: Where else than by default the policy draws the line.
    """
    model = "".join(f"    {each},\n" for each in goals)
    policy = f'gm.hygiene.HygienePolicy(select=["{code}"]{limits and f", {limits}"})'
    more = [f"as_of={LOOK}", f"policy={policy}", *([beside] if beside else [])]
    asked = f"model = gm.GoalModel(\n{model})\nfound = gm.lint(model, [{read}], {', '.join(more)})\n"
    named = set[str]()
    waiting = [asked]
    while waiting:
        further = set(_WORD.findall(waiting.pop())) & set(DEFINITIONS) - named
        named |= further
        waiting += [DEFINITIONS[each] for each in further]
    return "\n".join([*(made for name, made in DEFINITIONS.items() if name in named), asked])
