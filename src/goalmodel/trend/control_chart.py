"""Control charts: several tests at once, as published sets of them. Nothing but the tests differs between them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import partial
from typing import Final

import attrs

from goalmodel.checks import is_a, is_text, named, the, the_iterable
from goalmodel.errors import NothingGiven
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.trend.heading import Heading, Seen, verdict_of
from goalmodel.trend.limits import TO_LIMIT, SigmaScale
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow
from goalmodel.trend.sigma_rule import SigmaRule
from goalmodel.trend.steps import Steps

_WHEELER: Final = (
    SigmaRule(1, TO_LIMIT, is_strict=True),
    SigmaRule(8, 0, is_strict=True),
    SigmaRule(3, TO_LIMIT / 2, of=4, is_strict=True),
)
_NHS: Final = (
    SigmaRule(1, TO_LIMIT, is_strict=True),
    SigmaRule(7, 0, is_strict=True),
    Steps(6),
    SigmaRule(2, TO_LIMIT * 2 / 3, of=3, is_strict=True, on_one_side=True),
)
_WESTERN_ELECTRIC: Final = (
    SigmaRule(1, 3, is_strict=True),
    SigmaRule(2, 2, of=3, is_strict=True),
    SigmaRule(4, 1, of=5, is_strict=True),
    SigmaRule(8, 0, is_strict=True),
)
_MEASURED: Final = (
    ((SigmaRule(1, TO_LIMIT, is_strict=True),), Fraction(88, 1000)),
    ((SigmaRule(8, 0, is_strict=True),), Fraction(37, 1000)),
    (_WHEELER, Fraction(138, 1000)),
    (_NHS, Fraction(160, 1000)),
    (_WESTERN_ELECTRIC, Fraction(167, 1000)),
)
"""Tests and false-alarm rate, as benchmarks/trend_rules.py measures them."""


def _tests(given: Iterable[SigmaRule | Steps], field: str = "value") -> tuple[SigmaRule | Steps, ...]:
    tests = tuple(the_test(each, f"{field}[{index}]") for index, each in enumerate(the_iterable(given, field)))
    if not tests:
        raise NothingGiven(field, (), "at least one test")
    return tests


def the_test(given: object, field: str) -> SigmaRule | Steps:
    """Return *given*, which must be steps in a row, or readings beyond what is usual."""
    return given if isinstance(given, Steps) else the(SigmaRule, given, field)


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class ControlChart:
    """A control chart: fires when one of its tests does.

    Each test says itself which side is strict, what breaks a row and what a reading on the mean counts for. A test is
    asked as soon as so many readings hang together as it looks at; until then the others speak alone.

    Attributes:
        name: What people call it.
        tests: Tests of readings against the reference, and of steps; at least one.
        takes_trial: Whether a reference on trial is good enough.
    """

    name: str = attrs.field(validator=is_text)
    tests: tuple[SigmaRule | Steps, ...] = attrs.field(converter=_tests)
    takes_trial: bool = attrs.field(default=True, validator=is_a(bool))

    def __str__(self) -> str:
        return self.name

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(self._window, least_readings(reference, takes_trial=self.takes_trial))

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        return next((rate for tests, rate in _MEASURED if tests == self.tests), None)

    @property
    def _window(self) -> int:
        return min(test.window for test in self.tests)

    def seen(self, row: TrendRow) -> Seen:
        """Return what its tests see, one reason for each that fires; worsening before improving."""
        the(TrendRow, row, "row")
        return row.against_usual(self, partial(self._seen, row), window=self._window, takes_trial=self.takes_trial)

    def _seen(self, row: TrendRow, usual: SigmaScale) -> Seen:
        asked = [test for test in self.tests if test.window <= row.unbroken]
        found: list[tuple[Heading, Reason]] = []
        for sign, heading in ((1, Heading.WORSENING), (-1, Heading.IMPROVING)):
            for test in asked:
                if test.fires([sign * usual.off(each) for each in row.latest(test.window)], usual.sigma):
                    found += ((heading, reason) for reason in verdict_of(test, (heading,), test.window)[1])
        if not found:
            return verdict_of(self, (), max(test.window for test in asked))
        return found[0][0], tuple(reason for _, reason in found)


def xmr_wheeler() -> ControlChart:
    """Return Wheeler's chart of individual values and moving ranges.

    It fires for a reading outside the natural process limits, for eight readings in a row on one side of the mean, and
    for three of four readings nearer a limit than the mean. A reading on a limit, half-way or on the mean does not
    count.

    Source: Wheeler, "Understanding Variation" (1993): detection rules one to three, limits at 2.66 mean moving ranges.
    """
    return ControlChart(name="XmR chart (Wheeler)", tests=_WHEELER)


def nhs_making_data_count() -> ControlChart:
    """Return the chart of the NHS programme "Making Data Count".

    It fires for a reading outside the process limits, for seven readings in a row on one side of the mean, for six
    steps in a row (seven readings), and for two of three readings in the outer third, all three on one side. A reading
    on a limit, on the outer third's edge or on the mean does not count, and a tie breaks a row of steps.

    Source: NHS England, "Making Data Count"; strictness as in nhs-r-community/NHSRplotthedots.
    """
    return ControlChart(name="XmR chart (NHS Making Data Count)", tests=_NHS)


def western_electric() -> ControlChart:
    """Return the Western Electric chart, on individual values.

    It fires for a reading beyond three sigma, for two of three beyond two, for four of five beyond one, and for eight
    in a row on one side. A reading exactly so far off does not count. It needs the whole reference.

    Source: Western Electric, "Statistical Quality Control Handbook" (1956); sigma from moving ranges.
    """
    return ControlChart(name="control chart (Western Electric)", tests=_WESTERN_ELECTRIC, takes_trial=False)
