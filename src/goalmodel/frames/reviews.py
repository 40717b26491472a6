"""A table of goals and a table of readings, reviewed on a date: a row a goal, whatever its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

from goalmodel.commit import Attainment, Held, Reached, Standing
from goalmodel.doors import the, the_date
from goalmodel.errors import UnknownColumn, WrongType
from goalmodel.frames.bench import Bench, all_of, any_of, number
from goalmodel.frames.healths import BandColumns, with_health
from goalmodel.frames.outcomes import with_outcome
from goalmodel.frames.paces import with_pace
from goalmodel.frames.readings import fresh_since
from goalmodel.frames.standings import StandardColumns, attained, with_standing
from goalmodel.frames.why import Why
from goalmodel.key_result import OutcomePolicy, PacePolicy
from goalmodel.kpi import Health
from goalmodel.measure import Cadence

KINDS: Final = ("kpi", "key result", "commit")

_MANNERS: Final = MappingProxyType(
    {"reached": Reached(), "standing": Standing(), "held": Held(dt.date.min)}
)
_CADENCES: Final = MappingProxyType(
    {
        "daily": Cadence.DAILY,
        "weekly": Cadence.WEEKLY,
        "monthly": Cadence.MONTHLY,
        "quarterly": Cadence.QUARTERLY,
        "yearly": Cadence.YEARLY,
    }
)
_NUMBERS: Final = ("low", "high", "watch_low", "watch_high", "baseline", "target")
_DATES: Final = ("start", "end")
_WORDS: Final = ("manner", "cadence")


def review(
    goals: IntoFrameT,
    readings: IntoFrameT,
    *,
    as_of: dt.date,
    outcomes: OutcomePolicy | None = None,
    pace: PacePolicy | None = None,
) -> IntoFrameT:
    ...
