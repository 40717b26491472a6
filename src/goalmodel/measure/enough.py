"""How much a figure rests on: too few cases or readings are no figure to judge by."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import at_least_0, inner, is_count, named
from goalmodel.measure.reading import Reading
from goalmodel.measure.window import EachReading, Window
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import spelled

TOO_FEW_READINGS = ReasonKind(
    "figure-too-few-readings",
    "FIG-4",
    "{figure} is not judged: it rests on {count} of the {least:reading that is/readings that are} asked for",
    {"figure": Reading, "count": int, "least": int},
)
TOO_FEW_CASES = ReasonKind(
    "figure-too-few-cases",
    "FIG-4",
    "{figure} is not judged: it rests on {cases} of the {least} cases that are asked for",
    {"figure": Reading, "cases": Fraction, "least": Fraction},
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class FigurePolicy:
    """How much a figure has to rest on to be judged; nothing is asked where nothing is said.

    >>> print(FigurePolicy(readings=20, cases=30))
    readings: at least 20, cases: at least 30

    Rule: FIG-4.

    Attributes:
        readings: So many readings at least, of what readings come to over a window; each by itself is one.
        cases: So many cases at least, at least 0, where readings carry weights; nothing where nobody counted them.
    """

    readings: int = attrs.field(default=0, validator=is_count())
    cases: Fraction = attrs.field(default=Fraction(0), converter=at_least_0)

    @inner
    def of(self, window: Window) -> FigurePolicy:
        """Return what is asked of the figures over a window: of a reading by itself its cases alone."""
        return FigurePolicy(cases=self.cases) if self.readings and isinstance(window, EachReading) else self

    @inner
    def is_enough(self, readings: int, cases: Fraction | None) -> bool:
        """Return whether so many *readings*, of so many *cases* where somebody counted them, are enough."""
        return readings >= self.readings and (cases is None or cases >= self.cases)

    @inner
    def why_not(self, figure: Reading, readings: int) -> tuple[Reason, ...]:
        """Return why a *figure* that rests on so many *readings* is not judged; none where it is."""
        return tuple(self._why_not(figure, readings))

    def _why_not(self, figure: Reading, readings: int) -> Iterator[Reason]:
        if readings < self.readings:
            yield TOO_FEW_READINGS.because(figure=figure, count=readings, least=self.readings)
        if figure.weight is not None and figure.weight < self.cases:
            yield TOO_FEW_CASES.because(figure=figure, cases=figure.weight, least=self.cases)

    def __str__(self) -> str:
        asked = (("readings", str(self.readings)), ("cases", spelled(self.cases)))
        return ", ".join(f"{what}: at least {least}" for what, least in asked if least != "0") or "any readings"


NOTHING_ASKED: Final = FigurePolicy()
"""Any readings are enough."""
