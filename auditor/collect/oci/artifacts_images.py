"""OCI Registry: the images that are kept, by digest, and whether a signature on them holds.

The registry lists an image with its latest version, which is what it calls a tag; the others, and
how large it is, only its own answer has. Its layers are those of an image: an index of images for
several platforms has none, and what it names the registry's API does not show.
"""

from collections.abc import Iterator

from auditor.collect.digests import digest_of
from auditor.collect.oci.artifact_rows import artifact_of
from auditor.collect.oci.image_signatures import SIGNATURES, is_signed
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, size_of
from auditor.collect.oci.regions import domain_of
from auditor.collect.oci.service_rows import compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Artifact, Maybe

# The permission to read a repository would also pull its images.
_DESCRIBE = (
    "{REPOSITORY_READ} where any {request.operation = 'GetContainerImage',"
    " request.operation = 'GetContainerRepository'}"
)
_NO_HOST = Unknown("the domain of the registry's region is not known to this version")
_PERHAPS_INDEX = Unknown("the registry shows no layers of it, and not whether it is an index")


def _rows(found: Found) -> Iterator[Artifact]:
    if is_gone(found):
        return
    mutable = maybe_flag(found, "repository.isImmutable")
    yield artifact_of(
        found,
        kind="image",
        name=_name(found),
        digest=digest_of(found.read("item.digest")),
        tags=_tags(found),
        mutable_tags=mutable if isinstance(mutable, Unknown) else not mutable,
        store_id=maybe_text(found, "item.repositoryId"),
        size_bytes=_size(found),
        index_of=_index_of(found),
        signed=is_signed(found),
    )


def _name(found: Found) -> Maybe[str]:
    """Return the name by which an image is pulled, without tag or digest."""
    namespace = maybe_text(found, "repository.namespace")
    repository = maybe_text(found, "item.repositoryName")
    region = found.place["region"]
    for value in (namespace, repository):
        if isinstance(value, Unknown):
            return value
    domain = domain_of(region)
    return f"ocir.{region}.oci.{domain}/{namespace}/{repository}" if domain else _NO_HOST


def _tags(found: Found) -> Maybe[tuple[str, ...]]:
    versions = found.read("image.versions", absent=[])  # left out by an image that has none
    if isinstance(versions, Unknown):
        return versions
    names = (each.get("version") for each in entries(versions))
    return tuple(sorted({name for name in names if isinstance(name, str)}))


def _index_of(found: Found) -> Maybe[tuple[str, ...]]:
    layers = found.read("image.layers", absent=[])
    if isinstance(layers, Unknown):
        return layers
    return () if entries(layers) else _PERHAPS_INDEX


def _size(found: Found) -> Maybe[int]:
    """Return the size of what is pulled: the layers and the manifest that names them."""
    parts = [size_of(found, f"image.{each}SizeInBytes") for each in ("layers", "manifest")]
    unknown = next((each for each in parts if isinstance(each, Unknown)), None)
    return unknown or sum(each for each in parts if isinstance(each, int))


IMAGES = Collector(
    kind="oci.artifacts.image",
    service="artifacts.ArtifactsClient",
    title="Container images, and the signatures on them",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_container_images", "inspect repos"),
    details=(
        Detail(
            name="repository",
            operation="get_container_repository",
            permission=_DESCRIBE,
            bind={"repository_id": "item.repositoryId"},
            shared=True,
        ),
        Detail(
            name="image",
            operation="get_container_image",
            permission=_DESCRIBE,
            bind={"image_id": "item.id"},
        ),
        *SIGNATURES,
    ),
    tables=(Artifact,),
    rows=_rows,
    types=("ContainerImage",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/registry/20160918/ContainerImageSummary/ListContainerImages",
)
