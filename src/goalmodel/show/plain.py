"""Drawings as plain data: dates as ISO texts, numbers as floats, verdicts as words."""

from __future__ import annotations

from typing import assert_never

from goalmodel.show.page import Badge, Chart, Drawing, Graph, Turns


def plain(drawing: Drawing) -> dict[str, object]:
    """Return a drawing as plain data, which any library of charts can draw."""
    match drawing:
        case Chart():
            return _of_chart(drawing)
        case Graph():
            return _of_graph(drawing)
        case Turns():
            return _of_turns(drawing)
        case _:
            assert_never(drawing)


def _word(given: Badge | str | None) -> str | None:
    return given.word if isinstance(given, Badge) else given


def _of_graph(graph: Graph) -> dict[str, object]:
    return {
        "kind": "graph",
        "title": graph.title,
        "description": graph.description,
        "nodes": [
            {
                "id": each.id,
                "kind": each.kind,
                "label": each.label,
                "verdict": _word(each.badge),
                "score": each.score,
                "note": each.note,
                "layer": each.layer,
            }
            for each in graph.nodes
        ],
        "links": [
            {"start": each.start, "end": each.end, "weight": each.weight, "share": each.share} for each in graph.links
        ],
    }


def _of_turns(found: Turns) -> dict[str, object]:
    return {
        "kind": "changes",
        "title": found.title,
        "description": found.description,
        "changes": [
            {
                "goal": each.goal,
                "aspect": each.aspect,
                "before": _word(each.before),
                "after": _word(each.after),
                "way": each.way,
            }
            for each in found.turns
        ],
    }


def _of_chart(chart: Chart) -> dict[str, object]:
    return {
        "kind": "chart",
        "title": chart.title,
        "description": chart.description,
        "unit": chart.unit,
        "points": [
            {
                "on": each.on.isoformat(),
                "value": each.value,
                "verdict": _word(each.badge),
                "mark": each.mark,
                "is_provisional": each.is_provisional,
            }
            for each in chart.points
        ],
        "gaps": [each.isoformat() for each in chart.gaps],
        "lines": [
            {
                "label": each.label,
                "points": [[on.isoformat(), value] for on, value in each.points],
                "is_dashed": each.is_dashed,
            }
            for each in chart.lines
        ],
        "areas": [
            {
                "label": each.label,
                "tone": each.tone.name.lower(),
                "start": each.start.isoformat(),
                "end": each.end.isoformat(),
                "low": each.low,
                "high": each.high,
            }
            for each in chart.areas
        ],
        "below": None if chart.below is None else _of_chart(chart.below),
    }
