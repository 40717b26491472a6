"""Every value in four forms, and as a chart."""

from __future__ import annotations

from goalmodel.errors import WrongType
from goalmodel.reviewing import Review
from goalmodel.show.graphs import graph_of_review
from goalmodel.show.pages import page_of
from goalmodel.show.plain import plain
from goalmodel.show.writing import as_html, as_line, as_markdown, as_text


def line(value: object) -> str:
    """Return a value of any public type in one line.

    Args:
        value: A verdict, a decision, an event, a model, a series, a review.

    Raises:
        WrongType: It is no value of goalmodel.
    """
    return as_line(page_of(value))


def text(value: object) -> str:
    """Return a value of any public type as a short page for a terminal.

    Raises:
        WrongType: It is no value of goalmodel.
    """
    return as_text(page_of(value))


def markdown(value: object) -> str:
    """Return a value of any public type as Markdown, for a wiki or a chat.

    Raises:
        WrongType: It is no value of goalmodel.
    """
    return as_markdown(page_of(value))


def html(value: object) -> str:
    """Return a value of any public type as a piece of HTML, with its charts.

    It stands by itself: escaped, without script and style sheet, light and dark by the colour of the text around it;
    what stands good, needs watching or is bad has a shape beside its colour.

    Raises:
        WrongType: It is no value of goalmodel.
    """
    return as_html(page_of(value))


def chart(value: object) -> dict[str, object]:
    """Return the chart of a value as plain data, for a chart of any library.

    Of a series, a KPI, a key result or a commit it is a ``chart`` over time; of a roll-up, a review or a model a
    ``graph`` of what leads to what; of the changes between two reviews, ``changes``.

    Returns:
        ``kind``, ``title``, ``description``, and

        - of a chart ``unit``; ``points`` with day, value, verdict, mark and whether they may still change; ``gaps``;
          ``lines`` (limits, target, baseline, expected, forecast, standards); ``areas`` (zones with the time they are
          in force); ``below``, another chart (moves below a control chart, what is left of an allowance) or None;
        - of a graph ``nodes`` with id, kind, label, verdict, score, note and layer, and ``links`` with start, end,
          weight and share; a roll-up itself has the id "";
        - of changes ``changes`` with goal, aspect, before, after, and way: 1 better, -1 worse, 0 where nobody can say.

        Days are ISO texts, numbers floats.

    Raises:
        WrongType: It has no chart, or what it was read from is not at hand.
    """
    drawn = graph_of_review(value) if isinstance(value, Review) else page_of(value).chart
    if drawn is None:
        raise WrongType("value", value, "what has a chart: figures, a verdict with its readings, goals that are linked")
    return plain(drawn)
