"""The front door is exactly the list below: a name comes in, or goes, on purpose."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

import goalmodel

PACKAGE = Path(goalmodel.__file__).parent

FRONT_DOOR = frozenset({
    # changes
    "Aspect",
    "Changed",
    "Stand",
    # commit
    "Accountability",
    "Amended",
    "AmendedOutOfTime",
    "AmendedTwice",
    "Amendment",
    "AmendsNothing",
    "Attainment",
    "Backdated",
    "CarriesItself",
    "ChangeOfKind",
    "Commit",
    "CommitAssessment",
    "CommitOutlook",
    "Counted",
    "DeclaredAfterDue",
    "GoalKind",
    "Held",
    "HeldFromAfterDue",
    "NoStages",
    "NotBroken",
    "Reached",
    "SameKind",
    "SpeculationPolicy",
    "StageOutOfTime",
    "StageTwice",
    "Staged",
    "Standard",
    "StandardOutOfOrder",
    "Standing",
    "Support",
    "SupportKind",
    "accountability",
    "outlook",
    "recommit",
    "unrecorded_change",
    # errors
    "EmptyText",
    "GoalModelError",
    "NotADate",
    "OutOfBounds",
    "WrongType",
    # events
    "Adopted",
    "CarriedOver",
    "Deferred",
    "Demoted",
    "DeviationAccepted",
    "Dropped",
    "Event",
    "EventDoesNotFit",
    "EventTwice",
    "EventsRunBackwards",
    "Evidence",
    "Promoted",
    "Proposed",
    "Retired",
    "StandardAmended",
    "TargetRevised",
    # exact
    "NotANumber",
    "NotFinite",
    "Number",
    "TooManyDigits",
    # externality
    "Externalities",
    "Externality",
    "ExternalityPolicy",
    "Link",
    "Suspect",
    # hygiene
    "Description",
    "Finding",
    "HYGIENE_RULES",
    "HygienePolicy",
    "HygieneRule",
    "LeastAboveMost",
    "SelectsNothing",
    "Severity",
    "Translated",
    "Translation",
    "UnknownCode",
    "explain",
    "translate",
    # initiative
    "Initiative",
    # key result
    "Absolute",
    "Aggregation",
    "Change",
    "Counting",
    "Forecast",
    "ForecastPolicy",
    "KeyResult",
    "KeyResultAssessment",
    "Milestone",
    "MilestoneTwice",
    "Milestones",
    "NoBaseline",
    "NoMilestones",
    "NotInPercent",
    "NotTwoOfThree",
    "Occasions",
    "Origin",
    "Outcome",
    "OutcomePolicy",
    "Outlook",
    "Pace",
    "PaceBy",
    "PaceOutOfOrder",
    "PacePolicy",
    "PercentagePoints",
    "ReachedAlready",
    "Relative",
    "RelativeToNothing",
    "RequiredRate",
    "Revision",
    "RevisionsOutOfOrder",
    "Score",
    "TargetEqualsBaseline",
    "TargetOutOfReach",
    "ThresholdsOutOfOrder",
    "Tiers",
    "TiersOutOfOrder",
    "Trajectory",
    "TrajectoryOutOfOrder",
    "UnknownMilestone",
    "Vote",
    "VoteCalibration",
    "Zones",
    "ZonesOutOfOrder",
    "carry_over",
    "revise",
    "solve",
    "solve_stretch",
    "vote_calibration",
    "with_checkpoints",
    # kpi
    "AcceptedDeviation",
    "Assurance",
    "AssuranceVerdict",
    "BandsOutOfOrder",
    "Baseline",
    "Beyond",
    "Breach",
    "BreachPolicy",
    "CompositeAssessment",
    "CompositeKpi",
    "ControlChart",
    "Cusum",
    "Ewma",
    "FirstReadings",
    "Flapping",
    "FlappingPolicy",
    "Heading",
    "Health",
    "HealthBands",
    "Kpi",
    "KpiAssessment",
    "MannKendall",
    "Mark",
    "NoBreach",
    "NotOneHealthyZone",
    "PartTwice",
    "ProcessLimits",
    "Rebasing",
    "RunChart",
    "Steps",
    "Streaks",
    "TrendPolicy",
    "TrendRule",
    "TrendVerdict",
    "TrialBeyondBaseline",
    "Window",
    "Zone",
    "assurance",
    "assured",
    "cusum",
    "ewma",
    "fewest_crossings",
    "flapping",
    "longest_run",
    "mann_kendall",
    "marks",
    "nhs_making_data_count",
    "process_limits",
    "run_chart",
    "time_to_breach",
    "western_electric",
    "xmr_wheeler",
    # lifecycle
    "Clash",
    "Continue",
    "Contradiction",
    "ContradictionPolicy",
    "Demote",
    "DemotionPolicy",
    "Focus",
    "FocusPolicy",
    "GoalState",
    "Graduated",
    "IllegalMove",
    "Keep",
    "MOVES",
    "Move",
    "NoDefaultTarget",
    "NoLevel",
    "NotThisKeyResult",
    "NotThisKpi",
    "NothingReached",
    "Promote",
    "PromotionPolicy",
    "Reset",
    "TargetNotAnImprovement",
    "Waiting",
    "apply",
    "contradiction",
    "decide_demotion",
    "decide_promotion",
    "demote",
    "demotion_of",
    "evidence_of",
    "focus",
    "new_kpi",
    "next_cycle",
    "promote",
    "promotion_of",
    "replay",
    "state_of",
    # measure
    "Absence",
    "Cadence",
    "Cycle",
    "DateTwice",
    "DifferentQuantities",
    "EndBeforeStart",
    "Indicator",
    "Measure",
    "NeverDue",
    "NoPeriod",
    "NotARecurrence",
    "Period",
    "Polarity",
    "RangeOutOfOrder",
    "Reading",
    "Scale",
    "Series",
    "SeriesTwice",
    "Unit",
    "WrongMeasure",
    "YearOutOfRange",
    "convert",
    "per",
    # model
    "Goal",
    "GoalModel",
    "GoesInCircles",
    "IdTwice",
    "MeasuresDiffer",
    "UnknownReference",
    "WrongLink",
    # objective
    "Calibration",
    "CalibrationPolicy",
    "ClosedCycle",
    "CountedTwice",
    "Coverage",
    "CyclesOverlap",
    "KindsDiffer",
    "Line",
    "Mean",
    "NothingToRollUp",
    "Objective",
    "ObjectiveLine",
    "Result",
    "Rollup",
    "RollupPolicy",
    "Root",
    "RootTooHigh",
    "ServesItself",
    "Unscored",
    "calibrate",
    "mean_of",
    "roll_up",
    "roll_up_all",
    # reasons
    "FactsDontFit",
    "Reason",
    "ReasonKind",
    # reviewing
    "Policy",
    "Review",
    "lint",
    "review",
    "reviews",
    # statement
    "Draft",
    "Form",
    "NotComplete",
    "parse",
    "render",
})  # fmt: skip


def _is_ours(value: object) -> bool:
    return inspect.isclass(value) or inspect.isfunction(value)


@cache
def _docstrings() -> dict[tuple[str, str], str]:
    """Return what is written under every top-level class, function and attribute, by module and name."""
    found: dict[tuple[str, str], str] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ("goalmodel", *path.relative_to(PACKAGE).with_suffix("").parts)
        module = ".".join(parts).removesuffix(".__init__")
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found[module, node.name] = ast.get_docstring(node) or ""
        for node, below in pairwise(body):
            match node, below:
                case (
                    ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    found[module, name] = text
                case _:
                    pass
    return found


def _docstring(name: str) -> str:
    value: object = getattr(goalmodel, name)
    if _is_ours(value):
        return _docstrings().get((str(getattr(value, "__module__", "")), name), "")
    return "".join(text for (_, attribute), text in _docstrings().items() if attribute == name)


def test_the_front_door_has_every_name_of_the_list() -> None:
    missing = sorted(FRONT_DOOR - set(goalmodel.__all__))
    assert missing == [], "users rely on these: bring them back, or take them off the list and say so"


def test_the_front_door_has_no_other_name() -> None:
    unlisted = sorted(set(goalmodel.__all__) - FRONT_DOOR)
    assert unlisted == [], "public from now on? Then list them in FRONT_DOOR"


def test_type_checkers_and_python_are_told_the_same() -> None:
    imported = {
        (node.module, alias.name)
        for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("goalmodel.")
        for alias in node.names
    }
    assert {name for _, name in imported} == set(goalmodel.__all__)
    for module, name in imported:
        assert getattr(importlib.import_module(module), name) is getattr(goalmodel, name)


def test_a_name_that_is_not_there_is_refused_as_python_refuses_it() -> None:
    with pytest.raises(AttributeError, match="module 'goalmodel' has no attribute 'Missing'"):
        _ = vars(goalmodel)["__getattr__"]("Missing")


def test_every_name_is_told_before_its_room_is_loaded() -> None:
    assert set(goalmodel.__all__) <= set(dir(goalmodel))


def test_no_name_stands_at_the_front_door_twice() -> None:
    assert [name for name, times in Counter(goalmodel.__all__).items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(goalmodel.__all__))
def test_every_name_at_the_front_door_exists_and_is_explained(name: str) -> None:
    assert hasattr(goalmodel, name)
    assert _docstring(name).strip(), f"{name} has no docstring"


@pytest.mark.parametrize("name", sorted(goalmodel.__all__))
def test_every_name_at_the_front_door_is_our_own(name: str) -> None:
    value: object = getattr(goalmodel, name)
    if _is_ours(value):
        module = str(getattr(value, "__module__", ""))
        assert module.partition(".")[0] == "goalmodel", f"{name} is a name of {module}"


def test_nothing_else_is_within_reach() -> None:
    rooms = {found.name for found in pkgutil.iter_modules(goalmodel.__path__)}
    public = {name for name in vars(goalmodel) if not name.startswith("_")}
    assert public - set(goalmodel.__all__) - rooms == set(), "neither in __all__ nor a submodule"


def test_type_checkers_are_told_that_the_package_is_typed() -> None:
    assert files("goalmodel").joinpath("py.typed").is_file()
