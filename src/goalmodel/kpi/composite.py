"""A KPI made of parts: as healthy as its least healthy part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise

import attrs

from goalmodel.checks import are, is_a, is_date, is_text, the_date, the_many
from goalmodel.errors import GivenTwice, OutOfBounds
from goalmodel.kpi.health import Health
from goalmodel.kpi.kpi import Kpi, KpiAssessment
from goalmodel.measure import Measure, Series
from goalmodel.measure.series import by_measure
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import Heading, TrendPolicy

LEAST_HEALTHY = ReasonKind(
    "composite-least-healthy", "KPI-7", "{part} is {health}, and no part of {kpi} is less healthy"
)
PART_UNKNOWN = ReasonKind("composite-part-unknown", "KPI-7", "nobody knows whether {part} is healthy")

_WORST_FIRST = (Health.UNHEALTHY, Health.UNKNOWN, Health.WATCH, Health.HEALTHY)


def _parts(given: Iterable[Kpi]) -> tuple[Kpi, ...]:
    parts = tuple(sorted(the_many(Kpi, given, "parts"), key=lambda part: part.id))
    if not parts:
        raise OutOfBounds("parts", 0, "at least one part")
    for earlier, later in pairwise(parts):
        if earlier.id == later.id:
            raise GivenTwice("parts", later.id, "parts with ids of their own")
    return parts


@attrs.frozen(kw_only=True)
class CompositeKpi:
    """A KPI made of parts, such as blood pressure of systolic and diastolic.

    >>> upper = Kpi(id="systolic", measure=Measure("systolic", unit="mmHg"), bands=HealthBands.at_most(119, watch=129))
    >>> lower = Kpi(id="diastolic", measure=Measure("diastolic", unit="mmHg"), bands=HealthBands.at_most(79))
    >>> [part.id for part in CompositeKpi(id="blood pressure", parts=(upper, lower)).parts]
    ['diastolic', 'systolic']

    Attributes:
        id: Unique among all goals of a model.
        parts: KPIs, by id; at least one.

    Raises:
        GivenTwice: Two parts have one id.
    """

    id: str = attrs.field(validator=is_text)
    parts: tuple[Kpi, ...] = attrs.field(converter=_parts)

    def assess(
        self, history: Iterable[Series], *, as_of: dt.date, policy: TrendPolicy | None = None
    ) -> CompositeAssessment:
        """Return how the KPI stands on *as_of*: each part, and the whole by its least healthy part.

        One unhealthy part makes the whole unhealthy, whatever is unknown; otherwise a part nobody knows about leaves
        the whole unknown, because it could be the least healthy one.

        Rule: KPI-7.

        Args:
            history: A series a measure, in any order; those no part is about are passed over. A measure without a
                series was never read.
            as_of: The date of the judgement, at the end of the day.
            policy: Which trend rules are asked; the documented defaults where None.

        Raises:
            GivenTwice: Two series are of one measure.
            WrongMeasure: A series has the name of a part's measure and is of another, or in another unit.
        """
        known = by_measure(history, "history")
        the_date(as_of, "as_of")
        return CompositeAssessment(
            kpi=self,
            as_of=as_of,
            parts=tuple(part.assess(_series(known, part.measure), as_of=as_of, policy=policy) for part in self.parts),
        )


@attrs.frozen(kw_only=True)
class CompositeAssessment:
    """How a KPI made of parts stands on one date.

    Attributes:
        kpi: The KPI.
        as_of: The date of the judgement.
        parts: How each part stands, by id.
    """

    kpi: CompositeKpi = attrs.field(validator=is_a(CompositeKpi))
    as_of: dt.date = attrs.field(validator=is_date)
    parts: tuple[KpiAssessment, ...] = attrs.field(validator=are(KpiAssessment))

    @property
    def least_healthy(self) -> KpiAssessment:
        """The part that decides; among equals the one that is worsening, then the first by id."""
        return min(self.parts, key=_urgency)

    @property
    def health(self) -> Health:
        """How healthy the whole is: as its least healthy part."""
        return self.least_healthy.health

    @property
    def heading(self) -> Heading:
        """Which way the least healthy part is heading."""
        return self.least_healthy.heading

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Which part decides, and which parts nobody knows about."""
        decides = self.least_healthy
        unknown = (part.kpi.id for part in self.parts if part.health is Health.UNKNOWN)
        return (
            LEAST_HEALTHY.because(part=decides.kpi.id, health=decides.health, kpi=self.kpi.id),
            *(PART_UNKNOWN.because(part=part) for part in unknown),
        )


def _series(known: Mapping[str, Series], measure: Measure) -> Series:
    series = known.get(measure.name)
    return Series(measure) if series is None else series.about(measure, "history")


def _urgency(part: KpiAssessment) -> tuple[int, bool]:
    return _WORST_FIRST.index(part.health), part.heading is not Heading.WORSENING
