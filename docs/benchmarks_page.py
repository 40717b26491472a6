"""Write the page of benchmarks from one run: ``python docs/benchmarks_page.py > docs/reference/benchmarks.md``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = Path(__file__).parents[1] / "benchmarks"


class Benchmark(NamedTuple):
    """A script, and what it answers."""

    script: str
    title: str
    what: str


SHOWN: Final = (
    Benchmark(
        "verdict_speed.py",
        "What a verdict costs",
        "In multiples of `(x - b) / (t - b)` in floats, its object included; medians of many short turns. A KPI's\n"
        "verdict is health, standing and heading: a control chart and an exact Mann-Kendall test. What a user reads\n"
        "first is read; reasons make their facts when somebody looks, and the last lines look at all of them. What a\n"
        "goal was last judged by is kept with the readings, from the second time on: *judged before*.\n\n"
        "Where a target is missed, or only just reached, this is why: a KPI makes 157 calls and five objects, and\n"
        "S of the Mann-Kendall test alone is a sixth of its time; a commit makes 65 and three, for its verdict rests\n"
        "on a reading with its exact value.",
    ),
    Benchmark(
        "replay_scale.py",
        "How replay grows",
        "An event is checked by what it touches, also where goals begin and end.",
    ),
    Benchmark(
        "review_scale.py",
        "How a review grows",
        "Models of up to 100,000 goals with 24 readings each, every one in a fresh process.",
    ),
    Benchmark(
        "figures_speed.py",
        "How figures grow",
        "Ten times the readings, for every window, and for what is derived.",
    ),
    Benchmark(
        "import_cost.py",
        "What loading costs",
        "In multiples of loading what it needs, in fresh processes with byte code at hand. A room, and what few ask\n"
        "of it, is loaded when one of its names is first asked for; a first review loads the linter's rules.\n\n"
        "What could not be reached: three times. Each attrs class costs its compilation, and a review needs about 150\n"
        "of them, nearly all public values that fields of its own may hold; the last line is what as many bare\n"
        "classes take, with nothing else loaded. The rest is finding and reading some 130 modules, and their\n"
        "enumerations. Below that only fewer public values lead, or values that are no attrs classes.",
    ),
)


def output(script: str) -> str:
    """Return what a benchmark prints."""
    command = [sys.executable, str(FOLDER / script)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - our own


def main() -> None:
    """Run them and print the page."""
    print(
        "# Benchmarks\n\n"
        "Ratios within one run; absolute times mean little elsewhere. Each script is in `benchmarks/` and runs\n"
        "by itself; this page is written by `python docs/benchmarks_page.py`. `benchmarks/same_verdicts.py` compares\n"
        "every verdict on random models with another checkout, `benchmarks/exactness.py` all of it with independent\n"
        "rational arithmetic.\n"
    )
    for script, title, what in SHOWN:
        print(f"## {title}\n\n{what}\n\n```text\n$ python benchmarks/{script}\n{output(script)}\n```\n")


if __name__ == "__main__":
    main()
