"""What goals mean: whether a KPI is healthy, how far a key result has come, whether a commit was kept.

The front door holds what nearly every use needs. All else lives in its room: ``goalmodel.trend.Steps``,
``goalmodel.errors.OutOfOrder``. A room is loaded when it, or one of its names, is first asked for, so that a program
pays for what it uses.
"""

from importlib import import_module as _import_module
from types import MappingProxyType as _MappingProxyType

_ROOMS = (
    "answers",
    "backtesting",
    "capacity",
    "catalogue",
    "changes",
    "commit",
    "errors",
    "events",
    "externality",
    "fairness",
    "frames",
    "hygiene",
    "initiative",
    "interchange",
    "key_result",
    "kpi",
    "lifecycle",
    "measure",
    "model",
    "objective",
    "profiles",
    "reasons",
    "reviewing",
    "show",
    "statement",
    "testing",
    "trend",
)

_EXTRAS = ("frames", "testing")  # they need more than goalmodel itself

# What type checkers read, __init__.pyi, is made of this by docs/front_door.py.
_FRONT_DOOR = _MappingProxyType(
    {
        "commit": "AsAWhole Attainment Commit CommitAssessment Held OnDueDate Reached Staged Standard Support",
        "errors": "GoalModelError",
        "hygiene": "Finding",
        "initiative": "Initiative",
        "key_result": "KeyResult KeyResultAssessment Outcome Pace Score",
        "kpi": "CompositeKpi Health HealthBands Kpi KpiAssessment Zone",
        "lifecycle": "Continue Demote Keep Promote apply decide_demotion decide_promotion demote promote replay",
        "measure": "Absence Aggregation Cadence Cycle Measure Polarity Reading Scale Series Unit",
        "model": "GoalModel",
        "objective": "Objective Rollup",
        "reasons": "Reason",
        "reviewing": "Policy Review lint review reviews",
        "statement": "parse render",
        "trend": "Heading Standing TrendPolicy",
    }
)
_ROOM_OF_NAME = _MappingProxyType({name: room for room, names in _FRONT_DOOR.items() for name in names.split()})
__all__ = list(_ROOM_OF_NAME)  # pyright: ignore[reportUnsupportedDunderAll] # type checkers read the stub


def __getattr__(name: str) -> object:
    if name in _ROOM_OF_NAME:
        value = getattr(_import_module(f"{__name__}.{_ROOM_OF_NAME[name]}"), name)
    elif name in _ROOMS:
        value = _import_module(f"{__name__}.{name}")
    elif name == "__version__":
        value = _import_module("importlib.metadata").version(__name__)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{_elsewhere(name)}", name=name)
    globals()[name] = value
    return value


def _elsewhere(name: str) -> str:
    """Return in which room a public name lives that is not at the front door, as the end of a sentence; "" in none."""
    if name.startswith("_"):
        return ""
    rooms = (f"{__name__}.{room}" for room in _ROOMS if room not in _EXTRAS)
    found = ((room, getattr(_import_module(room), name, None)) for room in rooms)
    own = (room for room, value in found if f"{getattr(value, '__module__', '')}.".startswith(f"{room}."))
    return next((f"; it is in its room: {room}.{name}" for room in own), "")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_ROOMS})
