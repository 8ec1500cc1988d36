"""AWS CodeArtifact: the packages that a repository keeps and that were published to it.

A version that came from a public registry was built by others, and is left out. Of the rest, every
file has its own SHA-256. It costs a call for each package, and one for each version of the rest.

API: https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_ListPackageVersionAssets.html
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.collect.aws.reading import entries, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.running import NO_SIZE, artifact_of
from auditor.collect.digests import digest_of
from auditor.model import Json, Outcome, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig, listed
from auditor.tables import Artifact, Maybe

REPOSITORY = "package_repository"  # the axis: domain, its owner and name, with blanks between
_REFERENCE = "https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_"
_NOT_HANDED_OUT = frozenset({"Archived", "Disposed", "Unfinished"})
_FROM_OUTSIDE = "EXTERNAL"
_NO_MOMENT = Unknown("the list of versions does not say when they were published")
_NO_VERSION = Unknown("CodeArtifact lists the package, and no version of it")
_NO_NAMESPACE = Unknown("not every package has a namespace")
_NOT_LISTED = Unknown("CodeArtifact did not list the files of this version")


def repository_place(found: Found) -> str | None:
    """Return the place of a listed repository."""
    names = ("item.domainName", "item.domainOwner", "item.name")
    parts = [text(found, each) for each in names]
    return " ".join(parts) if all(parts) else None


def _domain(found: Found) -> Json:
    return found.place[REPOSITORY].partition(" ")[0]


def _owner(found: Found) -> Json:
    return found.place[REPOSITORY].partition(" ")[2].partition(" ")[0]


def _repository(found: Found) -> Json:
    return found.place[REPOSITORY].rpartition(" ")[2]


def _namespace(found: Found) -> Json:
    return text(found, "item.namespace") or _NO_NAMESPACE


_HERE: Mapping[str, Callable[[Found], Json]] = {
    "domain": _domain,
    "domainOwner": _owner,
    "repository": _repository,
}
_NAMED = {"format": "item.format", "package": "item.package"}


def _package(found: Found) -> Iterator[Artifact]:
    several = found.read("versions") or _NO_VERSION
    if isinstance(several, Unknown):
        yield _file(found, "?", "?", several, tags=several)
    for version in _own_versions(found):
        yield from _files(found, version)


def _own_versions(found: Found) -> list[str]:
    return [
        member(each, "version")
        for each in entries(found.read("versions"))
        if member(each, "status") not in _NOT_HANDED_OUT
        and member(each, "origin.originType") != _FROM_OUTSIDE
    ]


def _versions_to_ask(found: Found) -> tuple[Json, ...]:
    return tuple(dict.fromkeys(filter(None, _own_versions(found))))


def _files(found: Found, version: str) -> Iterator[Artifact]:
    call = found.details["assets"]
    pages = [
        page
        for page in found.answers.get("assets", ())
        if page.outcome is Outcome.OK and dig(page.body, "version") == version
    ]
    for page in pages:
        for each in entries(listed(call, page)):
            yield _file(found, version, member(each, "name"), _digest(each), size=each.get("size"))
    refused = found.read("assets")
    if not pages or isinstance(refused, Unknown):
        yield _file(found, version, "?", refused if isinstance(refused, Unknown) else _NOT_LISTED)


def _digest(asset: Mapping[str, Json]) -> Maybe[str]:
    hashes = asset.get("hashes")
    return digest_of(hashes.get("SHA-256") if isinstance(hashes, Mapping) else None)


def _file(
    found: Found,
    version: str,
    name: str,
    digest: Maybe[str],
    *,
    size: Json = None,
    tags: Maybe[tuple[str, ...]] = (),
) -> Artifact:
    domain, owner, repository = (str(part(found)) for part in _HERE.values())
    region = found.place["region"]
    words = [text(found, f"item.{each}") for each in ("format", "namespace", "package")]
    package = "/".join((domain, repository, *words))
    row = arn("codeartifact", region, owner, f"package/{package}")
    return artifact_of(
        found,
        id=f"{row}/{version}/{name}",
        kind="package",
        digest=digest,
        name="/".join(filter(None, (domain, repository, *words, name.replace("?", "")))),
        made=_NO_MOMENT,
        size_bytes=size if type(size) is int else NO_SIZE,
        tags=tags or (version,),
        # Whoever may delete a version can publish it again with other files.
        mutable_tags=True,
        store_id=arn("codeartifact", region, owner, f"domain/{domain}"),
    )


PACKAGES = Collector(
    kind="aws.codeartifact.package",
    service="codeartifact",
    title="packages that were published to CodeArtifact",
    per=("account", "region", REPOSITORY),
    listing=Listing(
        operation="ListPackages",
        permission="codeartifact:ListPackages",
        parameters={"maxResults": 1000},
        compose=_HERE,
        items="packages",
    ),
    details=(
        Detail(
            name="versions",
            operation="ListPackageVersions",
            permission="codeartifact:ListPackageVersions",
            parameters={"maxResults": 1000},
            bind=_NAMED,
            compose={**_HERE, "namespace": _namespace},
            items="versions",
        ),
        Detail(
            name="assets",
            operation="ListPackageVersionAssets",
            permission="codeartifact:ListPackageVersionAssets",
            parameters={"maxResults": 1000},
            bind=_NAMED,
            compose={**_HERE, "namespace": _namespace},
            each={"packageVersion": _versions_to_ask},
            items="assets",
        ),
    ),
    tables=(Artifact,),
    rows=_package,
    source=_REFERENCE + "ListPackages.html",
)
