"""The search index: some types only, what one may inspect only, and only where one asks."""

from collections.abc import Callable, Mapping
from typing import Any

import oci
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import denied, throttled
from auditor.demo.oci.indexed import INDEXED
from auditor.demo.oci.search import read_query
from auditor.demo.oci.shapes import models
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.oci.wire import ServiceError
from auditor.errors import ConfigError
from auditor.model import Json
from tests.demo.oci.conftest import DATA

Connect = Callable[..., Any]
PHOENIX = "us-phoenix-1"


def client_of(connect: Connect, region: str = credentials.REGION) -> Any:
    """Return a client of the search service."""
    return connect(oci.resource_search.ResourceSearchClient, region=region)


def search(client: Any, text: str) -> list[Any]:
    """Return everything that a query finds, over all pages."""
    details = {"type": "Structured", "query": text}
    return list(oci.pagination.list_call_get_all_results(client.search_resources, details).data)


def names(client: Any, text: str) -> list[str]:
    """Return the names of what a query finds."""
    return sorted(item.display_name or item.identifier for item in search(client, text))


def refusal(client: Any, details: Mapping[str, Json]) -> tuple[int, str]:
    """Return status and code of a refused search."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        client.search_resources(details)
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("query bucket resources", ["logs", "other", "tmp", "user-data"]),
        ("QUERY Bucket, Vault RESOURCES", ["logs", "other", "tmp", "user-data", "v1", "v2"]),
        (f"query Bucket resources where compartmentId = '{DATA}'", ["logs", "tmp", "user-data"]),
        (f"query Bucket resources where compartmentId != '{DATA}'", ["other"]),
        ("query Bucket resources where displayName = 'LOGS'", ["logs"]),
        (
            "query Bucket resources return allAdditionalFields where displayName = 'logs'",
            ["logs"],
        ),
        ("query Bucket resources where displayName == 'LOGS'", []),
        (
            f"query all resources where compartmentId = '{DATA}' && lifecycleState = 'active' "
            "sorted by displayName asc",
            ["t", "v1", "v2"],
        ),
        ("query Compartment resources where lifecycleState != 'DELETED'", ["data", "prod"]),
    ],
)
def test_finds_by_type_and_condition(
    simulator: Simulator, connect: Connect, text: str, expected: list[str]
) -> None:
    """Conditions narrow, '=' ignores case and '==' does not."""
    assert names(client_of(connect), text) == expected


def test_what_the_index_does_not_know_exists_and_is_not_found(
    simulator: Simulator, connect: Connect
) -> None:
    """A replica is listed by its own service; no search shows it."""
    block = connect(oci.core.BlockstorageClient, region=PHOENIX)
    assert len(block.list_block_volume_replicas(compartment_id=DATA).data) == 1
    assert {
        item.resource_type for item in search(client_of(connect, PHOENIX), "query all resources")
    } <= {
        "Compartment",
        "Policy",
    }


def test_a_search_is_of_one_region(simulator: Simulator, connect: Connect) -> None:
    """Volumes of Ashburn are found in Ashburn; compartments are the same everywhere."""
    here, there = client_of(connect), client_of(connect, PHOENIX)
    assert names(here, "query Volume resources") == ["v"]
    assert names(there, "query Volume resources") == []
    assert names(there, "query Compartment resources") == ["data", "old", "prod"]


def test_a_summary_says_what_the_real_one_says(simulator: Simulator, connect: Connect) -> None:
    """A bucket has an OCID here, although its own listing states none."""
    (bucket,) = search(client_of(connect), "query Bucket resources where displayName = 'other'")
    assert bucket.resource_type == "Bucket"
    assert bucket.identifier.startswith("ocid1.bucket.oc1.")
    assert bucket.compartment_id.endswith("aaaaprod")
    assert bucket.time_created.year == 2024
    (volume,) = search(client_of(connect), "query Volume resources")
    assert (volume.availability_domain, volume.lifecycle_state) == ("AD1", "AVAILABLE")


def test_an_estate_says_what_is_indexed(connect: Connect) -> None:
    """A type that is left out is neither listed nor found, and may not be asked for."""
    volume = {"id": "ocid1.volume.oc1.iad.a", "compartment_id": credentials.TENANCY}
    bucket = {"namespace": "acme", "name": "b", "compartment_id": credentials.TENANCY}
    objects = {"core": {"Volume": [volume]}, "object_storage": {"Bucket": [bucket]}}
    written = {
        "tenancy": credentials.TENANCY,
        "namespace": "acme",
        "indexed": ["Bucket"],
        "regions": {credentials.REGION: objects},
    }
    with in_process(Simulator(make_estate(written))):
        client = client_of(connect)
        assert [each.name for each in client.list_resource_types().data] == ["Bucket"]
        assert client.get_resource_type("Bucket").data.name == "Bucket"
        assert names(client, "query all resources") == ["b"]
        asked = {"type": "Structured", "query": "query Volume resources"}
        assert refusal(client, asked) == (400, "InvalidParameter")
    with pytest.raises(ConfigError, match="no type 'Bukket'"):
        make_estate({**written, "indexed": ["Bukket"]})


def test_a_kind_of_a_type_is_found_as_that_type(connect: Connect) -> None:
    """A connection to a bucket is a connection; a topic has an id under another name."""
    mine = {"compartment_id": credentials.TENANCY, "lifecycle_state": "ACTIVE"}
    kind = {"connection_type": "OCI_OBJECT_STORAGE", "id": "ocid1.goldengateconnection.oc1.iad.c"}
    topic = {"topic_id": "ocid1.onstopic.oc1.iad.t", "name": "t"}
    objects = {
        "golden_gate": {"OciObjectStorageConnection": [{**mine, **kind}]},
        "ons": {"NotificationTopicSummary": [{**mine, **topic}]},
    }
    written = {"tenancy": credentials.TENANCY, "regions": {credentials.REGION: objects}}
    with in_process(Simulator(make_estate(written))):
        client = client_of(connect)
        (connection,) = search(client, "query GoldenGateConnection resources")
        (found,) = search(client, "query OnsTopic resources")

    assert (connection.identifier, found.identifier) == (kind["id"], topic["topic_id"])


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        (denied(".*", compartment=DATA), True),
        (denied(r"object_storage\..*", compartment=DATA), True),
        (denied(r".*list_buckets", region=credentials.REGION), True),
        (denied(r".*list_buckets", region=PHOENIX), False),
        (denied(r".*get_bucket"), False),
        (denied(r".*list_volumes", compartment=DATA), False),
        (throttled(r".*list_buckets"), False),
        (denied(r".*list_buckets", times=1), False),
    ],
)
def test_shows_only_what_the_caller_may_inspect(
    simulator: Simulator, connect: Connect, rule: Any, hidden: bool
) -> None:
    """What every listing refuses for good is left out without a word."""
    simulator.inject(rule)
    text = f"query Bucket resources where compartmentId = '{DATA}'"
    assert (names(client_of(connect), text) == []) is hidden


@pytest.mark.parametrize(
    "details",
    [
        {"type": "Structured"},
        {"type": "FreeText", "text": "logs"},
        {"type": "Structured", "query": 5},
        {"type": "Structured", "query": "select everything"},
        {"type": "Structured", "query": "query Buket resources"},
        {"type": "Structured", "query": "query all, Bucket resources"},
    ],
)
def test_refuses_what_is_no_query(
    simulator: Simulator, connect: Connect, details: dict[str, Json]
) -> None:
    """A mistake is told, not answered with nothing."""
    assert refusal(client_of(connect), details) == (400, "InvalidParameter")


@pytest.mark.parametrize(
    "text", ["query Bucket resources where size > 5", "query Bucket resources matching 'logs'"]
)
def test_says_what_it_cannot_read(simulator: Simulator, connect: Connect, text: str) -> None:
    """Queries that the real service understands and this one does not."""
    assert refusal(client_of(connect), {"type": "Structured", "query": text})[0] == 501


def test_every_type_is_a_model_of_the_sdk() -> None:
    """A misspelt model would never be found."""
    for module, kind in INDEXED:
        assert kind in models(module) or f"{kind}Summary" in models(module), (module, kind)
    assert len(set(INDEXED.values())) == len(INDEXED)


@settings(max_examples=100, deadline=None)
@given(
    st.text()
    | st.from_regex(r"query [\w, ]{0,20} resources( where .{0,40})?")
    | st.sampled_from(["query " * 5000, "query a resources where " + "a = 'b' && " * 5000])
)
def test_hostile_queries_are_refused(estate: Estate, text: str) -> None:
    """Whatever somebody asks for is read, refused, or said to be too much; nothing else."""
    (tenancy,) = estate.tenancies.values()
    status, types = 200, frozenset[str]()
    try:
        types, _ = read_query(text, tenancy)
    except ServiceError as refused:
        status = refused.status
    assert status in (200, 400, 501)
    assert types <= {each.lower() for each in tenancy.indexed}
