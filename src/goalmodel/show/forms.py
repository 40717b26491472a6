"""Every value in four forms, and as a chart."""

from __future__ import annotations

from collections.abc import Sequence

from goalmodel.checks import the
from goalmodel.errors import WrongType
from goalmodel.reviewing import Review
from goalmodel.show.graphs import graph_of_review
from goalmodel.show.page import Drawing, Page
from goalmodel.show.pages import page_of
from goalmodel.show.plain import plain
from goalmodel.show.review_page import of_review
from goalmodel.show.wording import Words, drawing_in_words, page_in_words, phrases_of, the_words
from goalmodel.show.writing import as_html, as_line, as_markdown, as_text


def line(value: object, *, words: Words | None = None) -> str:
    """Return a value of any public type in one line.

    Args:
        value: A verdict, a decision, an event, a model, a series, a review.
        words: By English phrase, or the code of a reason, other words; `phrases` says which there are. English where
            None.

    Raises:
        WrongType: It is no value of goalmodel.
    """
    return as_line(_page(value, None, words))


def text(value: object, *, since: Review | None = None, words: Words | None = None) -> str:
    """Return a value of any public type as a short page for a terminal.

    Args:
        value: A verdict, a decision, an event, a model, a series, a review; the changes between two reviews, or
            findings. What is folded in a browser is a line here.
        since: Of a review, an earlier one: what changed since then stands on the page.
        words: As in `line`.

    Raises:
        WrongType: It is no value of goalmodel; or *since* is given and it is no review.
    """
    return as_text(_page(value, since, words))


def markdown(value: object, *, since: Review | None = None, words: Words | None = None) -> str:
    """Return a value of any public type as Markdown, for a wiki or a chat; see `text`.

    Raises:
        WrongType: It is no value of goalmodel; or *since* is given and it is no review.
    """
    return as_markdown(_page(value, since, words))


def html(value: object, *, since: Review | None = None, words: Words | None = None) -> str:
    """Return a value of any public type as a piece of HTML, with its charts; see `text`.

    It stands by itself: escaped, without script and style sheet, light and dark by the colour of the text around it;
    what stands good, needs watching or is bad has a shape beside its colour.

    Raises:
        WrongType: It is no value of goalmodel; or *since* is given and it is no review.
    """
    return as_html(_page(value, since, words))


def phrases(value: object, *, since: Review | None = None) -> tuple[str, ...]:
    """Return what can be said in other words on the page of a value: English phrases, and codes of reasons.

    A phrase has the names of what stands in it in braces; what they stand for goes in the same places of other words.

    >>> visits = Measure("visits")
    >>> phrases(Series(visits))
    ('readings', 'unit', '{count} readings', '{title}: {part0}')

    Raises:
        WrongType: It is no value of goalmodel; or *since* is given and it is no review.
    """
    return phrases_of(_page(value, since, None))


def _page(value: object, since: Review | None, words: Words | None) -> Page:
    page = page_of(value) if since is None else of_review(the(Review, value, "value"), the(Review, since, "since"))
    known = the_words(words)
    return page_in_words(page, known) if known else page


def chart(value: object, *, words: Words | None = None) -> dict[str, object]:
    """Return the chart of a value as plain data, for a chart of any library.

    Of a series, a KPI, a key result or a commit it is a ``chart`` over time; of a roll-up, a review or a model a
    ``graph`` of what leads to what; of the changes between two reviews, ``changes``.

    Args:
        value: A series, a verdict, a roll-up, a review, a model, or the changes between two reviews.
        words: As in `line`.

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
    drawn = _drawing(value)
    if drawn is None:
        raise WrongType("value", value, "what has a chart: figures, a verdict with its readings, goals that are linked")
    known = the_words(words)
    return plain(drawing_in_words(drawn, known) if known else drawn)


def _drawing(value: object) -> Drawing | None:
    page = page_of(value)
    if isinstance(value, Review):
        return graph_of_review(value)
    return page.parts[0].chart if isinstance(value, Sequence) and page.parts else page.chart
