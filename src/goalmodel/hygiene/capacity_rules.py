"""What goals take of people, budget and hours, against what there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.promised import promised

TWICE: Final = HygieneRule(
    code="GM509",
    title="Promised twice",
    severity=Severity.ERROR,
    found="of {resource} {taken} are taken from {since} to {until}, and there are {amount}",
    facts={"resource": str, "taken": Fraction, "since": dt.date, "until": dt.date, "amount": Fraction},
    rationale="What is promised twice is kept once, and whoever is held to the other is blamed for it.",
    next_step="Let one of them wait, ask for less, or get more before anybody is held to it.",
    source="Doerr, Measure What Matters: a company can only fully support so many; see COM-11.",
    bad=example(
        "GM509",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, id=f'sla-{n}', takes=gm.capacity.Take('engineers', 3)) for n in (1, 2)]",
        "capacities=[gm.capacity.Capacity(resource='engineers', amount=5)]",
    ),
    good=example(
        "GM509",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, id=f'sla-{n}', takes=gm.capacity.Take('engineers', 3)) for n in (1, 2)]",
        "capacities=[gm.capacity.Capacity(resource='engineers', amount=6)]",
    ),
)
UNCOUNTED: Final = HygieneRule(
    code="GM510",
    title="Takes what nobody has counted",
    severity=Severity.HINT,
    found="it takes {amount} of {resource}, and nobody has said how much there is for all of its time",
    facts={"amount": Fraction, "resource": str},
    rationale="Where nobody says how much there is, nobody can say that there is enough.",
    next_step="Say how much of it there is, and when.",
    source="See COM-11.",
    bad=example(
        "GM510",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, takes=gm.capacity.Take('engineers', 3))]",
    ),
    good=example(
        "GM510",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, takes=gm.capacity.Take('engineers', 3))]",
        "capacities=[gm.capacity.Capacity(resource='engineers', amount=5)]",
    ),
)


def twice(look: LintContext) -> Iterator[Finding]:
    """Find each time, today or to come, in which goals that are not kept take more of something than there is."""
    for over in promised(look.model, look.as_of, look.kept).twice:
        if look.as_of <= over.until:
            there = over.capacity
            yield TWICE.finding(
                over.goals,
                resource=there.resource,
                taken=over.taken,
                since=over.since,
                until=over.until,
                amount=there.amount,
            )


def uncounted(look: LintContext) -> Iterator[Finding]:
    """Find each goal that takes something of which nobody has said how much there is, as long as it is not over."""
    for goal, takes in promised(look.model, look.as_of, look.kept | look.over).uncounted.items():
        for take in takes:
            yield UNCOUNTED.finding([goal], amount=take.amount, resource=take.resource)


CAPACITY_RULES: Final = (
    (TWICE, twice),
    (UNCOUNTED, uncounted),
)
