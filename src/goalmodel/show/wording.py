"""Texts that know what they were made of, so that a page can be said in other words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final, assert_never, cast

import attrs

from goalmodel.checks import the
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.reasons import Reason, spell
from goalmodel.show.page import Badge, Chart, Drawing, Graph, Page, Table, Turns

Words = Mapping[str, str]
"""By English phrase, with the names of what stands in it in braces, or by the code of a reason: other words."""

_NAME: Final = re.compile(r"\{(\w+)\}")
_LETTER: Final = re.compile(r"[^\W\d]")


class Said(str):
    """A phrase with facts in it; as a text it is English."""

    __slots__ = ("facts", "phrase")

    phrase: str
    facts: Mapping[str, object]

    def in_words(self, words: Words) -> str:
        """Return it in other words; in English where there are none."""
        told = {name: _told(fact, words) for name, fact in self.facts.items()}
        return _put(words.get(self.phrase, self.phrase), told)


class SaidReason(str):
    """A reason; as a text it is English."""

    __slots__ = ("reason",)

    reason: Reason

    def in_words(self, words: Words) -> str:
        """Return it in other words; in English where there are none."""
        sentence = words.get(self.reason.code, self.reason.kind.sentence)
        return self.reason.worded(sentence, spelled=lambda fact: _in_other_words(fact, words))


def the_words(given: object) -> Words:
    """Return *given*, which must be a mapping of texts to texts; none where None."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongType("words", given, "a mapping of English phrases, and codes of reasons, to other words")
    pairs = cast("Mapping[object, object]", given).items()
    return {the(str, phrase, "words"): the(str, other, "words") for phrase, other in pairs}


def said(phrase: str, **facts: object) -> Said:
    """Return a phrase with its facts; each name in braces is one of them. Without facts a brace is a brace."""
    if isinstance(phrase, Said) and not facts:
        return phrase
    found = Said(_put(phrase, {name: _told(fact, {}) for name, fact in facts.items()}))
    found.phrase, found.facts = phrase, facts
    return found


def of_reason(reason: Reason) -> SaidReason:
    """Return a reason as a text that knows what it was made of."""
    found = SaidReason(str(reason))
    found.reason = reason
    return found


def _put(phrase: str, told: Mapping[str, str]) -> str:
    def put(name: re.Match[str]) -> str:
        if name[1] not in told:
            raise FactsDontFit("words", phrase, f"a text that names in braces only {', '.join(told)}")
        return told[name[1]]

    return _NAME.sub(put, phrase) if told else phrase


def _told(fact: object, words: Words) -> str:
    match fact:
        case Reason():
            return of_reason(fact).in_words(words) if words else str(fact)
        case tuple():
            members = cast("tuple[object, ...]", fact)
            between = "; " if any(isinstance(each, Reason) for each in members) else ", "
            return between.join(_told(each, words) for each in members)
        case Enum():
            return word(str(fact.value), words)
        case str():
            return in_words(fact, words)
        case _:
            return spell(fact)


def _in_other_words(fact: object, words: Words) -> str | None:
    return words.get(str(fact.value)) if isinstance(fact, Enum) else None


def in_words(text: str, words: Words) -> str:
    """Return a text in other words, where it knows what it was made of; any other is a name or a number."""
    return text.in_words(words) if isinstance(text, Said | SaidReason) else text


def word(text: str, words: Words) -> str:
    """Return a text that is a label or a verdict in other words."""
    return text.in_words(words) if isinstance(text, Said | SaidReason) else words.get(text, text)


def page_in_words(page: Page, words: Words) -> Page:
    """Return a page in other words; what they do not name stays English."""
    return attrs.evolve(
        page,
        title=in_words(page.title, words),
        line=in_words(page.line, words),
        badge=_badge(page.badge, words),
        facts=tuple((word(label, words), _fact(fact, words)) for label, fact in page.facts),
        notes=tuple(in_words(each, words) for each in page.notes),
        table=None if page.table is None else _table(page.table, words),
        chart=None if page.chart is None else drawing_in_words(page.chart, words),
        parts=tuple(page_in_words(each, words) for each in page.parts),
    )


def _badge(given: Badge | None, words: Words) -> Badge | None:
    return None if given is None else _badge_of(given, words)


def _badge_of(given: Badge, words: Words) -> Badge:
    return given._replace(word=word(given.word, words))


def _fact(given: str | Badge, words: Words) -> str | Badge:
    return _badge_of(given, words) if isinstance(given, Badge) else in_words(given, words)


def _cell(given: str | Badge | Chart | None, words: Words) -> str | Badge | Chart | None:
    return given if given is None or isinstance(given, Chart) else _fact(given, words)


def _table(table: Table, words: Words) -> Table:
    return Table(
        headings=tuple(word(each, words) for each in table.headings),
        rows=tuple(tuple(_cell(cell, words) for cell in row) for row in table.rows),
    )


def drawing_in_words(drawing: Drawing, words: Words) -> Drawing:
    """Return a drawing in other words."""
    title, description = in_words(drawing.title, words), in_words(drawing.description, words)
    match drawing:
        case Chart():
            return attrs.evolve(
                drawing,
                title=title,
                description=description,
                points=tuple(
                    attrs.evolve(
                        each,
                        badge=_badge(each.badge, words),
                        mark=None if each.mark is None else in_words(each.mark, words),
                    )
                    for each in drawing.points
                ),
                lines=tuple(attrs.evolve(each, label=word(each.label, words)) for each in drawing.lines),
                below=None if drawing.below is None else cast("Chart", drawing_in_words(drawing.below, words)),
            )
        case Graph():
            nodes = (
                attrs.evolve(
                    each, kind=word(each.kind, words), badge=_badge(each.badge, words), note=in_words(each.note, words)
                )
                for each in drawing.nodes
            )
            return attrs.evolve(drawing, title=title, description=description, nodes=tuple(nodes))
        case Turns():
            turns = (
                attrs.evolve(
                    each,
                    aspect=word(each.aspect, words),
                    before=None if each.before is None else _fact(each.before, words),
                    after=None if each.after is None else _fact(each.after, words),
                )
                for each in drawing.turns
            )
            return attrs.evolve(drawing, title=title, description=description, turns=tuple(turns))
        case _:
            assert_never(drawing)


class _Asked(dict[str, str]):
    """Words that note what they are asked for."""

    def __init__(self) -> None:
        self.phrases: set[str] = set()

    def get(self, phrase: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.phrases.add(phrase)
        return default


def phrases_of(page: Page) -> tuple[str, ...]:
    """Return every phrase of a page and the code of every reason on it, in order."""
    asked = _Asked()
    page_in_words(page, asked)
    return tuple(sorted(each for each in asked.phrases if _LETTER.search(each)))
