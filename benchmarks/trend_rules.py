"""How often each trend rule is wrong, and how soon it is right: the table of docs/explanation/trend-rules.md.

Two hundred thousand series of each kind, seeded: a baseline of twelve readings, then a year of looks, by month where
nothing else is said. numpy does what goalmodel's rules do, from the fields of the rules themselves; that it does the
same is held on a sample of the same series, look by look, against the rules. Run it as it stands; with --write it
writes the tables into the page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from typing_extensions import TypeIs

from goalmodel import Heading, Standing
from goalmodel.trend import (
    ChartTest,
    ControlChart,
    Cusum,
    DirectionRule,
    Ewma,
    FirstReadings,
    MannKendall,
    MovingRange,
    RunChart,
    SigmaRule,
    Steps,
    TrendPolicy,
    TrendRule,
    cusum,
    ewma,
    fewest_crossings,
    limits_and_runs,
    longest_run,
    mann_kendall,
    nhs_making_data_count,
    run_chart,
    western_electric,
    xmr_wheeler,
)
from goalmodel.trend.history import trend_row
from goalmodel.trend.kendall import least_significant
from goalmodel.trend.limits import TO_LIMIT
from goalmodel.trend.rates import LOOKS
from goalmodel.trend.rule import heading_verdict, standing_verdict

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "trend-rules.md"
BEGIN, END = "<!-- begin: benchmarks/trend_rules.py -->", "<!-- end: benchmarks/trend_rules.py -->"

SEED = 20260930
SERIES = 200_000
SERIES_OF_DAYS = 20_000
BASELINE = 12
MONTHS = 12
LONG_LOOKS = 24
BAD, BAD_FOR = 3, 6
DRIFT = 0.5
COMPARED = 60

Values: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

LIMITS_ALONE = ControlChart(name="natural process limits alone", tests=(SigmaRule(1, TO_LIMIT, is_strict=True),))
EIGHT_IN_A_ROW = ControlChart(name="8 readings in a row on one side", tests=(SigmaRule(8, 0, is_strict=True),))

# How the page writes each rule.
RULES: tuple[tuple[TrendRule, str], ...] = (
    (limits_and_runs(), "`limits_and_runs()`, *usual* by default"),
    (LIMITS_ALONE, "outside the natural limits, alone"),
    (EIGHT_IN_A_ROW, "8 in a row on one side, alone"),
    (xmr_wheeler(), "`xmr_wheeler()`"),
    (nhs_making_data_count(), "`nhs_making_data_count()`"),
    (western_electric(), "`western_electric()`"),
    (SigmaRule(2, 1), "`SigmaRule(2, 1)`"),
    (SigmaRule(3, 1), "`SigmaRule(3, 1)`"),
    (cusum(Fraction(1, 2), 5), "`cusum(0.5, 5)`"),
    (ewma(Fraction(1, 5), Fraction(286, 100)), "`ewma(0.2, 2.86)`"),
    (run_chart(), "`run_chart()`"),
    (TrendPolicy().direction, "`MannKendall(alpha=0.012, trial_from=6)`, *direction* by default"),
    (mann_kendall(12, Fraction(1, 100)), "`mann_kendall(12, 0.01)`"),
    (Steps(2), "`Steps(2)`"),
    (Steps(3), "`Steps(3)`"),
    (Steps(4), "`Steps(4)`"),
    (Steps(5), "`Steps(5)`"),
    (Steps(6), "`Steps(6)`"),
)


def normal(draw: np.random.Generator, readings: int, series: int = SERIES) -> Values:
    """Return independent normal readings."""
    return draw.standard_normal((series, readings))


def skewed(draw: np.random.Generator, readings: int, series: int = SERIES) -> Values:
    """Return independent exponential readings, the long tail on the wrong side."""
    return draw.standard_exponential((series, readings))


def autocorrelated(carry: float) -> Callable[..., Values]:
    """Return a maker of normal readings, each of which carries over so much of the one before."""

    def make(draw: np.random.Generator, readings: int, series: int = SERIES) -> Values:
        found = draw.standard_normal((series, readings))
        for index in range(1, readings):
            found[:, index] = carry * found[:, index - 1] + np.sqrt(1 - carry**2) * found[:, index]
        return found

    return make


def seasonal(draw: np.random.Generator, readings: int, series: int = SERIES) -> Values:
    """Return normal readings on a yearly wave whose variance is theirs, beginning in any month."""
    months = np.arange(readings) + draw.integers(0, 12, (series, 1))
    return draw.standard_normal((series, readings)) + np.sqrt(2) * np.sin(2 * np.pi * months / 12)


KINDS: tuple[tuple[str, Callable[..., Values]], ...] = (
    ("normal", normal),
    ("skewed", skewed),
    ("carries 0.3", autocorrelated(0.3)),
    ("carries 0.6", autocorrelated(0.6)),
    ("seasonal", seasonal),
)


def flags(rule: TrendRule, readings: Values) -> Flags:
    """Return at which look behind the baseline *rule* says that growing *readings* worsen; a row a series."""
    match rule:
        case Steps() | SigmaRule():
            return _by_window(rule, readings)
        case ControlChart(tests=tests):
            return np.logical_or.reduce([_by_window(test, readings) for test in tests if not isinstance(test, Steps)])
        case MannKendall():
            return _mann_kendall(rule, readings)
        case Cusum():
            return _cusum(rule, readings)
        case Ewma():
            return _ewma(rule, readings)
        case RunChart():
            return _run_chart(rule, readings)


def _in_sigmas(readings: Values) -> Values:
    first = readings[:, :BASELINE]
    sigma = np.abs(np.diff(first)).mean(axis=1, keepdims=True) / 1.128
    return (readings - first.mean(axis=1, keepdims=True)) / sigma


def _by_window(test: ChartTest, readings: Values) -> Flags:
    if isinstance(test, Steps):
        found = sliding_window_view(np.diff(readings) > 0, test.steps, axis=1).all(axis=-1)
    elif isinstance(test, MovingRange):
        off = _in_sigmas(readings)
        found = (np.diff(off) > float(test.sigmas)) & (off[:, 1:] > 0)
    else:
        offs = sliding_window_view(_in_sigmas(readings), test.of, axis=1)
        far = float(test.sigmas)
        counted = (offs > far) if test.is_strict else (offs >= far)
        if test.up_to is not None:
            counted &= offs <= float(test.up_to)
        found = counted.sum(axis=-1) >= test.readings
        if test.on_one_side:
            found &= (offs > 0).all(axis=-1)
    return found[:, BASELINE - readings.shape[1] :]


def _mann_kendall(rule: MannKendall, readings: Values) -> Flags:
    least = least_significant(rule.readings, rule.alpha)
    windows = sliding_window_view(readings, rule.readings, axis=1)
    s = sum(np.sign(windows[..., later] - windows[..., earlier]) for earlier, later in combinations(range(12), 2))
    found: Flags = s >= least
    return found[:, BASELINE - readings.shape[1] :]


def _cusum(rule: Cusum, readings: Values) -> Flags:
    offs = _in_sigmas(readings)[:, BASELINE:]
    total, found = np.zeros(len(offs)), np.zeros(offs.shape, dtype=bool)
    for look in range(offs.shape[1]):
        total = np.maximum(total + offs[:, look] - float(rule.allowance), 0)
        found[:, look] = total > float(rule.threshold)
    return found


def _ewma(rule: Ewma, readings: Values) -> Flags:
    offs = _in_sigmas(readings)[:, BASELINE:]
    weight = float(rule.weight)
    average, found = np.zeros(len(offs)), np.zeros(offs.shape, dtype=bool)
    for look in range(offs.shape[1]):
        average = weight * offs[:, look] + (1 - weight) * average
        variance = weight / (2 - weight) * (1 - (1 - weight) ** (2 * (look + 1)))
        found[:, look] = average > float(rule.width) * np.sqrt(variance)
    return found


def _run_chart(rule: RunChart, readings: Values) -> Flags:
    found = np.zeros((len(readings), readings.shape[1] - BASELINE), dtype=bool)
    for look in range(found.shape[1]):
        seen = readings[:, max(BASELINE + look + 1 - rule.readings, 0) : BASELINE + look + 1]
        middle = np.median(seen, axis=1, keepdims=True)
        above = (seen > middle)[seen != middle].reshape(len(seen), -1)
        longest, run = np.ones(len(seen)), np.ones(len(seen))
        for earlier, later in zip(above.T, above.T[1:], strict=False):
            run = np.where(earlier == later, run + 1, 1)
            longest = np.maximum(longest, run)
        crossings = (above[:, 1:] != above[:, :-1]).sum(axis=1)
        useful = above.shape[1]
        unusual = (longest > longest_run(useful)) | (crossings < fewest_crossings(useful))
        found[:, look] = unusual & above[:, -1]
    return found


def compare(rule: TrendRule, readings: Values, found: Flags) -> int:
    """Return how many looks at a sample of *readings* were compared with goalmodel's own; exit where one differs."""
    start = date(2026, 1, 1)
    for values, marked in zip(readings[:COMPARED], found[:COMPARED], strict=True):
        dated = [(start + timedelta(days=day), Fraction(value)) for day, value in enumerate(values.tolist())]
        for look, is_marked in enumerate(marked.tolist()):
            known = dated[: BASELINE + look + 1]
            row = trend_row(known, unbroken=len(known))
            said = (
                heading_verdict(rule, row).heading if is_about_direction(rule) else standing_verdict(rule, row).standing
            )
            if (said in (Heading.WORSENING, Standing.WORSE)) is not is_marked:
                sys.exit(f"{rule}: numpy says {is_marked}, goalmodel says {said}, at look {look} of {values}")
    return found[:COMPARED].size


def median_months(found: Flags) -> str:
    """Return after how many looks half of all series were flagged."""
    months = np.where(found.any(axis=1), found.argmax(axis=1) + 1, LONG_LOOKS + 1)
    middle = int(np.sort(months)[len(months) // 2])
    return str(middle) if middle <= LONG_LOOKS else f"over {LONG_LOOKS}"


def is_about_direction(rule: TrendRule) -> TypeIs[DirectionRule]:
    """Return whether *rule* says which way readings are heading."""
    return hasattr(rule, "heading")


def table() -> str:
    """Return the page's tables; exit where a figure is further from the one a rule tells of itself than 0.01."""
    draw = np.random.default_rng(SEED)
    stable = [(kind, make(draw, BASELINE + MONTHS)) for kind, make in KINDS]
    years = {looks: normal(draw, BASELINE + looks, SERIES_OF_DAYS if looks == LOOKS[-1] else SERIES) for looks in LOOKS}
    sliding = normal(draw, BASELINE + LONG_LOOKS)
    sliding[:, BASELINE:] += DRIFT * np.arange(1, LONG_LOOKS + 1)
    recovering = normal(draw, BASELINE + BAD_FOR + LONG_LOOKS)
    recovering[:, BASELINE:] += BAD
    recovering[:, BASELINE + BAD_FOR :] -= DRIFT * np.arange(1, LONG_LOOKS + 1)
    lines = [
        "| rule | needs | " + " | ".join(kind for kind, _ in stable) + " | months to notice | months to see recovery |",
        "|---|---|" + "---|" * (len(stable) + 2),
    ]
    by_cadence = ["| rule | by quarter | by month | by week | by day |", "|---|---|---|---|---|"]
    for rule, name in RULES:
        rates: list[float] = []
        for kind, readings in stable:
            found = flags(rule, readings)
            rates.append(float(found.any(axis=1).mean()))
            compared = compare(rule, readings, found)
            print(f"{rule}, {kind}: {rates[-1]:.4f} ({compared} looks compared with goalmodel's own)")
        a_year = [float(flags(rule, years[looks]).any(axis=1).mean()) for looks in LOOKS]
        print(f"{rule}: thousandths {tuple(round(1000 * rate) for rate in a_year)}")
        for looks, rate in zip(LOOKS, a_year, strict=True):
            check(rule, looks, rate)
        by_cadence.append("| " + " | ".join([name, *(f"{rate:.3f}" for rate in a_year)]) + " |")
        noticed, seen = median_months(flags(rule, sliding)), "-"
        if is_about_direction(rule):
            seen = median_months(flags(rule, -recovering)[:, BAD_FOR:])
        print(f"{rule}: half of all drifts noticed after {noticed} months, half of all recoveries after {seen}")
        row = [name, needs(rule), *(f"{rate:.3f}" for rate in rates), noticed, seen]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join([*lines, "", *by_cadence])


def needs(rule: TrendRule) -> str:
    """Return how many readings *rule* needs, and from how many on it is on trial."""
    full, trial = (rule.needs(FirstReadings(BASELINE, trial_from)) for trial_from in (BASELINE, 6))
    return str(full) if full == trial else f"{full}, on trial from {trial}"


def check(rule: TrendRule, looks: int, rate: float) -> None:
    """Exit where a figure is not the one the rule itself tells."""
    told = rule.false_alarm_rate(looks)
    if told is not None and abs(rate - float(told)) > 0.01:  # noqa: PLR2004 - the accuracy that is promised
        print(f"DIFFERS: {rule}: {rate:.4f} where it tells {float(told):.3f} for {looks} looks")
        failed.append(str(rule))


failed: list[str] = []


def main() -> None:
    """Print the table; write it into the page where that is asked for."""
    found = table()
    print(found)
    if failed and "--write" not in sys.argv[1:]:
        sys.exit(f"these tell another rate of themselves: {', '.join(failed)}")
    if "--write" in sys.argv[1:]:
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{found}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
