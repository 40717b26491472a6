"""The former names of a view of a series."""

from goalmodel.measure.row import Dated
from goalmodel.measure.view import SeriesView as Known

__all__ = ["Dated", "Known"]
