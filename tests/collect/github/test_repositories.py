"""What is known of repositories, from the two listings together."""

from typing import cast

import pytest

from auditor.collect.github.repositories import REPOSITORIES, SCANNERS
from auditor.model import Json, Unknown
from auditor.spec import Collector
from auditor.tables import Repository
from tests.collect.github.finding import APP, rows

DESCRIBED: Json = {
    "nameWithOwner": "acme/app",
    "url": "https://github.com/acme/app",
    "visibility": "PRIVATE",
    "isArchived": False,
    "isFork": True,
    "isEmpty": False,
    "parent": {"nameWithOwner": "other/app"},
    "defaultBranchRef": {"name": "main"},
    "hasVulnerabilityAlertsEnabled": True,
}
LISTED: Json = {
    "full_name": "acme/app",
    "html_url": "https://github.com/acme/app",
    "visibility": "private",
    "archived": False,
    "fork": False,
    "security_and_analysis": {
        "secret_scanning": {"status": "enabled"},
        "secret_scanning_push_protection": {"status": "disabled"},
    },
}


def only(collector: Collector, item: Json) -> Repository:
    (row,) = rows(collector, item)
    return cast(Repository, row)


def test_a_repository_is_described() -> None:
    row = only(REPOSITORIES, DESCRIBED)

    assert (row.id, row.name, row.visibility) == (APP, "acme/app", "private")
    assert (row.fork_of, row.default_branch, row.dependency_alerts) == ("other/app", "main", True)
    assert isinstance(row.secret_scanning, Unknown)


def test_what_is_known_to_be_none_is_no_gap() -> None:
    row = only(REPOSITORIES, {**DESCRIBED, "isFork": False, "isEmpty": True, "parent": None})

    assert (row.fork_of, row.default_branch) == ("", "")


@pytest.mark.parametrize("member", ["parent", "defaultBranchRef", "hasVulnerabilityAlertsEnabled"])
def test_what_is_hidden_is_unknown(member: str) -> None:
    row = only(REPOSITORIES, {**DESCRIBED, member: None})
    columns = {"parent": row.fork_of, "defaultBranchRef": row.default_branch}

    assert isinstance(columns.get(member, row.dependency_alerts), Unknown)


def test_scanners_are_told_by_the_other_listing() -> None:
    row = only(SCANNERS, LISTED)

    assert (row.id, row.secret_scanning, row.push_protection) == (APP, True, False)
    assert isinstance(row.code_scanning, Unknown)


def test_scanners_are_unknown_to_who_does_not_administer() -> None:
    row = only(SCANNERS, {**LISTED, "security_and_analysis": None})

    assert isinstance(row.secret_scanning, Unknown)
    assert row.secret_scanning.permission == "administration:read"


@pytest.mark.parametrize(
    ("visibility", "products", "expected"),
    [
        ("private", {"advanced_security": "disabled"}, False),
        ("internal", {"advanced_security": "disabled", "code_security": "disabled"}, False),
        ("private", {"code_security": "disabled"}, False),
        ("private", {"advanced_security": "enabled", "code_security": "disabled"}, None),
        ("private", {"code_security": "enabled"}, None),
        ("private", {}, None),
        ("public", {"advanced_security": "disabled"}, None),
    ],
)
def test_private_code_is_scanned_only_with_the_product(
    visibility: str, products: dict[str, str], expected: bool | None
) -> None:
    """That it is on does not tell that anything scans; public code needs none."""
    block: Json = {name: {"status": status} for name, status in products.items()}
    row = only(SCANNERS, {**LISTED, "visibility": visibility, "security_and_analysis": block})

    told = None if isinstance(row.code_scanning, Unknown) else row.code_scanning
    assert told is expected
