"""The four forms of a page: a line, a text for a terminal, Markdown, and HTML that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap

from goalmodel.show.drawing import drawn
from goalmodel.show.page import Badge, Chart, Page, Ref, Table
from goalmodel.show.svg import escaped, sparkline

_WIDTH = 100
_WIDEST_CELL = 48
_LONG = 40
_SHORT = 26
_WHOLE = "font-family:system-ui,sans-serif;line-height:1.4;overflow-wrap:break-word"
_CELL = "padding:.15em .8em .15em 0;vertical-align:top"
_WIDE = '<div style="overflow-x:auto" tabindex="0">'
"""What may be wider than what it stands in; it can be scrolled by keyboard, too."""


def as_line(page: Page) -> str:
    """Return a page in a line."""
    return _one_line(page.line)


def _one_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _said(cell: str | Badge | Chart | None) -> str:
    match cell:
        case Badge(word, tone):
            return f"{tone.shape} {_one_line(word)}"
        case str():
            return _one_line(cell)
        case _:
            return ""


def as_text(page: Page, level: int = 0) -> str:
    """Return a page for a terminal."""
    return "\n".join(_text_lines(page, level))


def _text_lines(page: Page, level: int) -> Iterator[str]:
    indent = "  " * level
    title = _one_line(page.title)
    word = "" if page.badge is None else f"  {_said(page.badge)}"
    yield f"{indent}{title}{word}"
    if page.is_folded and level:
        yield f"{indent}  {_one_line(page.line)}"
        return
    if not level:
        yield indent + "─" * min(len(title + word), _WIDTH)
    room = max((len(label) for label, _ in page.facts), default=0)
    for label, fact in page.facts:
        yield f"{indent}  {label:<{room}}  {_said(fact)}"
    for note in page.notes:
        lines = wrap(_one_line(note), _WIDTH - len(indent) - 4) or [""]
        yield f"{indent}  · {lines[0]}"
        yield from (f"{indent}    {line}" for line in lines[1:])
    if page.table is not None:
        yield from (f"{indent}  {line}" for line in _table_lines(page.table))
    for part in filter(_has_words, page.parts):
        yield ""
        yield from _text_lines(part, level + 1)


def _table_lines(table: Table) -> Iterator[str]:
    """Yield the lines of a table; a long cell takes several."""
    columns = _columns(table)
    rows = [[[table.headings[at]] for at in columns]]
    rows += [[wrap(_said(row[at]), _WIDEST_CELL) or [""] for at in columns] for row in table.rows]
    widths = [max(len(line) for row in rows for line in row[at]) for at in range(len(columns))]
    for index, row in enumerate(rows):
        for parts in zip_longest(*row, fillvalue=""):
            yield "  ".join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()
        if not index:
            yield "  ".join("─" * width for width in widths)


def _columns(table: Table, *, with_charts: bool = False) -> list[int]:
    """Return which columns hold anything."""
    return [
        at
        for at in range(len(table.headings))
        if any(_said(row[at]) or (with_charts and isinstance(row[at], Chart)) for row in table.rows)
    ]


def as_markdown(page: Page, level: int = 1) -> str:
    """Return a page as Markdown, as wikis and chats read it."""
    return "\n\n".join(_blocks(page, level))


def _blocks(page: Page, level: int) -> Iterator[str]:
    word = "" if page.badge is None else f" · {_marked(page.badge)}"
    yield f"{'#' * min(level, 6)} {_escaped(page.title)}{word}"
    if page.facts:
        yield "\n".join(f"- **{_escaped(label)}**: {_marked(fact)}" for label, fact in page.facts)
    if page.notes:
        yield "\n".join(f"- {_escaped(note)}" for note in page.notes)
    if page.table is not None:
        yield _markdown_table(page.table)
    for part in filter(_has_words, page.parts):
        yield from _blocks(part, level + 1)


def _has_words(page: Page) -> bool:
    """Return whether there is anything but a drawing on a page."""
    return page.chart is None or bool(page.facts or page.notes or page.table or page.parts)


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _one_line(text))


def _marked(cell: str | Badge | Chart | None) -> str:
    return _escaped(_said(cell))


def _markdown_table(table: Table) -> str:
    columns = _columns(table)
    rows = [[_escaped(table.headings[at]) for at in columns], ["---"] * len(columns)]
    rows += [[_marked(row[at]) for at in columns] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_html(page: Page, level: int = 2) -> str:
    """Return a page as a piece of HTML that needs nothing beside it and changes nothing around it."""
    return f'<div style="{_WHOLE}">{_html(page, level)}</div>'


def _html(page: Page, level: int) -> str:
    word = "" if page.badge is None else f" {_styled(page.badge)}"
    inside = "".join(_html_parts(page, level))
    size = {2: "1.3em", 3: "1.1em"}.get(level, "1em")
    heading = f"{escaped(page.title)}{word}"
    anchor = "" if page.anchor is None else f' id="{page.anchor}"'
    if page.is_folded:
        return (
            f"<details{anchor}><summary><strong>{heading}</strong> · {escaped(page.line)}</summary>{inside}</details>"
        )
    tag = f"h{min(level, 6)}"
    return f'<section{anchor}><{tag} style="font-size:{size};margin:.8em 0 .3em">{heading}</{tag}>{inside}</section>'


def _html_parts(page: Page, level: int) -> Iterator[str]:
    if page.facts:
        yield _html_table((), [(label, fact) for label, fact in page.facts])
    if page.chart is not None:
        yield f"{_WIDE}{drawn(page.chart)}</div>"
    if page.notes:
        notes = "".join(f"<li>{escaped(each)}</li>" for each in page.notes)
        yield f'<ul style="margin:.3em 0;padding-left:1.2em">{notes}</ul>'
    if page.table is not None:
        columns = _columns(page.table, with_charts=True)
        headings = tuple(page.table.headings[at] for at in columns)
        yield _html_table(headings, (tuple(row[at] for at in columns) for row in page.table.rows))
    for part in page.parts:
        yield _html(part, level + 1)


def _html_table(headings: tuple[str, ...], rows: Iterable[tuple[str | Badge | Chart | None, ...]]) -> str:
    head = "".join(
        f'<th scope="col" style="text-align:left;{_CELL}{_room(each)}">{escaped(each)}</th>' for each in headings
    )
    body = "".join(f"<tr>{_html_cells(row)}</tr>" for row in rows)
    top = f"<thead><tr>{head}</tr></thead>" if headings else ""
    return f'{_WIDE}<table style="border-collapse:collapse;text-align:left">{top}<tbody>{body}</tbody></table></div>'


def _html_cells(row: tuple[str | Badge | Chart | None, ...]) -> str:
    """Return the cells of a row; a fact beside its label takes what room there is, on a phone as well."""
    first, *others = row
    room = _room if len(others) > 1 else _any_room
    head = f'<th scope="row" style="text-align:left;font-weight:600;{_CELL}{room(first)}">{_html_cell(first)}</th>'
    return head + "".join(f'<td style="text-align:left;{_CELL}{room(each)}">{_html_cell(each)}</td>' for each in others)


def _any_room(_cell: str | Badge | Chart | None) -> str:
    return ""


def _room(cell: str | Badge | Chart | None) -> str:
    """Return how a cell takes its room: a word or a date stays in one line, a sentence has a least width."""
    if not isinstance(cell, str) or not cell:
        return ""
    return ";min-width:14em" if len(cell) > _LONG else ";white-space:nowrap" if len(cell) <= _SHORT else ""


def _html_cell(cell: str | Badge | Chart | None) -> str:
    match cell:
        case Badge():
            return _styled(cell)
        case Chart():
            return sparkline(cell)
        case None:
            return ""
        case Ref():
            return f'<a href="#{cell.anchor}" style="color:inherit">{escaped(cell)}</a>'
        case _:
            return escaped(cell)


def _styled(given: Badge) -> str:
    shape = f'<span aria-hidden="true" style="color:{given.tone.colour}">{given.tone.shape}</span>'
    return f'<span style="white-space:nowrap">{shape} {escaped(given.word)}</span>'
