"""Only reads leave: every GET, and three POSTs that only ask."""

from types import SimpleNamespace

import oci
import pytest

from auditor.collect.oci.reads import READING_POSTS, is_read, send_only_reads
from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import throttled
from auditor.demo.oci.simulator import Simulator
from auditor.model import Outcome
from tests.collect.oci.simulated import DATA, door_to, request_for, tenancy

SEARCH = "resource_search.ResourceSearchClient"
USAGE = "usage_api.UsageapiClient"
CLUSTERS = "container_engine.ContainerEngineClient"
EVERYTHING = {"type": "Structured", "query": "query all resources"}


@pytest.fixture
def simulator() -> Simulator:
    """Three buckets, two on a page."""
    buckets = [
        {"namespace": "acme", "id": f"ocid1.bucket.oc1.iad.{name}", "name": name}
        | {"compartment_id": DATA}
        for name in ("a", "b", "c")
    ]
    estate = tenancy({"us-ashburn-1": {"object_storage": {"Bucket": buckets}}})
    return Simulator(make_estate(estate), page_size=2)


@pytest.mark.parametrize(
    ("service", "operation", "expected"),
    [
        ("object_storage.ObjectStorageClient", "list_buckets", True),
        (SEARCH, "search_resources", True),
        (USAGE, "request_summarized_usages", True),
        (USAGE, "search_resources", False),
        (SEARCH, "request_summarized_usages", False),
        (USAGE, "create_query", False),
        (CLUSTERS, "create_kubeconfig", True),
        (CLUSTERS, "create_cluster", False),
        (USAGE, "request_summarized_usages_", False),
        ("log_search.LogSearchClient", "search_logs", False),
        ("object_storage.ObjectStorageClient", "delete_bucket", False),
    ],
)
def test_three_posts_are_reads(service: str, operation: str, expected: bool) -> None:
    """Each in its own service, and no others of their kind."""
    assert is_read(service, operation) is expected


@pytest.mark.parametrize("name", READING_POSTS)
def test_their_paths_are_the_sdks(name: str) -> None:
    """A path that the SDK does not send to would close the door to a read."""
    service, _, operation = name.rpartition(".")
    module, _, client = service.partition(".")
    sent: list[str] = []
    made = getattr(getattr(oci, module), client)(credentials.config(), signer=credentials.signer())
    made.base_client.request = send_only_reads(service, lambda request, *_: sent.append("x"))
    getattr(made, operation)({}, retry_strategy=oci.retry.NoneRetryStrategy())

    assert sent == ["x"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD"])
@pytest.mark.parametrize("path", ["/20180409/resourceTypes", "/20180409/resources/x", "/"])
def test_nothing_else_is_sent_by_the_same_clients(method: str, path: str) -> None:
    """A client that may send one POST may send that one."""
    request = SimpleNamespace(method=method, url=f"https://query.us-ashburn-1.oci{path}")
    send = send_only_reads(SEARCH, lambda request: pytest.fail(f"sent {request}"))
    with pytest.raises(AssertionError, match=f"refused to send a {method}"):
        send(request)


@pytest.mark.parametrize("path", ["clusters", "clusters/a", "clusters/a/b/kubeconfig/content"])
def test_clusters_are_not_written_by_the_client_that_asks_how_to_reach_them(path: str) -> None:
    request = SimpleNamespace(method="POST", url=f"https://containerengine/20180222/{path}")
    with pytest.raises(AssertionError, match="refused"):
        send_only_reads(CLUSTERS, lambda request: request)(request)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_the_path_of_a_query_takes_no_write(method: str) -> None:
    """Only a POST asks."""
    request = SimpleNamespace(method=method, url="https://query/20180409/resources")
    with pytest.raises(AssertionError, match="refused"):
        send_only_reads(SEARCH, lambda request: request)(request)


def test_a_query_is_paged_retried_and_sent_as_it_stands(simulator: Simulator) -> None:
    """A dictionary with the API's own names reaches the cloud unchanged."""
    simulator.inject(throttled(f"{SEARCH}.*", times=1))
    with door_to(simulator) as door:
        first = door.ask(request_for(SEARCH, "search_resources", search_details=EVERYTHING))
        assert first.token
        more = door.ask(
            request_for(
                SEARCH, "search_resources", search_details=EVERYTHING, limit=1, token=first.token
            )
        )

    assert (first.outcome, first.throttled, len(first.body["items"])) == (Outcome.OK, 1, 2)
    assert len(more.body["items"]) == 1
    assert {entry.method for entry in simulator.log} == {"POST"}


def test_a_query_that_is_refused_is_an_answer(simulator: Simulator) -> None:
    """A mistake in a query is the service's to judge."""
    with door_to(simulator) as door:
        answer = door.ask(
            request_for(SEARCH, "search_resources", search_details={"type": "Structured"})
        )

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "InvalidParameter")
