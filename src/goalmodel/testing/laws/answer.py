"""What a formula did when it was asked: a number, a word, nothing, an error, or no end. Whatever it did is data."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from sys import gettrace, settrace
from types import FrameType
from typing import Any, Final

import attrs

from goalmodel.errors import GoalModelError, described
from goalmodel.exact import Number, exact
from goalmodel.reprs import readable

MOST_STEPS: Final = 50_000
"""So many steps of the Python interpreter a formula may take for one answer."""


@readable
@attrs.frozen
class Answer:
    """What a formula did.

    Attributes:
        given: What it returned; None where it raised or found no end.
        error: The class of what it raised; None where it returned.
        message: What the error says.
        is_endless: Whether it was stopped after 50,000 steps of the interpreter.
    """

    given: object = None
    error: type[BaseException] | None = None
    message: str = ""
    is_endless: bool = attrs.field(default=False, kw_only=True)

    @property
    def number(self) -> Fraction | None:
        """The finite number it returned, read as goalmodel reads numbers; None for anything else."""
        try:
            return exact(_as_number(self.given), "given")
        except GoalModelError:
            return None

    @property
    def is_refusal(self) -> bool:
        """Whether it said that there is no answer: it returned None, or raised a ValueError or a TypeError."""
        if self.is_endless:
            return False
        return self.given is None if self.error is None else issubclass(self.error, ValueError | TypeError)

    @property
    def is_accident(self) -> bool:
        """Whether it neither returned nor refused: it raised something else, or found no end."""
        return self.is_endless or (self.error is not None and not self.is_refusal)

    def is_at_least(self, cut: Fraction) -> bool | None:
        """Return whether the number is at least *cut*, compared as its user would; None where it is no number.

        A float is compared with the float that is written for the cut, any other number exactly.
        """
        if self.number is None:
            return None
        if isinstance(self.given, float):
            return self.given >= float(cut)
        return self.number >= cut

    def __str__(self) -> str:
        if self.is_endless:
            return f"found no end within {MOST_STEPS:,} steps"
        if self.error is None:
            return f"gave {described(self.given)}"
        return f"raised {self.error.__name__}" + (f": {described(self.message)[1:-1]}" if self.message else "")


def answer_of(formula: Callable[[], object]) -> Answer:
    """Return what *formula* did, whatever that is; only what the user's own keyboard says goes through.

    It is asked twice: first with a limit on the steps it may take, then, as it ends, as it is. The second run is what
    the tools that measure which lines run can see.
    """
    try:
        _limited(formula)
    except _NoEnd:
        return Answer(is_endless=True)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001, S110 - it is raised again below, where it is looked at
        pass
    try:
        return Answer(formula())
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - an error is an answer, and none of ours
        return Answer(error=type(error), message=_text(error))


class _NoEnd(BaseException):
    """The formula took too many steps; no `except Exception` of its own stops this."""


class _Steps:
    """Counts the steps that are taken, and raises after too many: a loop on one line is no line event."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def count(self, frame: FrameType, _event: str, _argument: object) -> Callable[..., Any]:
        # Opcodes are traced where a frame has a tracer when it says so (3.13), from the next settrace on (3.12).
        frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes = self.count, False, True
        self.left -= 1
        if self.left < 0:
            raise _NoEnd
        return self.count


def _limited(formula: Callable[[], object]) -> None:
    """Run *formula* for no more steps than are allowed. While it runs no other tracer sees anything."""
    before, steps = gettrace(), _Steps()
    try:
        settrace(steps.count)
        _nothing()
        settrace(steps.count)
        formula()
    finally:
        settrace(before)


def _nothing() -> None:
    """Do nothing, so that there is a frame to be traced."""


def _as_number(given: object) -> Number:
    return given  # type: ignore[return-value]  # exact() refuses what is none


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a broken __str__ is an answer, too
        return ""
