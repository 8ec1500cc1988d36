"""Alerts of scanners."""

from typing import Any

import pytest

from auditor.collect.github.alerts import CODE, DEPENDENCIES, SECRETS
from auditor.model import Json, Unknown
from auditor.spec import Collector
from auditor.tables import Alert, Repository
from tests.collect.github.finding import APP, rows

COMMON: dict[str, Any] = {
    "number": 4,
    "state": "open",
    "created_at": "2026-01-01T00:00:00Z",
    "repository": {"full_name": "acme/app"},
}


def only(collector: Collector, **item: Json) -> Alert:
    (row,) = (row for row in rows(collector, {**COMMON, **item}) if isinstance(row, Alert))
    return row


def test_an_open_alert_says_what_was_found_and_when() -> None:
    row = only(CODE, rule={"id": "js/xss", "security_severity_level": "high"})

    assert (row.id, row.repository_id, row.kind) == (f"{APP}/code/4", APP, "code")
    assert (row.name, row.severity, row.state) == ("js/xss", "high", "open")
    assert (row.opened, row.closed) == ("2026-01-01T00:00:00.000Z", "")


def test_an_alert_about_code_shows_that_code_is_scanned() -> None:
    found = rows(CODE, {**COMMON, "rule": {"id": "x"}})

    assert [row.code_scanning for row in found if isinstance(row, Repository)] == [True]


@pytest.mark.parametrize(
    ("resolution", "state", "reason"),
    [("revoked", "fixed", ""), ("false_positive", "dismissed", "false_positive")],
)
def test_a_secret_is_mended_only_if_it_was_revoked(
    resolution: str, state: str, reason: str
) -> None:
    row = only(
        SECRETS,
        state="resolved",
        resolution=resolution,
        resolved_at="2026-01-02T00:00:00Z",
        secret_type="key",
    )

    assert (row.state, row.reason, row.name, row.severity) == (state, reason, "key", "")
    assert row.closed == "2026-01-02T00:00:00.000Z"


def test_secrets_never_enter_the_evidence() -> None:
    assert SECRETS.listing.secrets == ("secret",)


def test_a_dependency_is_named_by_its_flaw() -> None:
    row = only(
        DEPENDENCIES,
        state="auto_dismissed",
        auto_dismissed_at="2026-01-02T00:00:00Z",
        security_advisory={"cve_id": None, "ghsa_id": "GHSA-1"},
        security_vulnerability={"severity": "critical"},
    )

    assert (row.name, row.severity, row.state) == ("GHSA-1", "critical", "dismissed")
    assert row.closed == "2026-01-02T00:00:00.000Z"


@pytest.mark.parametrize("collector", [CODE, DEPENDENCIES], ids=["code", "dependency"])
def test_a_new_state_is_unknown(collector: Collector) -> None:
    row = only(collector, state="pondered")

    assert isinstance(row.state, Unknown)
    assert isinstance(row.closed, Unknown)
