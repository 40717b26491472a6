"""Every error goalmodel raises, and their root.

Every error says three things, as fields and in its sentence: where, what was given, what is accepted. Where it is
about a goal that has an id, it names that too. Wording is not part of the interface; the fields are.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, cast

import attrs

MOST_DIGITS: Final = 1_000
"""A number may have so many digits above and below the fraction line."""

HIGHEST_DEGREE: Final = 1_000
"""No root of a higher degree is taken exactly."""

_PLAIN = (bool, int, float, complex, str, bytes, Decimal, Fraction, dt.date, type(None))
_UNPRINTED: Final = "a number of very many digits"
_LONGEST_SHOWN: Final = 120
_MOST_PLACES_SHOWN: Final = 12
_STEP = re.compile(r"\[(\d+)\]|\['([^']*)'\]|\.?([^.\[\]]+)")


class Path(tuple["str | int", ...]):
    """Where something can't be taken: names and indexes, from what was built or called on down to it.

    >>> where = Path.of("kpis[3].serves[0]")
    >>> where == ("kpis", 3, "serves", 0), str(where)
    (True, 'kpis[3].serves[0]')

    A name that is no word of Python, as the key of a mapping may be, is shown in quotation marks:
    ``done['first boss']``.
    """

    __slots__ = ()

    @classmethod
    def of(cls, given: str | Iterable[str | int]) -> Path:
        """Return the path that is written as the text *given*, or whose names and indexes are given."""
        return cls(map(_step, _STEP.finditer(given)) if isinstance(given, str) else given)

    def __str__(self) -> str:
        return "".join(map(_written_step, self)).removeprefix(".") or "this"

    def __repr__(self) -> str:
        return f"Path.of({str(self)!r})"


def _step(found: re.Match[str]) -> str | int:
    index, key, name = found.groups()
    return int(index) if index else key or name


def _written_step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if step.isidentifier() else f"[{step!r}]"


class _Shown(str):
    """What stands for a value an error does not keep."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def described(given: object) -> str:
    """Return *given* as a person writes it: a number in decimal, a date by year, month and day, a text in quotes.

    What nobody can show is named by its type, whatever it does when asked; what is long is shortened.
    """
    text = _written(given)
    if text is None:
        return _UNPRINTED if isinstance(given, int) else f"a value of type {type(given).__name__}"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _written(given: object) -> str | None:
    try:
        if type(given) is Fraction:
            return _decimal(given)
        if isinstance(given, Decimal | dt.date):
            return str(given)
        if isinstance(given, Enum):
            return f"{type(given).__name__}.{given.name}"
        if type(given) is tuple:
            return _written_many(cast("tuple[object, ...]", given))
        return repr(given)
    except Exception:  # noqa: BLE001 - a broken __repr__, or an int too long to print, must not hide our error
        return None


def _decimal(number: Fraction) -> str:
    scaled = number * 10**_MOST_PLACES_SHOWN
    if scaled.denominator != 1:
        return str(number)
    return f"{Decimal(scaled.numerator).scaleb(-_MOST_PLACES_SHOWN).normalize():f}"


def _written_many(members: tuple[object, ...]) -> str:
    return f"({', '.join(map(described, members))})" if members else "nothing"


def _kept(given: object) -> object:
    """Return *given* where it can be pickled and shown whoever made it, else what stands for it."""
    return given if _can_be_kept(given) else _Shown(described(given))


def _can_be_kept(given: object) -> bool:
    """Return whether *given* is a plain value or one of our own, and all it holds, so that it can be pickled."""
    waiting: list[object] = [given]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _PLAIN:
            if _written(value) is None:
                return False
        elif kind in {tuple, frozenset}:
            waiting += cast("Iterable[object]", value)
        elif not _is_ours(kind):
            return False
        elif attrs.has(kind):
            waiting += (getattr(value, field.name) for field in attrs.fields(kind))
        elif not isinstance(value, Enum):
            return False
    return True


def _is_ours(kind: type[Any]) -> bool:
    return kind.__module__.partition(".")[0] == __name__.partition(".")[0]


class GoalModelError(Exception):
    """Root of every error goalmodel raises; each concrete one is a ``ValueError`` or a ``TypeError`` too.

    >>> try:
    ...     HealthBands(cuts=[7.5, "8"], zones=[Zone("bad", Health.UNHEALTHY)])
    ... except GoalModelError as error:
    ...     print(error, "|", error.field[0])
    cuts[1] must be a number (int, float, Decimal or Fraction); got '8' | cuts

    Attributes:
        field: Where: names and indexes from what was built, or from the argument of the function that was called.
        given: The offending value. Where it is neither a plain value (number, text, date) nor one of our own, text
            that stands for it, so that every error can be pickled, shown anywhere, and keeps nothing alive.
        accepted: What would be taken instead.
        goal: The id of the goal it is about; None where it is about none, or about one whose id is not known there.
        problems: All that is wrong, each as an error of its own: this one alone, but for `SeveralProblems`.
    """

    accepted: str = "something else"

    def __init__(
        self, field: str | Iterable[str | int], given: object, accepted: str | None = None, *, goal: str | None = None
    ) -> None:
        self.field: Path = Path.of(field)
        self.given: object = _kept(given)
        if accepted is not None:
            self.accepted = accepted
        self.goal = goal
        super().__init__(self.field, self.given, self.accepted)

    @property
    def problems(self) -> tuple[GoalModelError, ...]:
        """All that is wrong: this error alone, but for one of several problems."""
        return (self,)

    def place(self, at: Callable[[GoalModelError], Path]) -> None:
        """Let all that is wrong stand where *at* says of each of its problems."""
        for each in self.problems:
            each.field = at(each)
            each.args = (each.field, *each.args[1:])
        self.field = self.problems[0].field

    def __str__(self) -> str:
        where = self.field if self.goal is None else f"{self.field} of {self.goal!r}"
        return f"{where} must be {self.accepted}; got {described(self.given)}"


class SeveralProblems(GoalModelError, ValueError):
    """Several things are wrong at once; of one alone its own error is raised.

    Field, given, accepted and goal are those of the first problem.

    Attributes:
        problems: Each as an error of its own, in the order of what was built: field by field, then by index.
    """

    def __init__(self, problems: Iterable[GoalModelError]) -> None:
        self._problems = tuple(problems)
        first = self._problems[0]
        super().__init__(first.field, first.given, first.accepted, goal=first.goal)
        self.args: tuple[Any, ...] = (self._problems,)

    @property
    def problems(self) -> tuple[GoalModelError, ...]:
        """Each as an error of its own."""
        return self._problems

    def __str__(self) -> str:
        return f"{len(self.problems)} problems: {'; '.join(map(str, self.problems))}"


class WrongType(GoalModelError, TypeError):
    """An argument of a type that can't mean anything here."""


class NotADate(GoalModelError, TypeError):
    """A point in time that is not a plain calendar date."""

    accepted: str = "a datetime.date without a time of day (of a datetime, choose the date: when.date())"


class EmptyText(GoalModelError, ValueError):
    """A text that says nothing."""

    accepted: str = "a text that is not blank"


class UnfitText(GoalModelError, ValueError):
    """A text that can't be stored or shown everywhere, or an id that looks like another one."""

    accepted: str = "a text without NUL and without half a character (a lone surrogate)"


class OutOfBounds(GoalModelError, ValueError):
    """A number that is finite but lies where the field has no meaning."""


class WrongMeasure(GoalModelError, ValueError):
    """A series of another measure, or of one with another unit, than the goal is about."""


class IllegalMove(GoalModelError, ValueError):
    """A move the state of a goal does not allow.

    Attributes:
        legal: The moves that are legal.
        state: The state the goal is in.
    """

    def __init__(
        self,
        field: str | Iterable[str | int],
        given: object,
        legal: tuple[str, ...],
        state: str,
        *,
        goal: str | None = None,
    ) -> None:
        self.legal = legal
        self.state = state
        *others, last = (f"'{each}'" for each in legal) if legal else ("",)
        moves = f"the move {', '.join(others)}{' or ' if others else ''}{last}" if legal else "no move at all"
        super().__init__(field, given, f"{moves}, as its state is '{state}'", goal=goal)
        self.args: tuple[Any, ...] = (self.field, self.given, legal, state)


class GivenTwice(GoalModelError, ValueError):
    """What there may be once was given twice: a date, an id, a name."""

    accepted: str = "given once"


class GoesInCircles(GoalModelError, ValueError):
    """Goals that in the end serve, or take up, themselves."""

    accepted: str = "links that lead upwards and never back"


class NotThisGoal(GoalModelError, ValueError):
    """A decision about one goal carried out on another."""


class NothingGiven(GoalModelError, ValueError):
    """Nothing at all where at least one is needed."""

    accepted: str = "at least one"


class OutOfOrder(GoalModelError, ValueError):
    """Values that must rise, or follow one another in time, and don't."""

    accepted: str = "in order"


class OutOfTime(GoalModelError, ValueError):
    """A date outside the time it belongs to: before it began, or after it was over."""

    accepted: str = "within its time"


class UnknownCode(GoalModelError, ValueError):
    """A code, or the beginning of one, that no rule has."""

    accepted: str = "the code of a rule"


class UnknownReference(GoalModelError, ValueError):
    """A reference to something that is not there."""

    accepted: str = "the id of a goal of the model"


class NotANumber(GoalModelError, TypeError):
    """Something that is not a number: a bool, a text, None, a container."""

    accepted: str = "a number (int, float, Decimal or Fraction)"


class NotFinite(GoalModelError, ValueError):
    """NaN or an infinity."""

    accepted: str = "a finite number (int, float, Decimal or Fraction)"


class TooManyDigits(GoalModelError, ValueError):
    """A number so long that computing with it exactly would never end."""

    accepted: str = f"a number of at most {MOST_DIGITS:,} digits above and below the fraction line"


class FactsDontFit(GoalModelError, ValueError):
    """A sentence and facts that don't go together."""


class DifferentQuantities(GoalModelError, ValueError):
    """Two units that measure different things, so that no factor leads from one to the other."""


class NeverDue(GoalModelError, ValueError):
    """A recurrence rule without dates, such as every 30 February."""

    accepted: str = "a rule that has two dates or more in a hundred years"


class NoPeriod(GoalModelError, ValueError):
    """A cadence that counts in neither months nor days and has no rule, or in more than one of them."""

    accepted: str = "exactly one of months, days and a rule"


class NotARecurrence(GoalModelError, ValueError):
    """A text that is no recurrence rule of whole days without an end."""


class YearOutOfRange(GoalModelError, ValueError):
    """A period that would end after the calendar does."""

    accepted: str = f"early enough for the whole period to end in the year {dt.MAXYEAR} or before"


class NotOneHealthyZone(GoalModelError, ValueError):
    """Zones whose health does not fall from one healthy zone outwards."""

    accepted: str = "one more than there are cuts, exactly one of them healthy, and none getting healthier away from it"


class NoBaseline(GoalModelError, ValueError):
    """A score, or a target given as a change, was asked of a key result whose baseline is not known yet."""

    accepted: str = "a number before a value can be scored (assess answers with a reason instead)"


class NotInPercent(GoalModelError, ValueError):
    """Percentage points of a measure that is no percentage."""

    accepted: str = "a measure in percent, or in a unit whose base is percent"


class NotTwoOfThree(GoalModelError, ValueError):
    """Of three values that determine one another, not exactly two are given."""

    accepted: str = "one of exactly two of the three, so that they give the third"


class ReachedAlready(GoalModelError, ValueError):
    """A key result that stands at or past its target, and is to go on without another one."""

    accepted: str = "another target: this one is reached (to keep a value, watch it as a KPI or commit to hold it)"


class RelativeToNothing(GoalModelError, ValueError):
    """A change by a share of what has no shares: a baseline of 0 or below, or a scale without a true zero."""

    accepted: str = "a number, or a change by an amount: shares need a true zero and a baseline above it"


class TargetEqualsBaseline(GoalModelError, ValueError):
    """A key result that would leave the measure where it is, or in the zone where it is."""

    accepted: str = "another value than the baseline (to keep a value, watch it as a KPI or commit to hold it)"


class TargetOutOfReach(GoalModelError, ValueError):
    """A target that can't be come to: beyond all there is to count, or below where the count begins."""

    accepted: str = "above the baseline and at most all there is to count"


class AmendsNothing(GoalModelError, ValueError):
    """An amendment to the standard that is in force already."""

    accepted: str = "another standard than the one before it"


class NotBroken(GoalModelError, ValueError):
    """A commit taken up again that is kept, or may still be."""

    accepted: str = "the assessment of a commit that was not kept"


class SameKind(GoalModelError, ValueError):
    """A change from a kind to the same kind."""

    accepted: str = "another kind than before"


class CyclesOverlap(GoalModelError, ValueError):
    """Two cycles that share a day, so that one goal might be counted twice."""

    accepted: str = "cycles that share no day"


class KindsDiffer(GoalModelError, ValueError):
    """Parts of different kinds in one mean: a score, a root that is no fraction, and a word can't be added."""


class RootTooHigh(GoalModelError, ValueError):
    """A geometric mean that no computer would finish exactly."""

    accepted: str = (
        f"weights in the ratio of whole numbers that sum to at most {HIGHEST_DEGREE:,}, of scores short enough for it"
    )


class EventDoesNotFit(GoalModelError, ValueError):
    """An event whose parts don't go together, or that tells of a goal as it does not stand in the model."""


class NotAsTold(GoalModelError, ValueError):
    """A goal of a model stands otherwise than the events of the model say: it was changed beside them."""


class MeasuresDiffer(GoalModelError, ValueError):
    """Two goals on measures with one name that are not the same: another unit, polarity, scale or range."""


class WrongLink(GoalModelError, ValueError):
    """A link from a kind of goal to a kind it can't serve."""


class NoDefaultTarget(GoalModelError, ValueError):
    """A promotion without a target, where no healthy edge lies ahead to serve as one."""

    accepted: str = "a number: no healthy edge lies ahead of the baseline that could be aimed at by default"


class NoLevel(GoalModelError, ValueError):
    """A key result that counts what its cycle brings, and so leaves no level that could be kept up."""

    accepted: str = "a key result that counts the latest reading"


class NothingReached(GoalModelError, ValueError):
    """A key result whose last readings are no better than where it started, or that has none."""

    accepted: str = "a level on the better side of the baseline"


class TargetNotAnImprovement(GoalModelError, ValueError):
    """A target that is no nearer to health than the baseline."""

    accepted: str = "on the healthier side of the baseline"


class NotComplete(GoalModelError, ValueError):
    """A draft that does not say enough to be a key result, or says too much."""

    accepted: str = "a draft with nothing missing, in doubt or in disagreement; give what it names with attrs.evolve"


class NotAFrame(GoalModelError, TypeError):
    """Something that is not a data frame narwhals can read."""

    accepted: str = "a data frame of pandas, Polars, PyArrow, DuckDB, Dask or PySpark"


class UnknownColumn(GoalModelError, ValueError):
    """A column that the frame does not have."""


class UnreadableColumn(GoalModelError, TypeError):
    """A column of a type whose values can't be read exactly."""


class NotReadable(GoalModelError, ValueError):
    """A part of a document that does not say what it has to say.

    Attributes:
        pointer: Where in the document, as a JSON Pointer (RFC 6901): ``/kpis/3/serves/0``; empty for the whole of it.
    """

    def __init__(
        self, field: str | Iterable[str | int], given: object, accepted: str | None = None, *, goal: str | None = None
    ) -> None:
        can_be_kept = type(given) in _JSON and _can_be_kept(given)
        super().__init__(field, given if can_be_kept else _Shown(_in_json(given)), accepted, goal=goal)

    @property
    def pointer(self) -> str:
        """Where in the document, as a JSON Pointer."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.field)

    def __str__(self) -> str:
        return f"{self.pointer or 'the document'} must be {self.accepted}; got {_in_json(self.given)}"


_JSON: Final = (str, int, float, bool, type(None))


def _in_json(given: object) -> str:
    """Return *given* as JSON writes it, shortened; an object and an array by what they hold."""
    if isinstance(given, dict):
        keys = [_in_json(key) for key in list(cast("dict[object, object]", given))[:8]]
        text = f"an object with {', '.join(keys)}" if keys else "an object with nothing in it"
    elif isinstance(given, list | tuple):
        text = f"an array of {len(cast('list[object] | tuple[object, ...]', given))}"
    elif isinstance(given, Enum):
        text = json.dumps(given.value, ensure_ascii=False)
    elif hasattr(type(given), "__attrs_attrs__"):
        text = f'an object of the type "{type(given).__name__}"'
    elif type(given) in _JSON:
        try:
            text = json.dumps(given, ensure_ascii=False)
        except ValueError:  # a whole number of so many digits that Python does not print it
            text = _UNPRINTED
    else:
        text = described(given)
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
