"""Alerts of an organisation's scanners: secrets, flaws in code, flaws of dependencies.

API: https://docs.github.com/en/rest/secret-scanning/secret-scanning,
https://docs.github.com/en/rest/code-scanning/code-scanning and
https://docs.github.com/en/rest/dependabot/alerts
"""

from collections.abc import Iterator

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import held_by, moment, repository_of, text
from auditor.collect.github.repositories import scanned
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Alert, Maybe, Repository

_SECRETS, _CODE, _DEPENDENCIES = (
    "secret_scanning_alerts:read",
    "security_events:read",
    "vulnerability_alerts:read",
)
_STATES = {
    "open": "open",
    "fixed": "fixed",
    "auto_dismissed": "dismissed",
    "dismissed": "dismissed",
}
_REVOKED = "revoked"  # of secrets: the one way to resolve an alert that mends something


def _secret(found: Found) -> Iterator[Alert]:
    resolution = found.read("item.resolution", absent="")
    is_open = found.read("item.state") == "open"
    state = "open" if is_open else "fixed" if resolution == _REVOKED else "dismissed"
    yield _alert(
        found,
        "secret",
        name=text(found.read("item.secret_type"), "the type of secret"),
        severity="",
        state=state if isinstance(found.read("item.state"), str) else _no_state(found),
        closed=_moment(found, "resolved_at"),
        reason=str(resolution) if state == "dismissed" else "",
    )


def _code(found: Found) -> Iterator[Alert | Repository]:
    yield scanned(found, repository_of(found, found.read("item.repository.full_name", absent="")))
    stated = found.read("item.rule.security_severity_level", absent=None)
    yield _alert(
        found,
        "code",
        name=text(found.read("item.rule.id"), "the rule"),
        severity=stated if isinstance(stated, str) else "",
        state=_state(found),
        closed=_moment(found, "fixed_at", "dismissed_at"),
        reason=str(found.read("item.dismissed_reason", absent="")),
    )


def _dependency(found: Found) -> Iterator[Alert]:
    advisory = "item.security_advisory"
    name = found.read(f"{advisory}.cve_id", absent=found.read(f"{advisory}.ghsa_id", absent=None))
    yield _alert(
        found,
        "dependency",
        name=text(name, "the flaw"),
        severity=text(found.read("item.security_vulnerability.severity"), "its severity"),
        state=_state(found),
        closed=_moment(found, "fixed_at", "dismissed_at", "auto_dismissed_at"),
        reason=str(found.read("item.dismissed_reason", absent="")),
    )


def _alert(
    found: Found,
    kind: str,
    *,
    name: Maybe[str],
    severity: Maybe[str],
    state: Maybe[str],
    closed: Maybe[str],
    reason: str,
) -> Alert:
    repository = repository_of(found, found.read("item.repository.full_name", absent=""))
    return Alert(
        id=f"{repository}/{kind}/{found.read('item.number', absent='?')}",
        **held_by(found),
        repository_id=repository,
        kind=kind,
        name=name,
        severity=severity,
        state=state,
        opened=moment(found.read("item.created_at", absent=None)),
        closed="" if state == "open" else closed,
        reason=reason,
    )


def _state(found: Found) -> Maybe[str]:
    return _STATES.get(str(found.read("item.state", absent="")), _no_state(found))


def _no_state(found: Found) -> Unknown:
    return Unknown(f"this version knows no alert that is {found.read('item.state', absent='')}")


def _moment(found: Found, *names: str) -> Maybe[str]:
    stated = (found.read(f"item.{name}", absent=None) for name in names)
    return moment(next((each for each in stated if isinstance(each, str)), None))


# The secret itself stands in an alert: it never enters the evidence.
SECRETS = Collector(
    kind="github.alerts.secret",
    service="rest",
    title="Secrets found in code",
    per=ORGANIZATION,
    listing=listing("secret-scanning/alerts", _SECRETS, secrets=("secret",)),
    tables=(Alert,),
    rows=_secret,
    source="https://docs.github.com/en/rest/secret-scanning/secret-scanning",
)
CODE = Collector(
    kind="github.alerts.code",
    service="rest",
    title="Flaws found in code",
    per=ORGANIZATION,
    listing=listing("code-scanning/alerts", _CODE),
    tables=(Alert, Repository),
    rows=_code,
    source="https://docs.github.com/en/rest/code-scanning/code-scanning",
)
DEPENDENCIES = Collector(
    kind="github.alerts.dependency",
    service="rest",
    title="Known flaws of dependencies",
    per=ORGANIZATION,
    listing=listing("dependabot/alerts", _DEPENDENCIES),
    tables=(Alert,),
    rows=_dependency,
    source="https://docs.github.com/en/rest/dependabot/alerts",
)
