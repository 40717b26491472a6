"""A KPI made of parts: as healthy as its least healthy part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import attrgetter

import attrs

from goalmodel.checks import (
    are,
    each_once,
    ids,
    is_a,
    is_count,
    is_date,
    is_id,
    is_text,
    named,
    the_date,
    the_many,
)
from goalmodel.errors import NothingGiven
from goalmodel.kpi.health import Health
from goalmodel.kpi.kpi import Kpi, KpiAssessment
from goalmodel.measure import Measure, Series
from goalmodel.measure.history import by_measure
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.trend import Heading, Standing, TrendPolicy

LEAST_HEALTHY = ReasonKind(
    "composite-least-healthy",
    "KPI-7",
    "{part} is {health}, and no part of {kpi} is less healthy",
    {"part": str, "health": Health, "kpi": str},
)
PART_UNKNOWN = ReasonKind("composite-part-unknown", "KPI-7", "nobody knows whether {part} is healthy", {"part": str})


def _parts(given: Iterable[Kpi], field: str = "value") -> tuple[Kpi, ...]:
    parts = each_once(the_many(Kpi, given, field), attrgetter("id"), field, "parts with ids of their own")
    if not parts:
        raise NothingGiven(field, (), "at least one part")
    return parts


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class CompositeKpi:
    """A KPI made of parts, such as blood pressure of systolic and diastolic.

    >>> upper = Kpi(id="systolic", measure=Measure("systolic", unit="mmHg"), bands=HealthBands.at_most(119, watch=129))
    >>> lower = Kpi(id="diastolic", measure=Measure("diastolic", unit="mmHg"), bands=HealthBands.at_most(79))
    >>> [part.id for part in CompositeKpi(id="blood pressure", parts=(upper, lower)).parts]
    ['diastolic', 'systolic']

    Each part is a KPI like any other, with a cadence, bands and a definition of its own: it is a part that is proposed
    for promotion, and a part whose deviation is accepted.

    Attributes:
        id: Unique among all goals of a model, as the ids of its parts are.
        parts: KPIs, by id; at least one.
        serves: Ids of the key results and objectives it feeds as a whole.
        owner: Who answers for it; None where nobody does.
        purpose: Why it is watched as a whole; None where nobody has said.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.

    Raises:
        GivenTwice: Two parts have one id.
    """

    id: str = attrs.field(validator=is_id)
    parts: tuple[Kpi, ...] = attrs.field(converter=_parts)
    serves: tuple[str, ...] = attrs.field(default=(), converter=ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    purpose: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

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

    def __str__(self) -> str:
        return f"KPI {self.id}: {', '.join(part.id for part in self.parts)}"


@attrs.frozen(kw_only=True)
@readable
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

    def __attrs_post_init__(self) -> None:
        if not self.parts:
            raise NothingGiven("parts", self.parts, "how each part stands", goal=self.kpi.id)

    @property
    def least_healthy(self) -> KpiAssessment:
        """The part that decides; among equals one that is worsening, then one worse than usual, then by id."""
        return min(self.parts, key=_urgency)

    @property
    def health(self) -> Health:
        """How healthy the whole is: as its least healthy part."""
        return self.least_healthy.health

    @property
    def standing(self) -> Standing:
        """Where the least healthy part stands against what is usual."""
        return self.least_healthy.standing

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

    def __str__(self) -> str:
        trend = [each.value for each in (self.standing, self.heading) if each.value != "undetermined"]
        return f"{self.kpi.id}: {', '.join([self.health.value, *trend])}; by {self.least_healthy.kpi.id}"


def _series(known: Mapping[str, Series], measure: Measure) -> Series:
    series = known.get(measure.name)
    return Series(measure) if series is None else series.about(measure, "history")


def _urgency(part: KpiAssessment) -> tuple[int, bool, bool]:
    return part.health.order, part.heading is not Heading.WORSENING, part.standing is not Standing.WORSE
