"""Every value in four forms, and as a chart."""

from __future__ import annotations

from goalmodel.errors import WrongType
from goalmodel.show.charts import plain
from goalmodel.show.pages import page_of
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
    """Return the chart of a series, a KPI, a key result or a commit as plain data, for a chart of any library.

    Returns:
        ``title``, ``description``, ``unit``; ``points`` with day, value, standing, mark and whether they may still
        change; ``gaps``; ``lines`` (limits, target, baseline, expected, forecast, standards) and ``areas`` (zones with
        the time they are in force). Days are ISO texts, numbers floats.

    Raises:
        WrongType: It has no chart, or what it was read from is not at hand.
    """
    drawn = page_of(value).chart
    if drawn is None:
        raise WrongType("value", value, "a series, or an assessment of a KPI, key result or commit with its readings")
    return plain(drawn)
