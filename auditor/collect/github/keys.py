"""Deploy keys and environments of repositories.

API: https://docs.github.com/en/graphql/reference/objects#deploykey and
https://docs.github.com/en/graphql/reference/objects#environment
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION, repositories
from auditor.collect.github.reading import (
    flag,
    held_by,
    moment,
    repository_of,
    shown,
    text,
    whole,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, dig
from auditor.tables import Builder, Maybe, Principal, RepositoryRight

_KEYS, _ENVIRONMENTS = "administration:read", "environments:read"
_REVIEWED = "REQUIRED_REVIEWERS"


def _rows(found: Found) -> Iterator[Principal | RepositoryRight | Builder]:
    repository = repository_of(found, found.read("item.nameWithOwner", absent=""))
    keys = found.read("item.deployKeys", absent=None)
    for key in shown(keys):
        yield from _key(found, repository, key)
    cut = whole(keys, "the repository's deploy keys", _KEYS)
    if isinstance(cut, Unknown):
        yield _right(found, repository, "?", cut, cut)
    environments = found.read("item.environments", absent=None)
    for environment in shown(environments):
        yield _environment(found, repository, environment)
    cut = whole(environments, "the repository's environments", _ENVIRONMENTS)
    if isinstance(cut, Unknown):
        yield _unseen(found, repository, cut)


def _key(
    found: Found, repository: str, key: Mapping[str, Json]
) -> Iterator[Principal | RepositoryRight]:
    principal = f"github/{found.place['host']}/key/{key.get('id')}"
    read_only = flag(key.get("readOnly"), "what the key may do", _KEYS)
    created = moment(key.get("createdAt"))
    yield Principal(
        id=principal,
        evidence=found.evidence,
        provider="github",
        account=found.place["account"],
        kind="resource",
        name=text(key.get("title"), "the key's title"),
        enabled=flag(key.get("enabled"), "whether the key works"),
        lasting_keys=1,
        oldest_key=created,
        created=created,
        last_used=Unknown("GitHub does not tell here when the key was last used"),
        attributes={},
        tags={},
    )
    if isinstance(read_only, Unknown):
        access: Maybe[str] = read_only
    else:
        access = "read" if read_only else "write"
    yield _right(found, repository, principal, principal, access)


def _right(
    found: Found, repository: str, name: str, who: Maybe[str], access: Maybe[str]
) -> RepositoryRight:
    return RepositoryRight(
        id=f"{repository}/deploy key/{name}",
        **held_by(found),
        repository_id=repository,
        principal_id=who,
        access=access,
        via="deploy key",
    )


def _environment(found: Found, repository: str, environment: Mapping[str, Json]) -> Builder:
    rules = whole(environment.get("protectionRules"), "what guards the environment", _ENVIRONMENTS)
    return Builder(
        id=f"{repository}/environment/{environment.get('name')}",
        **held_by(found),
        kind="environment",
        name=text(environment.get("name"), "the environment's name"),
        repository_id=repository,
        gated=rules if isinstance(rules, Unknown) else any(_is_gate(each) for each in rules),
    )


def _is_gate(rule: Mapping[str, Json]) -> bool:
    reviewers = dig(rule, "reviewers.totalCount")
    return rule.get("type") == _REVIEWED and isinstance(reviewers, int) and reviewers > 0


def _unseen(found: Found, repository: str, why: Unknown) -> Builder:
    return Builder(
        id=f"{repository}/environment/?",
        **held_by(found),
        kind="environment",
        name=why,
        repository_id=repository,
        gated=why,
    )


SETTINGS = Collector(
    kind="github.keys.deploy_key",
    service="graphql",
    title="Deploy keys and environments",
    per=ORGANIZATION,
    listing=repositories("Settings", f"{_KEYS} {_ENVIRONMENTS}", first=50),
    tables=(Principal, RepositoryRight, Builder),
    rows=_rows,
    source="https://docs.github.com/en/graphql/reference/objects#deploykey",
)
