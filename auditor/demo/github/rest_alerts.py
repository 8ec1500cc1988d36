"""Answers of the REST API about alerts of scanners, of the whole organisation."""

from collections.abc import Callable
from typing import cast

from auditor.demo.github.briefs import full_name
from auditor.demo.github.nouns import Alert, Organization, Repository
from auditor.demo.github.routes import Asked, Route
from auditor.demo.github.shapes import API, HTML, simple_repository, user_named
from auditor.model import Json

Shape = Callable[[Organization, Repository, Alert], dict[str, Json]]


def _alerts(kind: str, shape: Shape) -> Callable[[Organization, Asked], Json]:
    def answer(world: Organization, asked: Asked) -> Json:
        wanted = asked.get("state", "")
        return [
            shape(world, repository, alert)
            for repository in world.repositories.values()
            for alert in repository.alerts
            if alert.kind == kind and wanted in ("", alert.state)
        ]

    return answer


def _common(
    world: Organization, repository: Repository, alert: Alert, part: str
) -> dict[str, Json]:
    name = full_name(world, repository.name)
    return {
        "number": alert.number,
        "created_at": alert.opened,
        "updated_at": alert.closed or alert.opened,
        "url": f"{API}/repos/{name}/{part}/alerts/{alert.number}",
        "html_url": f"{HTML}/{name}/security/{part}/{alert.number}",
        "repository": simple_repository(world, repository),
    }


def _ending(world: Organization, alert: Alert) -> dict[str, Json]:
    dismissed = alert.state == "dismissed"
    return {
        "state": alert.state,
        "fixed_at": alert.closed if alert.state == "fixed" else None,
        "dismissed_at": alert.closed if dismissed else None,
        "dismissed_by": user_named(world, alert.closed_by) if dismissed else None,
        "dismissed_reason": alert.reason or None,
        "dismissed_comment": None,
    }


def _code(world: Organization, repository: Repository, alert: Alert) -> dict[str, Json]:
    common = _common(world, repository, alert, "code-scanning")
    return {
        **common,
        **_ending(world, alert),
        "instances_url": f"{common['url']}/instances",
        "rule": {
            "id": alert.name,
            "name": alert.name,
            "severity": "error",
            "security_severity_level": alert.severity or None,
            "description": alert.name,
            "tags": ["security"],
        },
        "tool": {"name": "CodeQL", "version": "2.23.0", "guid": None},
        "most_recent_instance": {
            "ref": "refs/heads/main",
            "analysis_key": ".github/workflows/codeql.yml:analyze",
            "environment": "{}",
            "category": "",
            "state": alert.state,
            "commit_sha": repository.branches[repository.default],
            "message": {"text": alert.name},
            "location": {
                "path": "src/main",
                "start_line": 1,
                "end_line": 1,
                "start_column": 1,
                "end_column": 2,
            },
            "classifications": [],
        },
    }


def _secret(world: Organization, repository: Repository, alert: Alert) -> dict[str, Json]:
    common = _common(world, repository, alert, "secret-scanning")
    closed = alert.state != "open"
    return {
        **common,
        "locations_url": f"{common['url']}/locations",
        "state": "resolved" if closed else "open",
        "resolution": (alert.reason or "revoked") if closed else None,
        "resolved_at": alert.closed or None,
        "resolved_by": user_named(world, alert.closed_by) if closed else None,
        "resolution_comment": None,
        "secret_type": alert.name,
        "secret_type_display_name": alert.name,
        "secret": "AKIA" + "EXAMPLE" + "0" * 9,
        "validity": "unknown",
        "publicly_leaked": False,
        "multi_repo": False,
        "push_protection_bypassed": False,
        "push_protection_bypassed_by": None,
        "push_protection_bypassed_at": None,
    }


def _dependency(world: Organization, repository: Repository, alert: Alert) -> dict[str, Json]:
    package: Json = {"ecosystem": "swift", "name": "example/archive"}
    flaw: Json = {
        "package": package,
        "severity": alert.severity,
        "vulnerable_version_range": "< 2.4.1",
        "first_patched_version": {"identifier": "2.4.1"},
    }
    advisory = {
        "ghsa_id": "GHSA-xxxx-xxxx-0001",
        "cve_id": alert.name,
        "summary": "An archive may write outside its folder",
        "description": "An archive may write outside its folder.",
        "vulnerabilities": [flaw],
        "severity": alert.severity,
        "cvss": {"score": 9, "vector_string": None},
        "cwes": [{"cwe_id": "CWE-22", "name": "Path Traversal"}],
        "identifiers": [{"type": "CVE", "value": alert.name}],
        "references": [],
        "published_at": alert.opened,
        "updated_at": alert.opened,
        "withdrawn_at": None,
    }
    return {
        **_common(world, repository, alert, "dependabot"),
        **_ending(world, alert),
        "auto_dismissed_at": None,
        "dependency": {
            "package": package,
            "manifest_path": "Package.resolved",
            "scope": "runtime",
            "relationship": "direct",
        },
        "security_advisory": cast("Json", advisory),
        "security_vulnerability": flaw,
    }


_ORG = "/orgs/{org}"
ROUTES = (
    Route(
        path=f"{_ORG}/code-scanning/alerts",
        answer=_alerts("code", _code),
        list_at=".",
    ),
    Route(
        path=f"{_ORG}/secret-scanning/alerts",
        answer=_alerts("secret", _secret),
        list_at=".",
    ),
    Route(
        path=f"{_ORG}/dependabot/alerts",
        answer=_alerts("dependency", _dependency),
        list_at=".",
        by_cursor=True,
    ),
)
