"""What is an answer, what is a refusal, and what is neither."""

import pytest

from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import InjectedFault
from auditor.demo.oci.simulator import Simulator
from auditor.model import Outcome
from tests.collect.oci.simulated import DATA, door_to, request_for, tenancy

STORAGE = "object_storage.ObjectStorageClient"
LIST = request_for(STORAGE, "list_buckets", namespace_name="acme", compartment_id=DATA)
ANY = r"object_storage\..*"


@pytest.fixture
def simulator() -> Simulator:
    """One bucket."""
    bucket = {"namespace": "acme", "name": "a", "compartment_id": DATA}
    return Simulator(
        make_estate(tenancy({"us-ashburn-1": {"object_storage": {"Bucket": [bucket]}}}))
    )


@pytest.mark.parametrize(
    ("operation", "body", "code"),
    [
        ("list_buckets", b"<html>Please log in</html>", "NotJson"),
        ("get_namespace", b"<html>Please log in</html>", "NotJson"),
        ("list_buckets", b"", "NotJson"),
        ("list_buckets", b"\xff\xfe", "NotJson"),
        ("list_buckets", b"[1e999]", "NotJson"),
        ("list_buckets", b"[NaN]", "NotJson"),
        ("list_buckets", b"[" * 100_000, "NotJson"),
        ("list_buckets", b'"text"', "UnexpectedAnswer"),
        ("get_bucket", b"[]", "UnexpectedAnswer"),
        ("get_bucket", b"null", "UnexpectedAnswer"),
        ("get_namespace", b"{}", "UnexpectedAnswer"),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(
    simulator: Simulator, operation: str, body: bytes, code: str
) -> None:
    """A captive portal answers 200 with its log-in page, and must not read as "nothing is set"."""
    simulator.inject(InjectedFault(operation=f"{ANY}{operation}", status=200, body=body))
    parameters = {
        "list_buckets": {"namespace_name": "acme", "compartment_id": DATA},
        "get_bucket": {"namespace_name": "acme", "bucket_name": "a"},
    }
    with door_to(simulator) as door:
        answer = door.ask(request_for(STORAGE, operation, **parameters.get(operation, {})))

    assert (answer.outcome, answer.code, answer.body) == (Outcome.FAILED, code, None)


@pytest.mark.parametrize("body", [b"", b"\xff", b"<html>", b"[]", b'{"code": 5, "message": [1]}'])
def test_a_refusal_in_an_odd_shape_is_still_one(simulator: Simulator, body: bytes) -> None:
    """A load balancer does not speak OCI's language."""
    simulator.inject(InjectedFault(operation=f"{ANY}list_buckets", status=403, body=body))
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert answer.outcome is Outcome.DENIED
    assert answer.code in ("403", "5")


def test_control_characters_come_through(simulator: Simulator) -> None:
    """Some services do not escape them in names."""
    body = b'{"name": "a\x01b"}'
    simulator.inject(InjectedFault(operation=f"{ANY}get_bucket", status=200, body=body))
    with door_to(simulator) as door:
        answer = door.ask(
            request_for(STORAGE, "get_bucket", namespace_name="acme", bucket_name="a")
        )

    assert answer.body == {"name": "a\x01b"}
