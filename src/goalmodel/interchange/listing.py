"""All codes and words a program may meet, as plain data, and sentences in other languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

import attrs

from goalmodel.catalogue import REASON_KINDS
from goalmodel.checks import the
from goalmodel.errors import GoalModelError, WrongType
from goalmodel.hygiene import HYGIENE_RULES
from goalmodel.interchange.documents import document
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.interchange.rulebook import RULES
from goalmodel.interchange.value_form import FORMAT
from goalmodel.reasons import Fact, Reason


def catalogue() -> dict[str, Any]:
    """Return every code and word of the library as plain data, for programs that show, translate or check them.

    >>> catalogue()["reasons"]["kpi-never-read"]["sentence"]
    'there is no reading of {measure} until {as_of}'

    Returns:
        By their names or codes: ``rules`` with their sentences, ``reasons`` with rule, sentence and the types of their
        facts, ``hygiene`` rules, ``words`` of each enumeration, ``errors`` with what they say, and ``policies`` with
        what holds by default.
    """
    return {
        "format": FORMAT,
        "rules": dict(RULES),
        "reasons": {
            code: {
                "rule": kind.rule,
                "sentence": kind.sentence,
                "facts": {name: _type_name(of) for name, of in kind.facts},
            }
            for code, kind in REASON_KINDS.items()
        },
        "hygiene": {rule.code: _hygiene_rule(rule) for rule in HYGIENE_RULES},
        "words": {name: [member.value for member in kind] for name, kind in ENUMS.items()},
        "errors": {kind.__name__: _first_sentence(kind) for kind in _below(GoalModelError)},
        "policies": {
            name: document(kind(), compact=False)
            for name, kind in VALUES.items()
            if name.endswith("Policy") and all(each.default is not attrs.NOTHING for each in attrs.fields(kind))
        },
    }


def _hygiene_rule(rule: object) -> dict[str, Any]:
    fields = ("title", "severity", "rationale", "next_step", "source")
    return {name: str(getattr(rule, name)) for name in fields}


def _type_name(of: object) -> str:
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", of.__name__ if isinstance(of, type) and not get_args(of) else str(of))


def _first_sentence(kind: type) -> str:
    return (kind.__doc__ or "").partition("\n\n")[0].strip()


def _below(kind: type[GoalModelError]) -> list[type[GoalModelError]]:
    found = {deeper for each in kind.__subclasses__() for deeper in (each, *_below(each))}
    return sorted(found, key=lambda each: each.__name__)


def translated(
    reason: Reason, sentences: Mapping[str, str], *, spelled: Callable[[Fact], str | None] | None = None
) -> str:
    """Return a reason in another language; the reasons it rests on are translated with it.

    >>> reason = REASON_KINDS["kpi-no-bands"].because(measure="uptime")
    >>> translated(reason, {"kpi-no-bands": "niemand hat gesagt, welche Werte von {measure} gesund sind"})
    'niemand hat gesagt, welche Werte von uptime gesund sind'

    Args:
        reason: What is to be said.
        sentences: By code, with the names of the facts in braces, as the catalogue has them in English; what is not
            among them stays English.
        spelled: How facts are spelled: a number, a date, a word of an enumeration; those of which it returns None are
            spelled as in English.

    Raises:
        FactsDontFit: A sentence names what is no fact of its kind.
    """
    the(Reason, reason, "reason")
    if not isinstance(sentences, Mapping):
        raise WrongType("sentences", sentences, "a mapping of codes to sentences")
    if spelled is not None and not callable(spelled):
        raise WrongType("spelled", spelled, "a function of a fact")

    def said(fact: Fact) -> str | None:
        if isinstance(fact, Reason):
            return translated(fact, sentences, spelled=spelled)
        return None if spelled is None else spelled(fact)

    def said_of_several(fact: Fact) -> str | None:
        if not isinstance(fact, tuple):
            return said(fact)
        members = cast("tuple[Fact, ...]", fact)
        if any(isinstance(each, Reason) for each in members):
            return "; ".join(said(each) or str(each) for each in members)
        return said(members)

    return reason.worded(sentences.get(reason.code, reason.kind.sentence), spelled=said_of_several)
