"""The door: one page at a time, bodies as they came, and a refusal is an answer."""

import json
import threading

import pytest

from auditor.collect.oci.client import ATTEMPTS
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import InjectedFault, broken, denied, throttled
from auditor.demo.oci.simulator import Simulator
from auditor.model import Outcome
from tests.collect.oci.simulated import DATA, TENANCY, door_to, request_for, tenancy

STORAGE = "object_storage.ObjectStorageClient"
LIST = request_for(STORAGE, "list_buckets", namespace_name="acme", compartment_id=DATA)
ANY = r"object_storage\..*"


@pytest.fixture
def simulator() -> Simulator:
    """A bucket for each letter, two on a page."""
    buckets = [
        {
            "namespace": "acme",
            "name": name,
            "compartment_id": DATA,
            "public_access_type": "NoPublicAccess",
        }
        for name in ("a", "b", "c")
    ]
    estate = tenancy({"us-ashburn-1": {"object_storage": {"Bucket": buckets}}})
    return Simulator(make_estate(estate), page_size=2)


def test_takes_one_page_at_a_time(simulator: Simulator) -> None:
    """Each page becomes a record of its own, with its request id."""
    with door_to(simulator) as door:
        first = door.ask(LIST)
        second = door.ask(
            request_for(
                STORAGE,
                "list_buckets",
                namespace_name="acme",
                compartment_id=DATA,
                token=first.token,
            )
        )

    assert [bucket["name"] for bucket in first.body] == ["a", "b"]
    assert [bucket["name"] for bucket in second.body] == ["c"]
    assert second.token is None
    assert first.request_id
    assert len(simulator.log) == 2


def test_keeps_what_the_sdk_does_not_know(simulator: Simulator) -> None:
    """A new member or value is evidence, even if this SDK has no name for it."""
    body = {"name": "a", "publicAccessType": "FromTheMoon", "brandNew": [1]}
    simulator.inject(
        InjectedFault(operation=f"{ANY}get_bucket", status=200, body=json.dumps(body).encode())
    )
    with door_to(simulator) as door:
        answer = door.ask(
            request_for(STORAGE, "get_bucket", namespace_name="acme", bucket_name="a")
        )

    assert answer.body == body


def test_asks_for_the_tenancy_of_its_credentials(simulator: Simulator) -> None:
    """The first call knows nothing yet."""
    with door_to(simulator) as door:
        answer = door.ask(request_for("identity.IdentityClient", "get_tenancy", region=""))

    assert answer.body["id"] == TENANCY


def test_denied_keeps_the_code_and_explains(simulator: Simulator) -> None:
    """Oracle Cloud does not tell denied from absent; neither do we."""
    simulator.inject(denied(f"{ANY}list_buckets"))
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert (answer.outcome, answer.code) == (Outcome.DENIED, "NotAuthorizedOrNotFound")
    assert "alike" in answer.message
    assert len(simulator.log) == 1


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (401, "NotAuthenticated", Outcome.DENIED),
        (403, "NotAuthorized", Outcome.DENIED),
        (404, "BucketNotFound", Outcome.DENIED),
        (400, "InvalidParameter", Outcome.FAILED),
        (409, "IncorrectState", Outcome.FAILED),
        (501, "MethodNotImplemented", Outcome.UNSUPPORTED),
        (400, "UnsupportedOperation", Outcome.UNSUPPORTED),
    ],
)
def test_sorts_refusals(simulator: Simulator, status: int, code: str, outcome: Outcome) -> None:
    """A code says whether a permission would help; none of these is worth a second try."""
    simulator.inject(InjectedFault(operation=f"{ANY}list_buckets", status=status, code=code))
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert (answer.outcome, answer.code, answer.throttled) == (outcome, code, 0)
    assert len(simulator.log) == 1


def test_waits_out_throttling_and_says_so(simulator: Simulator) -> None:
    """The lanes grow narrower by this count."""
    simulator.inject(throttled(f"{ANY}list_buckets", times=2))
    waits: list[float] = []
    with door_to(simulator, waits.append) as door:
        answer = door.ask(LIST)

    assert (answer.outcome, answer.throttled) == (Outcome.OK, 2)
    assert len(waits) == 2
    assert waits[0] < waits[1]


@pytest.mark.parametrize("fault", [throttled(f"{ANY}list_buckets"), broken(f"{ANY}list_buckets")])
def test_gives_up_within_a_bounded_number_of_tries(
    simulator: Simulator, fault: InjectedFault
) -> None:
    """A service that never recovers costs one failed record, not the run."""
    simulator.inject(fault)
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert answer.outcome is Outcome.FAILED
    assert len(simulator.log) == ATTEMPTS
    assert answer.throttled == (ATTEMPTS if fault.status == 429 else 0)


def test_throttling_in_one_region_does_not_stop_another(simulator: Simulator) -> None:
    """The SDK's own circuit breaker would be open by now, for every client of the process."""
    simulator.inject(throttled(f"{ANY}list_buckets", region="us-ashburn-1"))
    with door_to(simulator) as door:
        for _ in range(3):
            door.ask(LIST)
        elsewhere = door.ask(
            request_for(
                STORAGE,
                "list_buckets",
                region="us-phoenix-1",
                namespace_name="acme",
                compartment_id=DATA,
            )
        )

    assert elsewhere.outcome is Outcome.OK


def test_a_broken_connection_is_an_answer(simulator: Simulator) -> None:
    """A network fails for a while, or for good."""
    simulator.inject(InjectedFault(operation=f"{ANY}list_buckets", disconnect=True))
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert answer.outcome is Outcome.FAILED
    assert len(simulator.log) == 3


def test_follows_no_redirect(simulator: Simulator) -> None:
    """An answer must come from where it was asked for."""
    simulator.inject(
        InjectedFault(
            operation=f"{ANY}list_buckets",
            status=302,
            body=b"",
            headers={"location": "https://objectstorage.us-phoenix-1.oraclecloud.com/n/acme/b"},
        )
    )
    with door_to(simulator) as door:
        answer = door.ask(LIST)

    assert answer.outcome is Outcome.FAILED
    assert {entry.host for entry in simulator.log} == {"objectstorage.us-ashburn-1.oraclecloud.com"}


def test_an_endless_listing_ends(simulator: Simulator) -> None:
    """A page that names itself as the next one would be asked for ever."""
    headers = {"opc-next-page": "again"}
    simulator.inject(
        InjectedFault(operation=f"{ANY}list_buckets", status=200, body=b"[]", headers=headers)
    )
    request = request_for(
        STORAGE, "list_buckets", namespace_name="acme", compartment_id=DATA, token="again"
    )
    with door_to(simulator) as door:
        answer = door.ask(request)

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "RepeatedPage")


@pytest.mark.parametrize("operation", ["delete_bucket", "put_object", "change_x", "head_bucket"])
def test_never_writes(simulator: Simulator, operation: str) -> None:
    """No collector can change a tenancy, not even by mistake."""
    with door_to(simulator) as door, pytest.raises(ValueError, match="not a read"):
        door.ask(request_for(STORAGE, operation))

    assert simulator.log == []


def test_refuses_to_send_anything_but_a_get(simulator: Simulator) -> None:
    """Some operations whose names begin with 'get' or 'list' are POSTs."""
    with door_to(simulator) as door, pytest.raises(AssertionError, match="refused to send a POST"):
        door.ask(request_for("core.VirtualNetworkClient", "get_all_drg_attachments", drg_id="x"))

    assert simulator.log == []


def test_answers_that_name_addresses_cannot_send_us_elsewhere(simulator: Simulator) -> None:
    """A signed request in a stranger's hands could be sent on."""
    with door_to(simulator) as door:
        answer = door.ask(
            request_for(
                "key_management.KmsManagementClient",
                "list_keys",
                endpoint="https://oraclecloud.com.evil.example",
                compartment_id=DATA,
            )
        )

    assert answer.outcome is Outcome.FAILED
    assert simulator.log == []


def test_a_vault_without_an_address_is_an_answer(simulator: Simulator) -> None:
    """One that is being created has none yet."""
    with door_to(simulator) as door:
        answer = door.ask(
            request_for("key_management.KmsManagementClient", "list_keys", compartment_id=DATA)
        )

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "ConfigurationError")


def test_a_thread_makes_each_client_once(simulator: Simulator) -> None:
    """Making a client costs more than using it."""
    with door_to(simulator) as door:
        for _ in range(3):
            door.ask(LIST)
        door.ask(request_for(STORAGE, "get_namespace", region="us-phoenix-1"))
        other = threading.Thread(target=door.ask, args=(LIST,))
        other.start()
        other.join()

        assert len(door._clients) == 3
