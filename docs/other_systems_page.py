"""Print what other systems say: ``python docs/other_systems_page.py > docs/explanation/other-systems.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from goalmodel.profiles import BREAKS, MEANING, PROFILES, Answer, Facts, Profile, Question
from goalmodel.showing import percent, shown as shown_number

PUBLISHED = Path(__file__).parents[1] / "tests" / "published" / "profiles.json"


class Fact(NamedTuple):
    """Facts, what is asked about them, and what they are in words."""

    text: str
    question: Question
    facts: Facts


TEN = (
    Fact("from 10 to 20, now 16", Question.PROGRESS, Facts(baseline=10, target=20, value=16)),
    Fact("from 100 down to 60, now 70", Question.PROGRESS, Facts(baseline=100, target=60, value=70)),
    Fact("from 50 to 50, now 50", Question.PROGRESS, Facts(baseline=50, target=50, value=50)),
    Fact("from 0 to 100, now 150", Question.PROGRESS, Facts(baseline=0, target=100, value=150)),
    Fact("the progress is 69.5 %", Question.WORD, Facts(progress=Fraction(695, 1000))),
    Fact(
        "the progress is 47 %, 52 % was expected",
        Question.WORD,
        Facts(progress=Fraction(47, 100), expected=Fraction(52, 100)),
    ),
    Fact("less than 100 was wanted, it is 100", Question.KEPT, Facts(target=100, value=100, falling=True, strict=True)),
    Fact("the value is 1, no target is set", Question.WORD, Facts(value=1)),
    Fact("the first of 90 days", Question.EXPECTED, Facts(day=1, days=90)),
    Fact(
        "parts at 150 %, -50 % and 0 %",
        Question.ROLLED_UP,
        Facts(children=[Facts(progress=Fraction(share, 2)) for share in (3, -1, 0)]),
    ),
)


class NotSaid(NamedTuple):
    """Published cases that no profile says: of which system and kind, and why."""

    system: str
    kind: str
    reason: str
    is_verdict: bool = False
    """Whether it answers one of the five questions about one goal."""
    published: tuple[str, ...] = ()
    """Only cases whose answer holds one of these; all of the kind where there is none."""


_SETTING = "a setting of the system, no answer about a goal"
_GOAL_ITSELF = "judges how a goal is written, not how it goes: that is what the linter is for"
_OVER_TIME = "a signal over time: what a trend rule or an alarm says of many readings, not what one goal comes to"
_NOT_THERE = "the bands it is judged by are not published with the case"
_ITSELF = "defines a goal; `solve_stretch` says the same"
_CARRY = "says what becomes of a goal afterwards, not how it went"
_LABELS = "carries labels along links; no number and no word of a goal's own"

NOT_SAID = (
    NotSaid("EOS scorecard", "size_lint", _GOAL_ITSELF),
    NotSaid(
        "Hikaya Activity (IPTT)", "pct_met_decrease", "states the formula and no answer; the profile has the formula"
    ),
    NotSaid(
        "Lamorte Stretch-Target-Commit", "confidence_calibration", "how sure people are to be when they set a goal"
    ),
    NotSaid("Levers fulcrum", "goal_vs_actual", "an infinity is no number", is_verdict=True, published=("inf", "-inf")),
    NotSaid(
        "Levers fulcrum", "required_growth_error", "how fast it would have to grow from here, and by compound interest"
    ),
    NotSaid("Levers fulcrum", "required_growth_pct_per_period", "how fast it would have to grow from here"),
    NotSaid("Levers fulcrum", "status_flips", _OVER_TIME),
    NotSaid("Levers fulcrum", "trend_class", _OVER_TIME),
    NotSaid("NTT DATA customer rule on SAC", "kpi_trend_and_level", "the rule of one customer", is_verdict=True),
    NotSaid("OCA kpi", "range_valid", _SETTING),
    NotSaid("OCA kpi", "ranges_valid", _SETTING),
    NotSaid("OKR_system", "checkin_dates", _SETTING),
    NotSaid("OKR_system", "tolerance_normalise", _SETTING),
    NotSaid("OKRify", "weights_must_total", _SETTING),
    NotSaid("OpenSLO", "timeslices_budget", "how many minutes may go wrong: a commit's allowance"),
    NotSaid("PowerBI-SPC", "defaults", _SETTING),
    NotSaid("Radical Focus (Wodtke)", "confidence", "how sure people are when they set a goal"),
    NotSaid("Radical Focus (Wodtke)", "initial_confidence", "how sure people are when they set a goal"),
    NotSaid(
        "SAP SuccessFactors",
        "interpolate_payout",
        "the points it interpolates between are not published",
        is_verdict=True,
    ),
    NotSaid("Tropos/BloomingLeaf", "contribution_label_propagation", _LABELS),
    NotSaid("Tropos/BloomingLeaf", "decomposition", _LABELS),
    NotSaid("Vindaris OKR grader", "lint_kr_count_points", _GOAL_ITSELF),
    NotSaid("Vindaris OKR grader", "lint_total_band", _GOAL_ITSELF),
    NotSaid("Viva Goals", "carry_over", _CARRY),
    NotSaid("Viva Goals", "carry_over_rebase", _CARRY),
    NotSaid("Viva Goals", "close_default", _CARRY),
    NotSaid("Viva Goals (user request)", "rollup_weight_by_target", _SETTING),
    NotSaid("libertytax", "kpi_band", _NOT_THERE, is_verdict=True),
    NotSaid("libertytax", "kpi_band_goldilocks", _NOT_THERE, is_verdict=True),
    NotSaid("puzzle/okr", "ordinal_zone_bars", "how a zone is drawn"),
    NotSaid("puzzle/okr", "triad_solve_baseline", _ITSELF),
    NotSaid("puzzle/okr", "triad_solve_stretch", _ITSELF),
    NotSaid("puzzle/okr", "triad_solve_target", _ITSELF),
    NotSaid("quality-time", "debt_expired", "whether an accepted deviation still holds"),
)

HEAD = """\
# The same facts, as other systems score them

Made by `docs/other_systems_page.py` from the profiles themselves; a test fails when they differ.

Whoever moves from one tool to another, or runs two, gets two answers about one goal. `goalmodel.profiles` says what
each of {systems} systems would have said, by its own published rule, what goalmodel says of the same facts, and what
makes the two differ.

```pycon
>>> from goalmodel.profiles import PROFILES, Facts, Question
>>> facts = Facts(baseline=10, target=20, value=16)
>>> answer = PROFILES["Feedback4e"].answer(facts, Question.PROGRESS)
>>> answer.said, answer.ours
(Fraction(4, 5), Fraction(3, 5))
>>> print(answer)
Feedback4e says 0.8; baseline-ignored: 0.6 becomes 0.8

```

A profile is data: one policy for each of five questions (progress, word, kept, expected, rolled up), or none where the
system publishes no rule. The defaults of each policy are goalmodel's own rules, so a profile says only in what its
system differs. An answer follows the system from goalmodel's rules to its own, one field after the other, and names
each that changes the answer on the way: no code, no difference, and no difference without a code. Words are compared
by the light they stand for. Numbers are exact, but for a system's own rounding.

Facts are no goal: a target that is where it started, a weight of 0, tiers on one value are facts, and `compare(facts)`
asks all systems about them. What a system leaves to its users is set with `attrs.evolve`:

```pycon
>>> import attrs
>>> from goalmodel.profiles import Edge, Kept
>>> strict = attrs.evolve(PROFILES["ServiceNow"], kept=Kept(tolerance=0, edge=Edge.FAILS))
>>> [str(code) for code in strict.answer(Facts(target=90, value=90), Question.KEPT).differences]
['edge-fails']

```

## Ten facts under all of them

{facts}

A dash: of this the system says nothing, or publishes no rule.

{answers}

## What may differ

Each difference breaks a rule of goalmodel's, from [the rulebook](../reference/rules.md). What another system does
instead is not wrong: it is another rule.

{differences}

## Which rule each breaks on these facts

The numbers behind a difference are the facts'.

{breaks}

## Published cases that do not come out

`tests/published/profiles.json` holds {cases} cases that systems publish. {verdicts} of them answer one of the five
questions from the facts of one goal, and {out} of these, {share}, come out as published under the profile that claims
them. These do not:

{not_out}

The others are about something else:

{not_said}

## Where the rules were read

{sources}
"""


def shown(answer: Answer) -> str:
    """Return what a system says, for a table."""
    match answer.said:
        case None:
            return "-"
        case bool():
            return "yes" if answer.said else "no"
        case Fraction():
            return f"{shown_number(answer.said * 100, places=2)} %"
        case said:
            return str(said)


def answers_of(profile: Profile) -> list[Answer]:
    """Return what a system says of the ten facts."""
    return [profile.answer(fact.facts, fact.question) for fact in TEN]


def ours() -> list[Answer]:
    """Return what goalmodel says of the ten facts."""
    anybody = next(iter(PROFILES.values()))
    found = [anybody.answer(fact.facts, fact.question) for fact in TEN]
    return [Answer("goalmodel", each.question, said=each.ours, ours=each.ours) for each in found]


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def broken(profile: Profile) -> list[str]:
    """Return the differences a system makes on the ten facts, each with its rule and the facts."""
    found: dict[str, list[str]] = {}
    for number, answer in enumerate(answers_of(profile), start=1):
        for difference in answer.differences:
            if difference in BREAKS:
                found.setdefault(f"{difference} ({BREAKS[difference]})", []).append(str(number))
    return [f"{difference}: {', '.join(numbers)}" for difference, numbers in found.items()]


def is_not_said(case: dict[str, Any]) -> NotSaid | None:
    """Return why no profile says a published case; None where one does."""
    for each in NOT_SAID:
        if (each.system, each.kind) == (case["system"], case["kind"]) and (
            not each.published or set(each.published) & set(map(str, case["expected"].values()))
        ):
            return each
    return None


def missed(cases: Iterable[tuple[dict[str, Any], NotSaid]]) -> str:
    """Return a table of published cases that no profile says, by system and reason."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for case, why in cases:
        by_reason.setdefault((case["system"], why.reason), []).append(case["id"])
    return table(
        ["system", "cases", "why"], [[system, ", ".join(ids), reason] for (system, reason), ids in by_reason.items()]
    )


def page() -> str:
    """Return the whole page."""
    cases = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    missing = [(case, why) for case in cases if (why := is_not_said(case)) is not None]
    verdicts = len(cases) - sum(not why.is_verdict for _, why in missing)
    out = len(cases) - len(missing)
    numbers = [str(number) for number in range(1, len(TEN) + 1)]
    rows = [["**goalmodel**", *map(shown, ours())]]
    rows += [[name, *map(shown, answers_of(profile))] for name, profile in PROFILES.items()]
    return HEAD.format(
        systems=len(PROFILES),
        facts="\n".join(f"{n}. {fact.text} ({fact.question.value})" for n, fact in enumerate(TEN, start=1)),
        answers=table(["system", *numbers], rows),
        differences=table(
            ["difference", "what it is", "rule"],
            [[f"`{each}`", meaning, BREAKS.get(each, "-")] for each, meaning in MEANING.items()],
        ),
        breaks=table(
            ["system", "differences"],
            [[name, "; ".join(broken(profile)) or "none"] for name, profile in PROFILES.items()],
        ),
        cases=len(cases),
        verdicts=verdicts,
        out=out,
        share=percent(Fraction(out, verdicts)),
        not_out=missed((case, why) for case, why in missing if why.is_verdict),
        not_said=missed((case, why) for case, why in missing if not why.is_verdict),
        sources=table(
            ["system", "source", "read"],
            [[name, profile.source, profile.read.isoformat()] for name, profile in PROFILES.items()],
        ),
    )


if __name__ == "__main__":
    print(page(), end="")
