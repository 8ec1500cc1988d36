"""The simulated cloud as a whole: what it refuses, whom it knows, who may use it when."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import oci
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oci._vendor import requests
from oci._vendor.requests.adapters import HTTPAdapter

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.simulator import UNKNOWN, Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.oci.wire import HttpRequest
from tests.demo.oci.conftest import DATA

Connect = Callable[..., Any]
STORAGE = "objectstorage.us-ashburn-1.oraclecloud.com"
OTHER = "ocid1.tenancy.oc1..aaaaaaaaother"


def refusal(call: Callable[[], Any]) -> tuple[int, str]:
    """Return status and code of the error that a call raises."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        call()
    return caught.value.status, caught.value.code


def buckets(tenancy: str, *names: str) -> dict[str, Any]:
    """Describe a tenancy with buckets in its root compartment."""
    objects = [{"name": n, "namespace": "same", "compartment_id": tenancy} for n in names]
    return {
        "tenancy": tenancy,
        "namespace": "same",
        "regions": {"us-ashburn-1": {"object_storage": {"Bucket": objects}}},
    }


def test_what_does_not_exist_is_not_found(simulator: Simulator, connect: Connect) -> None:
    """Unknown buckets, compartments and ids are refused as OCI refuses them."""
    storage = connect(oci.object_storage.ObjectStorageClient)
    block = connect(oci.core.BlockstorageClient)
    assert refusal(lambda: storage.get_bucket("acme", "nope")) == (404, "BucketNotFound")
    assert refusal(lambda: storage.list_retention_rules("acme", "nope"))[1] == "BucketNotFound"
    assert refusal(lambda: storage.get_bucket("rival", "logs"))[0] == 404
    hidden = (404, "NotAuthorizedOrNotFound")
    assert refusal(lambda: block.get_volume("ocid1.volume.oc1.iad.zzz")) == hidden
    assert refusal(lambda: block.list_volumes(compartment_id="ocid1.compartment.oc1..no")) == hidden


def test_a_region_without_subscription_does_not_answer(
    simulator: Simulator, connect: Connect
) -> None:
    """Where the tenancy is not subscribed, its key is unknown."""
    client = connect(oci.core.BlockstorageClient, region="eu-frankfurt-1")
    call = lambda: client.list_volumes(compartment_id=DATA)  # noqa: E731
    assert refusal(call) == (401, "NotAuthenticated")


def test_writes_are_refused_and_seen(simulator: Simulator, connect: Connect) -> None:
    """A write changes nothing, and the log holds it."""
    client = connect(oci.object_storage.ObjectStorageClient)
    assert refusal(lambda: client.delete_bucket("acme", "logs"))[0] == 405
    assert client.get_bucket("acme", "logs").status == 200
    assert (simulator.log[0].method, simulator.log[0].operation) == ("DELETE", UNKNOWN)


def test_a_filter_that_the_estate_cannot_answer_is_named(
    simulator: Simulator, connect: Connect
) -> None:
    """Rather than list too much or too little, the simulator says what is missing."""
    client = connect(oci.database.DatabaseClient)
    with pytest.raises(oci.exceptions.ServiceError, match="_path") as caught:
        client.list_backups(compartment_id=DATA, shape_family="SINGLENODE")
    assert caught.value.status == 501


def test_tenancies_do_not_see_each_other(connect: Connect) -> None:
    """Two tenancies in one estate, each with its own key, each with its own buckets."""
    estate = make_estate(
        {"tenancies": [buckets(credentials.TENANCY, "ours"), buckets(OTHER, "theirs")]}
    )
    with in_process(Simulator(estate)):
        ours = connect(oci.object_storage.ObjectStorageClient)
        theirs = oci.object_storage.ObjectStorageClient(
            credentials.config(OTHER), signer=credentials.signer(OTHER)
        )
        assert [b.name for b in ours.list_buckets("same", credentials.TENANCY).data] == ["ours"]
        assert [b.name for b in theirs.list_buckets("same", OTHER).data] == ["theirs"]
        assert refusal(lambda: ours.get_bucket("same", "theirs"))[0] == 404
        assert refusal(lambda: ours.list_buckets("same", OTHER))[0] == 404


def test_blocks_nest_and_end(estate: Estate, connect: Connect) -> None:
    """The innermost simulator answers; after the last block the SDK is as it was."""
    before = HTTPAdapter.send
    outer = Simulator(estate)
    inner = Simulator(make_estate(buckets(credentials.TENANCY, "inner")))
    with in_process(outer):
        client = connect(oci.object_storage.ObjectStorageClient)
        with in_process(inner):
            assert client.get_namespace().data == "same"
        assert client.get_namespace().data == "acme"
    assert (len(outer.log), len(inner.log)) == (1, 1)
    assert HTTPAdapter.send is before


def test_threads_share_a_simulator(simulator: Simulator, connect: Connect) -> None:
    """Calls from many threads are all answered and all counted."""
    client = connect(oci.object_storage.ObjectStorageClient)
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: client.get_bucket("acme", "logs").data.name, range(64)))
    assert names == ["logs"] * 64
    assert simulator.calls["object_storage.ObjectStorageClient.get_bucket"] == 64
    assert len(simulator.log) == 64


def test_hosts_that_do_not_exist_do_not_resolve(simulator: Simulator, connect: Connect) -> None:
    """A client with a mistaken endpoint gets what a failed name look-up gives."""
    client = connect(oci.key_management.KmsManagementClient, "https://v9.kms.example.com")
    with pytest.raises(oci.exceptions.RequestException, match="resolve"):
        client.list_keys(DATA)


def test_a_large_estate_is_searched_by_index(connect: Connect) -> None:
    """A single look-up in many objects inspects a handful of them, not all."""
    estate = make_estate(buckets(credentials.TENANCY, *(f"b{n}" for n in range(5000))))
    with in_process(Simulator(estate)):
        client = connect(oci.object_storage.ObjectStorageClient)
        assert client.get_bucket("same", "b4999").data.name == "b4999"
        tenancy = estate.tenancies[credentials.TENANCY]
        group = tenancy.groups("us-ashburn-1", "object_storage", "Bucket")[0]
        group.resources = group.resources[:1]
        assert client.get_bucket("same", "b4998").data.name == "b4998"


@settings(max_examples=50, deadline=None)
@given(path=st.text(), name=st.sampled_from(["limit", "page", "compartmentId"]), value=st.text())
def test_hostile_requests_are_answered(estate: Estate, path: str, name: str, value: str) -> None:
    """Any path and query, properly signed, ends in an answer with OCI's error shape."""
    simulator = Simulator(estate)
    url = f"https://{STORAGE}/n/acme/b/{quote(path, errors='replace')}"
    prepared = requests.Request(
        "GET", url, params={name: value.encode(errors="replace")}, auth=credentials.signer()
    ).prepare()
    headers = {key.lower(): str(given) for key, given in prepared.headers.items()}
    answer = simulator.handle(
        HttpRequest(method="GET", host=STORAGE, target=prepared.path_url, headers=headers)
    )
    assert answer.status in (200, 400, 404)
    if answer.status != 200:
        assert set(json.loads(answer.body)) == {"code", "message"}


def test_importing_the_demo_imports_no_sdk() -> None:
    """The SDK is loaded by those who use the simulator and by nobody else."""
    program = "import sys, auditor.demo.oci; sys.exit('oci' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
