"""How the time to read a statement grows with its length: ten times the text, at most ten times the time.

Run it: python benchmarks/statements.py
"""

from __future__ import annotations

import random
import time

import goalmodel as gm

SEED = 20_260_930
SHORT, LONG = 10_000, 100_000
RUNS = 9
PIECES = {
    "one long word": "a",
    "one long number": "9",
    "numbers and commas": "9,",
    "quotes": '"',
    "quotes and letters": 'a"" ',
    "openings of clauses": "by from to in at least ",
    "reference_periods": "from 1 ",
    "shares": "in at least 1% of ",
    "signs": "%/$-+.",
    "spaces": " ",
    "a usual statement": "Increase customer satisfaction by 15% from 8.0 to 9.2 by improving onboarding. ",
}


def seconds(text: str) -> float:
    """Return the best processor time of several runs to read *text*."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        gm.parse(text)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the time for both lengths and their ratio, for each kind of text."""
    draw = random.Random(SEED)  # noqa: S311 - a seeded mixture, and nothing secret
    words = "".join(PIECES.values()).split()
    texts = {name: piece * LONG for name, piece in PIECES.items()}
    texts["a mixture"] = " ".join(draw.choice(words) for _ in range(LONG))
    print(f"{'text':<22} {SHORT:>9,} {LONG:>9,}  ratio")
    for name, text in texts.items():
        short, long = seconds(text[:SHORT]), seconds(text[:LONG])
        print(f"{name:<22} {short * 1e3:>6.1f} ms {long * 1e3:>6.1f} ms {long / short:>6.1f}")


if __name__ == "__main__":
    main()
