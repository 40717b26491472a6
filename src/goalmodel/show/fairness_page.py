"""The page of a fairness file: three verdicts, what speaks against consequences, and who knew what, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from goalmodel.commit import Amendment, Attainment, Consent, Support
from goalmodel.fairness import FairnessFile, Verdict
from goalmodel.key_result import Revision, TargetChange
from goalmodel.measure import Absence, Exclusion, Restatement
from goalmodel.show.page import Badge, Page, Table, Tone, badge
from goalmodel.show.wording import said
from goalmodel.showing import shown

_Cell = str | Badge | None
_Record = Consent | Support | Amendment | Revision | Exclusion | Restatement

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "Told and answered": ("who", "told on", "answer", "answered on"),
    "Support": ("what", "how much", "secured"),
    "Standard amended": ("decided on", "in force from", "standard", "reason"),
    "Target or baseline revised": ("decided on", "target was", "baseline was", "reason"),
    "Agreed not to count": ("from", "until", "agreed on", "reason"),
    "Restated": ("day", "first known as", "became", "known since"),
})  # fmt: skip
"""Each list of a file with the columns of its table."""


def of_fairness_file(found: FairnessFile) -> Page:
    """Return the page of a fairness file; a list that is empty says so, for in a dispute that counts, too."""
    corrected = _verdict(found.as_corrected)
    against = tuple(said("against consequences: {why}", why=each) for each in found.objections)
    return Page(
        title=said("Fairness file of {goal}, {day}", goal=found.goal, day=found.as_of),
        line=str(found),
        badge=corrected,
        facts=(
            ("as first judged", _verdict(found.as_first_judged)),
            ("as corrected", corrected),
            ("as declared", _verdict(found.as_declared)),
        ),
        notes=against or (said("nothing on file speaks against consequences; that is no permission"),),
        parts=tuple(_lists(found)),
    )


def _lists(found: FairnessFile) -> Iterator[Page]:
    of_each: tuple[Iterable[_Record], ...] = (
        found.consents,
        found.support,
        found.amendments,
        found.revisions,
        found.exclusions,
        found.restatements,
    )
    for (title, headings), records in zip(_HEADINGS.items(), of_each, strict=True):
        rows = tuple(map(_row, records))
        nothing = () if rows else (said("none on file"),)
        table = Table(headings=headings, rows=rows) if rows else None
        yield Page(title=said(title), line=said(title), notes=nothing, table=table)


def _row(record: _Record) -> tuple[_Cell, ...]:
    match record:
        case Consent():
            answered = None if record.answered_on is None else record.answered_on.isoformat()
            return record.who, record.told_on.isoformat(), badge(record.answer, "none yet"), answered
        case Support():
            return said(record.kind.value), record.amount, said("yes" if record.is_secured else "no")
        case Amendment():
            return record.on.isoformat(), record.since.isoformat(), str(record.standard), record.reason
        case Revision():
            return record.on.isoformat(), _told(record.was), _told(record.baseline_was), record.reason
        case Exclusion():
            return record.start.isoformat(), record.end.isoformat(), record.agreed_on.isoformat(), record.reason
        case _:
            was, became = record.was, record.became
            return became.on.isoformat(), _told(was.value), _told(became.value), became.known_since.isoformat()


def _told(value: Fraction | Absence | TargetChange | None) -> str | None:
    match value:
        case None:
            return None
        case Fraction():
            return shown(value)
        case Absence():
            return said(value.value)
        case _:
            return str(value)


def _verdict(found: Verdict) -> Badge:
    if found is None or isinstance(found, Attainment):
        return badge(found, "no score")
    return Badge(str(found), Tone.OPEN)
