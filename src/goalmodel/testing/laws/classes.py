"""Ready-made test classes: subclass one, set the formula, and each law is a test."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable
from typing import Any, ClassVar, cast

from goalmodel.exact import Number
from goalmodel.testing.laws.auditing import LAWS, audit
from goalmodel.testing.laws.candidate import Formula, FormulaKind


def _test(law: str, says: str) -> Callable[[Any], None]:
    def test(self: FormulaLaws) -> None:
        others = {each.name for each in LAWS[self.kind]} - {law}
        report = audit(
            _formula_of(type(self)),
            self.kind,
            words=self.words,
            whole=self.whole,
            numbers=self.numbers,
            without=others,
        )
        if report.broken:
            raise AssertionError(str(report.broken[0]))

    test.__name__ = test.__qualname__ = f"test_{law.replace('-', '_')}"
    test.__doc__ = f"{says[0].upper()}{says[1:]}."
    return test


def _formula_of(tests: type[FormulaLaws]) -> Formula:
    """Return the formula of a test class, as it was written: a function in a class is not asked as a method."""
    found = inspect.getattr_static(tests, "formula", None)
    return cast("Formula", found.__func__ if isinstance(found, staticmethod) else found)


class FormulaLaws:
    """A test class of the laws of a kind, one test a law; the subclasses below say of which kind.

    Attributes:
        formula: What is tested; a function as it is, or a staticmethod.
        words: What it answers with, the best first; see `audit`.
        whole: What it calls all of the way; see `audit`.
        numbers: In which type it is given numbers; see `audit`.
        without: Names of laws it need not keep.
    """

    kind: ClassVar[FormulaKind]
    formula: ClassVar[Any]
    words: ClassVar[Iterable[Hashable] | None] = None
    whole: ClassVar[Number] = 1
    numbers: ClassVar[type | None] = None
    without: ClassVar[Iterable[str]] = ()

    def __init_subclass__(cls, **named: object) -> None:
        super().__init_subclass__(**named)
        for law in LAWS[cls.kind]:
            name = f"test_{law.name.replace('-', '_')}"
            if law.name in cls.without:
                setattr(cls, name, None)
            elif name not in vars(cls):
                setattr(cls, name, _test(law.name, law.says))


class ScoreLaws(FormulaLaws):
    """The laws of a score: how far from baseline to target."""

    kind = FormulaKind.SCORE


class HealthLaws(FormulaLaws):
    """The laws of health: in which zone a value lies."""

    kind = FormulaKind.HEALTH


class PaceLaws(FormulaLaws):
    """The laws of pace: how it goes against what is expected by now."""

    kind = FormulaKind.PACE


class KeptLaws(FormulaLaws):
    """The laws of kept: whether a value meets a standard."""

    kind = FormulaKind.KEPT


class RollupLaws(FormulaLaws):
    """The laws of a roll-up: how several scores become one."""

    kind = FormulaKind.ROLLUP
