"""GitHub Apps and fine-grained tokens that the organisation lets in.

GitHub does not show which repositories an App was let into if they were chosen: then the row says
all, which is never less than the truth.

API: https://docs.github.com/en/rest/orgs/orgs#list-app-installations-for-an-organization and
https://docs.github.com/en/rest/orgs/personal-access-tokens
"""

from collections.abc import Iterator

from auditor.collect.github.calls import ORGANIZATION, listing
from auditor.collect.github.reading import (
    PAGE,
    app_of,
    held_by,
    moment,
    repository_of,
    text,
    user_of,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Maybe, Principal, RepositoryRight

_INSTALLATIONS, _TOKENS = (
    "organization_administration:read",
    "organization_personal_access_tokens:read",
)


def _app(found: Found) -> Iterator[Principal | RepositoryRight]:
    app = app_of(found, found.read("item.app_slug", absent=None))
    if isinstance(app, Unknown):
        return
    created = moment(found.read("item.created_at", absent=None))
    yield Principal(
        id=app,
        evidence=found.evidence,
        provider="github",
        account=found.place["account"],
        kind="service",
        name=text(found.read("item.app_slug"), "the App's name"),
        enabled=found.read("item.suspended_at", absent="") == "",
        lasting_keys=Unknown("GitHub shows nobody but its owner the keys of an App"),
        oldest_key=Unknown("GitHub shows nobody but its owner the keys of an App"),
        created=created,
        last_used=Unknown("GitHub does not state when an App was last here"),
        attributes={},
        tags={},
    )
    permissions = found.read("item.permissions", absent=None)
    given: list[str] | list[Unknown] = _accesses(permissions)
    if not isinstance(permissions, dict):
        given = [Unknown("GitHub does not show what the App may do", _INSTALLATIONS)]
    for access in given:
        name = access if isinstance(access, str) else "?"
        yield RepositoryRight(
            id=f"{app}/app/{found.place['account']}/{name}",
            **held_by(found),
            repository_id="*",
            principal_id=app,
            access=access,
            via="app",
        )


def _accesses(permissions: Json) -> list[str]:
    """Return what an App's or a token's permissions come to, for code and the rules on it."""
    if not isinstance(permissions, dict):
        return []
    accesses = []
    if permissions.get("administration") == "write":
        accesses.append("administer")
    contents = permissions.get("contents")
    workflows = permissions.get("workflows")
    if "write" in (contents, workflows):
        accesses.append("write")
    if contents in ("read", "write"):
        accesses.append("read")
    return accesses


def _token(found: Found) -> Iterator[RepositoryRight]:
    owner = user_of(found, found.read("item.owner.login", absent=None))
    number = found.read("item.id", absent="?")
    for repository in _repositories(found):
        for access in _accesses(found.read("item.permissions.repository", absent={})):
            yield RepositoryRight(
                id=f"github/{found.place['host']}/token/{number}/{repository}/{access}",
                **held_by(found),
                repository_id=repository,
                principal_id=owner,
                access=access,
                via="token",
                expires=_end(found),
            )


def _repositories(found: Found) -> tuple[str, ...]:
    """Return what a token is for; all where that is not shown, which is never too little."""
    selection = found.read("item.repository_selection", absent="all")
    if selection == "none":
        return ()
    chosen = found.read("repositories", absent=None)
    if selection == "all" or not isinstance(chosen, list):
        return ("*",)
    names = (each.get("full_name") for each in chosen if isinstance(each, dict))
    return tuple(repository_of(found, name) for name in names)


def _end(found: Found) -> Maybe[str]:
    stated = found.read("item.token_expires_at", absent=None)
    return moment(stated) if stated else ""


APPS = Collector(
    kind="github.apps.installation",
    service="rest",
    title="GitHub Apps that are installed",
    per=ORGANIZATION,
    listing=listing("installations", _INSTALLATIONS, items="installations"),
    tables=(Principal, RepositoryRight),
    rows=_app,
    source="https://docs.github.com/en/rest/orgs/orgs",
)
TOKENS = Collector(
    kind="github.apps.token",
    service="rest",
    title="Fine-grained tokens of members; GitHub shows them to Apps only",
    per=ORGANIZATION,
    listing=listing("personal-access-tokens", _TOKENS),
    details=(
        Detail(
            name="repositories",
            operation="GET /orgs/{org}/personal-access-tokens/{pat_id}/repositories",
            permission=_TOKENS,
            when="item.repositories_url",
            items=".",
            parameters={"per_page": PAGE},
            bind={"org": "place.account", "pat_id": "item.id"},
        ),
    ),
    tables=(RepositoryRight,),
    rows=_token,
    source="https://docs.github.com/en/rest/orgs/personal-access-tokens",
)
