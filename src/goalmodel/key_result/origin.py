"""Where a key result came from."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.checks import is_date, is_id
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True)
@readable
class Origin:
    """Where a key result came from.

    Attributes:
        kpi: Id of the KPI that was promoted.
        on: Date of the promotion; readings up to then do not count toward going back.
    """

    kpi: str = attrs.field(validator=is_id)
    on: dt.date = attrs.field(validator=is_date)
