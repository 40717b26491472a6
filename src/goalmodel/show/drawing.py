"""Drawings of what leads to what and of what changed, and the one place that draws anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final, assert_never

from goalmodel.show.page import MOST_DRAWN, Badge, Chart, Drawing, Graph, Node, Turn, Turns
from goalmodel.show.svg import chart_drawn, element, escaped, mark, short

_COLUMN, _ROW, _BOX, _GAP = 230, 46, 36, 40
_LONGEST_LABEL, _LONGEST_NOTE = 26, 36
_LINE, _TURNS_WIDTH = 20, 480
_ARROWS: Final[Mapping[int, str]] = MappingProxyType({1: "↑", 0: "→", -1: "↓"})


def drawn(drawing: Drawing) -> str:
    """Return a drawing as SVG with a title and a description; "" where there is nothing to see, or too much."""
    match drawing:
        case Chart():
            return chart_drawn(drawing)
        case Graph():
            return _graph(drawing) if len(drawing.nodes) <= MOST_DRAWN else ""
        case Turns():
            return _turns(drawing) if len(drawing.turns) <= MOST_DRAWN else ""
        case _:
            assert_never(drawing)


def _graph(graph: Graph) -> str:
    routes, places = _routed(graph)
    width = (max(layer for layer, _ in places.values()) + 1) * _COLUMN - _GAP + 4
    height = round(max(row for _, row in places.values()) * _ROW + _ROW)
    inside = [_route([_corner(*places[stop]) for stop in route]) for route in routes]
    inside += [part for each in graph.nodes for part in _node(each, *_corner(*places[each.id]))]
    return element(graph, width, height, "".join(inside), is_whole=True)


def _corner(layer: int, row: float) -> tuple[float, float]:
    return layer * _COLUMN + 2.0, round(row * _ROW + 5, 1)


_Stop = str | tuple[int, int]
"""Where a link passes: a goal, or between goals the place of the link with that number in that layer."""


def _routed(graph: Graph) -> tuple[list[list[_Stop]], dict[_Stop, tuple[int, float]]]:
    """Return where each link passes, and the layer and the row of each place.

    A link that skips a layer has a place of its own there, so that it crosses no goal (after Sugiyama, Tagawa and Toda,
    "Methods for Visual Understanding of Hierarchical System Structures", 1981). A place lies near to what follows it.
    """
    layers = {each.id: each.layer for each in graph.nodes}
    routes: list[list[_Stop]] = [
        [link.start, *((at, layer) for layer in range(layers[link.start] + 1, layers[link.end])), link.end]
        for at, link in enumerate(graph.links)
    ]
    stops: dict[int, list[_Stop]] = {}
    ends: dict[_Stop, list[_Stop]] = {}
    for each in graph.nodes:
        stops.setdefault(each.layer, []).append(each.id)
    for route in routes:
        for start, end in pairwise(route):
            ends.setdefault(start, []).append(end)
            if isinstance(start, tuple):
                stops[start[1]].append(start)
    tallest = max(map(len, stops.values()))
    places: dict[_Stop, tuple[int, float]] = {}
    for layer in sorted(stops, reverse=True):
        inside = stops[layer]
        wished = {stop: _middle([places[end][1] for end in ends.get(stop, ()) if end in places]) for stop in inside}
        free = (tallest - len(inside)) / 2
        for at, stop in enumerate(sorted(inside, key=lambda each: wished[each])):
            places[stop] = layer, at + free
    return routes, places


def _middle(rows: list[float]) -> float:
    return sum(rows) / len(rows) if rows else 0.0


def _route(corners: list[tuple[float, float]]) -> str:
    """Draw a link from goal to goal, by way of its places in between."""
    (left, top), *further = corners
    path = [f"M{left + _COLUMN - _GAP} {top + _BOX / 2}"]
    before = top
    for at, (x, y) in enumerate(further, start=1):
        start, half = x - _GAP, _GAP / 2
        above, below = round(before + _BOX / 2, 1), round(y + _BOX / 2, 1)
        path.append(f"C{start + half} {above} {x - half} {below} {x} {below}")
        if at < len(further):
            path.append(f"H{x + _COLUMN - _GAP}")
        before = y
    return f'<path d="{"".join(path)}" fill="none" stroke="currentColor" stroke-opacity=".5"/>'


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
