"""OCI Artifacts: repositories of container images and of files, and the files that are kept.

Encrypted with Oracle's key. Anybody can pull the images of a public repository:
https://docs.oracle.com/en-us/iaas/Content/Registry/Concepts/registryoverview.htm
"""

from collections.abc import Iterator

from auditor.collect.digests import digest_of
from auditor.collect.flows import possible
from auditor.collect.oci.artifact_rows import artifact_of
from auditor.collect.oci.flows import to_anybody
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, size_of, text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    PAGE,
    compartment_listing,
    is_gone,
    member_of,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Artifact, Flow, Maybe, Store

_SERVICE = "artifacts.ArtifactsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/registry/20160918"


def _container_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    public = maybe_flag(found, "item.isPublic")
    size = size_of(found, "item.layersSizeInBytes")
    store = store_of(found, "artifacts", "container repository", public=public, size_bytes=size)
    yield store
    if isinstance(public, Unknown):
        yield possible(store, "public", public)
    elif public:
        yield to_anybody(store, "public", "*")


def _generic_rows(found: Found) -> Iterator[Store | Artifact]:
    if is_gone(found):
        return
    store = store_of(found, "artifacts", "artifact repository")
    yield store
    immutable = maybe_flag(found, "item.isImmutable")
    mutable = immutable if isinstance(immutable, Unknown) else not immutable
    files = found.read("files")
    if isinstance(files, Unknown):
        yield artifact_of(
            found,
            id=f"{store.id}/?",
            name=store.name,
            kind="package",
            digest=files,
            made=files,
            tags=files,
            mutable_tags=mutable,
            store_id=store.id,
        )
    for file in entries(files):
        yield from _file(member_of(found, file), store, mutable)


def _file(each: Found, store: Store, mutable: Maybe[bool]) -> Iterator[Artifact]:
    if is_gone(each):
        return
    path, version = text(each, "item.artifactPath"), maybe_text(each, "item.version")
    yield artifact_of(
        each,
        kind="package",
        name=f"{store.name}/{path}",
        digest=digest_of(each.read("item.sha256")),
        tags=version if isinstance(version, Unknown) else (version,),
        mutable_tags=mutable,
        store_id=store.id,
        size_bytes=size_of(each, "item.sizeInBytes"),
    )


CONTAINERS = Collector(
    kind="oci.artifacts.container",
    service=_SERVICE,
    title="Repositories of container images",
    # Not the whole tenancy at once: Oracle does not say whether that answers in part to those who
    # may not see all of it.
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_container_repositories", "inspect repos"),
    tables=(Store, Flow),
    rows=_container_rows,
    types=("ContainerRepo",),
    source=f"{_API}/ContainerRepositorySummary/ListContainerRepositories",
)

GENERIC = Collector(
    kind="oci.artifacts.repository",
    service=_SERVICE,
    title="Repositories of files",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_repositories", "inspect artifact-repositories"),
    details=(
        Detail(
            name="files",
            operation="list_generic_artifacts",
            permission="inspect generic-artifacts",
            parameters={"limit": PAGE},
            bind={"compartment_id": "item.compartmentId", "repository_id": "item.id"},
            items=COLLECTED,
        ),
    ),
    tables=(Store, Artifact),
    rows=_generic_rows,
    source=f"{_API}/RepositorySummary/ListRepositories",
)
