"""Compare importing goalmodel with importing what it needs, each in fresh processes. Prints ratios, not times.

Run by hand: ``python benchmarks/import_cost.py``. The target: at most three times attrs and dateutil.relativedelta,
which a program that uses them has paid for already. Every attrs class costs: its methods are written and compiled when
it is made.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

ROUNDS = 15
MOST = 3
NEEDED = "import attrs, dateutil.relativedelta"
OURS = "import goalmodel"
CLOCK = "from time import process_time as now; start = now(); {statement}; print(now() - start)"


def seconds(statement: str) -> float:
    """Return the processor time of *statement* in a process that has imported nothing else."""
    command = [sys.executable, "-c", CLOCK.format(statement=statement)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the two statements above
    return float(found.stdout)


def main() -> None:
    """Print how many times as long as its needs goalmodel takes to import."""
    # The first run may have to compile, and in turns whatever else the machine does disturbs both alike.
    rounds = [(seconds(NEEDED), seconds(OURS)) for _ in range(ROUNDS + 1)][1:]
    needed, ours = (median(times) for times in zip(*rounds, strict=True))
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} fresh processes each")
    print(f"import goalmodel: {ours / needed:.1f} times attrs and dateutil.relativedelta (target: at most {MOST})")


if __name__ == "__main__":
    main()
