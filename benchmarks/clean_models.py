"""Lint many models that were built to be clean: the linter finds nothing in any of them. Prints counts.

Run by hand: ``python benchmarks/clean_models.py [HOW_MANY]``; 10,000 where nothing is said. The tests do the same with
the few examples of their profile.
"""

from __future__ import annotations

import sys

from hypothesis import HealthCheck, Phase, given, seed, settings

from goalmodel import lint, parse
from goalmodel.testing.hygiene import CleanModel, clean_models

MANY = 10_000


def main(how_many: int) -> None:
    """Print how many clean models were linted, how many goals they have, and what was found."""
    goals: list[int] = []
    found: list[str] = []

    @seed(20_261_122)
    @settings(
        max_examples=how_many,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(clean_models())
    def look(clean: CleanModel) -> None:
        goals.append(len(clean.model.goals))
        findings = lint(
            clean.model,
            clean.history,
            as_of=clean.as_of,
            statements={key: parse(said) for key, said in clean.statements.items()},
        )
        found.extend(finding.rule.code for finding in findings)

    look()
    print(
        f"{len(goals):,} clean models of {min(goals)} to {max(goals)} goals: {len(found)} findings {sorted(set(found))}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
