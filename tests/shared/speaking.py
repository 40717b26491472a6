"""What is asked of every reason, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel import Reason
from goalmodel.catalogue import REASON_KINDS


def of_unknown_kinds(reasons: Iterable[Reason]) -> list[Reason]:
    """Return those of *reasons* that a user interface, which translates by code, could not look up."""
    return [reason for reason in reasons if REASON_KINDS.get(reason.code) != reason.kind]
