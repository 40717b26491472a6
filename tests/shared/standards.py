"""What FHIR says of the resource Goal, and OpenSLO of an SLO, as JSON Schema: the facts of both standards that matter.

FHIR R5, https://hl7.org/fhir/goal.html, with the places R6 adds; OpenSLO v1, https://github.com/OpenSLO/OpenSLO.
"""

from __future__ import annotations

from typing import Any, Final, cast

from jsonschema import Draft202012Validator

_DATE: Final = {
    "type": "string",
    "pattern": "^([1-9][0-9]{3}|0[0-9]{3})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}
_TEXT: Final = {"type": "string", "pattern": r"\S"}
_CODE: Final = {"type": "string", "pattern": r"^\S+( \S+)*$"}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_CODING: Final = _object({"system": _TEXT, "version": _TEXT, "code": _CODE, "display": _TEXT})
_CONCEPT: Final = _object({"coding": {"type": "array", "items": _CODING, "minItems": 1}, "text": _TEXT})
_QUANTITY: Final = _object(
    {
        "value": {"type": "number"},
        "comparator": {"enum": ["<", "<=", ">=", ">", "ad"]},
        "unit": _TEXT,
        "system": _TEXT,
        "code": _CODE,
    }
)
_SIMPLE: Final = {"allOf": [_QUANTITY, {"not": {"required": ["comparator"]}}]}
_REFERENCE: Final = _object({"reference": _TEXT, "type": _TEXT, "display": _TEXT})
_DETAILS: Final = {
    "detailQuantity": _QUANTITY,
    "detailRange": _object({"low": _SIMPLE, "high": _SIMPLE}),
    "detailCodeableConcept": _CONCEPT,
    "detailString": _TEXT,
    "detailBoolean": {"type": "boolean"},
    "detailInteger": {"type": "integer"},
    "detailRatio": _object({"numerator": _QUANTITY, "denominator": _SIMPLE}),
}
_DUES: Final = {"dueDate": _DATE, "dueDuration": _QUANTITY}


def _at_most_one_of(names: dict[str, Any]) -> dict[str, Any]:
    return {
        "oneOf": [*({"required": [name]} for name in names), {"not": {"anyOf": [{"required": [n]} for n in names]}}]
    }


GOAL: Final = cast("Any", Draft202012Validator)(
    _object(
        {
            "resourceType": {"const": "Goal"},
            "id": {"type": "string", "pattern": r"^[A-Za-z0-9\-\.]{1,64}$"},
            "identifier": {"type": "array", "items": _object({"system": _TEXT, "value": _TEXT}), "minItems": 1},
            "lifecycleStatus": {
                "enum": [
                    "proposed",
                    "planned",
                    "accepted",
                    "active",
                    "on-hold",
                    "completed",
                    "cancelled",
                    "entered-in-error",
                    "rejected",
                ]
            },
            "achievementStatus": _CONCEPT,
            "category": {"type": "array", "items": _CONCEPT, "minItems": 1},
            "continuous": {"type": "boolean"},
            "priority": _CONCEPT,
            "description": _CONCEPT,
            "subject": _REFERENCE,
            "startDate": _DATE,
            "startCodeableConcept": _CONCEPT,
            "acceptance": {"type": "array"},
            "target": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "allOf": [
                        _object({"measure": _CONCEPT, **_DETAILS, **_DUES}),
                        _at_most_one_of(_DETAILS),
                        _at_most_one_of(_DUES),
                    ],
                    "dependentRequired": {name: ["measure"] for name in _DETAILS},
                },
            },
            "statusDate": _DATE,
            "statusReason": {"anyOf": [_TEXT, {"type": "array", "items": _CONCEPT}]},
            "source": _REFERENCE,
            "addresses": {"type": "array", "items": _REFERENCE, "minItems": 1},
            "note": {"type": "array", "items": _object({"text": _TEXT}, "text"), "minItems": 1},
            "outcome": {"type": "array"},
        },
        "resourceType",
        "lifecycleStatus",
        "description",
        "subject",
    )
)
"""A Goal of FHIR."""

ACHIEVEMENTS: Final = frozenset({
    "in-progress",
    "improving",
    "worsening",
    "no-change",
    "achieved",
    "sustaining",
    "not-achieved",
    "no-progress",
    "not-attainable",
})  # fmt: skip
"""The codes of Goal.achievementStatus."""

_NAME: Final = {"type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "maxLength": 63}
_DURATION: Final = {"type": "string", "pattern": "^[1-9][0-9]*[mhdwMQY]$"}
_METADATA: Final = _object(
    {"name": _NAME, "displayName": _TEXT, "labels": {"type": "object"}, "annotations": {"type": "object"}}, "name"
)
_SOURCE: Final = _object(
    {"metricSource": _object({"metricSourceRef": _TEXT, "type": _TEXT, "spec": {"type": "object"}}, "spec")},
    "metricSource",
)
_RATIO: Final = {
    **_object(
        {
            "counter": {"type": "boolean"},
            "good": _SOURCE,
            "bad": _SOURCE,
            "total": _SOURCE,
            "rawType": {"enum": ["success", "failure"]},
            "raw": _SOURCE,
        }
    ),
    "oneOf": [
        {"required": ["good", "total"]},
        {"required": ["bad", "total"]},
        {"required": ["raw", "rawType"]},
    ],
}
_INDICATOR: Final = _object(
    {
        "metadata": _METADATA,
        "spec": {
            **_object({"description": _TEXT, "thresholdMetric": _SOURCE, "ratioMetric": _RATIO}),
            "oneOf": [{"required": ["thresholdMetric"]}, {"required": ["ratioMetric"]}],
        },
    },
    "metadata",
    "spec",
)
_WINDOW: Final = {
    **_object(
        {
            "duration": _DURATION,
            "isRolling": {"type": "boolean"},
            "calendar": _object(
                {
                    "startTime": {
                        "type": "string",
                        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}$",
                    },
                    "timeZone": _TEXT,
                },
                "startTime",
                "timeZone",
            ),
        },
        "duration",
    ),
    "oneOf": [
        {"properties": {"isRolling": {"const": True}}, "required": ["isRolling"], "not": {"required": ["calendar"]}},
        {"properties": {"isRolling": {"const": False}}, "required": ["calendar"]},
    ],
}
_OBJECTIVE: Final = {
    **_object(
        {
            "displayName": _TEXT,
            "op": {"enum": ["lte", "gte", "lt", "gt"]},
            "value": {"type": "number"},
            "target": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
            "targetPercent": {"type": "number", "minimum": 0, "exclusiveMaximum": 100},
            "timeSliceTarget": {"type": "number", "minimum": 0, "maximum": 1},
            "timeSliceWindow": {"anyOf": [{"type": "number"}, _DURATION]},
        }
    ),
    "oneOf": [{"required": ["target"]}, {"required": ["targetPercent"]}],
    "dependentRequired": {"op": ["value"], "value": ["op"]},
}

SLO: Final = cast("Any", Draft202012Validator)(
    _object(
        {
            "apiVersion": {"const": "openslo/v1"},
            "kind": {"const": "SLO"},
            "metadata": _METADATA,
            "spec": {
                **_object(
                    {
                        "description": {"type": "string", "maxLength": 1050},
                        "service": _TEXT,
                        "indicator": _INDICATOR,
                        "indicatorRef": _NAME,
                        "timeWindow": {"type": "array", "items": _WINDOW, "minItems": 1, "maxItems": 1},
                        "budgetingMethod": {"enum": ["Occurrences", "Timeslices", "RatioTimeslices"]},
                        "objectives": {"type": "array", "items": _OBJECTIVE, "minItems": 1},
                        "alertPolicies": {"type": "array"},
                    },
                    "service",
                    "budgetingMethod",
                    "objectives",
                ),
                "oneOf": [{"required": ["indicator"]}, {"required": ["indicatorRef"]}],
                "if": {"properties": {"budgetingMethod": {"const": "Timeslices"}}},
                "then": {"properties": {"objectives": {"items": {"required": ["timeSliceTarget", "timeSliceWindow"]}}}},
            },
        },
        "apiVersion",
        "kind",
        "metadata",
        "spec",
    )
)
"""An SLO of OpenSLO."""
