"""Access cases as YAML tells them: a small cast, policies in short, the verdict and why.

A statement is written as IAM does, or in short: ``allow s3:GetObject on photos/* to ana``; with a
condition it is the only key of a mapping, and the condition its value. ``if`` and ``unless`` stand
for an Allow of everything with, or a Deny of everything beside, that condition. Any other text is
a document as it came; nothing (null) is one that could not be read.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from auditor.access.decision import Decision, decide
from auditor.access.documents import read_statements
from auditor.access.endpoints import Endpoints, without_closed
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.statements import Statement
from auditor.model import Unknown

FOLDER = Path(__file__).parent / "cases"
HOME, SISTER, OUTSIDE, LONE = "111111111111", "222222222222", "333333333333", "444444444444"
VERDICTS = ("allow", "deny", "conditional", "unknown")
_FIELDS = frozenset(
    {"name", "because", "who", "may", "on", "expect", "depends_on", "says", "if", "unless"}
    | {"identity", "group", "boundary", "session", "resource", "trust", "scp", "rcp", "tags"}
    | {"resource_tags", "organization", "unread", "version", "own_trust", "endpoints", "networks"}
)


def _actor(name: str, kind: str, account: str = HOME, **more: Any) -> Actor:
    arn = f"arn:aws:iam::{account}:{'root' if kind == 'root' else f'{kind}/{name}'}"
    return Actor(id=arn, kind=kind, account=account, name=name.rpartition("/")[2], **more)


ACTORS = {
    "ana": _actor("ana", "user", tags={"team": "data"}, user_id="AIDAANA", groups=("staff",)),
    "app": _actor("app", "role", tags={"team": "data"}, user_id="AROAAPP"),
    "root": _actor("", "root"),
    "linked": _actor("aws-service-role/x.amazonaws.com/Linked", "role", user_id="AROALINKED"),
    "bob": _actor("bob", "user", SISTER, tags={"team": "web"}, user_id="AIDABOB"),
    "job": _actor("job", "role", SISTER, user_id="AROAJOB"),
    "sister-root": _actor("", "root", SISTER),
    "lone": _actor("lone", "user", LONE, user_id="AIDALONE"),
    "outside": Actor(id=OUTSIDE, kind="account", account=OUTSIDE),
    "anybody": Actor(id="anybody", kind="anybody", account="*"),
    "login": Actor(id=f"arn:aws:iam::{HOME}:saml-provider/login", kind="federation", account=HOME),
}
RESOURCES = {
    "photos": ("arn:aws:s3:::photos", "s3", "bucket"),
    "key": (f"arn:aws:kms:us-east-1:{HOME}:key/k1", "kms", "key"),
    "orders": (f"arn:aws:sqs:us-east-1:{HOME}:orders", "sqs", "queue"),
    "news": (f"arn:aws:sns:us-east-1:{HOME}:news", "sns", "topic"),
    "users": (f"arn:aws:dynamodb:us-east-1:{HOME}:table/users", "dynamodb", "table"),
    "secret": (
        f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:db-AbCdEf",
        "secretsmanager",
        "secret",
    ),
    "door": (f"arn:aws:iam::{HOME}:role/door", "sts", "role"),
}
_ACCOUNTS = {"home": HOME, "sister": SISTER, "third": OUTSIDE}


class CaseError(Exception):
    """A case is not written as it should be."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question to one estate, and the answer that it must get."""

    place: str
    because: str
    estate: Estate
    who: str
    may: str
    on: str
    expect: str
    depends_on: frozenset[str] | None = None
    says: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


def read_cases() -> tuple[Case, ...]:
    """Read all cases.

    Raises:
        CaseError: a case has an unknown field or verdict, no reason, or a name twice.
    """
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _read(path))


def _read(path: Path) -> Iterator[Case]:
    names = set()
    for raw in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
        place = f"{path.stem}: {raw.get('name')}"
        if odd := set(raw) - _FIELDS:
            raise CaseError(f"{place} has the unknown field {min(odd)}")
        if raw.get("expect") not in VERDICTS or not raw.get("because") or place in names:
            raise CaseError(f"{place} needs a name of its own, a verdict and a reason")
        names.add(place)
        yield case_of(place, raw)


def case_of(place: str, raw: Mapping[str, Any]) -> Case:
    """Build one case from its fields.

    Raises:
        CaseError: a field does not have the form that it should.
    """
    try:
        actor, resource = _who(raw), _what(raw)
        depends = raw.get("depends_on")
        return Case(
            place=place,
            because=raw["because"],
            estate=_estate(raw, actor, resource),
            who=actor.key,
            may=raw.get("may", "s3:GetObject"),
            on=resource.id,
            expect=raw["expect"],
            depends_on=None if depends is None else frozenset(_listed(depends)),
            says=raw.get("says", ""),
            raw=raw,
        )
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise CaseError(f"{place}: {error!r}") from error


def decided(raw: Mapping[str, Any]) -> Decision:
    """Decide one case."""
    case = case_of("-", raw)
    return decide(case.estate, case.who, case.may, case.on)


def _who(raw: Mapping[str, Any]) -> Actor:
    name = raw.get("who", "ana")
    if name.startswith("service:"):
        return Actor(id=name, kind="service", account="")
    actor = ACTORS[name]
    if "tags" in raw:
        actor = replace(actor, tags=_maybe(raw["tags"], f"the tags of {name} were not read"))
    if "boundary" in raw:
        unread = Unknown("the boundary was not read")
        actor = replace(actor, boundary=unread if raw["boundary"] == "unknown" else "limit")
    if "session" in raw:
        actor = replace(actor, session="session")
    return actor


def _what(raw: Mapping[str, Any]) -> Resource:
    name = raw.get("on", "photos")
    arn, service, kind = RESOURCES[name]
    return Resource(
        id=arn,
        service=service,
        kind=kind,
        account=HOME,
        region="us-east-1",
        tags=_maybe(raw.get("resource_tags", {"env": "prod"}), f"the tags of {name} were not read"),
    )


def _maybe(value: Any, reason: str) -> Any:
    return Unknown(reason) if value is None else value


def _estate(raw: Mapping[str, Any], actor: Actor, resource: Resource) -> Estate:
    organizations = {HOME: "o-acme", SISTER: "o-acme", OUTSIDE: "o-other", LONE: ""}
    for account, name in raw.get("organization", {}).items():
        organizations[_ACCOUNTS[account]] = _maybe(name, "the organisation could not be read")
    policy = _statements(raw, "resource", "bucket-policy")
    unread = {
        _ACCOUNTS.get(who) or (ACTORS[who].id if who in ACTORS else RESOURCES[who][0]): reason
        for who, reason in raw.get("unread", {}).items()
    }
    return Estate(
        actors={actor.key: actor},
        resources={resource.id: resource},
        identity={actor.id: _own(raw), "staff": _statements(raw, "group", "group-policy")},
        boundaries={"limit": _statements(raw, "boundary", "limit")},
        sessions={"session": _statements(raw, "session", "session")},
        resource={resource.id: policy},
        trust={
            resource.id: _statements(raw, "trust", "trust-policy"),
            actor.id: _statements(raw, "own_trust", "own-trust"),
        },
        service_controls=_levels(raw, "scp", actor.account),
        resource_controls=_levels(raw, "rcp", resource.account),
        organization=organizations,
        organization_paths={HOME: "o-acme/r-1/ou-data/", SISTER: "o-acme/r-1/ou-web/"},
        unread=unread,
    )


def _own(raw: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Read a principal's own policies, or what ``if`` and ``unless`` stand for."""
    found = []
    if "if" in raw:
        found.append({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": raw["if"]})
    if "unless" in raw:
        found.append({"Effect": "Allow", "Action": "*", "Resource": "*"})
        found.append({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": raw["unless"]})
    short = _read_one(raw, found, "short") if found else ()
    return short + _statements(raw, "identity", "identity-policy")


def _levels(
    raw: Mapping[str, Any], name: str, account: str
) -> dict[str, tuple[tuple[Statement, ...], ...]]:
    levels = raw.get(name, [])
    return {
        account: tuple(
            _read_one(raw, level, f"{name}-{number}") for number, level in enumerate(levels, 1)
        )
    }


def _statements(raw: Mapping[str, Any], name: str, policy: str) -> tuple[Statement, ...]:
    return _read_one(raw, raw[name], policy) if name in raw else ()


def _read_one(raw: Mapping[str, Any], value: Any, policy: str) -> tuple[Statement, ...]:
    endpoints = {name: _parsed(raw, each, name) for name, each in raw.get("endpoints", {}).items()}
    networks = {name: tuple(each) for name, each in raw.get("networks", {}).items()}
    seen = Endpoints(policies=endpoints, networks=networks)
    return without_closed(_parsed(raw, value, policy), seen)


def _parsed(raw: Mapping[str, Any], value: Any, policy: str) -> tuple[Statement, ...]:
    if value is None:
        return read_statements(policy, Unknown(f"GetPolicy of {policy} was denied"))
    if isinstance(value, str) and not value.startswith(("allow ", "deny ")):
        return read_statements(policy, value)
    if isinstance(value, dict) and "Statement" in value:
        return read_statements(policy, json.dumps(value))
    listed = value if isinstance(value, list) else [value]
    return read_statements(policy, _document(raw, [_statement(each) for each in listed]))


def _document(raw: Mapping[str, Any], statements: list[Any]) -> str:
    version = raw.get("version", "2012-10-17")
    return json.dumps({"Version": version, "Statement": statements})


def _statement(value: Any) -> Any:
    if isinstance(value, str):
        return _short(value)
    if len(value) == 1:
        ((text, condition),) = value.items()
        return {**_short(text), "Condition": condition}
    return value


def _short(text: str) -> dict[str, Any]:
    words = text.split(" ")
    statement: dict[str, Any] = {"Effect": words[0].title(), "Action": words[1].split(",")}
    for preposition, value in zip(words[2::2], words[3::2], strict=True):
        if preposition == "on":
            statement["Resource"] = [_resource(each) for each in value.split(",")]
        else:
            statement[{"to": "Principal", "from": "NotPrincipal"}[preposition]] = _principal(value)
    return statement


def _resource(text: str) -> str:
    name, slash, rest = text.partition("/")
    return RESOURCES[name][0] + slash + rest if name in RESOURCES else text


def _principal(text: str) -> Any:
    if text == "*":
        return "*"
    found: dict[str, list[str]] = {}
    for name in text.split(","):
        kind, colon, rest = name.partition("=")
        if colon:
            found.setdefault(kind, []).append(rest)
        else:
            found.setdefault("AWS", []).append(ACTORS[name].id if name in ACTORS else name)
    return found


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
