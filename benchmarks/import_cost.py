"""Compare importing goalmodel with importing what it needs, each in fresh processes. Prints ratios, not times.

Run by hand: ``python benchmarks/import_cost.py``. The target: at most three times attrs and dateutil.relativedelta,
which a program that uses them has paid for already. Every attrs class costs: its methods are written and compiled when
it is made. So a room, and what few ask of it, is loaded when one of its names is first asked for; what the main things
cost is printed, too, and what a first review takes, which loads the linter's rules.

Byte code is kept in a folder of its own, which the first round fills: nothing is compiled in those that count.
"""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 25
MOST = 3
NEEDED = "import attrs, dateutil.relativedelta"
FIRST = (
    "import datetime as dt; from goalmodel import GoalModel, review; review(GoalModel(), [], as_of=dt.date(2026, 1, 1))"
)
OURS = (
    "import goalmodel",
    "from goalmodel import KeyResult",
    "from goalmodel import Kpi",
    "from goalmodel import review",
    "from goalmodel import *",
    FIRST,
)
FLOOR = """
import sys, attrs
from time import process_time as now
from goalmodel import review
kinds = {each for module in list(sys.modules.values()) for each in vars(module).values()
         if isinstance(each, type) and each.__module__.startswith("goalmodel.") and "__attrs_attrs__" in vars(each)}
fields = [(each.__name__, [field.name for field in attrs.fields(each)]) for each in kinds]
start = now()
for name, names in fields:
    attrs.make_class(name, {field: attrs.field() for field in names}, frozen=True)
print(now() - start, len(fields))
"""
CLOCK = "from time import process_time as now; start = now(); {statement}; print(now() - start)"


def printed(program: str, kept: str) -> list[str]:
    """Return the words that *program* prints in a fresh process, whose byte code is *kept* in that folder."""
    kept_there = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept_there["PYTHONPYCACHEPREFIX"] = kept
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=kept_there).stdout.split()  # noqa: S603 - ours


def seconds(statement: str, kept: str) -> float:
    """Return the processor time of *statement* in a process that has imported nothing else."""
    return float(printed(CLOCK.format(statement=statement), kept)[0])


def floor(kept: str) -> tuple[float, int]:
    """Return the processor time of making as many bare attrs classes as a review needs, and how many those are."""
    time, count = printed(FLOOR, kept)
    return float(time), int(count)


def main() -> None:
    """Print how many times as long as its needs goalmodel takes to import."""
    with TemporaryDirectory() as kept:
        measure(kept)


def measure(kept: str) -> None:
    """Measure and print, with byte code *kept* in a folder."""
    # The first run has to compile, and in turns whatever else the machine does disturbs all alike.
    rounds = [[seconds(statement, kept) for statement in (NEEDED, *OURS)] for _ in range(ROUNDS + 1)][1:]
    needed, *ours = (median(times) for times in zip(*rounds, strict=True))
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} fresh processes each")
    print(f"times attrs and dateutil.relativedelta (target for the first: at most {MOST})")
    for statement, cost in zip(OURS, ours, strict=True):
        print(f"{'a first review' if statement is FIRST else statement:32} {cost / needed:.1f}")
    floors = [floor(kept) for _ in range(ROUNDS)]
    print(f"{floors[0][1]} bare attrs classes alone     {median(each for each, _ in floors) / needed:.1f}")


if __name__ == "__main__":
    main()
