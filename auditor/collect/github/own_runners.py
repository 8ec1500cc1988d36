"""Runners that repositories have of their own, where the organisation lets them have any.

API: https://docs.github.com/en/rest/actions/permissions and
https://docs.github.com/en/rest/actions/self-hosted-runners
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.collect.github.actions import runner_row
from auditor.collect.github.calls import ORGANIZATION, name_at, owner_at
from auditor.collect.github.reading import PAGE, held_by, repository_of
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Builder

_ADMINISTRATION, _REPOSITORY, _METADATA = (
    "organization_administration:read",
    "administration:read",
    "metadata:read",
)
_SETTING = "GET /orgs/{org}/actions/permissions/self-hosted-runners"
_ALL, _SELECTED, _NONE = "all", "selected", "none"


def _unknown_ones(found: Found) -> Iterator[Builder]:
    """Yield a row for runners that may be there, where nobody tells which repositories may."""
    choice = found.read("item.enabled_repositories", absent=None)
    told = found.read(str(choice)) if choice in (_ALL, _SELECTED) else None
    if choice == _NONE or isinstance(told, list):
        return
    why = told if isinstance(told, Unknown) else None
    why = why or Unknown("GitHub does not show who may have runners of its own", _ADMINISTRATION)
    base = f"github/{found.place['host']}/{found.place['account']}"
    yield Builder(
        id=f"{base}/runners of repositories",
        **held_by(found),
        kind="runner",
        name=why,
        repository_id=why,
        self_hosted=why,
        role_id="",
    )


def _allowed(found: Found) -> tuple[str, ...]:
    """Return the repositories that may have runners. What is archived runs nothing."""
    choice = str(found.read("item.enabled_repositories", absent=""))
    listed = found.read(choice, absent=[]) if choice in (_ALL, _SELECTED) else []
    return tuple(
        str(each.get("full_name"))
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and each.get("archived") is not True
    )


def _runner(found: Found) -> Iterator[Builder]:
    repository = repository_of(found, found.place["repository"])
    yield runner_row(found, repository, repository)


def _chosen(choice: str) -> Callable[[Found], bool]:
    return lambda found: found.read("item.enabled_repositories", absent=None) == choice


def _list(name: str, operation: str, items: str, permission: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=permission,
        items=items,
        parameters={"per_page": PAGE},
        bind={"org": "place.account"},
        applies=_chosen(name),
    )


ALLOWED = Collector(
    kind="github.own_runners.setting",
    service="rest",
    title="Repositories that may have runners of their own",
    per=ORGANIZATION,
    listing=Listing(
        operation=_SETTING, permission=_ADMINISTRATION, items="", bind={"org": "place.account"}
    ),
    details=(
        _list(_SELECTED, f"{_SETTING}/repositories", "repositories", _ADMINISTRATION),
        _list(_ALL, "GET /orgs/{org}/repos", ".", _METADATA),
    ),
    tables=(Builder,),
    rows=_unknown_ones,
    axis=Axis(name="repository", value=_allowed, optional=True),
    source="https://docs.github.com/en/rest/actions/permissions",
)
RUNNERS = Collector(
    kind="github.own_runners.runner",
    service="rest",
    title="Runners of repositories' own",
    per=(*ORGANIZATION, "repository"),
    listing=Listing(
        operation="GET /repos/{owner}/{repo}/actions/runners",
        permission=_REPOSITORY,
        items="runners",
        parameters={"per_page": PAGE},
        compose={"owner": owner_at("repository"), "repo": name_at("repository")},
    ),
    tables=(Builder,),
    rows=_runner,
    source="https://docs.github.com/en/rest/actions/self-hosted-runners",
)
