"""Print the list of the linter's rules: ``python docs/hygiene_page.py > docs/reference/hygiene.md``."""

from __future__ import annotations

import re

import goalmodel as gm

HEAD = """\
# The linter's rules

Made by `docs/hygiene_page.py` from the table the linter itself uses; a test fails when they differ. Each rule is
asked by default, but the heuristic ones, which read words and not structure: select those by their code. The examples
show the model alone; the whole program, which runs as it stands, is `gm.hygiene.explain(code).bad` and `.good`. Each
runs as a test, the bad one found, the good one not.

How to run it: [lint a goal model](../how-to/lint.md).
"""


def entry(rule: gm.hygiene.HygieneRule) -> str:
    """Return what the page says of one rule."""
    heuristic = ", heuristic" if rule.is_heuristic else ""
    follows = f"\n- Follows from {', '.join(rule.follows)}: then only that is said" if rule.follows else ""
    return f"""
## {rule.code} {rule.title}

*{rule.severity.value.capitalize()}{heuristic}.* {rule.rationale}

- Found: {rule.found}
- Next step: {rule.next_step}
- Source: {rule.source}{follows}

```text
bad:  {shown(rule.bad)}
good: {shown(rule.good)}
```
"""


def shown(program: str) -> str:
    """Return what a program asks about, without the goals it is made of, on one line."""
    asked = _ASKED.search(program)
    if asked is None:
        raise ValueError(program)
    return " ".join(asked["goals"].split()).removesuffix(",") + asked["limits"] + asked["beside"]


_ASKED = re.compile(
    r"^model = gm\.GoalModel\(\n(?P<goals>.*?)^\)\n.*select=\[\"\w+\"\](?P<limits>[^)]*)\)(?P<beside>.*)\)\n\Z",
    re.DOTALL | re.MULTILINE,
)


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(entry(rule) for rule in gm.hygiene.HYGIENE_RULES)


if __name__ == "__main__":
    print(page(), end="")
