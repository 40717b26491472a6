"""Print the list of the linter's rules: ``python docs/hygiene_page.py > docs/reference/hygiene.md``."""

from __future__ import annotations

import goalmodel as gm

HEAD = """\
# The linter's rules

Made by `docs/hygiene_page.py` from the table the linter itself uses; a test fails when they differ. Each rule is
asked by default, but the heuristic ones, which read words and not structure: select those by their code. The examples
are the arguments of a `GoalModel`; each runs as a test, the bad one found, the good one not.

How to run it: [lint a goal model](../how-to/lint.md).
"""


def entry(rule: gm.hygiene.HygieneRule) -> str:
    """Return what the page says of one rule."""
    heuristic = ", heuristic" if rule.is_heuristic else ""
    return f"""
## {rule.code} {rule.title}

*{rule.severity.value.capitalize()}{heuristic}.* {rule.rationale}

- Found: {rule.found}
- Next step: {rule.next_step}
- Source: {rule.source}

```text
bad:  {rule.bad}
good: {rule.good}
```
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(entry(rule) for rule in gm.hygiene.HYGIENE_RULES)


if __name__ == "__main__":
    print(page(), end="")
