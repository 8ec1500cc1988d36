"""Reads AWS policy documents into statements. Never raises, never drops a statement.

What AWS would refuse, or what this version cannot read, becomes a statement with a fault.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from auditor.access.statements import Named, Statement, Test
from auditor.model import Json, Unknown

_LONGEST = 1_000_000  # characters; the longest that AWS takes has 51,200
_VERSIONS = ("2008-10-17", "2012-10-17")
_ELEMENTS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"}
    | {"Resource", "NotResource", "Condition"}
)
_KINDS = {"AWS": "aws", "Service": "service", "Federated": "federated"} | {
    "CanonicalUser": "canonicaluser"
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ACCOUNT = re.compile(r"\d{12}")
_QUANTIFIERS = ("forallvalues", "foranyvalue")


class _FaultError(Exception):
    """Carries why a document or statement cannot be read."""


def read_statements(policy_id: str, document: str | Unknown) -> tuple[Statement, ...]:
    """Read the statements of one document, in order.

    Args:
        policy_id: row of policy_documents.
        document: JSON text; '' for no policy, which has no statements.

    Returns:
        A document that cannot be read as a whole is one statement with a fault, of number 0.
    """
    if document == "":
        return ()
    if isinstance(document, Unknown):
        return (Statement(policy_id=policy_id, number=0, fault=document.reason),)
    try:
        version, statements = _outline(document)
    except _FaultError as fault:
        return (Statement(policy_id=policy_id, number=0, fault=str(fault)),)
    return tuple(
        _read_or_fault(policy_id, number, version, statement)
        for number, statement in enumerate(statements, 1)
    )


def written(document: str, number: int) -> Mapping[str, Json]:
    """Return the elements of one statement of a document as they were written.

    Args:
        number: as ``read_statements`` counts.

    Returns:
        Nothing for what cannot be read.
    """
    try:
        _, statements = _outline(document)
    except _FaultError:
        return {}
    statement = statements[number - 1] if 0 < number <= len(statements) else {}
    return statement if isinstance(statement, dict) else {}


def _outline(text: str) -> tuple[str, list[Json]]:
    document = _parsed(text)
    if not isinstance(document, dict):
        raise _FaultError(_repeated(document) or "the document is not a JSON object")
    odd = sorted(set(document) - {"Version", "Id", "Statement"})
    if odd:
        raise _FaultError(f"the document has an element {_shown(odd[0])}, which AWS does not know")
    version = document.get("Version", _VERSIONS[0])
    if version not in _VERSIONS:
        raise _FaultError(f"the document has the version {_shown(version)}, which is unknown")
    if "Statement" not in document:
        raise _FaultError("the document has no Statement")
    statements = document["Statement"]
    return version, statements if isinstance(statements, list) else [statements]


def _parsed(text: str) -> Json:
    if len(text) > _LONGEST:
        raise _FaultError(f"the document has {len(text)} characters, more than AWS takes")
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_refuse)
    except RecursionError:
        raise _FaultError("the document is nested too deeply") from None
    except ValueError as error:
        raise _FaultError(f"the document is not JSON: {_shown(str(error))}") from None


class _Repeated:
    """Stands for an object that names one member twice: AWS refuses it, JSON leaves it open."""

    def __init__(self, name: str) -> None:
        self.name = name


def _pairs(pairs: list[tuple[str, Any]]) -> Any:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _ in pairs]
    return _Repeated(next(name for name in names if names.count(name) > 1))


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no value of JSON")


def _repeated(value: Json) -> str:
    return f"an object names {_shown(value.name)} twice" if isinstance(value, _Repeated) else ""


def _shown(value: Json) -> str:
    """Show a value of a document in a sentence, shortened and without odd characters."""
    text = ascii(value)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004


def _read_or_fault(policy_id: str, number: int, version: str, statement: Json) -> Statement:
    try:
        return _read(policy_id, number, version, statement)
    except _FaultError as fault:
        return Statement(policy_id=policy_id, number=number, fault=str(fault))


def _read(policy_id: str, number: int, version: str, statement: Json) -> Statement:
    if not isinstance(statement, dict):
        raise _FaultError(_repeated(statement) or "the statement is not a JSON object")
    odd = sorted(set(statement) - _ELEMENTS)
    if odd:
        raise _FaultError(f"the statement has an element {_shown(odd[0])}, unknown to AWS")
    sid = statement.get("Sid", "")
    if not isinstance(sid, str) or _SURROGATE.search(sid):
        raise _FaultError("its Sid is not text")
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise _FaultError("its Effect is neither Allow nor Deny")
    actions, not_actions = _one_of(statement, "Action", "NotAction")
    if actions is None:
        raise _FaultError("it has no Action")
    resources, not_resources = _one_of(statement, "Resource", "NotResource")
    principals, not_principals = _one_of(statement, "Principal", "NotPrincipal")
    return Statement(
        policy_id=policy_id,
        number=number,
        sid=sid,
        allows=statement["Effect"] == "Allow",
        actions=tuple(each.lower() for each in _texts(actions, "Action")),
        not_actions=not_actions,
        resources=_variables(
            version, ("*",) if resources is None else _texts(resources, "Resource")
        ),
        not_resources=not_resources,
        principals=() if principals is None else _principals(principals),
        not_principals=not_principals,
        tests=_tests(version, statement.get("Condition", {})),
    )


def _one_of(statement: Mapping[str, Json], name: str, inverse: str) -> tuple[Json, bool]:
    if name in statement and inverse in statement:
        raise _FaultError(f"it has both {name} and {inverse}")
    return statement.get(name, statement.get(inverse)), inverse in statement


def _texts(value: Json, name: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values:
        raise _FaultError(f"its {name} is empty")
    if not all(isinstance(each, str) and not _SURROGATE.search(each) for each in values):
        raise _FaultError(f"its {name} is not text")
    return tuple(values)


def _variables(version: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Keep texts that only look like variables in a version that has none."""
    if version == _VERSIONS[1]:
        return texts
    return tuple(text.replace("${", "${$}{") for text in texts)


def _principals(value: Json) -> tuple[Named, ...]:
    if value == "*":
        return (Named(kind="*", name="*"),)
    if not isinstance(value, dict) or not value:
        raise _FaultError(_repeated(value) or "its Principal names nobody")
    odd = sorted(set(value) - set(_KINDS))
    if odd:
        raise _FaultError(f"its Principal has the kind {_shown(odd[0])}, which is unknown")
    return tuple(
        _named(_KINDS[kind], name)
        for kind, names in value.items()
        for name in _texts(names, "Principal")
    )


def _named(kind: str, name: str) -> Named:
    if kind == "aws" and name == "*":
        return Named(kind="*", name="*")
    if kind == "aws" and _ACCOUNT.fullmatch(name):
        return Named(kind=kind, name=f"arn:aws:iam::{name}:root")
    return Named(kind=kind, name=name)


def _tests(version: str, condition: Json) -> tuple[Test, ...]:
    if not isinstance(condition, dict):
        raise _FaultError(_repeated(condition) or "its Condition is not a JSON object")
    return tuple(
        _test(version, operator, key, values)
        for operator, keys in condition.items()
        for key, values in _keys(operator, keys).items()
    )


def _keys(operator: str, keys: Json) -> Mapping[str, Json]:
    if not isinstance(keys, dict):
        raise _FaultError(
            _repeated(keys) or f"its condition {_shown(operator)} is not a JSON object"
        )
    return keys


def _test(version: str, operator: str, key: str, values: Json) -> Test:
    if _SURROGATE.search(operator) or _SURROGATE.search(key):
        raise _FaultError("its Condition has a name that is not text")
    quantifier, colon, name = operator.lower().partition(":")
    if not colon:
        quantifier, name = "", quantifier
    elif quantifier not in _QUANTIFIERS:
        quantifier, name = "", operator.lower()  # unknown as a whole
    base = name.removesuffix("ifexists")
    return Test(
        operator=base,
        quantifier=quantifier,
        if_exists=base != name,
        key=key.lower(),
        values=_variables(version, _scalars(values)),
    )


def _scalars(value: Json) -> tuple[str, ...]:
    """Read values of a condition: texts, and the numbers and booleans that stand for them."""
    values = value if isinstance(value, list) else [value]
    texts = []
    for each in values:
        if isinstance(each, bool):
            texts.append("true" if each else "false")
        elif isinstance(each, int | float):
            texts.append(repr(each))
        elif isinstance(each, str) and not _SURROGATE.search(each):
            texts.append(each)
        else:
            raise _FaultError(_repeated(each) or "its Condition has a value that is not text")
    return tuple(texts)
