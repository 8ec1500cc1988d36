"""Held against a second parser of the language, written apart from ours, from its grammar.

It reads less: no ``resource`` subjects, no ``admit ... to associate``, no letters outside ASCII in
quotes. And it drops characters that it does not know, and reads on as if they had not been there.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from oci_lexer_parser import parse_policy_statements

from auditor.collect.oci.iam import Statement, parse
from auditor.model import Unknown
from tests.collect.oci.iam.plain import plain

STATEMENTS = [
    each["statement"]
    for line in Path(__file__).with_name("samples.jsonl").read_text().splitlines()
    if (each := json.loads(line))["reads"]
]
UNREAD = ("Allow resource psmrp psm", "to associate", "Endorse any-user to {INSTANCE_IMAGE")
READ_BY_BOTH = [each for each in STATEMENTS if not any(word in each for word in UNREAD)]
_OPERATORS = {"eq": "=", "neq": "!=", "not_in": "not in"}


def statements(text: str) -> list[dict[str, Any]]:
    """Return the second parser's statements."""
    found = parse_policy_statements(text)
    assert isinstance(found, dict)
    several: list[dict[str, Any]] = found["statements"]
    return several


def other(text: str) -> dict[str, Any]:
    """Return what the second parser reads, in the form of ours."""
    (found,) = statements(text)
    if found["kind"] == "define":
        symbol = found["symbol"]
        named = {"name": {"name": symbol["name"]}, "what": symbol["type"]}
        return {"effect": "allow", "kind": "define", "id": found["def"]["value"], **named}
    denies = found["kind"] == "deny"
    read: dict[str, Any] = {
        "effect": "deny" if denies else "allow",
        "kind": "allow" if denies else found["kind"],
        "subject": _subject(found["subject"]),
        "location": _location(found.get("location") or found["target"]),
        **_actions(found),
    }
    if "source" in found:
        read["of"] = {"tenancy": found["source"]["values"][0]}
    if "conditions" in found:
        read["where"] = _condition(found["conditions"])
    return read


def _subject(subject: dict[str, Any]) -> dict[str, Any]:
    kind = subject["type"]
    names = {"label": "id" if kind.endswith("-id") else "name", "identity_domain": "domain"}
    values = [
        {name: each[key] for key, name in names.items() if key in each}
        for each in subject["values"]
    ]
    return {"type": kind.removesuffix("-id"), "values": values}


def _location(location: dict[str, Any]) -> dict[str, Any]:
    kind, values = location["type"], location["values"]
    if kind == "any-tenancy":
        return {"any_tenancy": True}
    if kind == "tenancy":
        return {"tenancy": values[0] if values else None}
    return {"compartment_id": values[0]} if kind == "compartment-id" else {"compartment": values}


def _actions(found: dict[str, Any]) -> dict[str, Any]:
    actions, resources = found["actions"], found["resources"]
    if actions["type"] == "permissions":
        return {"permissions": [each.upper() for each in actions["values"]]}
    return {
        "verb": actions["values"][0],
        "resource": (resources["values"] or [resources["type"]])[0],
    }


def _condition(condition: dict[str, Any]) -> dict[str, Any]:
    if condition["type"] == "group":
        return {condition["mode"]: [_condition(each) for each in condition["items"]]}
    node = condition["node"]
    operator = _OPERATORS.get(node["op"], node["op"])
    return {"op": operator, "value": _value(node["rhs"]), "var": node["lhs"].lower()}


def _value(value: dict[str, Any]) -> Any:
    if value["type"] == "list":
        return [_value(each) for each in value["values"]]
    return {"pattern": value["pattern"]} if value["type"] == "regex" else value["value"]


def ours(text: str) -> dict[str, Any]:
    """Return what we read; a condition that stands alone is a group of one to the other parser."""
    statement = parse(text)
    assert isinstance(statement, Statement)
    read = plain(statement)
    if "op" in read.get("where", {}):
        read["where"] = {"all": [read["where"]]}
    return read


@pytest.mark.parametrize("text", READ_BY_BOTH, ids=lambda text: text[:60])
def test_both_read_the_same(text: str) -> None:
    """Two grammars agree on who may do what, where, and when."""
    assert ours(text) == other(text)


@pytest.mark.parametrize("text", sorted(set(STATEMENTS) - set(READ_BY_BOTH)), ids=lambda t: t[:60])
def test_what_only_we_read_is_in_oracles_documentation(text: str) -> None:
    """Each of these stands on a page of Oracle's."""
    with pytest.raises(ValueError, match="syntax error"):
        parse_policy_statements(text)
    assert isinstance(parse(text), Statement)


@pytest.mark.parametrize(
    "text",
    [
        "Allow group A; to manage buckets in tenancy",
        "Allow group A to manage $ buckets in tenancy",
        "Allow group A to manage buckets in tenancy ;",
        "Allow group A to manage buckets in tenancy where a != \\ 'x'",
    ],
)
def test_characters_are_dropped_by_the_other_parser_only(text: str) -> None:
    """Ours is right to refuse: Oracle would not have accepted this statement."""
    assert statements(text)
    assert isinstance(parse(text), Unknown)
