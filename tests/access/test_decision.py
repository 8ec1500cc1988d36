"""What must hold of every decision, whatever the estate."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.access.decision import decide
from auditor.access.documents import read_statements
from auditor.access.estate import Estate
from auditor.access.statements import Statement
from auditor.model import Unknown
from tests.access.case_files import Case, case_of, decided
from tests.access.drawing import cases, plain_cases, statements

_RANK = {False: 0, None: 1, True: 2}
_LAYERS = ("identity", "group", "boundary", "resource", "scp", "rcp")
_UNREAD = Unknown("it could not be read")


def _added(raw: dict[str, Any], layer: str, statement: dict[str, Any]) -> dict[str, Any]:
    """Add a statement to one kind of policy; a boundary or level must be there already."""
    if layer in ("scp", "rcp") and raw.get(layer):
        return {**raw, layer: [*raw[layer][:-1], [*raw[layer][-1], statement]]}
    if layer in ("identity", "resource") or layer in raw:
        return {**raw, layer: [*raw[layer], statement]} if raw.get(layer) else raw
    return raw


@settings(max_examples=150)
@given(cases() | plain_cases(), st.sampled_from(_LAYERS), statements("Deny"))
def test_a_deny_never_adds_access(
    raw: dict[str, Any], layer: str, statement: dict[str, Any]
) -> None:
    """Wherever it is added."""
    before, after = decided(raw), decided(_added(raw, layer, statement))
    assert _RANK[after.truth.value] <= _RANK[before.truth.value]


@settings(max_examples=150)
@given(cases() | plain_cases(), st.sampled_from(_LAYERS), statements("Allow"))
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


_FORGET: list[Callable[[Case], Estate]] = [
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


def _with_one_unread(case: Case) -> Iterator[Estate]:
    """Yield the estate once for each statement, which could then not be read."""
    estate, changed = case.estate, dict[str, Any]
    for name in ("identity", "resource", "boundaries"):
        held: dict[str, tuple[Statement, ...]] = getattr(estate, name)
        for key, found in held.items():
            for several in _each_unread(found):
                yield replace(estate, **changed({name: {**held, key: several}}))
    for name in ("service_controls", "resource_controls"):
        controls: dict[str, tuple[tuple[Statement, ...], ...]] = getattr(estate, name)
        for key, levels in controls.items():
            for place, level in enumerate(levels):
                for several in _each_unread(level):
                    other = (*levels[:place], several, *levels[place + 1 :])
                    yield replace(estate, **changed({name: {**controls, key: other}}))


def _each_unread(found: tuple[Statement, ...]) -> Iterator[tuple[Statement, ...]]:
    for place, each in enumerate(found):
        unread = Statement(policy_id=each.policy_id, number=each.number, fault="it is odd")
        yield (*found[:place], unread, *found[place + 1 :])


@settings(max_examples=200, deadline=None)
@given(cases() | plain_cases())
def test_forgetting_never_turns_allow_into_deny_or_back(raw: dict[str, Any]) -> None:
    """What is forgotten, or one statement unread, only makes it unknown or conditional."""
    case = case_of("-", raw)
    before = decide(case.estate, case.who, case.may, case.on).truth.value
    for estate in (*(forget(case) for forget in _FORGET), *_with_one_unread(case)):
        after = decide(estate, case.who, case.may, case.on).truth.value
        assert after is None or after is before


@settings(max_examples=100)
@given(cases() | plain_cases(), st.sampled_from(["identity", "resource", "scp", "rcp"]))
def test_a_deny_of_everything_leaves_nothing(raw: dict[str, Any], layer: str) -> None:
    """Whatever else there is, and wherever it is added to what binds the principal."""
    everything = {"Effect": "Deny", "Action": "*", "Resource": "*", "Principal": "*"}
    bound = layer == "resource" or raw["who"] in ("ana", "app", "bob", "root")
    after = decided(_added(raw, layer, everything))
    if bound and raw.get(layer) and (layer != "identity" or raw["who"] != "root"):
        assert after.truth.value is False


@settings(max_examples=100)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_statements_means_nothing(raw: dict[str, Any], chance: Any) -> None:
    """Neither does it matter how many of them one document has."""
    shuffled = {**raw, "identity": list(raw["identity"]), "resource": list(raw["resource"])}
    chance.shuffle(shuffled["identity"])
    chance.shuffle(shuffled["resource"])
    assert decided(shuffled).truth == decided(raw).truth


@settings(max_examples=100)
@given(cases())
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
@given(cases())
def test_every_answer_has_its_reason(raw: dict[str, Any]) -> None:
    """What depends names keys, what is unknown says why, and every step is a sentence."""
    decision = decided(raw)
    if decision.truth.value is None:
        assert decision.truth.depends_on or decision.truth.reasons
    else:
        assert not decision.truth.depends_on
        assert not decision.truth.reasons
    assert all(step.says and not step.says.endswith(".") for step in decision.steps)
