"""Floor 3: statements in English, read as drafts and written from key results."""

from goalmodel.statement.draft import Draft as Draft, StatementForm as StatementForm
from goalmodel.statement.parsing import parse as parse
from goalmodel.statement.rendering import render as render
