"""A slice of a longer row: shared and not copied, so that a judgement a day does not copy the past a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar, final, overload

_T = TypeVar("_T")


@final
class SharedSlice(Sequence[_T]):
    """So many values of a row, one after the other. It equals the tuple of them, and a slice of it is a tuple.

    >>> SharedSlice((1, 2, 3, 4), 1, 3)
    (2, 3)
    """

    __slots__ = ("_row", "_start", "_stop")

    def __init__(self, row: Sequence[_T], start: int = 0, stop: int | None = None) -> None:
        self._row = row
        self._start = start
        self._stop = len(row) if stop is None else stop

    @property
    def row(self) -> Sequence[_T]:
        """What it is a slice of."""
        return self._row

    @property
    def start(self) -> int:
        """Where it begins in the row."""
        return self._start

    def preceding(self, count: int) -> tuple[_T, ...]:
        """Return the last *count* of those that stand in the row before the slice; fewer where fewer do."""
        return tuple(self._row[max(self._start - count, 0) : self._start])

    def onwards(self, first: int) -> Iterator[_T]:
        """Return what stands in the row from number *first* of the slice on, beyond its end, too."""
        return islice(self._row, self._start + first, None)

    def __len__(self) -> int:
        return self._stop - self._start

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        within = range(self._start, self._stop)[index]
        if isinstance(within, int):
            return self._row[within]
        is_onward = within.step == 1
        return tuple(self._row[within.start : within.stop] if is_onward else (self._row[at] for at in within))

    def __iter__(self) -> Iterator[_T]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SharedSlice | tuple):
            return NotImplemented
        return self[:] == other[:]

    def __hash__(self) -> int:
        return hash(self[:])

    def __repr__(self) -> str:
        return repr(self[:])

    def __reduce__(self) -> tuple[type[SharedSlice[_T]], tuple[tuple[_T, ...]]]:
        return SharedSlice, (self[:],)
