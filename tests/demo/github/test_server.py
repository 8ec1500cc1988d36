"""The stand-in behind its port: pages, limits and refusals, as the real client meets them."""

import urllib.error
import urllib.request

import pytest
from githubkit.exception import RequestFailed, SecondaryRateLimitExceeded

from auditor.demo.github.estate import LOGIN
from auditor.demo.github.faults import bad_gateway, forbidden, secondary_limit, unseen
from auditor.demo.github.server import Server
from tests.demo.github.conftest import VARIABLES, client
from tests.demo.github.test_graph import MEMBERS

LOG = f"/orgs/{LOGIN}/audit-log"
EVERYTHING = {"include": "all", "phrase": "created:>=2025-01-01"}


@pytest.mark.parametrize(
    "path", [LOG, f"/orgs/{LOGIN}/members"], ids=["by cursor", "by number of the page"]
)
def test_links_lead_to_every_item_once(server: Server, path: str) -> None:
    """Pages are found by their Link headers only."""
    github = client(server)
    whole = github.request("GET", path, params={**EVERYTHING, "per_page": "100"}).json()
    found, link = [], f"{path}?include=all&phrase=created:>=2025-01-01&per_page=4"
    while link:
        page = github.request("GET", link)
        found += page.json()
        link = page.headers.get("link", "").partition(">")[0].lstrip("<")

    assert len(whole) > 8
    assert found == whole


def test_an_enterprise_server_answers_below_its_own_addresses(server: Server) -> None:
    """Both kinds of addresses lead to the same answers."""
    github = client(server)

    here = github.request("GET", f"/api/v3/orgs/{LOGIN}").json()
    queried = github.request(
        "POST", "/api/graphql", json={"query": MEMBERS, "variables": VARIABLES}
    )

    assert here == github.request("GET", f"/orgs/{LOGIN}").json()
    assert queried.json() == {"data": github.graphql(MEMBERS, variables=VARIABLES)}


def test_every_answer_tells_the_allowance(server: Server) -> None:
    """The client reads it before it asks again."""
    github = client(server)
    first, second = (github.request("GET", f"/orgs/{LOGIN}") for _ in range(2))

    assert (first.headers["x-ratelimit-remaining"], first.headers["x-ratelimit-resource"]) == (
        "4999",
        "core",
    )
    assert second.headers["x-ratelimit-remaining"] == "4998"


def test_the_secondary_limit_strikes_once(server: Server) -> None:
    """The real client tells it from a refusal, and knows how long to wait."""
    server.simulator.inject(secondary_limit(f"GET {LOG}", seconds=7))
    github = client(server)

    with pytest.raises(SecondaryRateLimitExceeded) as refusal:
        github.request("GET", LOG)
    assert refusal.value.retry_after.total_seconds() == 7
    assert github.request("GET", LOG).status_code == 200


def test_a_long_query_fails_once(server: Server) -> None:
    """The gateway gives up before GitHub does."""
    server.simulator.inject(bad_gateway("query Members"))
    github = client(server)

    with pytest.raises(RequestFailed) as failure:
        github.graphql(MEMBERS, variables=VARIABLES)
    assert failure.value.response.status_code == 502
    assert github.graphql(MEMBERS, variables=VARIABLES)["organization"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/orgs/elsewhere", 404),
        (f"/repos/{LOGIN}/nothing/releases", 404),
        (f"/orgs/{LOGIN}/packages", 404),
        (f"/orgs/{LOGIN}/members?page=first", 422),
    ],
    ids=["organisation", "repository", "route", "page"],
)
def test_what_is_not_there_is_not_found(server: Server, path: str, status: int) -> None:
    """GitHub says no more than that."""
    with pytest.raises(RequestFailed) as refusal:
        client(server).request("GET", path)
    assert refusal.value.response.status_code == status
    assert refusal.value.response.json()["status"] == str(status)


@pytest.mark.parametrize(
    ("fault", "status"), [(unseen, 404), (forbidden, 403)], ids=["hidden", "refused"]
)
def test_what_a_token_may_not_see_stays_unseen(server: Server, fault: object, status: int) -> None:
    """However often it asks."""
    assert callable(fault)
    server.simulator.inject(fault(f"GET {LOG}"))

    for _ in range(2):
        with pytest.raises(RequestFailed) as refusal:
            client(server).request("GET", LOG)
        assert refusal.value.response.status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written(server: Server, method: str) -> None:
    """Every method that writes is refused, and so is a body that is no query."""
    with pytest.raises(RequestFailed) as refusal:
        client(server).request(method, f"/orgs/{LOGIN}", json={"name": "Mine"})
    assert refusal.value.response.status_code == 405


def test_a_body_that_is_no_query_is_refused(server: Server) -> None:
    """As GitHub does."""
    with pytest.raises(RequestFailed) as refusal:
        client(server).request("POST", "/graphql", json={"query": 7})
    assert refusal.value.response.status_code == 400


def test_nobody_is_let_in_without_a_token(server: Server) -> None:
    """The door must sign its requests."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"{server.url}/orgs/{LOGIN}", timeout=10)
    assert refusal.value.code == 401
    refusal.value.close()
