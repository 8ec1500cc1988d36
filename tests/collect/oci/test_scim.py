"""Identity domains page by index, and the door reads them to the end."""

import json

import pytest

from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import InjectedFault
from auditor.demo.oci.simulator import Simulator
from auditor.model import Answer, Json, Outcome
from tests.collect.oci.simulated import TENANCY, door_to, request_for, tenancy

DOMAINS = "identity_domains.IdentityDomainsClient"
URL = "https://idcs-9.identity.oraclecloud.com"
NAMES = [f"user{number}" for number in range(7)]


@pytest.fixture
def simulator() -> Simulator:
    """One domain with seven users."""
    domain = {"id": "ocid1.domain.oc1..d", "compartment_id": TENANCY, "url": f"{URL}:443"}
    host = URL.removeprefix("https://")
    users = [{"_host": host, "id": name, "user_name": name} for name in NAMES]
    return Simulator(
        make_estate(
            tenancy(
                {"global": {"identity": {"Domain": [domain]}, "identity_domains": {"User": users}}}
            )
        )
    )


def pages(simulator: Simulator, **parameters: Json) -> list[Answer]:
    """Ask for pages until there is none."""
    found: list[Answer] = []
    with door_to(simulator) as door:
        while not found or found[-1].token is not None:
            token = found[-1].token if found else None
            request = request_for(DOMAINS, "list_users", endpoint=URL, token=token, **parameters)
            found.append(door.ask(request))
    return found


@pytest.mark.parametrize(("count", "sizes"), [(3, [3, 3, 1]), (7, [7]), (8, [7]), (1, [1] * 7)])
def test_reads_to_the_end(simulator: Simulator, count: int, sizes: list[int]) -> None:
    """Each page says where the next one starts."""
    found = pages(simulator, count=count)

    assert [len(page.body["Resources"]) for page in found] == sizes
    assert [user["userName"] for page in found for user in page.body["Resources"]] == NAMES


def test_an_empty_list_is_one_page(simulator: Simulator) -> None:
    """RFC 7644 lets a server leave Resources out when there are none."""
    body = json.dumps({"totalResults": 0, "startIndex": 1, "itemsPerPage": 50}).encode()
    simulator.inject(InjectedFault(operation=".*list_users", status=200, body=body))
    (page,) = pages(simulator)

    assert (page.outcome, page.token) == (Outcome.OK, None)


def test_a_page_of_the_usual_kind_is_followed_as_such(simulator: Simulator) -> None:
    """The SDK also knows ``page``: what the service names is what is asked for."""
    headers = {"opc-next-page": "abc"}
    body = json.dumps({"totalResults": 2, "Resources": [{"id": "a"}]}).encode()
    fault = InjectedFault(operation=".*list_users", status=200, body=body, headers=headers, times=1)
    simulator.inject(fault)
    with door_to(simulator) as door:
        assert door.ask(request_for(DOMAINS, "list_users", endpoint=URL)).token == "abc"


@pytest.mark.parametrize(
    "body",
    [
        {"Resources": []},
        {"totalResults": "7", "Resources": [{}]},
        {"totalResults": True, "Resources": [{}]},
        {"totalResults": 7, "Resources": []},
        {"totalResults": 7},
        {"totalResults": 7, "Resources": "x"},
        {"totalResults": 7, "startIndex": "1", "Resources": [{}]},
        [],
    ],
)
def test_a_page_that_breaks_off_is_not_the_last(simulator: Simulator, body: Json) -> None:
    """Seven are said to be there and none is shown: then the list is not known."""
    simulator.inject(
        InjectedFault(operation=".*list_users", status=200, body=json.dumps(body).encode())
    )
    (page,) = pages(simulator)

    assert (page.outcome, page.code) == (Outcome.FAILED, "UnexpectedAnswer")


def test_a_list_that_starts_again_ends(simulator: Simulator) -> None:
    """A server that ignores the index would be asked for ever."""
    body = {"totalResults": 7, "startIndex": 1, "Resources": [{}, {}]}
    simulator.inject(
        InjectedFault(operation=".*list_users", status=200, body=json.dumps(body).encode())
    )
    found = pages(simulator)

    assert [page.outcome for page in found] == [Outcome.OK, Outcome.FAILED]
