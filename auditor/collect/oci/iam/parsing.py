"""Reads statements of the policy language; what is not in the grammar is unknown, never dropped."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

from auditor.collect.oci.iam.grammar import GRAMMAR
from auditor.collect.oci.iam.statement import (
    Condition,
    Definition,
    Effect,
    Group,
    Location,
    Principal,
    Reach,
    Statement,
    Test,
    Value,
)
from auditor.model import Unknown

ANY_TENANCY = "any-tenancy"
_LONGEST = 10_000  # characters; Oracle's own limit is far lower
_DEEPEST = 50  # levels of conditions in conditions
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
Parts = Sequence[Any]  # what lark hands over: tokens, None for what was left out, our own values


@lru_cache(maxsize=100_000)
def parse(text: str) -> Statement | Unknown:
    """Return what a statement says, or Unknown with what could not be read in it.

    Case, white space and line breaks between words mean nothing.
    """
    if len(text) > _LONGEST:
        return Unknown(f"the statement has {len(text)} characters")
    # Letters of other scripts that look like Latin ones would pass as keywords, case-folded.
    if not _QUOTED.sub("", text).isascii():
        return Unknown("the statement has letters outside ASCII that are not in quotes")
    if text.count("{") > _DEEPEST:
        return Unknown("the statement has too many conditions within conditions")
    parser, errors = _make_parser()
    try:
        statement: Statement = parser.parse(text)
    except errors as error:
        return Unknown(f"the statement is not in the known policy language: {_where(error)}")
    return statement


class _Parser(Protocol):
    def parse(self, text: str) -> Any:
        """Return what a text says."""


@cache
def _make_parser() -> tuple[_Parser, type[Exception]]:
    """Return the parser and its errors; who reads no policies need not load the library."""
    from lark import Lark  # noqa: PLC0415
    from lark.exceptions import LarkError  # noqa: PLC0415

    return Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_Reader()), LarkError


def _where(error: Exception) -> str:
    column = getattr(error, "column", -1)
    return f"unexpected text at character {column}" if column > 0 else "it ends too early"


class _Reader:
    """Turns what the grammar's rules found into the parts of a statement, from the inside out."""

    def allow(self, parts: Parts) -> Statement:
        effect, principals, reach, location, condition = parts
        return _statement(Effect.ALLOW, effect, principals, _placed(reach, location), condition)

    def endorse(self, parts: Parts) -> Statement:
        denies, principals, *reach, condition = parts
        return _statement(Effect.ENDORSE, denies, principals, _placed(*reach), condition)

    def admit(self, parts: Parts) -> Statement:
        denies, principals, source, *reach, condition = parts
        return _statement(Effect.ADMIT, denies, principals, _placed(*reach), condition, source)

    def define(self, parts: Parts) -> Statement:
        kind, principal, _, ocid = parts
        definition = Definition(kind=str(kind).lower(), name=principal.label, ocid=ocid)
        return Statement(effect=Effect.DEFINE, definition=definition)

    def subject(self, parts: Parts) -> tuple[Principal, ...]:
        kind, *named = parts
        kind = str(kind).lower()
        if not named:
            return (Principal(kind=kind),)
        return tuple(
            Principal(kind=kind, name=each.name, domain=each.domain, ocid=each.ocid)
            for each in named
        )

    def resource_subject(self, parts: Parts) -> tuple[Principal, ...]:
        return (Principal(kind="resource", name=" ".join(parts[1:])),)

    def by_ocid(self, parts: Parts) -> Principal:
        return Principal(kind="", ocid=parts[1])

    def principal(self, parts: Parts) -> Principal:
        found: Principal = parts[0]
        return found

    def qualified(self, parts: Parts) -> Principal:
        first, second = parts
        if second is None:
            is_ocid = first.lower().startswith("ocid1.")
            return Principal(kind="", ocid=first) if is_ocid else Principal(kind="", name=first)
        return Principal(kind="", name=second, domain=first)

    def source(self, parts: Parts) -> str:
        kind, name = (*parts, None)[:2]
        if kind is None:
            return ""
        return ANY_TENANCY if name is None else str(name)

    def verb(self, parts: Parts) -> dict[str, Any]:
        return {"verb": parts[0].lower(), "resource": parts[1].lower()}

    def what(self, parts: Parts) -> dict[str, Any]:
        found: dict[str, Any] = parts[0]
        return found

    def permitted(self, parts: Parts) -> dict[str, Any]:
        *permissions, resource = parts
        return {
            "permissions": tuple(str(each).upper() for each in permissions),
            "resource": (resource or "").lower(),
        }

    def pair(self, parts: Parts) -> dict[str, Any]:
        resource, location, other, there = parts
        return {
            "verb": "associate",
            "resource": resource.lower(),
            "location": location,
            "other_resource": other.lower(),
            "other_location": there,
        }

    def any_tenancy(self, _: Parts) -> Location:
        return Location(kind=ANY_TENANCY)

    def tenancy(self, parts: Parts) -> Location:
        return Location(kind="tenancy", tenancy=parts[1] or "")

    def compartment_by_ocid(self, parts: Parts) -> Location:
        return Location(kind="compartment", ocid=parts[2], tenancy=parts[-1] or "")

    def place(self, parts: Parts) -> Location:
        _, *path, _, tenancy = parts
        return Location(kind="compartment", path=tuple(path), tenancy=tenancy or "")

    def group(self, parts: Parts) -> Condition:
        return Group(every=parts[0].lower() == "all", parts=tuple(parts[1:]))

    def test(self, parts: Parts) -> Condition:
        variable, operator, value = parts
        return Test(variable=variable.lower(), operator=operator.lower(), values=(value,))

    def membership(self, parts: Parts) -> Condition:
        variable, negated, _, *values = parts
        operator = "not in" if negated else "in"
        return Test(variable=variable.lower(), operator=operator, values=tuple(values))

    def between(self, parts: Parts) -> Condition:
        return Test(variable=parts[0].lower(), operator="between", values=tuple(parts[1:]))

    def value(self, parts: Parts) -> Value:
        token = parts[0]
        if token.type == "PATTERN":
            return Value(text=_ESCAPED.sub(r"\1", token[1:-1]), pattern=True)
        if token.type == "STRING":
            return Value(text=_unquoted(token))
        return Value(text=str(token), quoted=False)

    def name(self, parts: Parts) -> str:
        return _unquoted(parts[0])

    def ocid(self, parts: Parts) -> str:
        return _unquoted(parts[0])


def _unquoted(token: str) -> str:
    return _ESCAPED.sub(r"\1", token[1:-1]) if token[:1] in ("'", '"') else str(token)


def _placed(reach: dict[str, Any], location: Location | None = None) -> Reach:
    return Reach(**reach) if location is None else Reach(**reach, location=location)


def _statement(
    effect: Effect,
    denies: str | None,
    principals: tuple[Principal, ...],
    reach: Reach,
    condition: Condition | None,
    source: str = "",
) -> Statement:
    return Statement(
        effect=effect,
        denies=str(denies).lower() == "deny",
        principals=principals,
        source=source,
        reach=reach,
        condition=condition,
    )
