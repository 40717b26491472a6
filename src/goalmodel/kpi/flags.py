"""How many of the flags that KPIs carry would chance alone bring?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from goalmodel.checks import is_a, is_count, the_many
from goalmodel.kpi.kpi import KpiAssessment
from goalmodel.reprs import readable
from goalmodel.showing import counted, shown
from goalmodel.trend import Heading, Standing


@attrs.frozen(kw_only=True)
@readable
class FlagsByChance:
    """How many KPIs are flagged, and how many of as many stable ones would be within a year.

    Attributes:
        asked: How many KPIs a rule could say something about, and has a measured rate at their cadence.
        worse: How many of them are worse than usual.
        worse_by_chance: How many of as many stable ones would be called so at least once within a year, on average.
        worsening: How many are worsening.
        worsening_by_chance: How many stable ones would be called so within a year.
        unrated: How many more are flagged or might be, by a rule that has no measured rate.
    """

    asked: int = attrs.field(validator=is_count())
    worse: int = attrs.field(validator=is_count())
    worse_by_chance: Fraction = attrs.field(validator=is_a(Fraction))
    worsening: int = attrs.field(validator=is_count())
    worsening_by_chance: Fraction = attrs.field(validator=is_a(Fraction))
    unrated: int = attrs.field(validator=is_count())

    def __str__(self) -> str:
        asked, flagged = counted(self.asked, "KPI"), f"{self.worse} worse than usual and {self.worsening} worsening"
        by_chance = f"{shown(self.worse_by_chance)} and {shown(self.worsening_by_chance)}"
        return f"of {asked}, {flagged}; were all of them stable, chance alone would flag {by_chance} in a year"


def flags_by_chance(found: Iterable[KpiAssessment]) -> FlagsByChance:
    """Return how many KPIs are flagged, and how many flags chance alone would bring.

    Each KPI is looked at as often as its cadence says, monthly where it says nothing. The rate is that of stable,
    independent, normal figures; those that carry over from one to the next are flagged about twice as often.

    Rule: KPI-9.
    """
    asked, unrated = set[int](), set[int]()
    flagged, chance = [0, 0], [Fraction(0), Fraction(0)]
    for number, each in enumerate(the_many(KpiAssessment, found, "found")):
        said = (
            (each.usual, each.standing, Standing.UNDETERMINED, Standing.WORSE),
            (each.direction, each.heading, Heading.UNDETERMINED, Heading.WORSENING),
        )
        for which, (verdict, answer, unknown, flag) in enumerate(said):
            if verdict is None or answer is unknown:
                continue
            rate = verdict.rule.false_alarm_rate(each.looks_a_year)
            (asked if rate is not None else unrated).add(number)
            if rate is not None:
                flagged[which] += answer is flag
                chance[which] += rate
    return FlagsByChance(
        asked=len(asked),
        worse=flagged[0],
        worse_by_chance=chance[0],
        worsening=flagged[1],
        worsening_by_chance=chance[1],
        unrated=len(unrated - asked),
    )
