"""Queries against GitHub's published schema, answered from a described organisation."""

from typing import Any

import pytest
from graphql import parse

from auditor.collect.github.queries import DOCUMENTS
from auditor.demo.github.costs import MOST_NODES, requested_nodes
from auditor.demo.github.graph import Context, answer_document
from auditor.demo.github.nouns import Organization
from auditor.demo.github.organization_nodes import root_node
from tests.demo.github.conftest import VARIABLES

MEMBERS = """
query Members($organization: String!, $first: Int, $after: String) {
  organization(login: $organization) {
    membersWithRole(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { login }
    }
  }
}
"""


def ask(world: Organization, document: str, **variables: Any) -> dict[str, Any]:
    """Return the answer to a document."""
    return answer_document(root_node(world), document, variables, Context())


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_query_of_the_audit_is_answered_in_full(
    organization: Organization, name: str
) -> None:
    """A field that the stand-in does not play would be an error beside the data."""
    unplayed: list[str] = []
    root, context = root_node(organization), Context(unplayed=unplayed.append)
    answer = answer_document(root, DOCUMENTS[name].text, VARIABLES, context)

    assert answer.get("errors") is None
    assert unplayed == []


def test_a_field_that_the_schema_does_not_have_is_refused(organization: Organization) -> None:
    """As GitHub does: the whole document, before anything is answered."""
    answer = ask(organization, '{ organization(login: "northstar-video") { shoeSize } }')

    assert "data" not in answer
    assert "Cannot query field 'shoeSize' on type 'Organization'" in answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "document",
    [
        'mutation { deleteRef(input: {refId: "REF_1"}) { clientMutationId } }',
        "subscription { nothing }",
        "{",
        "query A { viewer { login } } query B { viewer { login } }",
        "",
    ],
    ids=["mutation", "subscription", "broken", "two queries", "empty"],
)
def test_whatever_is_not_one_query_is_refused(organization: Organization, document: str) -> None:
    """The stand-in only reads."""
    assert set(ask(organization, document)) == {"errors"}


def test_a_field_that_nobody_plays_is_named(organization: Organization) -> None:
    """The schema has it, so that a query for it is valid; what is missing is ours."""
    unplayed: list[str] = []
    document = '{ organization(login: "northstar-video") { twitterUsername } }'
    answer = answer_document(
        root_node(organization), document, {}, Context(unplayed=unplayed.append)
    )

    assert unplayed == ["Organization.twitterUsername"]
    assert answer["errors"][0]["type"] == "NOT_PLAYED"


@pytest.mark.parametrize("first", [1, 2, 5, 100])
def test_pages_hold_everything_once(organization: Organization, first: int) -> None:
    """Whatever their size; the last one says that it is the last."""
    found: list[str] = []
    after, more = None, True
    while more:
        asked = {"organization": "northstar-video", "first": first, "after": after}
        page = ask(organization, MEMBERS, **asked)["data"]["organization"]["membersWithRole"]
        found += [node["login"] for node in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]

    assert found == [each.login for each in organization.accounts.values() if each.role]
    assert page["totalCount"] == len(found)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({}, "MISSING_PAGINATION_BOUNDARIES"),
        ({"first": 101}, "EXCESSIVE_PAGINATION"),
        ({"first": 1, "after": "elsewhere"}, "INVALID_CURSOR_ARGUMENTS"),
    ],
    ids=["no size", "too many", "bad cursor"],
)
def test_pages_have_the_limits_of_github(
    organization: Organization, asked: dict[str, Any], kind: str
) -> None:
    """A query that would fail there fails here."""
    answer = ask(organization, MEMBERS, organization="northstar-video", **asked)

    assert {error["type"] for error in answer["errors"]} == {kind}


TEAMS = """
query Teams($first: Int!) {
  organization(login: "northstar-video") {
    teams(first: $first) { nodes { ...Team } }
  }
}
fragment Team on Team {
  members(first: 100) { nodes { login } }
  ... on Team { repositories(last: 100) { nodes { collaborators(first: 50) { totalCount } } } }
}
"""


def test_nodes_are_counted_as_github_counts_them() -> None:
    """A page of each connection, times the pages around it."""
    assert requested_nodes(parse(TEAMS), {"first": 10}) == 10 + 10 * 100 + 10 * 100 + 10 * 100 * 50


def test_a_query_for_too_much_is_refused(organization: Organization) -> None:
    """Before anything is answered, however little there is."""
    answer = ask(organization, TEAMS, first=100)

    assert "data" not in answer
    assert answer["errors"][0]["type"] == "MAX_NODE_LIMIT_EXCEEDED"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_query_of_the_audit_asks_for_too_much(name: str) -> None:
    """With the largest pages that GitHub allows."""
    variables = {**VARIABLES, "first": 100}

    assert requested_nodes(parse(DOCUMENTS[name].text), variables) <= MOST_NODES


def test_an_organisation_that_is_not_there(organization: Organization) -> None:
    """It is null, with an error that says so."""
    answer = ask(organization, MEMBERS, organization="elsewhere", first=1)

    assert answer["data"] == {"organization": None}
    assert (answer["errors"][0]["type"], answer["errors"][0]["path"]) == (
        "NOT_FOUND",
        ["organization"],
    )


def test_a_forbidden_field_is_null_beside_an_error(organization: Organization) -> None:
    """Everything else is answered."""
    document = (
        '{ organization(login: "northstar-video") '
        "{ login samlIdentityProvider { externalIdentities(first: 1) { totalCount } } } }"
    )
    context = Context(forbidden=frozenset({"Organization.samlIdentityProvider"}))
    answer = answer_document(root_node(organization), document, {}, context)

    assert answer["data"]["organization"] == {
        "login": "northstar-video",
        "samlIdentityProvider": None,
    }
    (error,) = answer["errors"]
    assert (error["type"], error["path"]) == ("FORBIDDEN", ["organization", "samlIdentityProvider"])
