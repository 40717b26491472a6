"""Verdicts people can look at: in a notebook, on a page, in a terminal, in a table."""

from goalmodel.show.forms import (
    chart as chart,
    html as html,
    line as line,
    markdown as markdown,
    phrases as phrases,
    text as text,
)
from goalmodel.show.records import COLUMNS as COLUMNS, Column as Column, rows as rows
from goalmodel.show.sentences import (
    what_changed as what_changed,
    why_is_it_proposed as why_is_it_proposed,
    will_it_get_there as will_it_get_there,
)
