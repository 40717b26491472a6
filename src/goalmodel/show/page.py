"""What is shown of a value, before anybody says in which form: a title, a standing, facts, tables, charts, parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum, unique
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

import attrs

from goalmodel.commit import Attainment
from goalmodel.key_result import Outcome, Pace
from goalmodel.kpi import Assurance, Health
from goalmodel.trend import Heading, Standing


@unique
class Tone(Enum):
    """How a badge looks: a shape and a colour that every eye tells from the others, on white and on black."""

    GOOD = ("●", "#00875f")
    WATCH = ("▲", "#b07a00")
    BAD = ("◆", "#d1495b")
    OPEN = ("○", "#7f7f7f")

    @property
    def shape(self) -> str:
        """The character that stands for it."""
        return self.value[0]

    @property
    def colour(self) -> str:
        """Its colour, with a contrast of at least 3 to 1 on white and on black."""
        return self.value[1]


TONES: Final[Mapping[Enum, Tone]] = MappingProxyType(
    {
        Health.HEALTHY: Tone.GOOD,
        Health.WATCH: Tone.WATCH,
        Health.UNHEALTHY: Tone.BAD,
        Health.UNKNOWN: Tone.OPEN,
        Heading.IMPROVING: Tone.GOOD,
        Heading.NO_CLEAR_DIRECTION: Tone.OPEN,
        Heading.WORSENING: Tone.BAD,
        Heading.UNDETERMINED: Tone.OPEN,
        Standing.BETTER: Tone.GOOD,
        Standing.AS_USUAL: Tone.OPEN,
        Standing.WORSE: Tone.BAD,
        Standing.UNDETERMINED: Tone.OPEN,
        Attainment.KEPT: Tone.GOOD,
        Attainment.NOT_KEPT: Tone.BAD,
        Attainment.IN_FLIGHT: Tone.OPEN,
        Attainment.NOT_YET_OBSERVABLE: Tone.OPEN,
        Attainment.UNKNOWN: Tone.OPEN,
        Pace.AHEAD: Tone.GOOD,
        Pace.ON_PACE: Tone.GOOD,
        Pace.BEHIND: Tone.WATCH,
        Pace.WELL_BEHIND: Tone.BAD,
        Outcome.WENT_PAST: Tone.GOOD,
        Outcome.REACHED: Tone.GOOD,
        Outcome.MOST_OF_THE_WAY: Tone.GOOD,
        Outcome.PART_OF_THE_WAY: Tone.WATCH,
        Outcome.LITTLE_MOVEMENT: Tone.WATCH,
        Outcome.MOVED_BACK: Tone.BAD,
        Assurance.CONSISTENTLY_MEETS: Tone.GOOD,
        Assurance.HIT_OR_MISS: Tone.WATCH,
        Assurance.CONSISTENTLY_FALLS_SHORT: Tone.BAD,
        Assurance.UNDETERMINED: Tone.OPEN,
    }
)
"""The tone of each word that is a verdict; what is not said before the end is open, never bad."""


class Badge(NamedTuple):
    """A word that is a verdict, with its tone."""

    word: str
    tone: Tone


class Ref(str):
    """A text that leads to a page inside the one it stands on."""

    __slots__ = ("anchor",)

    anchor: str


def ref(text: str, anchor: str) -> Ref:
    """Return a text that leads to the page with an anchor."""
    found = Ref(text)
    found.anchor = anchor
    return found


def badge(word: Enum | None, otherwise: str = "unknown") -> Badge:
    """Return a word of the library as a badge; where there is none, what is said instead."""
    return Badge(otherwise, Tone.OPEN) if word is None else Badge(str(word.value), TONES.get(word, Tone.OPEN))


@attrs.frozen(kw_only=True)
class Table:
    """Rows of texts and badges below a heading each.

    Attributes:
        headings: Of each column.
        rows: As many cells each as there are headings; a chart where a small one stands in a cell.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str | Badge | Chart | None, ...], ...]


@attrs.frozen(kw_only=True)
class Point:
    """A figure in a chart.

    Attributes:
        on: Its day.
        value: In the measure's own unit, as a float: charts show, they do not judge.
        badge: Where it stands; None where nobody has said what is good.
        mark: What was seen at it; None where nothing was.
        is_provisional: Whether it may still change.
    """

    on: dt.date
    value: float
    badge: Badge | None = None
    mark: str | None = None
    is_provisional: bool = False


@attrs.frozen(kw_only=True)
class Line:
    """A line in a chart: a limit, a target, what is expected.

    Attributes:
        label: What it says.
        points: Days and values, oldest first; flat where two have one value.
        is_dashed: Whether it is nothing that was measured or demanded, but expected.
    """

    label: str
    points: tuple[tuple[dt.date, float], ...]
    is_dashed: bool = False


@attrs.frozen(kw_only=True)
class Area:
    """A part of a chart where values stand alike over some time: a zone while its bands are in force.

    Attributes:
        label: Its name.
        tone: How values in it stand.
        start: First day.
        end: Last day.
        low: Its lower end; None where it has none.
        high: Its upper end; None where it has none.
    """

    label: str
    tone: Tone
    start: dt.date
    end: dt.date
    low: float | None
    high: float | None


@attrs.frozen(kw_only=True)
class Chart:
    """A chart as data: what is drawn, and all that a chart of any library needs.

    Attributes:
        title: What it shows.
        description: The same in a sentence, for whoever does not see it.
        unit: Of its values.
        points: The figures, oldest first.
        gaps: Days whose reading is stated absent.
        lines: Limits, targets, what is expected.
        areas: Zones, with the time for which they are in force.
        below: What is drawn below it over the same days: moves below a control chart, what is left of an allowance
            below a commit; None where there is nothing.
    """

    title: str
    description: str
    unit: str
    points: tuple[Point, ...]
    gaps: tuple[dt.date, ...] = ()
    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()
    below: Chart | None = None


@attrs.frozen(kw_only=True)
class Node:
    """A goal in a graph.

    Attributes:
        id: Its id.
        kind: What kind of goal it is.
        label: What is written at it.
        badge: Its verdict; None where there is none.
        score: The score it brings, 1 at the target; None where it brings none.
        note: What else is known, in a few words: weight, coverage.
        layer: In which column it stands, from 0 on; what it leads to stands in a later one.
    """

    id: str
    kind: str
    label: str
    badge: Badge | None = None
    score: float | None = None
    note: str = ""
    layer: int = 0


@attrs.frozen(kw_only=True)
class Link:
    """One goal leads to another.

    Attributes:
        start: Id of the goal that serves.
        end: Id of the goal that is served.
        weight: Its weight as declared; None where it has none.
        share: Its share of the mean, 0 to 1; None where it has none.
    """

    start: str
    end: str
    weight: float | None = None
    share: float | None = None


@attrs.frozen(kw_only=True)
class Graph:
    """Which goals lead to which.

    Attributes:
        title: What it shows.
        description: The same in a sentence.
        nodes: The goals.
        links: From goals to those they serve.
    """

    title: str
    description: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


@attrs.frozen(kw_only=True)
class Turn:
    """How one aspect of a goal stood, and how it stands.

    Attributes:
        goal: Id of the goal; None where it is the model as a whole.
        aspect: What changed.
        before: How it stood; None where there was nothing to say.
        after: How it stands; None likewise.
        way: 1 where that is better, -1 where it is worse, 0 where nobody can say.
    """

    goal: str | None
    aspect: str
    before: Badge | str | None
    after: Badge | str | None
    way: int


@attrs.frozen(kw_only=True)
class Turns:
    """What changed between two reviews.

    Attributes:
        title: What it shows.
        description: The same in a sentence.
        turns: By goal, then by aspect.
    """

    title: str
    description: str
    turns: tuple[Turn, ...]


MOST_DRAWN: Final = 60
"""So many goals, or changes, are drawn; of more nobody sees anything. A table, and the data, have all."""

Drawing: TypeAlias = Chart | Graph | Turns
"""Anything that can be drawn."""


@attrs.frozen(kw_only=True)
class Page:
    """What is shown of one value.

    Attributes:
        title: What it is about.
        line: All of it in a line.
        badge: Its verdict in a word; None where it is none.
        facts: Label and text of what is known.
        notes: Sentences: reasons, proposals, hints.
        table: A table; None where there is none.
        chart: A chart; None where there is none.
        parts: Pages inside.
        anchor: What a link leads to; None where none does.
        is_folded: Whether it is closed until somebody opens it.
    """

    title: str
    line: str
    badge: Badge | None = None
    facts: tuple[tuple[str, str | Badge], ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    chart: Drawing | None = None
    parts: tuple[Page, ...] = ()
    anchor: str | None = None
    is_folded: bool = False
