"""Statements as plain data, to compare readings with each other."""

from typing import Any

from auditor.collect.oci.iam.statement import (
    Condition,
    Group,
    Location,
    Principal,
    Statement,
    Test,
    Value,
)


def plain(statement: Statement) -> dict[str, Any]:
    """Return a statement in the form of ``samples.jsonl``."""
    effect = "deny" if statement.denies else "allow"
    found: dict[str, Any] = {"effect": effect, "kind": str(statement.effect)}
    if statement.definition:
        each = statement.definition
        return found | {"id": each.ocid, "name": {"name": each.name}, "what": each.kind}
    reach = statement.reach
    assert reach
    found["subject"] = {
        "type": statement.principals[0].kind,
        "values": [_principal(each) for each in statement.principals if each.name or each.ocid],
    }
    found["location"] = _location(reach.location)
    parts = {"verb": reach.verb, "permissions": list(reach.permissions), "resource": reach.resource}
    found |= {name: part for name, part in parts.items() if part}
    if statement.source:
        found["of"] = {"tenancy": statement.source}
    if reach.other_location:
        found["with"] = reach.other_resource
        found["with_location"] = _location(reach.other_location)
    if statement.condition:
        found["where"] = _condition(statement.condition)
    return found


def _principal(principal: Principal) -> dict[str, str]:
    parts = {"id": principal.ocid, "domain": principal.domain, "name": principal.name}
    return {name: part for name, part in parts.items() if part}


def _location(location: Location) -> dict[str, Any]:
    if location.kind == "any-tenancy":
        return {"any_tenancy": True}
    if location.kind == "tenancy":
        return {"tenancy": location.tenancy or None}
    return {"compartment_id": location.ocid} if location.ocid else {"compartment": [*location.path]}


def _condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, Group):
        return {"all" if condition.every else "any": [_condition(p) for p in condition.parts]}
    values = [_value(each) for each in condition.values]
    several = condition.operator in ("in", "not in", "between")
    return _test(condition, values if several else values[0])


def _test(test: Test, value: Any) -> dict[str, Any]:
    return {"op": test.operator, "value": value, "var": test.variable}


def _value(value: Value) -> Any:
    return {"pattern": value.text} if value.pattern else value.text
