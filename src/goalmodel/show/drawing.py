"""Drawings of what leads to what and of what changed, and the one place that draws anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from goalmodel.show.page import Badge, Chart, Drawing, Graph, Link, Node, Turn, Turns
from goalmodel.show.svg import chart_drawn, element, escaped, mark, short

_COLUMN, _ROW, _BOX, _GAP = 200, 46, 36, 40
_LONGEST_LABEL, _LONGEST_NOTE = 22, 27
_MOST_DRAWN = 60
"""So many goals, or changes, are drawn; of more nobody sees anything. A table, and the data, have all."""
_LINE, _TURNS_WIDTH = 20, 480
_ARROWS: Final[Mapping[int, str]] = MappingProxyType({1: "↑", 0: "→", -1: "↓"})


def drawn(drawing: Drawing) -> str:
    """Return a drawing as SVG with a title and a description; "" where there is nothing to see, or too much."""
    match drawing:
        case Chart():
            return chart_drawn(drawing)
        case Graph():
            return _graph(drawing) if len(drawing.nodes) <= _MOST_DRAWN else ""
        case Turns():
            return _turns(drawing) if len(drawing.turns) <= _MOST_DRAWN else ""
        case _:
            assert_never(drawing)


def _graph(graph: Graph) -> str:
    places = _places(graph)
    width = (max(layer for layer, _ in places.values()) + 1) * _COLUMN - _GAP + 4
    height = round(max(row for _, row in places.values()) * _ROW + _ROW)
    inside = [_link(each, places) for each in graph.links]
    inside += [part for each in graph.nodes for part in _node(each, *_corner(*places[each.id]))]
    return element(graph, width, height, "".join(inside), is_whole=True)


def _corner(layer: int, row: float) -> tuple[float, float]:
    return layer * _COLUMN + 2.0, round(row * _ROW + 5, 1)


def _places(graph: Graph) -> dict[str, tuple[int, float]]:
    """Return the layer and the row of each goal: near to what it leads to, no two in one place."""
    ends: dict[str, list[str]] = {}
    for link in graph.links:
        ends.setdefault(link.start, []).append(link.end)
    layers = sorted({each.layer for each in graph.nodes}, reverse=True)
    tallest = max(sum(each.layer == layer for each in graph.nodes) for layer in layers)
    places: dict[str, tuple[int, float]] = {}
    for layer in layers:
        inside = [each.id for each in graph.nodes if each.layer == layer]
        wished = {id_: _middle([places[end][1] for end in ends.get(id_, ()) if end in places]) for id_ in inside}
        free = (tallest - len(inside)) / 2
        for at, id_ in enumerate(sorted(inside, key=lambda each: wished[each])):
            places[id_] = layer, at + free
    return places


def _middle(rows: list[float]) -> float:
    return sum(rows) / len(rows) if rows else 0.0


def _link(link: Link, places: dict[str, tuple[int, float]]) -> str:
    (left, top), (right, bottom) = _corner(*places[link.start]), _corner(*places[link.end])
    start, end, half = left + _COLUMN - _GAP, right, _GAP / 2
    above, below = round(top + _BOX / 2, 1), round(bottom + _BOX / 2, 1)
    return (
        f'<path d="M{start} {above}C{start + half} {above} {end - half} {below} {end} {below}" fill="none" '
        'stroke="currentColor" stroke-opacity=".5"/>'
    )


def _node(node: Node, left: float, top: float) -> Iterator[str]:
    said = escaped(": ".join(each for each in (node.kind, node.label, node.note) if each))
    yield (
        f'<g><title>{said}</title><rect x="{left}" y="{top}" width="{_COLUMN - _GAP}" height="{_BOX}" rx="4" '
        'fill="none" stroke="currentColor" stroke-opacity=".4"/>'
    )
    word = node.kind if node.badge is None else node.badge.word
    second = f"{word}{', ' if node.note else ''}{node.note}"
    if node.badge is not None:
        yield mark(node.badge.tone, left + 10, top + 12)
    indent = 8 if node.badge is None else 18
    yield f'<text x="{left + indent}" y="{top + 16}">{escaped(short(node.label, _LONGEST_LABEL))}</text>'
    yield f'<text x="{left + 8}" y="{top + 30}" font-size="10">{escaped(short(second, _LONGEST_NOTE))}</text></g>'


def _turns(found: Turns) -> str:
    height = len(found.turns) * _LINE + 8
    inside = (part for at, each in enumerate(found.turns) for part in _turn(each, at * _LINE + 14.0))
    return element(found, _TURNS_WIDTH, height, "".join(inside))


def _turn(turn: Turn, y: float) -> Iterator[str]:
    said = escaped(f"{turn.goal or 'the model'}: {turn.aspect}")
    yield f'<g><title>{said}</title><text x="0" y="{y}">{escaped(short(turn.goal or "the model", 20))}</text>'
    yield from _side(turn.before, 150, y)
    yield f'<text x="300" y="{y}">{_ARROWS[turn.way]}</text>'
    yield from _side(turn.after, 324, y)
    yield "</g>"


def _side(given: Badge | str | None, x: float, y: float) -> Iterator[str]:
    if isinstance(given, Badge):
        yield mark(given.tone, x + 4, y - 4)
    word = given.word if isinstance(given, Badge) else given or "-"
    yield f'<text x="{x + 14}" y="{y}">{escaped(short(word, 20))}</text>'
