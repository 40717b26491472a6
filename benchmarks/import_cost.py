"""Compare importing goalmodel with importing what it needs, each in fresh processes. Prints ratios, not times.

Run by hand: ``python benchmarks/import_cost.py``. The target: at most three times attrs and dateutil.relativedelta,
which a program that uses them has paid for already. Every attrs class costs: its methods are written and compiled when
it is made. So a room is loaded when one of its names is first asked for; what the main things cost is printed, too.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

ROUNDS = 15
MOST = 3
NEEDED = "import attrs, dateutil.relativedelta"
OURS = (
    "import goalmodel",
    "from goalmodel import KeyResult",
    "from goalmodel import Kpi",
    "from goalmodel import review",
    "from goalmodel import *",
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


def seconds(statement: str) -> float:
    """Return the processor time of *statement* in a process that has imported nothing else."""
    command = [sys.executable, "-c", CLOCK.format(statement=statement)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the two statements above
    return float(found.stdout)


def floor() -> tuple[float, int]:
    """Return the processor time of making as many bare attrs classes as a review needs, and how many those are."""
    found = subprocess.run([sys.executable, "-c", FLOOR], check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 - ours
    return float(found[0]), int(found[1])


def main() -> None:
    """Print how many times as long as its needs goalmodel takes to import."""
    # The first run may have to compile, and in turns whatever else the machine does disturbs all alike.
    rounds = [[seconds(statement) for statement in (NEEDED, *OURS)] for _ in range(ROUNDS + 1)][1:]
    needed, *ours = (median(times) for times in zip(*rounds, strict=True))
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} fresh processes each")
    print(f"times attrs and dateutil.relativedelta (target for the first: at most {MOST})")
    for statement, cost in zip(OURS, ours, strict=True):
        print(f"{statement:32} {cost / needed:.1f}")
    floors = [floor() for _ in range(ROUNDS)]
    print(f"{floors[0][1]} bare attrs classes alone     {median(each for each, _ in floors) / needed:.1f}")


if __name__ == "__main__":
    main()
