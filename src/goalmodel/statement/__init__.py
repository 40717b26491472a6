"""Floor 3: statements in English, read as drafts and written from key results."""

from goalmodel.statement.draft import Draft, Form, NotComplete
from goalmodel.statement.parse import parse
from goalmodel.statement.render import render, same_meaning

__all__ = [
    "Draft",
    "Form",
    "NotComplete",
    "parse",
    "render",
    "same_meaning",
]
