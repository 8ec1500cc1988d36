"""Faults on demand, seen by the real SDK."""

from collections.abc import Callable
from typing import Any

import oci
import pytest

from auditor.demo.oci.faults import InjectedFault, broken, denied, throttled
from auditor.demo.oci.simulator import Simulator
from tests.demo.oci.conftest import DATA

PROD = "ocid1.compartment.oc1..aaaaprod"
LIST = "object_storage.ObjectStorageClient.list_buckets"
Connect = Callable[..., Any]


@pytest.fixture
def storage(simulator: Simulator, connect: Connect) -> Any:
    """An Object Storage client of the simulated cloud."""
    return connect(oci.object_storage.ObjectStorageClient)


def refusal(call: Callable[[], Any]) -> tuple[int, str]:
    """Return status and code of the error that a call raises."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        call()
    assert caught.value.request_id
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (denied(LIST), (404, "NotAuthorizedOrNotFound")),
        (throttled(LIST), (429, "TooManyRequests")),
        (broken(LIST), (500, "InternalServerError")),
        (InjectedFault(operation=LIST, status=401, code="Spoilt"), (401, "Spoilt")),
    ],
)
def test_the_sdk_gets_each_error(
    fault: InjectedFault, expected: tuple[int, str], simulator: Simulator, storage: Any
) -> None:
    """Every kind of refusal has OCI's status, code and request id."""
    simulator.inject(fault)
    assert refusal(lambda: storage.list_buckets("acme", DATA)) == expected
    simulator.faults.clear()
    assert storage.list_buckets("acme", DATA).status == 200
    assert simulator.calls[LIST] == 2


def test_a_fault_strikes_as_often_as_it_says(simulator: Simulator, storage: Any) -> None:
    """After the last time the answer is the ordinary one; headers come along."""
    simulator.inject(
        InjectedFault(
            operation=LIST,
            times=2,
            status=429,
            code="TooManyRequests",
            headers={"retry-after": "3"},
        )
    )
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        storage.list_buckets("acme", DATA)
    assert caught.value.headers["Retry-After"] == "3"
    assert refusal(lambda: storage.list_buckets("acme", DATA))[0] == 429
    assert storage.list_buckets("acme", DATA).status == 200


def test_criteria_narrow_a_fault(simulator: Simulator, storage: Any, connect: Connect) -> None:
    """Region, compartment and resource spare all others."""
    simulator.inject(denied(".*", region="us-phoenix-1"))
    simulator.inject(throttled(LIST, compartment=PROD))
    simulator.inject(broken(".*", resource="logs"))
    phoenix = connect(oci.core.BlockstorageClient, region="us-phoenix-1")
    assert refusal(lambda: phoenix.list_volumes(compartment_id=DATA))[0] == 404
    assert refusal(lambda: storage.list_buckets("acme", PROD))[0] == 429
    assert refusal(lambda: storage.get_bucket("acme", "logs"))[0] == 500
    assert storage.list_buckets("acme", DATA).status == 200
    assert storage.get_bucket("acme", "tmp").status == 200


def test_a_compartment_may_be_that_of_the_resource(simulator: Simulator, storage: Any) -> None:
    """A denied compartment hides what is in it from reads that do not name it."""
    simulator.inject(denied(".*", compartment=PROD))
    assert refusal(lambda: storage.get_bucket("acme", "other"))[0] == 404
    assert storage.get_bucket("acme", "tmp").status == 200


def test_an_answer_may_be_cut_short_or_never_come(simulator: Simulator, connect: Connect) -> None:
    """A body that is no JSON arrives as it is; a broken connection is the transport's error."""
    raw = connect(oci.object_storage.ObjectStorageClient, skip_deserialization=True)
    simulator.inject(InjectedFault(operation=LIST, times=1, body=b'[{"name": "us'))
    simulator.inject(InjectedFault(operation=LIST, times=1, disconnect=True))
    assert raw.list_buckets("acme", DATA).data == '[{"name": "us'
    with pytest.raises(oci.exceptions.RequestException):
        raw.list_buckets("acme", DATA)
    assert [entry.status for entry in simulator.log] == [200, 0]


def test_a_delay_alone_lets_the_request_pass(simulator: Simulator, storage: Any) -> None:
    """A rule without a status only waits."""
    simulator.inject(InjectedFault(operation=LIST, delay=0.001))
    assert storage.list_buckets("acme", DATA).status == 200
