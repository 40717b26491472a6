"""Control charts: several tests at once, as published sets of them. Nothing but the tests differs between them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import is_a, is_id, named, the, the_iterable
from goalmodel.errors import NothingGiven
from goalmodel.reprs import readable
from goalmodel.trend.answer import Seen, Standing, Way, answer, called
from goalmodel.trend.limits import TO_LIMIT, SigmaScale
from goalmodel.trend.moving_range import MovingRange
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow
from goalmodel.trend.sigma_rule import SigmaRule
from goalmodel.trend.steps import Steps

ChartTest: TypeAlias = SigmaRule | MovingRange | Steps
"""What a control chart looks for."""

_WORSE, _BETTER = Way

_WHEELER: Final[tuple[SigmaRule | MovingRange, ...]] = (
    SigmaRule(1, TO_LIMIT, is_strict=True),
    SigmaRule(8, 0, is_strict=True),
    SigmaRule(3, TO_LIMIT / 2, of=4, is_strict=True),
    MovingRange(),
)
_LIMITS_AND_RUNS: Final = _WHEELER[:2]
_NHS: Final = (
    SigmaRule(1, TO_LIMIT, is_strict=True),
    SigmaRule(7, 0, is_strict=True),
    Steps(6),
    SigmaRule(2, TO_LIMIT * 2 / 3, of=3, is_strict=True, on_one_side=True, up_to=TO_LIMIT),
)
_WESTERN_ELECTRIC: Final = (
    SigmaRule(1, 3, is_strict=True),
    SigmaRule(2, 2, of=3, is_strict=True),
    SigmaRule(4, 1, of=5, is_strict=True),
    SigmaRule(8, 0, is_strict=True),
)
_MEASURED: Final[Measured] = MappingProxyType(
    {
        (SigmaRule(1, TO_LIMIT, is_strict=True),): (36, 87, 226, 489),
        (SigmaRule(8, 0, is_strict=True),): (5, 38, 164, 515),
        _LIMITS_AND_RUNS: (40, 117, 334, 711),
        _WHEELER: (83, 214, 503, 853),
        _NHS: (55, 158, 420, 798),
        _WESTERN_ELECTRIC: (61, 166, 414, 762),
    }
)
"""By tests."""


def _tests(given: Iterable[ChartTest], field: str = "value") -> tuple[ChartTest, ...]:
    tests = tuple(the_test(each, f"{field}[{index}]") for index, each in enumerate(the_iterable(given, field)))
    if all(isinstance(each, Steps) for each in tests):
        raise NothingGiven(field, tests, "at least one test of readings against what is usual")
    return tests


def the_test(given: object, field: str) -> ChartTest:
    """Return *given*, which must be steps in a row, readings beyond what is usual, or a sudden move."""
    return given if isinstance(given, Steps | MovingRange) else the(SigmaRule, given, field)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class ControlChart:
    """A control chart: fires when one of its tests does.

    Each test says itself which side is strict, what breaks a row and what a reading on the mean counts for. A test is
    asked as soon as so many readings hang together as it looks at; until then the others speak alone. Steps say nothing
    about what is usual: they are marked on a chart, and which way they go is a question for a rule about direction.

    Attributes:
        name: What people call it.
        tests: Tests of readings against the reference, at least one, and of steps.
        takes_trial: Whether a reference that may still move is good enough.
    """

    name: str = attrs.field(validator=is_id)
    tests: tuple[ChartTest, ...] = attrs.field(converter=_tests)
    takes_trial: bool = attrs.field(default=True, validator=is_a(bool))

    def __str__(self) -> str:
        return self.name

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(self._window, least_readings(reference, takes_trial=self.takes_trial))

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        return measured(_MEASURED, self.tests, looks)

    @property
    def steps(self) -> Steps | None:
        """The steps in a row that it marks, which are a rule about direction; None where it looks for none."""
        return next((test for test in self.tests if isinstance(test, Steps)), None)

    @cached_property
    def _windows(self) -> tuple[tuple[SigmaRule | MovingRange, int], ...]:
        """The tests of readings against the reference, each with how many of the latest it looks at."""
        return tuple((test, test.window) for test in self.tests if not isinstance(test, Steps))

    @cached_property
    def _window(self) -> int:
        return min(window for _, window in self._windows)

    @cached_property
    def _longest(self) -> int:
        return max(window for _, window in self._windows)

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of what is usual its tests see the last readings; one reason for each that fires."""
        the(TrendRow, row, "row")
        return row.against_usual(self, partial(self._standing, row), window=self._window, takes_trial=self.takes_trial)

    def _standing(self, row: TrendRow, usual: SigmaScale) -> Seen[Standing]:
        asked, longest = self._windows, self._longest
        if row.unbroken < longest:
            asked = tuple((test, window) for test, window in asked if window <= row.unbroken)
            longest = max(window for _, window in asked)
        above = row.offs(longest, usual, _WORSE)
        sides = ((_WORSE, above), (_BETTER, [-off for off in above]))
        found = [
            (way, test) for way, offs in sides for test, window in asked if test.fires(offs[-window:], usual.sigma)
        ]
        if not found:
            return answer(Standing, self, (), longest)
        return called(Standing, found[0][0]), tuple(test.why(row, usual, way) for way, test in found)


def xmr_wheeler() -> ControlChart:
    """Return Wheeler's chart of individual values and moving ranges.

    It fires for a reading outside the natural process limits, for eight readings in a row on one side of the mean, for
    three of four readings nearer a limit than the mean, and for a move beyond the upper range limit. A reading on a
    limit, half-way or on the mean does not count.

    Source: Wheeler, "Understanding Variation" (1993): detection rules one to three, limits at 2.66 mean moving ranges,
        the range limit at 3.267.
    """
    return ControlChart(name="XmR chart (Wheeler)", tests=_WHEELER)


def limits_and_runs() -> ControlChart:
    """Return the chart that says what is usual where nothing else is asked for: limits, and runs of eight.

    It fires for a reading outside the natural process limits, and for eight readings in a row on one side of the mean.

    Source: Wheeler, "Understanding Variation" (1993): detection rules one and two.
    """
    return ControlChart(name="natural limits and runs of 8", tests=_LIMITS_AND_RUNS)


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
