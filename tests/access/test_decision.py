"""What must hold of every decision, whatever the estate."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.access.decision import decide
from auditor.access.documents import read_statements
from auditor.access.estate import Estate
from auditor.access.statements import Statement
from auditor.model import Unknown
from tests.access.case_files import ACTORS, HOME, SISTER, Case, case_of, decided

_RANK = {False: 0, None: 1, True: 2}
_LAYERS = ("identity", "group", "boundary", "resource", "scp", "rcp")
_UNREAD = Unknown("it could not be read")


def _maybe_list(pool: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(pool) | st.lists(st.sampled_from(pool), min_size=1, max_size=3)


_CONDITIONS: list[dict[str, Any]] = [
    {},
    {},
    {"StringEquals": {"aws:PrincipalTag/team": "data"}},
    {"StringNotEquals": {"aws:PrincipalTag/team": "data"}},
    {"StringEqualsIfExists": {"aws:ResourceTag/env": "prod"}},
    {"ForAllValues:StringEquals": {"aws:PrincipalTag/level": "high"}},
    {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"StringEquals": {"aws:PrincipalOrgID": "o-acme"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}},
    {"StringLike": {"aws:userid": "AROAAPP:*"}},
    {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
    {"StringMatches": {"aws:username": "ana"}},
    {"StringEquals": {"aws:SourceAccount": HOME}},
]
_PRINCIPALS: list[Any] = [
    "*",
    {"AWS": HOME},
    {"AWS": SISTER},
    {"AWS": ACTORS["ana"].id},
    {"AWS": [ACTORS["app"].id, ACTORS["bob"].id]},
    {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/night"},
    {"AWS": "333333333333"},
    {"Service": "logs.amazonaws.com"},
]
_ACTIONS = ["s3:GetObject", "s3:*", "*", "s3:Get*", "ec2:*", "s3:PutObject"]
_RESOURCES = [
    "*",
    "arn:aws:s3:::photos/*",
    "arn:aws:s3:::photos/private/*",
    "arn:aws:s3:::photos/*.jpg",
    "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*",
    "arn:aws:s3:::music/*",
]


def _statements(effect: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda effect, action, actions, resource, resources, who, principal, condition: {
            "Effect": effect,
            action: actions,
            resource: resources,
            who: principal,
            "Condition": condition,
        },
        st.just(effect) if effect else st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(["Action", "Action", "Action", "NotAction"]),
        _maybe_list(_ACTIONS),
        st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]),
        _maybe_list(_RESOURCES),
        st.sampled_from(["Principal", "Principal", "Principal", "NotPrincipal"]),
        st.sampled_from(_PRINCIPALS),
        st.sampled_from(_CONDITIONS),
    )


def _documents(largest: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(_statements(), max_size=largest)


@st.composite
def _cases(draw: st.DrawFn) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "because": "-",
        "expect": "allow",
        "who": draw(
            st.sampled_from(
                ["ana", "app", "root", "bob", "outside", "anybody", "service:logs.amazonaws.com"]
            )
        ),
        "identity": draw(_documents()),
        "resource": draw(_documents()),
    }
    if draw(st.booleans()):
        raw["group"] = draw(_documents(1))
    if draw(st.booleans()) and raw["who"] in ("ana", "app", "bob"):
        raw["boundary"] = draw(_documents(2))
    for name in ("scp", "rcp"):
        if draw(st.booleans()):
            raw[name] = [[{"Effect": "Allow", "Action": "*", "Resource": "*"}], draw(_documents(2))]
    return raw


def _added(raw: dict[str, Any], layer: str, statement: dict[str, Any]) -> dict[str, Any]:
    """Add a statement to one kind of policy; a boundary or level must be there already."""
    if layer in ("scp", "rcp") and raw.get(layer):
        return {**raw, layer: [*raw[layer][:-1], [*raw[layer][-1], statement]]}
    if layer in ("identity", "resource") or layer in raw:
        return {**raw, layer: [*raw[layer], statement]} if raw.get(layer) else raw
    return raw


@settings(max_examples=150)
@given(_cases(), st.sampled_from(_LAYERS), _statements("Deny"))
def test_a_deny_never_adds_access(
    raw: dict[str, Any], layer: str, statement: dict[str, Any]
) -> None:
    """Wherever it is added."""
    before, after = decided(raw), decided(_added(raw, layer, statement))
    assert _RANK[after.truth.value] <= _RANK[before.truth.value]


@settings(max_examples=150)
@given(_cases(), st.sampled_from(_LAYERS), _statements("Allow"))
def test_an_allow_never_takes_access_away(
    raw: dict[str, Any], layer: str, statement: dict[str, Any]
) -> None:
    """Wherever it is added."""
    before, after = decided(raw), decided(_added(raw, layer, statement))
    assert _RANK[after.truth.value] >= _RANK[before.truth.value]


def _without_tags(case: Case) -> Estate:
    actors = {key: replace(each, tags=_UNREAD) for key, each in case.estate.actors.items()}
    return replace(case.estate, actors=actors)


def _without_resource_tags(case: Case) -> Estate:
    found = {key: replace(each, tags=_UNREAD) for key, each in case.estate.resources.items()}
    return replace(case.estate, resources=found)


def _without_region(case: Case) -> Estate:
    found = {key: replace(each, region="") for key, each in case.estate.resources.items()}
    return replace(case.estate, resources=found)


def _without_organization(case: Case) -> Estate:
    return replace(case.estate, organization=dict.fromkeys(case.estate.organization, _UNREAD))


def _without_organizations_known(case: Case) -> Estate:
    return replace(case.estate, organization={}, organization_paths={})


def _without_boundary(case: Case) -> Estate:
    kinds = ("user", "role")
    actors = {
        key: replace(each, boundary=_UNREAD) if each.kind in kinds else each
        for key, each in case.estate.actors.items()
    }
    return replace(case.estate, actors=actors)


def _without_unique_id(case: Case) -> Estate:
    actors = {key: replace(each, user_id="") for key, each in case.estate.actors.items()}
    return replace(case.estate, actors=actors)


def _unread(_: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return read_statements("p", _UNREAD)


def _without_identity(case: Case) -> Estate:
    identity = {key: _unread(each) for key, each in case.estate.identity.items()}
    return replace(case.estate, identity=identity)


def _without_resource(case: Case) -> Estate:
    return replace(case.estate, resource={})


def _without_service_controls(case: Case) -> Estate:
    levels = {key: tuple(map(_unread, each)) for key, each in case.estate.service_controls.items()}
    return replace(case.estate, service_controls=levels)


def _without_resource_controls(case: Case) -> Estate:
    levels = {key: tuple(map(_unread, each)) for key, each in case.estate.resource_controls.items()}
    return replace(case.estate, resource_controls=levels)


def _without_certainty(case: Case) -> Estate:
    return replace(case.estate, unread={case.who: "ListGroupsForUser was denied"})


_FORGET = [
    _without_tags,
    _without_resource_tags,
    _without_region,
    _without_organization,
    _without_organizations_known,
    _without_boundary,
    _without_unique_id,
    _without_identity,
    _without_resource,
    _without_service_controls,
    _without_resource_controls,
    _without_certainty,
]


@settings(max_examples=250)
@given(_cases(), st.sampled_from(_FORGET))
def test_forgetting_never_turns_allow_into_deny_or_back(
    raw: dict[str, Any], forget: Callable[[Case], Estate]
) -> None:
    """What is forgotten can only make an answer unknown or conditional."""
    case = case_of("-", raw)
    before = decide(case.estate, case.who, case.may, case.on).truth.value
    after = decide(forget(case), case.who, case.may, case.on).truth.value
    assert after is None or after is before


@settings(max_examples=100)
@given(_cases(), st.randoms(use_true_random=False))
def test_order_of_statements_means_nothing(raw: dict[str, Any], chance: Any) -> None:
    """Neither does it matter how many of them one document has."""
    shuffled = {**raw, "identity": list(raw["identity"]), "resource": list(raw["resource"])}
    chance.shuffle(shuffled["identity"])
    chance.shuffle(shuffled["resource"])
    assert decided(shuffled).truth == decided(raw).truth


@settings(max_examples=100)
@given(_cases())
def test_one_statement_of_several_actions_is_several_statements(raw: dict[str, Any]) -> None:
    """An Action list is an abbreviation."""
    parted = {**raw, "identity": [one for each in raw["identity"] for one in _parted(each)]}
    assert decided(parted).truth == decided(raw).truth


def _parted(statement: dict[str, Any]) -> list[dict[str, Any]]:
    actions = statement.get("Action")
    if not isinstance(actions, list):
        return [statement]
    return [{**statement, "Action": action} for action in actions]


@settings(max_examples=100)
@given(_cases())
def test_every_answer_has_its_reason(raw: dict[str, Any]) -> None:
    """What depends names keys, what is unknown says why, and every step is a sentence."""
    decision = decided(raw)
    if decision.truth.value is None:
        assert decision.truth.depends_on or decision.truth.reasons
    else:
        assert not decision.truth.depends_on
        assert not decision.truth.reasons
    assert all(step.says and not step.says.endswith(".") for step in decision.steps)
