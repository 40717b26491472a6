"""How long has it been so? How many of a KPI's latest readings in a row were alike."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.checks import is_count, is_date
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True)
@readable
class Streaks:
    """How many of the latest readings in a row, without a long gap between them, were alike.

    Attributes:
        in_zone: In the zone of the latest.
        healthy: Healthy.
        not_healthy: On watch or unhealthy.
        unhealthy: Unhealthy.
        outside_since: Date of the first of those that are not healthy; None where the latest is healthy.
        since: Date of the first reading of the stretch in the zone of the latest; None without readings or bands.
    """

    in_zone: int = attrs.field(default=0, validator=is_count())
    healthy: int = attrs.field(default=0, validator=is_count())
    not_healthy: int = attrs.field(default=0, validator=is_count())
    unhealthy: int = attrs.field(default=0, validator=is_count())
    outside_since: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    since: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
