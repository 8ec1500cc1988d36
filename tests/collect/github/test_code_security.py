"""Where the organisation turns code scanning on."""

import pytest

from auditor.collect.github.code_security import CONFIGURATIONS
from auditor.model import Answer, Json, Unknown
from auditor.tables import Repository
from tests.collect.github.finding import APP, DENIED, found, ok, rows

ITEM: Json = {"id": 3, "code_scanning_default_setup": "enabled"}


def scanned(answer: Answer) -> list[str]:
    """Return the repositories that are known to be scanned."""
    told = rows(CONFIGURATIONS, ITEM, details={"repositories": answer})
    assert all(isinstance(row, Repository) and row.code_scanning is True for row in told)
    return [row.id for row in told]


@pytest.mark.parametrize(
    ("status", "known"),
    [("attached", [APP]), ("enforced", [APP]), ("attaching", []), ("failed", []), ("removed", [])],
)
def test_only_a_configuration_in_force_scans(status: str, known: list[str]) -> None:
    attached: Json = [{"status": status, "repository": {"full_name": "acme/app"}}, "odd", {}]

    assert scanned(ok(attached)) == known


def test_a_refused_list_tells_nothing() -> None:
    assert scanned(DENIED) == []


@pytest.mark.parametrize(
    ("setup", "asked"), [("enabled", True), ("disabled", False), ("not_set", False), (None, False)]
)
def test_only_configurations_that_scan_are_asked_where(setup: str | None, asked: bool) -> None:
    (detail,) = CONFIGURATIONS.details
    assert detail.applies is not None
    assert detail.applies(found(CONFIGURATIONS, {"code_scanning_default_setup": setup})) is asked


def test_nothing_else_is_told_of_the_repository() -> None:
    """Another listing tells it, and the two rows become one."""
    answer = ok([{"status": "attached", "repository": {"full_name": "acme/app"}}])
    (row,) = rows(CONFIGURATIONS, ITEM, details={"repositories": answer})

    assert isinstance(row, Repository)
    assert isinstance(row.name, Unknown)
