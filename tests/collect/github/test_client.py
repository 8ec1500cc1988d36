"""The door to GitHub: what leaves, what is waited out, and what an answer means."""

from typing import Any

import pytest

from auditor.model import Json, Outcome
from tests.collect.github.host import Reply, graph, rest, visiting

MEMBERS = "GET /orgs/{org}/members"


def members(*logins: str | None, following: str | None = None, **beside: Json) -> Reply:
    page = {"hasNextPage": following is not None, "endCursor": following}
    edges = [login and {"node": {"login": login}} for login in logins]
    listed = {"pageInfo": page, "edges": edges}
    return Reply(body={"data": {"organization": {"membersWithRole": listed}}, **beside})


def test_a_call_that_names_no_organisation_asks_for_the_targets() -> None:
    with visiting(Reply(body={"login": "acme"})) as visit:
        answer = visit.door.ask(rest("GET /orgs/{org}"))

    assert answer.outcome is Outcome.OK
    assert [(each.method, each.path) for each in visit.host.seen] == [("GET", "/api/v3/orgs/acme")]
    assert visit.host.seen[0].headers["authorization"] == "token ghp_nobody"


def test_pages_follow_the_link_but_only_by_its_parameters() -> None:
    link = '<https://elsewhere.example/x?per_page=1&after=c2>; rel="next", <https://x>; rel="last"'
    with visiting(Reply(body=[{}], headers={"Link": link}), Reply(body=[])) as visit:
        first = visit.door.ask(rest(MEMBERS, org="acme", per_page=1))
        second = visit.door.ask(rest(MEMBERS, first.token, org="acme", per_page=1))

    assert first.token == {"per_page": "1", "after": "c2"}
    assert second.token is None
    assert visit.host.seen[1].path == "/api/v3/orgs/acme/members?per_page=1&after=c2"


def test_a_page_that_leads_to_itself_ends_the_listing() -> None:
    with visiting(Reply(body=[], headers={"Link": '<https://x/?page=2>; rel="next"'})) as visit:
        answer = visit.door.ask(rest(MEMBERS, {"page": "2"}))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "RepeatedPage")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, Outcome.DENIED),
        (403, Outcome.DENIED),
        (404, Outcome.DENIED),
        (410, Outcome.FAILED),
        (422, Outcome.FAILED),
        (202, Outcome.FAILED),
        (204, Outcome.OK),
    ],
)
def test_what_a_status_means(status: int, outcome: Outcome) -> None:
    """A 404 may hide what is there, so it is no absence unless a collector says so."""
    reply = Reply(status=status, raw=b'{"message": "no"}' if status != 204 else b"")
    with visiting(reply) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert answer.outcome is outcome
    assert visit.waits == []


def test_a_denial_names_the_permission_that_github_asks_for() -> None:
    headers = {"X-Accepted-GitHub-Permissions": "members=read"}
    with visiting(Reply(status=403, body={"message": "no"}, headers=headers)) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert answer.message == "no (asks for members=read)"


def test_limits_are_waited_out_and_counted() -> None:
    busy = {"message": "You have exceeded a secondary rate limit."}
    replies = [
        Reply(status=403, body=busy, headers={"Retry-After": "7"}),
        Reply(status=429, body={"message": "slow"}),
        Reply(status=403, body=busy),
        Reply(body=[]),
    ]
    with visiting(*replies) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert (answer.outcome, answer.throttled) == (Outcome.OK, 3)
    assert visit.waits == [7.0, 60.0, 60.0]


def test_an_allowance_that_is_used_up_for_longer_than_our_patience_is_an_answer() -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
    with visiting(Reply(status=403, body={"message": "limit"}, headers=headers)) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert (answer.outcome, answer.code, answer.throttled) == (Outcome.FAILED, "RateLimited", 1)
    assert visit.waits == []


def test_queries_wait_for_their_own_limit() -> None:
    error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded"}
    limited = Reply(body={"errors": [error]}, headers={"Retry-After": "3"})
    with visiting(limited, members("ann")) as visit:
        answer = visit.door.ask(graph("Members", organization="acme", first=100))

    assert (answer.outcome, answer.throttled, visit.waits) == (Outcome.OK, 1, [3.0])


@pytest.mark.parametrize(
    "slow",
    [
        Reply(status=502, body={"message": "Server Error"}),
        Reply(body={"errors": [{"message": "Something went wrong while executing your query."}]}),
        Reply(body={"data": None, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED"}]}),
    ],
    ids=["gateway", "timeout", "resources"],
)
def test_a_query_that_takes_too_long_is_asked_for_half_a_page_once(slow: Reply) -> None:
    with visiting(slow, slow, members("ann", following="c1")) as visit:
        answer = visit.door.ask(graph("Members", organization="acme", first=100))

    assert (answer.outcome, answer.token) == (Outcome.OK, "c1")
    assert [each.body["variables"]["first"] for each in visit.host.seen] == [100, 50, 50]


def test_a_query_is_ours_and_goes_to_the_servers_own_address() -> None:
    with visiting(members("ann")) as visit:
        visit.door.ask(graph("Members", "c7", organization="acme", first=2))

    (seen,) = visit.host.seen
    assert (seen.method, seen.path) == ("POST", "/api/graphql")
    assert seen.body["variables"] == {"organization": "acme", "first": 2, "after": "c7"}
    assert seen.body["query"].startswith("query Members(")


def test_fields_that_may_be_hidden_leave_the_rest_readable() -> None:
    error = {
        "type": "FORBIDDEN",
        "message": "owners only",
        "path": ["organization", "membersWithRole", "edges", 0, "hasTwoFactorEnabled"],
    }
    with visiting(members("ann", errors=[error])) as visit:
        answer = visit.door.ask(graph("Members", organization="acme", first=2))

    assert answer.outcome is Outcome.OK
    assert answer.body["errors"] == [error]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ({"type": "FORBIDDEN", "path": ["organization", "login"]}, Outcome.DENIED),
        ({"type": "FORBIDDEN", "message": "no path"}, Outcome.DENIED),
        ({"type": "NOT_FOUND", "path": ["organization"]}, Outcome.DENIED),
        ({"path": ["organization", "hasTwoFactorEnabled"]}, Outcome.FAILED),
        ("odd", Outcome.FAILED),
    ],
    ids=["other field", "no path", "not found", "no type", "odd"],
)
def test_any_other_error_refuses_the_page(error: Json, outcome: Outcome) -> None:
    """Elsewhere a null may mean "none", and an error would read as that."""
    with visiting(members("ann", errors=[error])) as visit:
        answer = visit.door.ask(graph("Members", organization="acme", first=2))

    assert answer.outcome is outcome


def test_an_item_that_is_left_out_refuses_the_page() -> None:
    with visiting(members("ann", None)) as visit:
        answer = visit.door.ask(graph("Members", organization="acme", first=2))

    assert answer.outcome is Outcome.DENIED


def test_no_single_sign_on_is_no_gap_unless_it_is_hidden() -> None:
    none: Any = {"data": {"organization": {"samlIdentityProvider": None}}}
    path = ["organization", "samlIdentityProvider"]
    hidden = {**none, "errors": [{"type": "FORBIDDEN", "path": path}]}
    with visiting(Reply(body=none), Reply(body=hidden)) as visit:
        asked = graph("Identities", organization="acme", first=2)
        answers = [visit.door.ask(asked).outcome for _ in range(2)]

    assert answers == [Outcome.ABSENT, Outcome.DENIED]


def test_a_redirect_to_another_host_is_not_followed() -> None:
    away = Reply(status=301, headers={"Location": "http://localhost:9/stolen"})
    with visiting(away) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "CollectionError")
    assert "localhost:9" in answer.message


def test_a_redirect_on_the_same_host_is_followed() -> None:
    """GitHub answers so for what was renamed."""
    moved = Reply(status=301, headers={"Location": "/api/v3/organizations/7/members"})
    with visiting(moved, Reply(body=[])) as visit:
        answer = visit.door.ask(rest(MEMBERS))

    assert answer.outcome is Outcome.OK
    assert visit.host.seen[1].path == "/api/v3/organizations/7/members"


@pytest.mark.parametrize(
    "raw", [b"<html>proxy</html>", b"7", b"[NaN]", b"[" * 100_000], ids=["html", "7", "nan", "deep"]
)
def test_what_is_no_answer_is_a_failure(raw: bytes) -> None:
    with visiting(Reply(raw=raw)) as visit:
        rest_answer = visit.door.ask(rest(MEMBERS))
        graph_answer = visit.door.ask(graph("Members", organization="acme", first=2))

    assert {rest_answer.outcome, graph_answer.outcome} == {Outcome.FAILED}


def test_a_host_that_does_not_answer_is_tried_again() -> None:
    with visiting(Reply(body=[])) as visit:
        visit.host.shutdown()
        visit.host.server_close()
        answer = visit.door.ask(rest(MEMBERS))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "ConnectError")
    assert len(visit.waits) == 5


@pytest.mark.parametrize("service", ["rest", "graphql", "shell"])
@pytest.mark.parametrize(
    "operation", ["POST /orgs/{org}", "GET https://x", "mutation", "DELETE /x"]
)
def test_what_is_no_read_never_leaves(service: str, operation: str) -> None:
    with visiting(Reply()) as visit:
        request = rest(operation) if service == "rest" else graph(operation)
        with pytest.raises(ValueError, match="is no read"):
            visit.door.ask(request)

    assert visit.host.seen == []


def test_names_cannot_leave_their_place_in_a_path() -> None:
    with visiting(Reply(body={})) as visit:
        visit.door.ask(rest("GET /repos/{owner}/{repo}", owner="a/../../x", repo="b?c=d#e"))
        refused = visit.door.ask(rest("GET /repos/{owner}/{repo}", owner="..", repo="b"))

    assert [each.path for each in visit.host.seen] == [
        "/api/v3/repos/a%2F..%2F..%2Fx/b%3Fc%3Dd%23e"
    ]
    assert refused.outcome is Outcome.FAILED


def test_parameters_that_are_empty_are_left_out() -> None:
    """A host may refuse a word that it does not know, such as none."""
    with visiting(Reply(body=[])) as visit:
        visit.door.ask(rest(MEMBERS, per_page=1, role=""))

    assert visit.host.seen[0].path == "/api/v3/orgs/acme/members?per_page=1"
