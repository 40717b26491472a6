"""Why a verdict is what it is: a stable code, the rule, the facts, and a sentence made from them.

A user interface translates by code; a sceptic re-derives the number from the facts. Facts are values, never sentences,
and are spelled when the sentence is asked for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from types import GenericAlias, UnionType
from typing import Any, Final, TypeAlias, cast, get_args

import attrs

from goalmodel.checks import OnDemand, inner, is_a, is_text, made, the, the_iterable, the_text
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.reprs import readable
from goalmodel.showing import percent, shown

Fact: TypeAlias = Hashable
"""What a reason rests on, a value of one of these types, or a tuple of values of one of them.

An ``int`` counts, a ``Fraction`` is a number or a share, a ``date`` is a day; a member of an enumeration is a verdict
or a kind; a ``str`` is an id, a name, or the words somebody gave; a `Reason` is another reason it rests on. Every other
one is a value of this library with a ``str`` of its own: a Reading, a Score, a Root, a Standard, a manner, a Support, a
change of a target, a trend rule, or the Word of another system. Each `ReasonKind` says which of its facts is of which
type.
"""

Named: TypeAlias = tuple[str, Fact]
"""A fact with its name."""

_FACT: Final = re.compile(r"\{(\w+)(?:(:%)|:([^{}/]+)/([^{}/]+))?\}")
"""The name of a fact in a sentence; whether it is to be shown in percent; what stands behind one, and behind more."""


class ShownAtCuts(ABC):
    """A value that holds a number, and is shown so that the number does not seem to reach a cut."""

    @abstractmethod
    def shown(self, *, cuts: Iterable[Fraction]) -> str:
        """Return the value as a sentence shows it, its number told from each of *cuts*."""


def spell(fact: Fact, *, in_percent: bool = False, cuts: Iterable[Fraction] = ()) -> str:
    """Return *fact* as a sentence shows it.

    Rule: NUM-3.

    >>> spell(Fraction(2, 3)), spell(Fraction(2, 3), in_percent=True), spell(date(2026, 10, 31)), spell(("a", "b"))
    ('0.6667', '66.7 %', '2026-10-31', 'a, b')

    Args:
        fact: A fact of any reason.
        in_percent: Whether a Fraction is a share of 1, to be shown in percent.
        cuts: Numbers that a number must not seem to reach, in its own unit.
    """
    match fact:
        case str():
            return str(fact)
        case Fraction() | int():
            return (percent if in_percent else shown)(Fraction(fact), cuts=cuts)
        case tuple():
            members = cast("tuple[Fact, ...]", fact)
            between = ", " if all(isinstance(member, str) for member in members) else "; "
            return between.join(spell(member, in_percent=in_percent, cuts=cuts) for member in members) or "none"
        case ShownAtCuts():
            return fact.shown(cuts=cuts)
        case _:
            return _text_of(fact)


def _text_of(fact: Fact) -> str:
    try:
        return str(fact)
    except Exception:  # noqa: BLE001 - whatever the object does when asked, the error is ours
        raise WrongType("fact", fact, "a value that has a text") from None


def _is_sentence(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    is_text(instance, attribute, value)
    if set("{}") & set(_FACT.sub("", value)):
        raise FactsDontFit(attribute.name, value, "a text with braces only around the names of facts")


def declared_facts(given: Mapping[str, object] | Iterable[tuple[str, object]]) -> tuple[tuple[str, Any], ...]:
    """Return the names and types of the facts of a kind, a mapping or pairs, as a tuple."""
    pairs = the_iterable(cast("Iterable[object]", given.items() if isinstance(given, Mapping) else given), "facts")
    return tuple(_declared_fact(pair) for pair in pairs)


def _declared_fact(given: object) -> tuple[str, Any]:
    pair = cast("tuple[object, ...]", the(tuple, given, "facts"))
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        raise WrongType("facts", given, "a pair of a name and a type")
    name = the_text(pair[0], "facts")
    return name, _fact_type(pair[1], f"facts.{name}")


def _fact_type(given: object, field: str) -> Any:  # noqa: ANN401 - what isinstance takes has no type of its own
    if isinstance(given, type | UnionType | GenericAlias):
        return given
    raise WrongType(field, given, "a type, a union of types, or a tuple of any number of one type")


def _are_facts(_: object, attribute: attrs.Attribute[tuple[Named, ...]], value: tuple[object, ...]) -> None:
    the(tuple, value, attribute.name)
    for index, fact in enumerate(value):
        match fact:
            case (str(), object() as held) if isinstance(fact, tuple) and type(held).__hash__ is not None:
                pass
            case _:
                raise WrongType(f"{attribute.name}[{index}]", fact, "a pair of a name and a fact that can be hashed")


def _is_of(kind: Any, fact: object) -> bool:  # noqa: ANN401 - what isinstance takes has no type of its own
    if isinstance(kind, GenericAlias):
        member = get_args(kind)[0]
        return isinstance(fact, tuple) and all(isinstance(each, member) for each in cast("tuple[object, ...]", fact))
    return isinstance(fact, kind)


@attrs.frozen
@readable
class ReasonKind:
    """What all reasons with one code share.

    >>> late = ReasonKind("late", "COM-1", "{count} of {goal} came late", {"count": int, "goal": str})
    >>> str(late.because(count=3, goal="sla"))
    '3 of sla came late'

    Attributes:
        code: Stable for as long as the rule means the same: "kpi-stale".
        rule: Id of the rule in the rulebook: "KPI-3".
        sentence: English, with the names of the facts in braces; behind ":%" a share is shown in percent, and
            "{count:reading/readings}" counts them: 1 reading, 2 readings.
        facts: The type of each fact by its name, a mapping or pairs; those the sentence does not name are for programs.
    """

    code: str = attrs.field(validator=is_text)
    rule: str = attrs.field(validator=is_text)
    sentence: str = attrs.field(validator=_is_sentence)
    facts: tuple[tuple[str, Any], ...] = attrs.field(default=(), converter=declared_facts)

    def __attrs_post_init__(self) -> None:
        _check_names(self.sentence, [name for name, _ in self.facts], "sentence")

    def because(self, **facts: Fact) -> Reason:
        """Return the reason of this kind that rests on *facts*.

        Raises:
            FactsDontFit: A fact is missing, is none of this kind, or is of another type.
        """
        names, types = self._plainly
        if tuple(facts) == names and all(map(isinstance, facts.values(), types)):
            return made(Reason, kind=self, facts=tuple(facts.items()))
        return Reason(self, tuple(facts.items()))

    @inner
    def on_demand(self, facts: Callable[[], Mapping[str, Fact]]) -> Reason:
        """Return the reason of this kind that rests on what *facts* returns; it is asked when somebody looks."""
        return made(Reason, kind=self, _making=partial(self._made_of, facts))

    def _made_of(self, facts: Callable[[], Mapping[str, Fact]]) -> dict[str, object]:
        return {"facts": self.because(**facts()).facts}

    @cached_property
    def _plainly(self) -> tuple[tuple[str, ...] | None, tuple[Any, ...]]:
        """The names and types of the facts; no names where it takes more than isinstance to know that a fact fits."""
        names, types = tuple(name for name, _ in self.facts), tuple(kind for _, kind in self.facts)
        return None if any(isinstance(kind, GenericAlias) for kind in types) else names, types


@attrs.frozen
@readable
class Reason(OnDemand):
    """One reason for one verdict.

    Attributes:
        kind: Code, rule and wording, shared by all reasons of the kind.
        facts: Name and value of each fact used, exact, in the order in which the kind declares them.
    """

    kind: ReasonKind = attrs.field(validator=is_a(ReasonKind))
    facts: tuple[Named, ...] = attrs.field(validator=_are_facts)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "facts", tuple(_fitting(self.kind, self.facts)))

    @property
    def code(self) -> str:
        """The stable code a program branches or translates by."""
        return self.kind.code

    @property
    def rule(self) -> str:
        """Id of the rule that was applied."""
        return self.kind.rule

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return self.worded(self.kind.sentence)

    def worded(self, sentence: str, *, spelled: Callable[[Fact], str | None] | None = None) -> str:
        """Return *sentence*, in any language, with the facts spelled where it names them in braces.

        Numbers are told from each other: two that differ never look alike.

        Rule: NUM-3.

        Args:
            sentence: With names of facts of this kind in braces; behind ":%" a share is shown in percent, and behind
                ":" stands what is said after 1, then "/" and what is said after any other number.
            spelled: How facts are spelled in another language; those of which it returns None are spelled as in
                English.

        Raises:
            FactsDontFit: It names what is no fact of this kind.
        """
        facts = dict(self.facts)
        _check_names(the(str, sentence, "sentence"), facts, "sentence")
        if spelled is not None and not callable(spelled):
            raise WrongType("spelled", spelled, "a function of a fact")
        numbers = tuple(_numbers(self.facts))

        def put(named: re.Match[str]) -> str:
            name, in_percent, one, more = named.groups()
            fact = facts[name]
            said = None if spelled is None else spelled(fact)
            text = spell(fact, in_percent=bool(in_percent), cuts=numbers) if said is None else the(str, said, "spelled")
            return text if one is None else f"{text} {one if fact == 1 else more}"

        return _FACT.sub(put, sentence)

    def __str__(self) -> str:
        return self.sentence


@inner
def those_that_hold(*grounds: tuple[ReasonKind, Mapping[str, Fact], object]) -> tuple[Reason, ...]:
    """Return a reason for each of *grounds* that holds, in their order: its kind, its facts, and whether it holds."""
    return tuple(kind.because(**facts) for kind, facts, holds in grounds if holds)


def _check_names(sentence: str, facts: Iterable[str], field: str) -> None:
    unknown = {name for name, *_ in _FACT.findall(sentence)}.difference(facts)
    if unknown:
        raise FactsDontFit(field, sentence, f"a text about {', '.join(facts) or 'no fact'} alone")


def _fitting(kind: ReasonKind, given: tuple[Named, ...]) -> Iterator[Named]:
    """Yield the facts as *kind* declares them."""
    facts = dict(given)
    if len(given) != len(kind.facts) or any(name not in facts for name, _ in kind.facts):
        raise FactsDontFit("facts", given, f"exactly {', '.join(name for name, _ in kind.facts) or 'no fact'}")
    for name, wanted in kind.facts:
        if type(facts[name]) is not wanted and not _is_of(wanted, facts[name]):
            raise FactsDontFit(f"facts.{name}", facts[name], f"of type {getattr(wanted, '__name__', wanted)}")
        yield name, facts[name]


def _numbers(fact: object) -> Iterator[Fraction]:
    """Yield every number in *fact*."""
    if isinstance(fact, Fraction):
        yield fact
    elif isinstance(fact, str | int | date | Reason):
        return
    elif isinstance(fact, tuple):
        for member in cast("tuple[object, ...]", fact):
            yield from _numbers(member)
    elif attrs.has(kind := type(fact)):
        for attribute in attrs.fields(kind):
            yield from _numbers(getattr(fact, attribute.name))
