"""Charts over time drawn as inline SVG: no script, no style sheet, the page's own ink, shapes beside colours."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from html import escape
from math import ceil, floor, isfinite, log10
from types import MappingProxyType
from typing import Final, NamedTuple

from goalmodel.show.page import Area, Chart, Drawing, Line, Point, Tone

_WIDTH, _HEIGHT, _HEIGHT_BELOW = 480, 220, 130
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 88, 18, 24
_TEXT = 12
_LONGEST_LABEL = 14
_MOST_TICKS = 5
_SMALL_WIDTH, _SMALL_HEIGHT = 96, 20
_MARGIN = 0.08
_TOO_LARGE = 1e300
_SHAPES: Final[Mapping[Tone, str]] = MappingProxyType(
    {
        Tone.GOOD: '<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>',
        Tone.WATCH: '<path d="M{x} {top}L{right} {low}H{left}Z" fill="{colour}"/>',
        Tone.BAD: '<path d="M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z" fill="{colour}"/>',
        Tone.OPEN: '<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{colour}" stroke-width="1.5"/>',
    }
)


class _Scale(NamedTuple):
    """Where days and values lie on the drawing."""

    x: Callable[[dt.date], float]
    y: Callable[[float], float]
    low: float
    high: float
    first: dt.date
    last: dt.date


def chart_drawn(chart: Chart) -> str:
    """Return a chart as an SVG element, with a title and a description for whoever does not see it; "" of nothing."""
    above = _one(chart, _HEIGHT)
    return above if chart.below is None else above + _one(chart.below, _HEIGHT_BELOW)


def _one(chart: Chart, height: int) -> str:
    scale = _scale(chart, _WIDTH, height, left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    if scale is None:
        return ""
    inside = (
        *(_area(each, scale) for each in chart.areas),
        *_axes(chart, scale, height),
        *(_gap(day, scale, height) for day in chart.gaps),
        *_lines(chart.lines, scale),
        _course(chart.points, scale),
        *(_dot(each, scale) for each in chart.points),
    )
    return element(chart, _WIDTH, height, "".join(inside))


def sparkline(chart: Chart) -> str:
    """Return a chart as small as a word: its line, its areas, and where it ended."""
    scale = _scale(chart, _SMALL_WIDTH, _SMALL_HEIGHT, left=3, right=6, top=4, bottom=4)
    if scale is None or not chart.points:
        return ""
    areas = "".join(_area(each, scale, is_named=False) for each in chart.areas)
    inside = areas + _course(chart.points, scale) + _dot(chart.points[-1], scale)
    return element(chart, _SMALL_WIDTH, _SMALL_HEIGHT, inside)


def element(drawing: Drawing, width: int, height: int, inside: str, *, is_whole: bool = False) -> str:
    """Return an SVG element, its ids unique by what it shows.

    Args:
        drawing: What it shows.
        width: In pixels; less where there is less room.
        height: In pixels.
        inside: What is drawn, as SVG.
        is_whole: Whether it keeps its width where there is less room.
    """
    title, said = escaped(drawing.title), escaped(drawing.description)
    key = hashlib.sha256(f"{width} {title} {said} {inside}".encode("utf-8", "backslashreplace")).hexdigest()[:12]
    room = "" if is_whole else "max-width:100%;"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="gm-t{key} gm-d{key}" width="{width}" style="{room}height:auto;overflow:visible" '
        f'font-size="{_TEXT}" fill="currentColor"><title id="gm-t{key}">{title}</title>'
        f'<desc id="gm-d{key}">{said}</desc>{inside}</svg>'
    )


def escaped(given: str) -> str:
    """Return a text as XML takes it: escaped, and without what no document may hold."""
    return escape("".join(each if each.isprintable() else " " for each in given), quote=True)


def _scale(chart: Chart, width: int, height: int, *, left: int, right: int, top: int, bottom: int) -> _Scale | None:
    days = [*(each.on for each in chart.points), *chart.gaps, *(on for line in chart.lines for on, _ in line.points)]
    values = [*(each.value for each in chart.points), *(value for line in chart.lines for _, value in line.points)]
    finite = [each for each in values if isfinite(each) and abs(each) < _TOO_LARGE]
    if not days or not finite:
        return None
    low, high = min(finite), max(finite)
    room = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
    # What is never below 0 is not drawn as if it could be.
    low, high = max(low - room, 0.0) if low >= 0 else low - room, high + room
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return round(left + (width - left - right) * min(max((day - first).days / span, 0), 1), 1)

    def y(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return round(height - bottom - (height - top - bottom) * share, 1)

    return _Scale(x, y, low, high, first, last)


def _axes(chart: Chart, scale: _Scale, height: int) -> Iterator[str]:
    base, right = height - _BOTTOM, _WIDTH - _RIGHT
    yield f'<path d="M{_LEFT} {_TOP}V{base}H{right}" fill="none" stroke="currentColor" stroke-opacity=".4"/>'
    for value in _ticks(scale.low, scale.high):
        yield f'<text x="{_LEFT - 6}" y="{scale.y(value) + 4}" text-anchor="end">{value:,.6g}</text>'
    yield f'<text x="{_LEFT}" y="{height - 8}">{scale.first.isoformat()}</text>'
    yield f'<text x="{right}" y="{height - 8}" text-anchor="end">{scale.last.isoformat()}</text>'
    yield f'<text x="{_LEFT + 4}" y="{_TOP - 4}">{escaped(short(chart.unit))}</text>'


def _ticks(low: float, high: float) -> list[float]:
    """Return two to five round numbers between two: multiples of 1, 2 or 5 and a power of ten."""
    rough = (high - low) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(times * size for times in (1, 2, 5, 10) if times * size >= rough)
    first, last = ceil(low / step), floor(high / step)
    # Where a step is less than what floats tell apart, the ends will do.
    return [each * step for each in range(first, last + 1)] if 1 <= last - first <= _MOST_TICKS else [low, high]


def short(text: str, most: int = 24) -> str:
    """Return a text of so many characters at most, marked where it is cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _area(area: Area, scale: _Scale, *, is_named: bool = True) -> str:
    top = scale.y(scale.high if area.high is None else area.high)
    bottom = scale.y(scale.low if area.low is None else area.low)
    left, right = scale.x(area.start), scale.x(area.end)
    if bottom <= top or right <= left:
        return ""
    title = f"<title>{escaped(area.label)}</title>" if is_named else ""
    return (
        f'<rect x="{left}" y="{top}" width="{round(right - left, 1)}" height="{round(bottom - top, 1)}" '
        f'fill="{area.tone.colour}" fill-opacity=".12">{title}</rect>'
    )


def _lines(lines: tuple[Line, ...], scale: _Scale) -> Iterator[str]:
    """Draw the lines, each with its label at the right, moved where two would cover each other.

    Of lines with one label, which follow each other, the last bears it.
    """
    for line in lines:
        path = "L".join(f"{scale.x(on)} {scale.y(value)}" for on, value in line.points)
        dashes = ' stroke-dasharray="4 3"' if line.is_dashed else ""
        yield f'<path d="M{path}" fill="none" stroke="currentColor" stroke-opacity=".7"{dashes}/>'
    lowest = 0.0
    labels = {line.label: scale.y(line.points[-1][1]) + 4 for line in lines}
    for label, wished in sorted(labels.items(), key=lambda each: each[1]):
        lowest = max(wished, lowest + _TEXT)
        yield f'<text x="{_WIDTH - _RIGHT + 6}" y="{round(lowest, 1)}">{escaped(short(label, _LONGEST_LABEL))}</text>'


def _course(points: tuple[Point, ...], scale: _Scale) -> str:
    path = "L".join(f"{scale.x(each.on)} {scale.y(each.value)}" for each in points)
    return f'<path d="M{path}" fill="none" stroke="currentColor" stroke-width="1.2"/>' if points else ""


def _dot(point: Point, scale: _Scale) -> str:
    x, y = scale.x(point.on), scale.y(point.value)
    tone = Tone.GOOD if point.badge is None else point.badge.tone
    tone = Tone.OPEN if point.is_provisional else tone
    shape = mark(tone, x, y, is_plain=point.badge is None)
    if point.mark is None:
        return shape
    ring = f'<circle cx="{x}" cy="{y}" r="8" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    return f"<g><title>{escaped(point.mark)}</title>{ring}{shape}</g>"


def mark(tone: Tone, x: float, y: float, *, is_plain: bool = False) -> str:
    """Return the shape of a tone around a point, in its colour; in that of the text where it is plain."""
    radius, size = 3, 4
    return _SHAPES[tone].format(
        x=x,
        y=y,
        r=radius,
        colour="currentColor" if is_plain else tone.colour,
        top=round(y - size, 1),
        bottom=round(y + size, 1),
        low=round(y + radius, 1),
        left=round(x - size, 1),
        right=round(x + size, 1),
    )


def _gap(day: dt.date, scale: _Scale, height: int) -> str:
    x, base = scale.x(day), height - _BOTTOM
    return f'<path d="M{x} {base}v-8" stroke="currentColor" stroke-dasharray="1 2"><title>no value</title></path>'
