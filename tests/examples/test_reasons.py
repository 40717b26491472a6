"""Every kind of reason by hand: facts, each unlike the others, and the whole sentence.

Two facts that change places would be seen.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias, cast

import pytest

from goalmodel import Absence, Attainment, Health, Measure, Pace, Reading, Score, Standard
from goalmodel.catalogue import REASON_KINDS
from goalmodel.commit import GoalKind, Held, StandardChange, Support, SupportKind
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.interchange import translated
from goalmodel.key_result import Outcome, PercentagePoints, Relative
from goalmodel.kpi import Assurance
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    Growth,
    Lag,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    Polarity,
)
from goalmodel.profiles import Difference, Question
from goalmodel.reasons import Fact, Reason, ReasonKind, spell
from goalmodel.statement.disagreement import Direction
from goalmodel.trend import Heading, MovingRange, SigmaRule, Standing, Steps, laney_p_chart, p_chart, u_chart

Row: TypeAlias = tuple[str, dict[str, Any], str]

UNSUPPORTED = REASON_KINDS["commit-unsupported"].because()
SPECULATIVE = REASON_KINDS["commit-speculative"].because()

# of commits
COM: list[Row] = [
    (
        "commit-amended-unsupported",
        {
            "on": date(2026, 1, 11),
            "change": StandardChange.LOWERED,
            "before": Standard(low=92),
            "after": Standard(low=93),
        },
        (
            "on 2026-01-11 the standard was lowered from at least 92 to at least 93, and nothing "
            "secured was added to support it"
        ),
    ),
    (
        "commit-announced-otherwise",
        {"standard": Standard(low=90), "announced": Standard(low=91)},
        "those who are held to at least 90 were told the standard was at least 91",
    ),
    (
        "commit-whole-met",
        {
            "value": Fraction(40),
            "aggregation": Aggregation.SUM,
            "since": date(2026, 10, 1),
            "standard": Standard.at_most(43),
        },
        "40, the sum of the readings since 2026-10-01, meets the standard, at most 43",
    ),
    (
        "commit-whole-not-met",
        {
            "value": Fraction(50),
            "aggregation": Aggregation.SUM,
            "since": date(2026, 10, 1),
            "distance": Fraction(7),
            "standard": Standard.at_most(43),
        },
        "50, the sum of the readings since 2026-10-01, is 7 short of the standard, at most 43",
    ),
    (
        "commit-out-of-reach",
        {"due": date(2026, 12, 31), "standard": Standard.at_least(101)},
        "nothing that can still be read until 2026-12-31 comes to the standard, at least 101",
    ),
    (
        "commit-figure-broken",
        {
            "value": Fraction(50),
            "start": date(2026, 10, 1),
            "end": date(2026, 10, 31),
            "standard": Standard.at_most(Fraction(432, 10)),
        },
        "50 from 2026-10-01 to 2026-10-31 can't meet the standard of at most 43.2 any more, whatever is still read",
    ),
    (
        "commit-share-out-of-reach",
        {"short": 2, "share": Fraction(9, 10), "left": 6},
        "2 readings did not meet the standard, and with 6 days left no share of 0.9 can be met",
    ),
    (
        "commit-figure-met",
        {
            "value": Fraction(1004),
            "start": date(2026, 10, 1),
            "end": date(2026, 10, 31),
            "standard": Standard.at_least(1000),
        },
        "1,004 from 2026-10-01 to 2026-10-31 meets the standard of at least 1,000, whatever is still read",
    ),
    (
        "commit-share-secured",
        {"met": 20, "share": Fraction(1, 2), "left": 6},
        "20 readings met the standard, and with 6 days left a share of 0.5 is met whatever they bring",
    ),
    (
        "commit-at-risk",
        {
            "standard": Standard(low=90),
            "by": date(2026, 2, 12),
            "required": Fraction(7, 20),
            "unit": "points",
            "best": Fraction(11, 20),
        },
        "to come to at least 90 by 2026-02-12 takes 0.35 points a day, and the most it ever made is 0.55",
    ),
    ("commit-beyond-saving", {"why": SPECULATIVE}, "it is not kept already: it was declared as highly speculative"),
    (
        "commit-declared-late",
        {"declared_on": date(2026, 1, 11), "start": date(2026, 2, 12)},
        "it was declared on 2026-01-11, after its time began on 2026-02-12",
    ),
    (
        "commit-forecast-short",
        {
            "count": 2,
            "declared_on": date(2026, 2, 12),
            "by": date(2026, 3, 13),
            "short": Fraction(9, 20),
            "unit": "points",
            "standard": Standard(low=95),
        },
        (
            "from 2 readings until 2026-02-12, the best that the forecast for 2026-03-13 allows is 0.45"
            " points short of at least 95"
        ),
    ),
    (
        "commit-in-flight",
        {"due": date(2026, 1, 11), "as_of": date(2026, 2, 12)},
        "it is due on 2026-01-11 and it is 2026-02-12",
    ),
    (
        "commit-met",
        {
            "reading": Reading(date(2026, 1, 1), 7),
            "standard": Standard(low=91),
            "manner": Held(date(2026, 10, 1), share=0.95),
        },
        (
            "7 on 2026-01-01 meets the standard, at least 91, held from 2026-10-01 to the due date in "
            "95 % of the readings"
        ),
    ),
    (
        "commit-never-came-near",
        {
            "count": 2,
            "declared_on": date(2026, 2, 12),
            "standard": Standard(low=92),
            "short": Fraction(9, 20),
            "unit": "points",
            "by": date(2026, 6, 16),
        },
        (
            "none of 2 readings until 2026-02-12 met at least 92, and at the fastest pace among them it"
            " would still be 0.45 points short on 2026-06-16"
        ),
    ),
    ("commit-no-pace", {"measure": "uptime"}, "nobody knows how fast uptime can move: it takes two readings"),
    (
        "commit-not-met",
        {
            "reading": Reading(date(2026, 1, 1), 7),
            "distance": Fraction(1, 4),
            "standard": Standard(low=92),
            "manner": Held(date(2026, 10, 1), share=0.95),
        },
        (
            "7 on 2026-01-01 is 0.25 short of the standard, at least 92, held from 2026-10-01 to the "
            "due date in 95 % of the readings"
        ),
    ),
    (
        "commit-not-observable",
        {"why": SPECULATIVE},
        "nobody can tell from the readings whether it was kept: it was declared as highly speculative",
    ),
    (
        "commit-not-observed",
        {"measure": "uptime", "as_of": date(2026, 2, 12)},
        "there is no reading of uptime until 2026-02-12",
    ),
    (
        "commit-not-possible",
        {"measure": "uptime", "by": date(2026, 2, 12), "standard": Standard(low=92)},
        "no value uptime can have meets the standard of 2026-02-12: at least 92",
    ),
    (
        "commit-not-yet-observable",
        {"due": date(2026, 1, 11), "until": date(2026, 2, 12)},
        "it was due on 2026-01-11, and its last reading can come in time until 2026-02-12",
    ),
    (
        "commit-on-course",
        {
            "standard": Standard(low=90),
            "by": date(2026, 2, 12),
            "required": Fraction(7, 20),
            "unit": "points",
            "best": Fraction(11, 20),
        },
        "to come to at least 90 by 2026-02-12 takes 0.35 points a day, and it has made 0.55 before",
    ),
    (
        "commit-readings-missing",
        {"since": date(2026, 1, 11), "until": date(2026, 2, 12), "missing": 4},
        "from 2026-01-11 until 2026-02-12 readings are missing that could have changed the verdict: 4",
    ),
    ("commit-share-met", {"met": 2, "whole": 3, "least": 4}, "2 of 3 readings met the standard, 4 are enough"),
    ("commit-share-not-met", {"met": 2, "whole": 3, "least": 4}, "2 of 3 readings met the standard, 4 are needed"),
    ("commit-speculative", {}, "it was declared as highly speculative"),
    (
        "commit-stage-not-met",
        {
            "by": date(2026, 1, 11),
            "reading": Reading(date(2026, 2, 2), 7.1),
            "distance": Fraction(7, 20),
            "standard": Standard(low=93),
        },
        "by 2026-01-11 7.1 on 2026-02-02 was 0.35 short of at least 93",
    ),
    (
        "commit-support-not-secured",
        {"support": Support(SupportKind.PEOPLE, "two engineers")},
        "people: two engineers was named as support but is not secured",
    ),
    ("commit-time-met", {"met": 2, "whole": 3, "least": 4}, "2 of 3 days met the standard, 4 are enough"),
    ("commit-time-not-met", {"met": 2, "whole": 3, "least": 4}, "2 of 3 days met the standard, 4 are needed"),
    (
        "commit-time-unobserved",
        {"days": 2, "since": date(2026, 2, 12), "until": date(2026, 3, 13)},
        ("no reading stands for 2 days from 2026-02-12 until 2026-03-13, and they could have changed the verdict"),
    ),
    (
        "commit-unobserved",
        {"since": date(2026, 1, 11), "until": date(2026, 2, 12)},
        "there is no reading from 2026-01-11 until 2026-02-12",
    ),
    ("commit-declined", {"who": "sales", "on": date(2026, 1, 11)}, "sales declined it on 2026-01-11"),
    (
        "commit-nobody-agreed",
        {"consequence": "no bonus"},
        "a consequence was stated, and nobody who is held to it has agreed: no bonus",
    ),
    (
        "commit-not-answered",
        {"who": "sales", "told_on": date(2026, 1, 11)},
        "sales is held to it, was told on 2026-01-11 and has not answered",
    ),
    (
        "commit-told-late",
        {"who": "sales", "told_on": date(2026, 1, 11), "start": date(2026, 1, 10)},
        "sales was told on 2026-01-11, after its time began on 2026-01-10",
    ),
    (
        "commit-promised-twice",
        {
            "resource": "engineers",
            "since": date(2026, 1, 11),
            "until": date(2026, 2, 12),
            "taken": Fraction(6),
            "amount": Fraction(5),
        },
        "what it takes of engineers is promised twice: from 2026-01-11 to 2026-02-12 6 are taken, and there are 5",
    ),
    (
        "commit-capacity-unknown",
        {"amount": Fraction(3), "resource": "engineers"},
        "it takes 3 of engineers, and nobody has said how much there is for all of its time",
    ),
    ("commit-unsupported", {}, "nothing is named that supports it: no people, budget or capacity"),
    (
        "goal-changed-kind-unrecorded",
        {
            "goal": "sla",
            "was": GoalKind.KEY_RESULT,
            "starts_on": date(2026, 3, 13),
            "became": GoalKind.COMMIT,
            "as_of": date(2026, 5, 15),
        },
        (
            "sla was a key result when its cycle began on 2026-03-13, it is a commit on 2026-05-15, "
            "and no record says so"
        ),
    ),
]

# of a reset
EVT: list[Row] = [
    (
        "reset-no-way-on",
        {"key_result": "csat-q4", "value": Fraction(1, 4)},
        "csat-q4 is over, and from 0.25, where it is, it can't go on to its target as it is",
    ),
    (
        "reset-healthy-already",
        {"key_result": "csat-q4", "baseline": Fraction(17, 2), "kpi": "csat"},
        "csat-q4 starts at 8.5, where csat is healthy already: it may be watched instead",
    ),
    (
        "reset-nothing-to-go-on-from",
        {"key_result": "csat-q4"},
        "csat-q4 is over and was never read, so it has nothing to go on from",
    ),
    ("reset-reached", {"key_result": "csat-q4", "score": Score(0.2)}, "csat-q4 is over and reached its target: 20 %"),
]

# of the linter
HYG: list[Row] = [
    ("COM301", {"count": 2, "limit": 3}, "2 commits are in flight at a time, and 3 at most should be"),
    (
        "COM302",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "COM303",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "COM304",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "COM309",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "COM305",
        {"kind": "support", "standards": (Standard(low=91), Standard(low=92))},
        "goals of one kind, support, are held to different standards: at least 91; at least 92",
    ),
    (
        "KPI112",
        {"measure": "satisfaction"},
        "KPIs on one measure, satisfaction, are healthy within different bands",
    ),
    ("COM306", {}, "nobody answers for it"),
    ("COM307", {}, "it leads to no objective"),
    (
        "COM308",
        {"due": date(2026, 1, 11), "attainment": Attainment.NOT_KEPT},
        "it was due on 2026-01-11, it is not kept, and it is still open",
    ),
    (
        "GM501",
        {"above": "up", "measure": "uptime", "low": Fraction(9), "below": "down", "high": Fraction(8)},
        "up wants uptime on the upper side of 9, and down on the lower side of 8",
    ),
    ("GM502", {"count": 2}, "the key results of one objective run in 2 different cycles"),
    (
        "GM503",
        {"due": date(2026, 1, 11), "start": date(2026, 2, 12), "end": date(2026, 3, 13)},
        ("it is due on 2026-01-11, outside every cycle of the key results it stands beside, 2026-02-12 to 2026-03-13"),
    ),
    (
        "GM504",
        {
            "commit": "sla",
            "demanded": Standard(low=Fraction(9, 20)),
            "measure": "uptime",
            "key_result": "csat-q4",
            "target": Fraction(7, 20),
        },
        "sla demands at least 0.45 of uptime, where csat-q4 only tries 0.35",
    ),
    ("GM505", {"why": SPECULATIVE}, "it was declared as highly speculative"),
    (
        "GM506",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "GM507",
        {"why": (SPECULATIVE, UNSUPPORTED)},
        ("it was declared as highly speculative; nothing is named that supports it: no people, budget or capacity"),
    ),
    (
        "GM514",
        {"measure": "cost per case", "unread": ("cost", "cases")},
        "cost per case has no figures: nothing was read of cost, cases",
    ),
    (
        "GM516",
        {"on": date(2026, 10, 31), "outcome": Outcome.PART_OF_THE_WAY},
        "it was closed on 2026-10-31, part of the way, and nobody has said what was learnt",
    ),
    (
        "GM515",
        {
            "start": date(2026, 8, 17),
            "end": date(2026, 8, 31),
            "measure": "cost per case",
            "window": EachPeriod(Period.MONTH),
        },
        "from 2026-08-17 to 2026-08-31 does not count, and cost per case is derived over whole periods, every month",
    ),
    ("GM518", {"count": 3, "priority": 1}, "all 3 have priority 1: which comes first?"),
    ("GM517", {"measure": "page views"}, "page views is good to know and no more, and here it is judged"),
    ("KPI101", {"count": 2, "limit": 3}, "2 KPIs are watched, and 3 at most can be"),
    ("KPI102", {"count": 9, "all": 10}, "9 of 10 KPIs are being moved: what is only watched?"),
    ("KPI103", {}, "it serves no key result and no objective"),
    ("KPI104", {}, "nobody has written down what exactly is counted"),
    ("KPI105", {}, "nobody answers for it"),
    ("KPI106", {}, "nobody has said how often it is read, so it never gets stale"),
    ("KPI107", {}, "nobody has said which values are healthy, so its health is unknown for ever"),
    ("KPI108", {"why": SPECULATIVE}, "it was declared as highly speculative"),
    (
        "kpis-never-read",
        {"measures": ("csat", "uptime"), "as_of": date(2026, 1, 11)},
        "nothing was read of csat, uptime until 2026-01-11",
    ),
    (
        "kpis-too-old",
        {"measures": ("csat", "uptime"), "until": date(2026, 1, 11), "as_of": date(2026, 2, 12)},
        "what was read of csat, uptime could be relied on until 2026-01-11 at the latest, and it is 2026-02-12",
    ),
    ("KPI109", {"word": "launch"}, "its definition says that it launch something: is it a commit?"),
    (
        "KPI110",
        {"count": 12, "days": 361},
        "it was healthy for 12 readings in a row, 361 days: is it read more often than it needs?",
    ),
    (
        "KPI113",
        {"on": date(2026, 1, 11)},
        "on 2026-01-11 somebody was to ask whether it is still the right KPI, with the right bands",
    ),
    ("KPI111", {"count": 2}, "it was not healthy for 2 readings in a row, and nobody is working on it"),
    ("KR201", {"count": 2, "limit": 3}, "2 key results serve it, and 3 at most should"),
    ("KR202", {"count": 2, "limit": 3}, "2 key results serve it, and 3 at least should"),
    ("KR203", {}, "nobody knows where it starts, so nobody can say how far it has come"),
    ("KR204", {"word": "launch"}, "its measure begins with launch, as a task does"),
    (
        "KR205",
        {"target": Fraction(3, 20), "low": Fraction(1, 4), "high": Fraction(7, 20)},
        "it is reached at 0.15, and from 0.25 to 0.35 was usual before the cycle",
    ),
    ("KR206", {}, "nobody answers for it"),
    ("KR207", {}, "it leads to no objective"),
    ("KR208", {"days": 2}, "2 days into its cycle there is no reading"),
    ("KR209", {"end": date(2026, 1, 11)}, "its cycle ended on 2026-01-11 and it is still open"),
    (
        "KR210",
        {"baseline": Fraction(3, 20), "kpi": "csat"},
        "it starts at 0.15, where csat is healthy already: is it to be kept, or to be moved?",
    ),
    ("KR211", {"count": 2}, "all 2 key results whose past is known aim beyond anything ever read"),
    ("KR212", {"count": 2}, "all 2 key results whose past is known aim at what was read before"),
    (
        "KR213",
        {"baseline": Fraction(100), "target": Fraction(90), "polarity": Polarity.HIGHER_IS_BETTER},
        "it leads from 100 to 90, and of its measure it is said: higher is better",
    ),
    (
        "KR214",
        {"owner": "support", "count": 26, "limit": 25},
        "support answers for 26 key results at a time, and for 25 at most should",
    ),
    ("KR215", {"days": 1826, "limit": 366}, "its cycle is 1,826 days long, and 366 at most it should be"),
    (
        "KR216",
        {"count": 3, "limit": 2},
        "it was carried over 3 times, and 2 at most should be: is it wanted, and is it possible?",
    ),
    (
        "COM310",
        {"count": 3, "limit": 2},
        "it was taken up again 3 times, and 2 at most should be: is it wanted, and is it possible?",
    ),
    (
        "KR217",
        {"target": Fraction(3, 20), "kpi": "csat"},
        "it is to come to 0.15, from where on csat is healthy, and nobody says by what work: is it csat once more?",
    ),
    ("KR218", {"count": 4}, "it counts 4 things to do, and nothing beside it says what that changed"),
    ("KR219", {"guardrail": "csat"}, "csat, named to be watched beside it, is no KPI of the model on another measure"),
    (
        "KR220",
        {
            "score": Score(Fraction(1, 2)),
            "guardrail": "csat",
            "since": date(2026, 1, 11),
            "health": Health.UNHEALTHY,
            "standing": Standing.AS_USUAL,
            "heading": Heading.WORSENING,
        },
        (
            "it came 50 % of its way, and csat, named to be watched beside it, became worse on 2026-01-11: unhealthy, "
            "as usual, worsening"
        ),
    ),
    (
        "GM508",
        {"driver": "calls", "since": date(2026, 1, 11), "key_result": "csat-q4", "score": Score(Fraction(-1, 2))},
        "calls is improving since 2026-01-11, and csat-q4, which it is to lead to, came -50 % of its way",
    ),
    (
        "GM509",
        {
            "resource": "engineers",
            "taken": Fraction(6),
            "since": date(2026, 1, 11),
            "until": date(2026, 2, 12),
            "amount": Fraction(5),
        },
        "of engineers 6 are taken from 2026-01-11 to 2026-02-12, and there are 5",
    ),
    (
        "GM510",
        {"amount": Fraction(3), "resource": "engineers"},
        "it takes 3 of engineers, and nobody has said how much there is for all of its time",
    ),
    (
        "GM511",
        {"count": 5, "total": 6, "chance": Fraction(1, 200)},
        (
            "5 of 6 times readings stopped behind a bad one; by itself that comes in at most 0.5 % of series: is it "
            "harder to read then?"
        ),
    ),
    (
        "GM512",
        {"count": 5, "total": 6, "chance": Fraction(1, 200)},
        (
            "5 of the 6 readings next to the edge just met it; by themselves as many do in at most 0.5 % of series: "
            "what happens near the edge?"
        ),
    ),
    (
        "GM513",
        {"count": 5, "total": 6, "chance": Fraction(1, 200)},
        (
            "5 of 6 restatements made it better; by themselves as many do in at most 0.5 % of series: do late figures "
            "always come so?"
        ),
    ),
    ("OBJ401", {"count": 2, "limit": 3}, "2 objectives that serve no other, and 3 at most should be"),
    ("OBJ402", {}, "no key result, no commit and no objective leads to it"),
    ("OBJ403", {"number": "10"}, "its title says 10: is that a key result?"),
    ("OBJ404", {}, "nobody answers for it"),
    ("translate-improved", {}, "it is being moved to a target that is safe to miss by some: a key result"),
    ("translate-improved-and-watched", {}, "what is being improved is not only watched: which of the two is meant?"),
    ("translate-improved-without-target", {}, "it is being improved, and nobody has said how far: name a target"),
    ("translate-must", {}, "it must be reached in full, so it is owed: a commit"),
    ("translate-must-and-watched", {}, "what must be reached can't be only watched: which of the two is meant?"),
    ("translate-must-without-target", {}, "it must be reached, and nobody has said what: name the standard"),
    ("translate-nothing-said", {}, "nobody says that it is owed, worked on or watched: it is a measure, and no goal"),
    ("translate-target-only", {}, "it has a target, and nobody says that it is owed or worked on: which is it?"),
    ("translate-watched", {}, "it is only watched, to see that it stays healthy: a KPI"),
]

# of KPIs and trends
FIG: list[Row] = [
    (
        "figure-fewer-readings",
        {"count": 3, "least": 12},
        "it rests on fewer readings than it asks for: 3 of 12",
    ),
    (
        "figure-not-covered",
        {"start": date(2026, 1, 2), "first": date(2026, 1, 9)},
        "it goes back to 2026-01-02, and the first reading is of 2026-01-09",
    ),
    (
        "figure-readings-absent",
        {"start": date(2026, 1, 1), "end": date(2026, 1, 31), "count": 2},
        "between 2026-01-01 and 2026-01-31 readings are stated absent: 2",
    ),
    (
        "figure-none",
        {"until": date(2026, 1, 20), "window": EachPeriod(Period.MONTH)},
        "until 2026-01-20 no figure is complete: every month",
    ),
    (
        "figure-too-few-readings",
        {"figure": Reading(date(2026, 2, 28), 50), "count": 3, "least": 20},
        "50 on 2026-02-28 is not judged: it rests on 3 of the 20 readings that are asked for",
    ),
    (
        "figure-too-few-cases",
        {"figure": Reading(date(2026, 2, 28), 50, 2), "cases": Fraction(2), "least": Fraction(30)},
        "50 on 2026-02-28 is not judged: it rests on 2 of the 30 cases that are asked for",
    ),
    (
        "figure-running",
        {"end": date(2026, 1, 31), "as_of": date(2026, 1, 20)},
        "its time is not over until 2026-01-31, and it is 2026-01-20",
    ),
]

KPI: list[Row] = [
    (
        "kpi-decided-early",
        {
            "value": Fraction(50),
            "start": date(2026, 10, 1),
            "end": date(2026, 10, 31),
            "zone": "too long",
            "health": Health.UNHEALTHY,
        },
        "50 from 2026-10-01 on lies in the zone too long whatever is still read until 2026-10-31: unhealthy",
    ),
    (
        "breach-crosses",
        {"kpi": "csat", "rate": Fraction(1, 4), "count": 4, "edge": Fraction(9, 20)},
        "csat moves by 0.25 from reading to reading, by its last 4, toward 0.45",
    ),
    (
        "breach-no-edge-ahead",
        {"kpi": "csat", "rate": Fraction(1, 4), "count": 4},
        "csat moves by 0.25 from reading to reading, by its last 4: toward no edge",
    ),
    (
        "breach-not-healthy",
        {"kpi": "csat", "health": Health.WATCH},
        "csat is on watch: there is no healthy edge left to cross",
    ),
    ("breach-too-few-readings", {"needs": 2, "missing": 3}, "a slope needs 2 readings and 3 are missing"),
    (
        "composite-least-healthy",
        {"part": "systolic", "health": Health.WATCH, "kpi": "csat"},
        "systolic is on watch, and no part of csat is less healthy",
    ),
    ("composite-part-unknown", {"part": "systolic"}, "nobody knows whether systolic is healthy"),
    (
        "kpi-assurance",
        {
            "assurance": Assurance.CONSISTENTLY_MEETS,
            "low": Fraction(1, 4),
            "high": Fraction(7, 20),
            "edge": Fraction(9, 20),
        },
        "consistently meets the line: readings are to be expected from 0.25 to 0.35, and 0.45 is an edge",
    ),
    (
        "kpi-deviation-accepted",
        {"until": date(2026, 1, 11), "reason": "the market fell"},
        "it is known and accepted until 2026-01-11: the market fell",
    ),
    (
        "kpi-deviation-expired",
        {"until": date(2026, 1, 11), "reason": "the market fell"},
        "it was accepted until 2026-01-11 and is no longer: the market fell",
    ),
    (
        "kpi-flapping",
        {"kpi": "csat", "changes": 3, "count": 4, "share": Fraction(9, 20)},
        "csat changed its zone 3 times in 4 readings: 45 %",
    ),
    (
        "kpi-in-zone",
        {"reading": Reading(date(2026, 1, 1), 7), "zone": "stage 1", "health": Health.UNHEALTHY},
        "7 on 2026-01-01 lies in the zone stage 1: unhealthy",
    ),
    (
        "kpi-never-read",
        {"measure": "uptime", "as_of": date(2026, 2, 12)},
        "there is no reading of uptime until 2026-02-12",
    ),
    ("kpi-no-bands", {"measure": "uptime"}, "nobody has said which values of uptime are healthy"),
    (
        "kpi-no-direction",
        {"measure": "uptime"},
        "uptime is best inside a range and nobody has said which: no way is the wrong way",
    ),
    (
        "kpi-out-of-range",
        {"reading": Reading(date(2026, 1, 1), 7), "measure": "uptime"},
        "7 on 2026-01-01 is no value uptime can have and is not judged",
    ),
    (
        "kpi-overdue",
        {"since": date(2026, 1, 11), "days": 30, "overdue": date(2026, 2, 10)},
        (
            "it lies outside its healthy zone since 2026-01-11, and 30 days of that were acceptable: overdue since "
            "2026-02-10"
        ),
    ),
    (
        "kpi-rebased",
        {"on": date(2026, 1, 11), "reason": "the market fell"},
        "since 2026-01-11 something else is usual: the market fell",
    ),
    (
        "kpi-stale",
        {"reading": Reading(date(2026, 1, 1), 7), "until": date(2026, 2, 12), "as_of": date(2026, 3, 13)},
        "the latest reading, 7 on 2026-01-01, could be relied on until 2026-02-12 and it is 2026-03-13",
    ),
    (
        "trend-fired",
        {"rule": Steps(4), "answer": Heading.NO_CLEAR_DIRECTION, "count": 4},
        "4 steps in a row: no clear direction, by the last 4 readings",
    ),
    (
        "trend-no-limits-of-differences",
        {},
        ("limits are stated for the values of the measure and say nothing about differences from season to season"),
    ),
    (
        "trend-no-limits-of-distances",
        {},
        (
            "limits are stated for the values of the measure and say nothing about the distance to the "
            "nearer of two edges"
        ),
    ),
    (
        "trend-not-fired",
        {"rule": Steps(4), "answer": Heading.NO_CLEAR_DIRECTION, "count": 4},
        "4 steps in a row: no clear direction, nothing else is seen in the last 4 readings",
    ),
    (
        "trend-on-median",
        {"rule": Steps(4), "count": 3, "useful": 4, "missing": 5},
        "4 steps in a row: of 3 readings only 4 are off their median and 5 are missing",
    ),
    (
        "trend-on-trial",
        {"count": 2, "full": 3},
        "the reference has 2 of 3 readings: limits are on trial and may still move",
    ),
    (
        "trend-season-without-cadence",
        {"periods": 2},
        "without a cadence nobody knows which reading is 2 periods before",
    ),
    (
        "trend-too-few-readings",
        {"rule": Steps(4), "needs": 3, "missing": 4},
        "4 steps in a row needs 3 readings without a long gap and 4 are missing",
    ),
    (
        "trend-zero-dispersion",
        {"count": 2},
        "the 2 reference readings are all alike, so nothing says what is usual until the reference is moved",
    ),
]

# of key results
KR: list[Row] = [
    (
        "forecast-before-cycle",
        {"start": date(2026, 1, 11)},
        "the cycle begins on 2026-01-11, and nothing has moved yet",
    ),
    ("forecast-cycle-over", {"end": date(2026, 1, 11)}, "the cycle ended on 2026-01-11: it has landed where it has"),
    (
        "forecast-landing",
        {"count": 2, "value": Fraction(1, 4), "end": date(2026, 3, 13)},
        "as 2 readings move, it comes to 0.25 by 2026-03-13",
    ),
    ("pace-not-read", {"since": date(2026, 10, 5)}, "it was not read since 2026-10-05"),
    (
        "pace-not-read-since",
        {"since": date(2026, 10, 5), "pace": Pace.ON_PACE},
        "it was not read since 2026-10-05 (was on pace)",
    ),
    (
        "forecast-no-distances",
        {},
        "between its values there are no distances, so that no line leads anywhere",
    ),
    (
        "forecast-no-line",
        {"counting": Aggregation.LAST},
        "what is counted is the latest reading, and that follows no line",
    ),
    (
        "forecast-read-before",
        {"count": 17, "start": date(2026, 1, 11)},
        "of these readings 17 are of before the cycle, which began on 2026-01-11",
    ),
    ("forecast-too-few-readings", {"count": 2, "needed": 3}, "a forecast needs 3 readings, and 2 are there"),
    (
        "kr-may-be-too-easy",
        {"reading": Reading(date(2026, 1, 1), 7), "target": Fraction(1, 4)},
        "it came to 7 on 2026-01-01, at or past 0.25: was it a stretch?",
    ),
    ("kr-no-baseline", {}, "there is no baseline yet, so nobody can say how far it has come"),
    (
        "kr-no-reading",
        {"start": date(2026, 1, 11), "until": date(2026, 2, 12)},
        "there is no reading from 2026-01-11 until 2026-02-12",
    ),
    (
        "kr-closing-reading-absent",
        {"on": date(2026, 9, 30), "absence": Absence.MISSING},
        "the reading of 2026-09-30 is stated absent (missing), so nobody can say where it stood at the end",
    ),
    (
        "kr-latest-reading-absent",
        {"on": date(2026, 8, 31), "absence": Absence.NOT_MEASURED},
        "the reading of 2026-08-31 is stated absent (not measured), so nobody can say where it stands now",
    ),
    (
        "answer-at-this-pace",
        {
            "value": Fraction(138),
            "target": Fraction(130),
            "unit": "leads",
            "end": date(2026, 12, 31),
            "low": Fraction(132),
            "high": Fraction(146),
        },
        "at this pace 138 of 130 leads by 2026-12-31 (132 to 146)",
    ),
    (
        "answer-came-and-expected",
        {"score": Score(0.53), "expected": Score(0.5)},
        "53 % of the way, 50 % expected",
    ),
    (
        "answer-came-at-the-end",
        {"score": Score(0.53), "end": date(2026, 12, 31)},
        "53 % of the way when the cycle ended on 2026-12-31",
    ),
    ("answer-came-so-far", {"score": Score(0.53)}, "53 % of the way"),
    ("answer-needs", {"rate": Fraction(13, 10), "unit": "leads"}, "needs 1.3 leads a day"),
    (
        "answer-needs-and-fastest",
        {"rate": Fraction(13, 10), "unit": "leads", "fastest": Fraction(2)},
        "needs 1.3 leads a day, the fastest so far was 2",
    ),
    (
        "answer-proposed-from",
        {"baseline": Fraction(15, 2), "unit": "points", "count": 3},
        "as a key result it would start from 7.5 points, the mean of 3 readings",
    ),
    ("changed-more", {"count": 3}, "other changes: 3"),
    ("changed-nothing", {}, "nothing changed"),
    *(
        (f"changed-{code}", {"goals": ("csat", "nps")}, f"{words}: csat, nps")
        for code, words in (
            ("defined", "defined otherwise"),
            ("gone", "gone"),
            ("healthier", "healthier"),
            ("kept", "commits kept"),
            ("less-healthy", "less healthy"),
            ("moved-back", "moved back"),
            ("moved-forward", "moved forward"),
            ("new", "new"),
            ("not-kept", "commits not kept"),
            ("not-proposed", "no longer proposed"),
            ("not-worse", "no longer worse than usual"),
            ("not-worsening", "no longer worsening"),
            ("proposed", "newly proposed"),
            ("restated", "figures restated"),
            ("worse", "now worse than usual"),
            ("worsening", "now worsening"),
        )
    ),
    (
        "kr-reading-may-still-come",
        {"due": date(2026, 12, 31), "until": date(2027, 1, 10)},
        "the reading that is due on 2026-12-31 may still come until 2027-01-10",
    ),
    (
        "commit-was-a-stretch",
        {"declared_on": date(2026, 12, 20), "key_result": "runs"},
        "declared on 2026-12-20, it made a must of runs, a stretch that ran: a minimum nobody had named",
    ),
    (
        "kr-baseline-restated",
        {"was": Fraction(3, 20), "on": date(2026, 2, 12), "reason": "it was counted twice"},
        "the baseline was 0.15 until 2026-02-12: it was counted twice",
    ),
    (
        "kr-baseline-found",
        {"on": date(2026, 2, 12), "reason": "measured at last"},
        "nobody knew the baseline until 2026-02-12: measured at last",
    ),
    (
        "kr-revised",
        {"was": Fraction(3, 20), "on": date(2026, 2, 12), "reason": "the market fell"},
        "the target was 0.15 until 2026-02-12: the market fell",
    ),
    (
        "kr-scored",
        {"baseline": Fraction(3, 20), "target": Fraction(1, 4), "reading": Reading(date(2026, 3, 3), 7.2)},
        "from 0.15 to 0.25 it has come to 7.2 on 2026-03-03",
    ),
    (
        "kr-scored-by-mean",
        {
            "baseline": Fraction(3, 20),
            "target": Fraction(1, 4),
            "count": 12,
            "value": Fraction(1, 5),
            "on": date(2026, 12, 31),
        },
        "from 0.15 to 0.25, the mean of 12 readings is 0.2, by 2026-12-31",
    ),
    (
        "pace-compared",
        {"score": Score(0.15), "expected": Score(0.2), "toward": Score(0.7), "pace": Pace.BEHIND},
        "it has come 15 % of the way, 20 % was expected, 70 % by the end: behind",
    ),
    ("pace-cycle-over", {"end": date(2026, 1, 11)}, "the cycle ended on 2026-01-11: there is nothing to keep up with"),
    ("pace-no-expectation", {}, "nobody has said what is expected by when"),
    ("pace-no-score", {}, "there is no score to compare with what was expected"),
    (
        "pace-too-early",
        {"elapsed": Fraction(3, 20), "early": Fraction(1, 4)},
        "15 % of the cycle is over, pace is judged from 25 % on",
    ),
]

# of promotion and demotion
LIFE: list[Row] = [
    (
        "chance-no-level",
        {},
        ("what counts is no level, so readings before the cycle do not say what an unchanged process comes to"),
    ),
    ("chance-no-way", {}, "nobody has said from where to where, so nothing can be scored"),
    (
        "chance-scored-so",
        {"count": 12, "successes": 3, "success": Score(0.7)},
        "of 12 like times before, 3 would have scored 70 % or more with nothing done",
    ),
    (
        "chance-too-few-times",
        {"count": 2, "needed": 6},
        "2 like times before are known, and 6 are the fewest that say something about chance",
    ),
    (
        "continue-cycle-running",
        {"end": date(2026, 1, 11)},
        "the cycle runs until 2026-01-11 and the target is not reached",
    ),
    ("continue-no-sigma", {"kpi": "csat"}, "nobody can say how far one sigma of csat is"),
    (
        "continue-not-assured",
        {"count": 2, "kpi": "csat"},
        "by the last 2 readings csat is healthy, and nothing says that the next ones will be",
    ),
    (
        "continue-not-healthy-long",
        {"kpi": "csat", "count": 3, "needed": 4},
        ("csat has been healthy and clear of its edge for 3 readings in a row since it was promoted, 4 are needed"),
    ),
    (
        "continue-too-soon",
        {"kpi": "csat", "since": date(2026, 2, 12), "days": 4, "needed": 5},
        "csat became a key result on 2026-02-12, 4 days ago, and stays one for 5",
    ),
    ("continue-unknown", {"kpi": "csat"}, "nobody knows whether csat is healthy now"),
    ("continue-worsening", {"kpi": "csat"}, "csat is worsening"),
    (
        "contradiction-both-ways",
        {"ready": "csat", "key_result": "csat-q4", "needy": "nps"},
        "by csat csat-q4 might go back to being watched, and by nps, on the same measure, work is needed",
    ),
    (
        "contradiction-reached-but-not-healthy",
        {"key_result": "csat-q4", "kpi": "csat", "health": Health.UNHEALTHY},
        "csat-q4 reached its target and csat is still unhealthy",
    ),
    (
        "deferred-focus",
        {"kpi": "csat", "limit": 3, "active": 4, "ahead": 5},
        "csat waits: 3 key results at a time, 4 are active, 5 go first",
    ),
    ("demote-cycle-over", {"end": date(2026, 1, 11)}, "the cycle ended on 2026-01-11"),
    (
        "demote-healthy-long",
        {"kpi": "csat", "count": 3},
        "csat has been healthy and clear of its edge for 3 readings in a row since it was promoted",
    ),
    ("demote-target-reached", {"score": Score(0.15)}, "the target is reached: 15 %"),
    ("keep-healthy", {"kpi": "csat"}, "csat is healthy"),
    ("keep-on-watch", {"kpi": "csat"}, "csat is on watch and not worsening: a reason to look, not yet to act"),
    (
        "keep-recovering",
        {"kpi": "csat", "health": Health.UNHEALTHY},
        "csat is unhealthy and improving: it is recovering",
    ),
    ("keep-unknown", {"kpi": "csat"}, "nobody knows whether csat is healthy, and that is no evidence"),
    (
        "keep-waiting",
        {"kpi": "csat", "count": 4, "needed": 5},
        (
            "csat is unhealthy, neither worse than usual nor worsening, and was unhealthy for 4 readings in a row, 5 "
            "are needed"
        ),
    ),
    ("promote-chosen", {"kpi": "csat", "why": "the board asked"}, "csat was chosen: the board asked"),
    (
        "promote-on-course",
        {"kpi": "csat", "edge": Fraction(8), "readings": 3},
        "csat is healthy, worsening, and on course to cross 8 (readings until then: 3)",
    ),
    (
        "promote-overdue",
        {"kpi": "csat", "since": date(2026, 1, 11)},
        "csat lies outside its healthy zone for longer than is acceptable: overdue since 2026-01-11",
    ),
    (
        "promote-unhealthy-long",
        {"kpi": "csat", "count": 4, "needed": 3},
        "csat has been unhealthy for 4 readings in a row, 3 are enough",
    ),
    ("promote-worsening", {"kpi": "csat", "health": Health.WATCH}, "csat is on watch and worsening"),
    (
        "promote-worse-than-usual",
        {"kpi": "csat", "health": Health.UNHEALTHY},
        "csat is unhealthy and worse than usual",
    ),
    (
        "time-agreed-too-late",
        {"start": date(2026, 1, 11), "end": date(2026, 2, 12), "agreed_on": date(2026, 3, 13), "reason": "flood"},
        (
            "that from 2026-01-11 to 2026-02-12 does not count was agreed on 2026-03-13, too late to move the verdict: "
            "flood"
        ),
    ),
    (
        "time-not-counted",
        {"start": date(2026, 1, 11), "end": date(2026, 2, 12), "agreed_on": date(2025, 12, 13), "reason": "closed"},
        "from 2026-01-11 to 2026-02-12 does not count, as agreed on 2025-12-13: closed",
    ),
    (
        "trend-beyond",
        {
            "rule": SigmaRule(1),
            "answer": Standing.WORSE,
            "value": Fraction(4),
            "on": date(2026, 2, 28),
            "edge": Fraction("7.5"),
            "mean": Fraction("8.25"),
        },
        (
            "1 reading at least 1 sigma off the reference's mean: worse than usual; 4 on 2026-02-28 lies beyond 7.5, "
            "where 8.25 is usual"
        ),
    ),
    ("trend-no-weights", {"rule": p_chart()}, "p chart asks how many cases each figure rests on, and nobody knows"),
    (
        "trend-not-of-values",
        {"rule": u_chart(1000)},
        (
            "u chart, per 1,000 cases judges the values of the measure by readings of it: not differences, not"
            " distances to two edges, no stated limits"
        ),
    ),
    (
        "trend-no-such-value",
        {"rule": p_chart(), "value": Fraction(101), "on": date(2026, 2, 28)},
        "p chart: 101 on 2026-02-28 is nothing that cases can come to",
    ),
    (
        "trend-no-spread",
        {"rule": laney_p_chart(), "count": 12},
        "Laney p\N{PRIME} chart: the 12 reference readings leave nothing to chance, so nothing says what is usual",
    ),
    (
        "trend-beyond-by-cases",
        {
            "rule": p_chart(),
            "answer": Standing.WORSE,
            "value": Fraction(60),
            "on": date(2026, 2, 28),
            "cases": Fraction(200),
            "edge": Fraction("9.5"),
            "mean": Fraction(5),
        },
        "p chart: worse than usual; 60 on 2026-02-28, of 200 cases, lies beyond 9.5, where 5 is usual",
    ),
    (
        "trend-moved",
        {
            "rule": MovingRange(2),
            "answer": Standing.BETTER,
            "before": Fraction(3),
            "value": Fraction(9),
            "on": date(2026, 2, 28),
            "limit": Fraction("5.5"),
        },
        "a move of more than 2 sigma: better than usual; the move from 3 to 9 on 2026-02-28 is longer than 5.5",
    ),
    (
        "trend-not-settled",
        {"rule": Steps(4), "count": 7, "full": 12},
        "4 steps in a row waits until the reference can't move any more: it has 7 readings, 12 are needed by its end",
    ),
    (
        "trend-tested",
        {"rule": Steps(4), "answer": Heading.WORSENING, "s": -13, "count": 6, "chance": Fraction(1, 120)},
        (
            "4 steps in a row: worsening; S is -13 over the last 6 readings, and in a random order as far that way or "
            "farther with probability 0.0083"
        ),
    ),
    (
        "trend-runs",
        {
            "rule": Steps(4),
            "answer": Standing.WORSE,
            "useful": 20,
            "run": 9,
            "longest": 7,
            "crossings": 5,
            "fewest": 6,
        },
        (
            "4 steps in a row: worse than usual; of 20 readings off their median 9 in a row lie on one side, where 7 "
            "may, and they cross it 5 times, where 6 are enough"
        ),
    ),
]

# of objectives and cycles
OBJ: list[Row] = [
    (
        "calibration-out-of-reach",
        {"count": 2, "mean": Fraction(1, 4)},
        "in 2 cycles in a row the mean score was below 25 %: too much was tried at once",
    ),
    (
        "calibration-over-commitment",
        {"count": 2, "rate": Fraction(1, 4)},
        "in 2 cycles in a row fewer than 25 % of the commits were kept: too much was promised",
    ),
    (
        "calibration-overconfident",
        {"count": 2, "expected": Fraction(1, 4), "came": Fraction(7, 20)},
        "2 times people were 25 % sure on average, and only 35 % of it came true",
    ),
    (
        "calibration-sandbagging",
        {"count": 2, "share": Fraction(1, 4)},
        "in 2 cycles in a row at least 25 % of the key results reached their target: were they stretches?",
    ),
    (
        "calibration-underconfident",
        {"count": 2, "expected": Fraction(1, 4), "came": Fraction(7, 20)},
        "2 times people were 25 % sure on average, and as much as 35 % of it came true",
    ),
    (
        "rollup-commits",
        {"total": 2, "kept": 3, "not_kept": 4, "in_flight": 5, "unknown": 6, "not_yet_observable": 7},
        "of 2 commits: 3 kept, 4 not kept, 5 in flight, 6 unknown, 7 not yet observable",
    ),
    (
        "rollup-commits-below",
        {"objective": "happy", "attainment": Attainment.NOT_KEPT},
        "the commits of happy, taken together: not kept",
    ),
    (
        "rollup-coverage",
        {"scored": 2, "total": 3, "weight": Fraction(7, 20)},
        "2 of 3 key results scored, 35 % of the weight",
    ),
    (
        "rollup-health",
        {"total": 2, "healthy": 3, "watch": 4, "unhealthy": 5, "unknown": 6},
        "of 2 KPIs: 3 healthy, 4 on watch, 5 unhealthy, 6 unknown",
    ),
    (
        "rollup-not-all-scored",
        {"scored": 2, "total": 3},
        "2 of 3 key results scored: without the others there is no mean",
    ),
    ("rollup-nothing-scored", {"total": 2}, "none of 2 key results is scored: there is no mean"),
]

# of other systems
PROF: list[Row] = [
    (
        "profile-differs",
        {"difference": Difference.NOT_PUBLISHED, "before": "healthy", "after": "stage 1"},
        "not-published: healthy becomes stage 1",
    ),
    ("profile-no-rule", {"system": "Viva Goals", "question": Question.WORD}, "Viva Goals publishes no rule for word"),
    ("profile-nothing-said", {"system": "Viva Goals"}, "of these facts Viva Goals says nothing"),
    ("profile-said", {"system": "Viva Goals", "said": "hours"}, "Viva Goals says hours"),
]

# of a review
REV: list[Row] = [
    (
        "contradiction-healthy-but-far",
        {"kpi": "csat", "key_result": "csat-q4", "score": Score(0.25)},
        "csat is healthy and csat-q4, which moves the same measure, came only 25 % of its way",
    ),
    (
        "contradiction-not-a-value",
        {"reading": Reading(date(2026, 1, 1), 7), "commit": "sla", "measure": "uptime"},
        ("7 on 2026-01-01 meets the standard of sla and is no value uptime can have, so that it is not judged"),
    ),
    (
        "contradiction-pulled-apart",
        {"above": "a", "measure": "uptime", "low": Fraction(7, 20), "below": "b", "high": Fraction(11, 20)},
        "a wants uptime on the upper side of 0.35 and b on the lower side of 0.55: no value will do for both",
    ),
    (
        "externality-came-nearer",
        {
            "goal": "sla",
            "before": Fraction(1, 4),
            "after": Fraction(7, 20),
            "since": date(2026, 4, 14),
            "until": date(2026, 5, 15),
            "days": 7,
            "kpi": "csat",
        },
        (
            "sla came from 0.25 to 0.35 short of its standard from 2026-04-14 to 2026-05-15; 7 of these"
            " days csat worsened"
        ),
    ),
    (
        "externality-goal-unseen",
        {"goal": "sla", "since": date(2026, 2, 12), "until": date(2026, 3, 13)},
        "too little was read of sla from 2026-02-12 to 2026-03-13 to see whether it moved forward",
    ),
    (
        "externality-kpi-unseen",
        {"kpi": "csat", "since": date(2026, 2, 12), "until": date(2026, 3, 13)},
        "too little was read of csat from 2026-02-12 to 2026-03-13 to see whether it worsened",
    ),
    (
        "externality-score-grew",
        {
            "goal": "sla",
            "before": Score(0.2),
            "after": Score(0.25),
            "since": date(2026, 4, 14),
            "until": date(2026, 5, 15),
            "days": 7,
            "kpi": "csat",
        },
        ("sla came from 20 % to 25 % of its way from 2026-04-14 to 2026-05-15; 7 of these days csat worsened"),
    ),
    ("externality-others-moved", {"count": 3}, "3 more goals moved forward on some of these days"),
    (
        "externality-worse-than-usual",
        {"kpi": "csat", "latest": Reading(date(2026, 1, 11), Fraction(3, 20)), "since": date(2025, 10, 11)},
        "csat is worse than usual, 0.15 on 2026-01-11, and was not on 2025-10-11",
    ),
    (
        "externality-worsening",
        {"kpi": "csat", "latest": Reading(date(2026, 1, 11), Fraction(3, 20))},
        "csat is worsening: 0.15 on 2026-01-11",
    ),
]

# of statements
STM: list[Row] = [
    ("statement-calendar", {}, "quarters and halves are those of the calendar year"),
    (
        "statement-change-disagrees",
        {
            "baseline": Fraction(3, 20),
            "target": Fraction(1, 4),
            "fits": Relative(0.12),
            "change": Relative(0.13),
            "leads_to": Fraction(11, 20),
        },
        "from 0.15 to 0.25 is +12 %, not +13 %, which would lead to 0.55",
    ),
    (
        "statement-change-or-share",
        {"field": "target", "text": "a dozen", "occasions": "races"},
        "a dozen may be a change, or a share of races",
    ),
    (
        "statement-differs",
        {"said": Fraction(3, 20), "field": "target", "held": Fraction(7, 20)},
        "the statement says 0.15 for the target, and the key result has 0.35",
    ),
    (
        "statement-ends-first",
        {"start": date(2026, 1, 11), "end": date(2026, 2, 12)},
        "it starts on 2026-01-11 and ends before, on 2026-02-12",
    ),
    ("statement-from-zero", {"count": Fraction(3, 20), "unit": "points"}, "0.15 points are counted from 0"),
    ("statement-more-than-a-change", {"field": "target", "text": "a dozen"}, "a dozen: that is more than a change"),
    (
        "statement-no-move",
        {"baseline": Fraction(3, 20), "target": Fraction(1, 4)},
        "from 0.15 to 0.25 nothing is moved",
    ),
    (
        "statement-other-end",
        {"start": date(2026, 1, 11), "last": date(2026, 2, 12), "end": date(2026, 3, 13)},
        "from 2026-01-11 it lasts until 2026-02-12, and is to end on 2026-03-13",
    ),
    (
        "statement-other-quantity",
        {"said": "hours", "held": "days"},
        "the statement speaks of hours, and the key result is measured in days",
    ),
    (
        "statement-other-unit",
        {"field": "target", "unit": "points", "other": "clients"},
        "points and clients count different things, or may do",
    ),
    (
        "statement-other-way",
        {"verb": Direction.UP, "numbers": Direction.DOWN, "change": Relative(0.12)},
        "the verb leads up and the numbers lead down, by +12 %",
    ),
    (
        "statement-points-called-percent",
        {
            "baseline": Fraction(3, 20),
            "target": Fraction(1, 4),
            "points": PercentagePoints(7),
            "fits": Relative(0.13),
            "change": Relative(0.14),
        },
        "from 0.15 % to 0.25 % is +7 percentage points, or +13 %; +14 % was said",
    ),
    (
        "statement-points-of-no-percentage",
        {"change": Relative(0.1), "unit": "points"},
        "+10 % are said of points, which is no percentage",
    ),
    (
        "statement-points-or-percent",
        {
            "change": Relative(0.1),
            "baseline": Fraction(1, 4),
            "leads_to": Fraction(7, 20),
            "by_points": Fraction(9, 20),
        },
        "+10 % of a percentage leads from 0.25 % to 0.35 %, or to 0.45 % if points are meant",
    ),
    (
        "statement-number-left",
        {"field": "name", "text": "revenue 3x"},
        "revenue 3x holds a number that is not read; where it belongs to a name, it stands in quotes",
    ),
    (
        "statement-out-of",
        {"part": Fraction(8), "whole": Fraction(10), "share": Fraction(4, 5)},
        "8 out of 10 is a share of 80 %",
    ),
    ("statement-said-twice", {"field": "target", "times": 3}, "target is said 3 times"),
    (
        "statement-shared-multiplier",
        {"text": "10", "number": Fraction(10_000_000), "other": "12"},
        "10 is taken as 10,000,000, for 12 is meant so",
    ),
    (
        "statement-share-of-nothing",
        {"change": Relative(0.1), "baseline": Fraction(1, 4)},
        "+10 % of a baseline of 0.25 is nothing to aim at",
    ),
    (
        "statement-bound-beside",
        {"field": "text", "text": "at least 50"},
        "at least 50, beside where it is to come: what must be kept is a commit of its own",
    ),
    (
        "statement-too-long",
        {"field": "target", "most": 3},
        "only the first 3 words, numbers and signs are read: it is no one statement",
    ),
    (
        "statement-unclear-end",
        {"field": "target", "text": "a dozen"},
        "a dozen: that is no date yet, or may be an amount",
    ),
    ("statement-unclear-number", {"field": "target", "text": "a dozen"}, "a dozen may mean several numbers, or none"),
    ("statement-which-way", {"field": "target", "text": "a dozen"}, "nothing says whether a dozen leads up or down"),
]

ALL = [*COM, *EVT, *FIG, *HYG, *KPI, *KR, *LIFE, *OBJ, *PROF, *REV, *STM]


@pytest.mark.parametrize(("code", "facts", "sentence"), ALL, ids=[code for code, _, _ in ALL])
def test_every_kind_of_reason_says_this(code: str, facts: dict[str, Any], sentence: str) -> None:
    reason = REASON_KINDS[code].because(**facts)
    assert str(reason) == sentence
    assert dict(reason.facts) == facts


def test_every_kind_stands_in_the_table() -> None:
    assert sorted(code for code, _, _ in ALL) == sorted(REASON_KINDS)


@pytest.mark.parametrize(("code", "facts"), [(code, facts) for code, facts, _ in ALL], ids=[code for code, _, _ in ALL])
def test_two_facts_that_change_places_are_seen(code: str, facts: dict[str, Any]) -> None:
    spelled = [spell(fact) for name, fact in facts.items() if f"{{{name}" in REASON_KINDS[code].sentence]
    assert len(spelled) == len(set(spelled))


_ONE = re.compile(r"\b1 (?:(?:key|like|more|other|different|reference) )*(\w+)(?: (\w+))?")
_VERBS = {"is", "was", "has", "goes", "lies"}
_OF_MANY = {"are", "were", "serve", "lie", "go"}


def _in_the_plural(said: str) -> list[str]:
    """Return what is said of one as if it were many: "1 readings", "1 key results", "1 commit are"."""
    ones = ((one[0], one[1], one[2]) for one in _ONE.finditer(said))
    return [whole for whole, noun, verb in ones if {noun, verb} & _OF_MANY or (noun[-1] == "s" and noun not in _VERBS)]


@pytest.mark.parametrize(
    "said", ["1 readings", "in 1 days", "1 like times", "of 1 more goals", "1 commit are", "1 lie"]
)
def test_what_is_said_of_many_is_seen(said: str) -> None:
    assert _in_the_plural(said)


@pytest.mark.parametrize(("code", "facts"), [(code, facts) for code, facts, _ in ALL], ids=[code for code, _, _ in ALL])
def test_one_of_anything_stands_in_the_singular(code: str, facts: dict[str, Any]) -> None:
    ones = {name: 1 if type(fact) is int else fact for name, fact in facts.items()}
    assert _in_the_plural(str(REASON_KINDS[code].because(**ones))) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Steps(1), "1 step in a row"),
        (Steps(2), "2 steps in a row"),
        (SigmaRule(readings=1, sigmas=3), "1 reading at least 3 sigma off the reference's mean"),
        (LastReadings(1), "the last 1 reading"),
        (LastDays(1), "the last 1 day"),
        (LastMonths(1), "the last 1 month"),
        (LastMonths(2), "the last 2 months"),
        (Lag(Measure("csat"), 1), "csat, 1 period ago"),
        (Growth(Measure("csat"), 12), "csat against 12 periods ago"),
        (Growth(Measure("csat"), 1), "csat against 1 period ago"),
    ],
)
def test_so_do_the_values_that_count_something(value: object, said: str) -> None:
    assert str(value) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 readings"), (1, "1 reading"), (2, "2 readings"), (-1, "-1 readings")]
)
def test_a_sentence_counts_what_it_names(count: int, said: str) -> None:
    kind = ReasonKind("home-made", "KPI-1", "{count:reading/readings}", {"count": int})
    assert str(kind.because(count=count)) == said
    told = kind.because(count=count).worded("{count:Wert/Werte}", spelled=lambda _: "so viele")
    assert told == ("so viele Wert" if count == 1 else "so viele Werte")


@pytest.mark.parametrize(
    "sentence", ["{count:}", "{count:reading}", "{count:a/b/c}", "{count:/readings}", "{count:%%}"]
)
def test_what_counts_nothing_is_refused(sentence: str) -> None:
    with pytest.raises(FactsDontFit):
        ReasonKind("home-made", "KPI-1", sentence, {"count": int})


ANOTHER_LANGUAGE = {
    code: re.sub(r"(\{\w+)|[^{}]+", lambda part: part[1] or part[0].upper(), kind.sentence)
    for code, kind in REASON_KINDS.items()
}
"""All sentences in capitals: what is still small in an answer nobody could have translated."""


def _numbered(fact: Fact) -> str | None:
    return None if isinstance(fact, Reason) else "1"


@pytest.mark.parametrize(("code", "facts"), [(code, facts) for code, facts, _ in ALL], ids=[code for code, _, _ in ALL])
def test_in_another_language_nothing_english_is_left(code: str, facts: dict[str, Any]) -> None:
    told = translated(REASON_KINDS[code].because(**facts), ANOTHER_LANGUAGE, spelled=_numbered)
    assert told == told.upper()
    assert "{" not in told


class _Mute:
    def __str__(self) -> str:
        raise RuntimeError


def test_a_fact_without_a_text_is_refused() -> None:
    with pytest.raises(WrongType, match="a value that has a text"):
        spell(cast("Fact", _Mute()))


@pytest.mark.parametrize("pair", [("value",), ("value", int, 1), "value", None])
def test_the_facts_of_a_kind_are_pairs(pair: object) -> None:
    with pytest.raises(WrongType) as refusal:
        ReasonKind("home-made", "KPI-1", "{value}", cast("list[tuple[str, object]]", [pair]))
    assert str(refusal.value.field) == "facts"
