"""What answers hold that this version does not know."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.facts.novelties import LONGEST, MOST_ROWS, Novelties
from auditor.model import Answer, Json, Outcome, Record, Request
from auditor.tables import Novelty

VOLUME: dict[str, Json] = {
    "id": "ocid1.volume.oc1.iad.a",
    "lifecycleState": "AVAILABLE",
    "freeformTags": {"any": "name"},
    "definedTags": {"space": {"any": "name"}},
    "sourceDetails": {"type": "volumeBackupDelta", "firstBackupId": "a", "secondBackupId": "b"},
    "autotunePolicies": [{"autotuneType": "DETACHED_VOLUME"}],
    "kmsKeyId": None,
}


def record(
    body: Json,
    call: str = "core.BlockstorageClient.list_volumes",
    outcome: Outcome = Outcome.OK,
    kind: str = "oci.blockvolume.volume",
) -> Record:
    """An answer of Oracle Cloud."""
    service, _, operation = call.rpartition(".")
    request = Request(
        collector=kind,
        place={"target": "here"},
        step="l0",
        service=service,
        operation=operation,
        parameters={},
    )
    return Record(request=request, answer=Answer(outcome=outcome, body=body))


def found(*records: Record) -> list[Novelty]:
    """What is not known of these answers, in the order of the ids."""
    novelties = Novelties()
    for index, each in enumerate(records):
        novelties.take(each, index)
    return sorted(novelties.rows, key=lambda row: row.id)


def seen(*records: Record) -> list[tuple[str, str, str, int]]:
    """What is not known, where, and how often."""
    return [(row.what, row.path, row.value, row.times) for row in found(*records)]


def test_what_is_known_is_no_novelty() -> None:
    """Members of every subtype, values of enumerations, names in free maps."""
    assert seen(record([VOLUME]), record([])) == []


def test_a_member_that_no_model_has_is_named_with_its_path_and_count() -> None:
    """At the top, within objects and lists; its content is not walked."""
    odd = {
        **VOLUME,
        "replicatesTo": {"region": "eu-frankfurt-1"},
        "sourceDetails": {**VOLUME["sourceDetails"], "vendor": "far"},
        "autotunePolicies": [{"autotuneType": "DETACHED_VOLUME", "pace": 1}] * 2,
    }

    assert seen(record([VOLUME, odd]), record([odd])) == [
        ("member", "autotunePolicies.pace", "", 4),
        ("member", "replicatesTo", "", 2),
        ("member", "sourceDetails.vendor", "", 2),
    ]


def test_a_value_that_an_enumeration_does_not_have_is_named() -> None:
    """The SDK would have read it as UNKNOWN_ENUM_VALUE, and a new subtype as none."""
    odd = {
        **VOLUME,
        "lifecycleState": "EXILED",
        "sourceDetails": {"type": "satellite", "id": "a"},
    }

    assert seen(record([odd])) == [
        ("value", "lifecycleState", "EXILED", 1),
        ("value", "sourceDetails.type", "satellite", 1),
    ]


def test_a_map_of_objects_is_walked_whatever_its_names() -> None:
    """Listeners of a load balancer have names of their owner's choice."""
    call = "load_balancer.LoadBalancerClient.list_load_balancers"
    balancer = {"listeners": {"mine": {"name": "mine", "port": 1, "mirror": "far"}, "odd": 5}}

    assert seen(record([balancer], call)) == [("member", "listeners.*.mirror", "", 1)]


def test_a_row_says_where_to_look() -> None:
    """The call, and the first few records of the evidence."""
    row, *others = found(*[record([{**VOLUME, "ghost": 1}, {**VOLUME, "ghost": 1}])] * 5)

    assert not others
    assert row.id == "oci/core.BlockstorageClient.list_volumes/member/ghost"
    assert (row.provider, row.service) == ("oci", "core.BlockstorageClient")
    assert row.operation == "list_volumes"
    assert (row.times, row.evidence) == (10, (0, 1, 2))


@pytest.mark.parametrize(
    "other",
    [
        record([{"ghost": 1}], outcome=Outcome.DENIED),
        record([{"ghost": 1}], call="core.BlockstorageClient.list_ghosts"),
        record([{"ghost": 1}], kind="aws.ebs.volume"),
        record("ghost"),
    ],
)
def test_what_is_no_answer_with_a_shape_is_not_compared(other: Record) -> None:
    """Refusals, calls of an earlier version, other providers."""
    assert seen(other) == []


def test_a_strangers_words_are_cut_and_bounded() -> None:
    """An answer full of new names makes no table full of them, and that it was cut is said."""
    odd = {f"{'x' * 500}{n}": 1 for n in range(7)} | {f"n{n}": 1 for n in range(500)}
    rows = found(record([odd, {"lifecycleState": "y" * 500}]))

    assert len(rows) == MOST_ROWS
    assert {len(row.path) for row in rows} <= {0, 2, 3, LONGEST}
    assert sum(row.times for row in rows) == 508
    assert [(row.path, row.times) for row in rows if row.what == "more"] == [("", 508 - 7 - 98)]


NAMES = st.sampled_from([*VOLUME, "items", "type", "autotuneType"]) | st.text(
    st.characters(codec=None), max_size=200
)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
CALLS = (
    "core.BlockstorageClient.list_volumes",
    "load_balancer.LoadBalancerClient.list_load_balancers",
    "object_storage.ObjectStorageClient.list_retention_rules",
)


@given(body=JSON, call=st.sampled_from(CALLS))
def test_no_answer_can_break_it(body: Json, call: str) -> None:
    """Whatever a cloud says can be stored."""
    for row in found(record(body, call)):
        row.id.encode()
        assert row.times > 0
        assert row.what in ("member", "value")


def test_an_answer_of_great_depth_is_walked_as_deep_as_models_go() -> None:
    """Lists within lists within lists end somewhere."""
    body: Any = {"ghost": 1}
    for _ in range(900):
        body = [body]

    assert seen(record(body)) == []
