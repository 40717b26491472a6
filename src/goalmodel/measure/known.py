"""A history of a goal that sees on each day what was known on it, and what was agreed."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable
from operator import is_not
from typing import Self, TypeVar, cast

from goalmodel.checks import the, the_date
from goalmodel.measure.exclusion import Exclusion, agreed_by
from goalmodel.measure.series import Series

_H = TypeVar("_H", bound="SeesWhatWasKnown")


class SeesWhatWasKnown(ABC):
    """A history of a goal that can be asked about any day: on each it sees the readings as they were known then.

    What was agreed not to count is left out from the day on which it was agreed.

    Rules: TIME-2, TIME-3.
    """

    series: Series
    _agreed: tuple[Exclusion, ...] = ()
    _then: tuple[SeesWhatWasKnown, ...] = ()

    @abstractmethod
    def _with(self: _H, series: Series, agreed: tuple[Exclusion, ...]) -> _H:
        """Return the same of other readings, where other days do not count."""

    @property
    @abstractmethod
    def _exclusions(self) -> tuple[Exclusion, ...]:
        """Everything that was ever agreed not to count."""

    def _known_on(self, as_of: dt.date) -> Series:
        return self.series.as_known(as_of)

    def as_known(self, as_of: dt.date) -> Self:
        """Return the history as it was known on *as_of*: itself, where nothing was late, restated or agreed later."""
        the_date(as_of, "as_of")
        known = self.series if self.series.is_known_at_once else self._known_on(as_of)
        agreed = agreed_by(self._exclusions, as_of) if self._agreed else self._agreed
        if known is self.series and agreed == self._agreed:
            return self
        for then in self._then:
            if isinstance(then, type(self)) and then.series is known and then._agreed == agreed:  # noqa: SLF001 - one of its own
                return then
        then = self._with(known, agreed)
        self._then = (*self._then[-1:], then)
        return then


def asked_again(series: Series, make: Callable[[], _H], goal: object, *policies: object) -> _H:
    """Return the history of *series* for a goal and policies: what *make* makes, or the one before where all are those.

    From the second time on the latest is kept with the series, one for each kind of goal, so that a series that a goal
    is judged by day by day is gone through twice. Who is asked once keeps nothing.
    """
    kept, asked = the(Series, series, "series").view.histories, (goal, *policies)
    before, found = kept.get(type(goal), ((), None))
    is_again = bool(before) and not any(map(is_not, before, asked))
    if found is None or not is_again:
        found = make()
        kept[type(goal)] = asked, found if is_again else None
    return cast("_H", found)
