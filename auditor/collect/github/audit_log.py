"""The organisation's own audit log, and what it says of bypassed rules.

GitHub keeps 180 days of the log, and 7 of what Git clients did; only its Enterprise plan shows it.
API: https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
and https://docs.github.com/en/rest/orgs/rule-suites
"""

from collections.abc import Iterator

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import held_by, moment, repository_of, text, user_of
from auditor.collect.period import AFTER_PERIOD, PERIOD_START
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import CodeEvent, Maybe

_READ, _WRITE = "organization_administration:read", "organization_administration:write"
_LOG = "https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs"
_PERIOD = f"created:{PERIOD_START}..{AFTER_PERIOD}"
# In this order: the first that fits names the kind.
_KINDS = (
    ("policy_override", "bypass"),
    (".bypass", "bypass"),
    ("git.clone", "read"),
    ("git.fetch", "read"),
    ("repo.download_zip", "read"),
    ("protected_branch", "rule change"),
    ("repository_ruleset", "rule change"),
    ("repository_branch_protection", "rule change"),
    ("secret_scanning", "secret"),
    ("org_secret", "secret"),
    ("secret", "secret"),
    ("self_hosted_runner", "runner"),
    ("runner", "runner"),
    ("org.add_", "right change"),
    ("org.remove_", "right change"),
    ("org.update_member", "right change"),
    ("org.invite_", "right change"),
    ("team.", "right change"),
    ("repo.add_", "right change"),
    ("repo.remove_", "right change"),
    ("repo.update_member", "right change"),
    ("repo.access", "right change"),
    ("integration_installation", "right change"),
    ("personal_access_token", "right change"),
    ("public_key", "right change"),
    ("deploy_key", "right change"),
    ("role.", "right change"),
)


def _events(found: Found) -> Iterator[CodeEvent]:
    action = str(found.read("item.action", absent=""))
    document = found.read("item._document_id", absent=None)
    stated = found.read("item.@timestamp", absent=found.read("item.created_at", absent=None))
    name = document or f"{stated}/{action}/{found.read('item.actor', absent='')}"
    repository = found.read("item.repo", absent="")
    yield CodeEvent(
        id=f"github/{found.place['host']}/{found.place['account']}/event/{name}",
        **held_by(found),
        repository_id=repository_of(found, repository) if repository else "",
        action=action,
        kind=kind_of(action),
        principal_id=_actor(found),
        country=str(found.read("item.actor_location.country_code", absent="")),
        at=moment(stated),
        ref=_text(found, "branch") or _text(found, "ref"),
        commit=_text(found, "after") or _text(found, "commit_sha"),
    )


def kind_of(action: str) -> str:
    """Return what an action of the audit log is about."""
    return next((kind for part, kind in _KINDS if part in action), "other")


def _actor(found: Found) -> Maybe[str]:
    if found.read("item.actor", absent="") == "":
        return Unknown("the log names nobody")
    return user_of(found, found.read("item.actor"))


def _text(found: Found, name: str) -> str:
    value = found.read(f"item.{name}", absent="")
    return value if isinstance(value, str) else ""


def _suites(found: Found) -> Iterator[CodeEvent]:
    name = found.read("item.repository_name", absent="")
    yield CodeEvent(
        id=f"github/{found.place['host']}/{found.place['account']}/suite/{found.read('item.id')}",
        **held_by(found),
        repository_id=repository_of(found, f"{found.place['account']}/{name}"),
        action="rule suite bypassed",
        kind="bypass",
        principal_id=user_of(found, found.read("item.actor_name", absent=None)),
        at=moment(found.read("item.pushed_at", absent=None)),
        ref=text(found.read("item.ref"), "the branch"),
        commit=text(found.read("item.after_sha"), "the commit"),
    )


AUDIT_LOG = Collector(
    kind="github.audit_log.event",
    service="rest",
    title="Audit log of the organisation",
    per=ORGANIZATION,
    listing=listing("audit-log", _READ, parameters={"include": "web", "phrase": _PERIOD}),
    tables=(CodeEvent,),
    rows=_events,
    source=_LOG,
)
GIT_LOG = Collector(
    kind="github.audit_log.git",
    service="rest",
    title="Clones, fetches and pushes in the audit log",
    per=ORGANIZATION,
    listing=listing("audit-log", _READ, parameters={"include": "git", "phrase": _PERIOD}),
    tables=(CodeEvent,),
    rows=_events,
    source=_LOG,
)
RULE_SUITES = Collector(
    kind="github.audit_log.bypass",
    service="rest",
    title="Pushes and merges that bypassed rules, of the last month",
    per=ORGANIZATION,
    listing=listing(
        "rulesets/rule-suites",
        _WRITE,
        parameters={"rule_suite_result": "bypass", "time_period": "month"},
    ),
    tables=(CodeEvent,),
    rows=_suites,
    source="https://docs.github.com/en/rest/orgs/rule-suites",
)
