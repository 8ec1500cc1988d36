"""Files that repositories have released, and the attestations that GitHub keeps about them.

API: https://docs.github.com/en/rest/releases/releases and
https://docs.github.com/en/rest/repos/attestations
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import (
    ORGANIZATION,
    name_at,
    name_of,
    owner_at,
    owner_of,
    repositories,
)
from auditor.collect.github.envelopes import attested
from auditor.collect.github.reading import PAGE, held_by, moment, number, repository_of
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Artifact, Attestation, Component, Maybe

_CONTENTS, _ATTESTATIONS = "contents:read", "attestations:read"
_UNDIGESTED = Unknown("GitHub keeps no digest of files that were released before June 2025")


def _files(found: Found) -> Iterator[Artifact]:
    full_name = found.read("item.nameWithOwner", absent="")
    repository = repository_of(found, full_name)
    hidden = _hidden(found)
    if hidden is not None:
        yield _unseen(found, repository, hidden)
    for release, asset in _assets(found):
        digest = _digest(asset)
        tag = str(release.get("tag_name"))
        yield Artifact(
            id=f"{repository}/release/{tag}/{asset.get('name')}",
            **held_by(found),
            kind="file",
            name=f"{full_name}/{asset.get('name')}",
            digest=digest,
            tags=(tag,),
            mutable_tags=release.get("immutable") is not True,
            store_id="",
            made=moment(asset.get("created_at")),
            size_bytes=number(asset.get("size"), "its size"),
            released=True,
        )


def _hidden(found: Found) -> Unknown | None:
    """Return why releases, or files of one, may be there that are not shown; None if all are."""
    count = found.read("item.releases.totalCount")
    if isinstance(count, Unknown):
        return count
    releases = found.read("releases", absent=[])
    if isinstance(releases, Unknown):
        return releases
    for each in releases if isinstance(releases, list) else [None]:
        if not isinstance(each, dict) or not isinstance(each.get("assets"), list):
            return Unknown("GitHub does not show all files of its releases", _CONTENTS)
    return None


def _unseen(found: Found, repository: str, why: Unknown) -> Artifact:
    return Artifact(
        id=f"{repository}/release/?",
        **held_by(found),
        kind="file",
        name=why,
        digest=why,
        tags=why,
        mutable_tags=why,
        made=why,
        size_bytes=why,
        released=why,
    )


def _assets(found: Found) -> Iterator[tuple[Mapping[str, Json], Mapping[str, Json]]]:
    """Yield every file of every published release, with the release."""
    releases = found.read("releases", absent=[])
    for release in releases if isinstance(releases, list) else ():
        if isinstance(release, dict) and release.get("draft") is not True:
            assets = release.get("assets")
            for asset in assets if isinstance(assets, list) else ():
                if isinstance(asset, dict):
                    yield release, asset


def _digest(asset: Mapping[str, Json]) -> Maybe[str]:
    stated = asset.get("digest")
    return stated.lower() if isinstance(stated, str) else _UNDIGESTED


def _places(found: Found) -> tuple[str, ...]:
    name = found.read("item.nameWithOwner", absent="")
    digests = {_digest(asset) for _, asset in _assets(found)}
    return tuple(sorted(f"{name}@{digest}" for digest in digests if isinstance(digest, str)))


def _attestation(found: Found) -> Iterator[Attestation | Component]:
    repository, _, digest = found.place["release"].partition("@")
    bundle = found.read("item.bundle", absent=None)
    content = json.dumps(bundle, sort_keys=True).encode()
    start = f"{repository_of(found, repository)}/attestation/{digest}"
    start += f"/{hashlib.sha256(content).hexdigest()}"
    yield from attested(found, bundle, start, name=repository, digest=digest)


def _subject(found: Found) -> str:
    return found.place["release"].partition("@")[2]


RELEASES = Collector(
    kind="github.releases.file",
    service="graphql",
    title="Files of releases",
    per=ORGANIZATION,
    listing=repositories("Releases", _CONTENTS),
    details=(
        Detail(
            name="releases",
            service="rest",
            operation="GET /repos/{owner}/{repo}/releases",
            permission=_CONTENTS,
            when="item.releases.totalCount",
            items=".",
            parameters={"per_page": PAGE},
            compose={"owner": owner_of, "repo": name_of},
        ),
    ),
    tables=(Artifact,),
    rows=_files,
    axis=Axis(name="release", value=_places, optional=True),
    source="https://docs.github.com/en/rest/releases/releases",
)
ATTESTATIONS = Collector(
    kind="github.releases.attestation",
    service="rest",
    title="Attestations of released files",
    per=(*ORGANIZATION, "release"),
    listing=Listing(
        operation="GET /repos/{owner}/{repo}/attestations/{subject_digest}",
        permission=_ATTESTATIONS,
        items="attestations",
        parameters={"per_page": PAGE},
        compose={
            "owner": owner_at("release"),
            "repo": name_at("release"),
            "subject_digest": _subject,
        },
        absent_on=("404",),  # documented: there is none
    ),
    tables=(Attestation, Component),
    rows=_attestation,
    source="https://docs.github.com/en/rest/repos/attestations",
)
