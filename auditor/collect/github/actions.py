"""GitHub Actions: what workflows may do by default, and the machines that they run on.

What an organisation forbids, no repository of it can allow.
API: https://docs.github.com/en/rest/actions/permissions and
https://docs.github.com/en/rest/actions/self-hosted-runners
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import flag, held_by, text
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Builder, Maybe

_ADMINISTRATION, _RUNNERS = (
    "organization_administration:read",
    "organization_self_hosted_runners:read",
)


def _settings(found: Found) -> Iterator[Builder]:
    base = f"github/{found.place['host']}/{found.place['account']}"
    token = found.read("workflow.default_workflow_permissions")
    yield Builder(
        id=f"{base}/actions",
        **held_by(found),
        kind="workflow settings",
        name=f"Actions of {found.place['account']}",
        repository_id="",
        self_hosted=False,
        unmanaged_code=_anybodys_code(found),
        token_writes=token if isinstance(token, Unknown) else token == "write",
        approves=flag(
            found.read("workflow.can_approve_pull_request_reviews", absent=None),
            "whether workflows may approve",
            _ADMINISTRATION,
        ),
        role_id="",
    )


def _anybodys_code(found: Found) -> Maybe[bool]:
    """Return whether workflows may run actions of anybody outside that are not pinned."""
    if found.read("item.enabled_repositories", absent=None) == "none":
        return False
    allowed = found.read("item.allowed_actions", absent=None)
    if found.read("item.sha_pinning_required", absent=False) is True or allowed == "local_only":
        return False
    if allowed == "selected":
        patterns = found.read("selected.patterns_allowed", absent=[])
        verified = found.read("selected.verified_allowed", absent=False)
        if isinstance(patterns, Unknown) or isinstance(verified, Unknown):
            return patterns if isinstance(patterns, Unknown) else verified
        return bool(patterns) or verified is True
    if allowed == "all":
        return True
    return Unknown("GitHub does not show which actions workflows may run", _ADMINISTRATION)


def _runner(found: Found) -> Iterator[Builder]:
    yield runner_row(found, f"github/{found.place['host']}/{found.place['account']}", "")


def runner_row(found: Found, base: str, repository: str) -> Builder:
    """Return the row of a listed runner.

    Args:
        base: id of the organisation or repository that has it.
        repository: id of the one repository that it builds; '' for several.
    """
    return Builder(
        id=f"{base}/runner/{found.read('item.id', absent='?')}",
        **held_by(found),
        kind="runner",
        name=text(found.read("item.name"), "the runner's name"),
        repository_id=repository,
        self_hosted=True,
        role_id="",
    )


def _detail(name: str, path: str, **more: Any) -> Detail:
    return Detail(
        name=name,
        operation=f"GET /orgs/{{org}}/actions/permissions/{path}",
        permission=_ADMINISTRATION,
        bind={"org": "place.account"},
        **more,
    )


SETTINGS = Collector(
    kind="github.actions.settings",
    service="rest",
    title="What workflows may do by default",
    per=ORGANIZATION,
    listing=Listing(
        operation="GET /orgs/{org}/actions/permissions",
        permission=_ADMINISTRATION,
        items="",
        bind={"org": "place.account"},
    ),
    details=(
        _detail("workflow", "workflow"),
        _detail("selected", "selected-actions", when="item.selected_actions_url"),
    ),
    tables=(Builder,),
    rows=_settings,
    source="https://docs.github.com/en/rest/actions/permissions",
)
RUNNERS = Collector(
    kind="github.actions.runner",
    service="rest",
    title="Runners on machines of the organisation's own",
    per=ORGANIZATION,
    listing=listing("actions/runners", _RUNNERS, items="runners"),
    tables=(Builder,),
    rows=_runner,
    source="https://docs.github.com/en/rest/actions/self-hosted-runners",
)
