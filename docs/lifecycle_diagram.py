"""Print the diagram for docs/explanation/life-of-a-goal.md: ``python docs/lifecycle_diagram.py``."""

from __future__ import annotations

import goalmodel as gm

OVER = (gm.lifecycle.GoalState.GRADUATED, gm.lifecycle.GoalState.DROPPED, gm.lifecycle.GoalState.RETIRED)


def name(state: gm.lifecycle.GoalState) -> str:
    """Return the name of a state as Mermaid takes it: without blanks."""
    return state.value.replace(" ", "_")


def diagram() -> str:
    """Return the diagram, as Mermaid reads it: the moves between two states stand on one arrow."""
    lines = ["stateDiagram-v2", "    [*] --> metric"]
    for before, moves in gm.lifecycle.MOVES.items():
        for after in gm.lifecycle.GoalState:
            between = [move.value for move, leads_to in moves.items() if leads_to is after]
            if between:
                lines.append(f"    {name(before)} --> {name(after)} : {', '.join(between)}")
    lines += [f"    {name(state)} --> [*]" for state in OVER]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(diagram(), end="")
