"""Amazon ECR: the images that a repository keeps, whether tags can be moved, and who signed what.

A repository keeps signatures of Notation beside the images that they are about, and checks none of
them. Of an image that ECR had signed by itself when it was pushed, it says that it did:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html

API: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.collect.aws.ecr_signing import Signing
from auditor.collect.aws.reading import entries, maybe_text, member, texts
from auditor.collect.aws.running import NO_SIZE, artifact_of
from auditor.collect.digests import digest_of
from auditor.collect.image_indexes import INDEX_TYPES, images_named_in
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found
from auditor.tables import Artifact, Maybe

SIGNATURE = "application/vnd.cncf.notary.signature"
_MUTABLE = {
    "IMMUTABLE": False,
    "MUTABLE": True,
    # Filters of tags say which are excluded, and so can be moved or not.
    "IMMUTABLE_WITH_EXCLUSION": True,
    "MUTABLE_WITH_EXCLUSION": True,
}
_ODD = Unknown("the answer does not say whether its repository's tags can be moved")
_NOT_SHOWN = Unknown("ECR did not show the content of the image index")
_UNREAD = "?"
_AT_ONCE = 100  # BatchGetImage takes no more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is known about all images of one repository.

    Attributes:
        store: the repository's ARN.
        address: 'registry/name', by which images of it are pulled.
        indexes: digest -> the text of each index of images that was read.
    """

    found: Found
    store: str
    address: str
    mutable: Maybe[bool]
    signing: Signing
    indexes: Mapping[str, Json]


def images_in(found: Found, store: str, address: str) -> Iterator[Artifact]:
    """Yield the images of one repository; one that is unknown, if they were not shown.

    Args:
        store: the repository's ARN.
        address: 'registry/name', by which images of it are pulled.
    """
    images = found.read("images")
    kept = _Kept(
        found=found,
        store=store,
        address=address,
        mutable=_are_mutable(found),
        signing=Signing(found, _pictures(images), _signatures(images)),
        indexes=_texts_of_indexes(found),
    )
    if isinstance(images, Unknown):
        yield artifact_of(
            found,
            id=f"{store}/{_UNREAD}",
            kind="image",
            digest=images,
            name=address,
            made=images,
            tags=images,
            mutable_tags=kept.mutable,
            store_id=store,
            signed=images,
            index_of=images,
        )
    for each in _pictures(images):
        yield _image(kept, each)


def _image(kept: _Kept, image: Mapping[str, Json]) -> Artifact:
    name, size = member(image, "imageDigest"), image.get("imageSizeInBytes")
    return artifact_of(
        kept.found,
        id=f"{kept.store}/{name or _UNREAD}",
        kind="image",
        digest=digest_of(image.get("imageDigest")),
        name=kept.address,
        made=member(image, "imagePushedAt"),
        size_bytes=size if type(size) is int else NO_SIZE,
        tags=tuple(sorted(texts(image.get("imageTags")))),
        mutable_tags=kept.mutable,
        store_id=kept.store,
        signed=kept.signing.of(name),
        index_of=_index_of(kept, image),
    )


def _index_of(kept: _Kept, image: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    if not _may_be_index(image):
        return ()
    digest = member(image, "imageDigest")
    if digest in kept.indexes:
        return images_named_in(kept.indexes[digest], digest)
    refused = kept.found.read("indexes")
    return refused if isinstance(refused, Unknown) else _NOT_SHOWN


def _may_be_index(image: Mapping[str, Json]) -> bool:
    return member(image, "imageManifestMediaType") in ("", *INDEX_TYPES)


def _texts_of_indexes(found: Found) -> Mapping[str, Json]:
    read = found.read("indexes")
    return {
        member(each, "imageId.imageDigest"): each.get("imageManifest") for each in entries(read)
    }


def _pictures(images: Json) -> list[Mapping[str, Json]]:
    """Return what is kept, but signatures."""
    return [each for each in entries(images) if member(each, "artifactMediaType") != SIGNATURE]


def _signatures(images: Json) -> list[Mapping[str, Json]]:
    return [each for each in entries(images) if member(each, "artifactMediaType") == SIGNATURE]


def _are_mutable(found: Found) -> Maybe[bool]:
    stated = maybe_text(found, "item.imageTagMutability")
    return stated if isinstance(stated, Unknown) else _MUTABLE.get(stated, _ODD)


def _indexes(found: Found) -> tuple[Json, ...]:
    """Return the names of indexes, as many together as can be asked for at once."""
    kept = _pictures(found.read("images"))
    digests = [member(each, "imageDigest") for each in kept if _may_be_index(each)]
    names = [{"imageDigest": each} for each in dict.fromkeys(filter(None, digests))]
    return tuple(names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE))


def signed_images(found: Found) -> tuple[Json, ...]:
    """Return the names of the images of which ECR may say that it had them signed."""
    images = found.read("images")
    signing = Signing(found, _pictures(images), _signatures(images))
    return tuple({"imageDigest": each} for each in signing.to_ask)


IMAGES = Detail(
    name="images",
    operation="DescribeImages",
    permission="ecr:DescribeImages",
    parameters={"maxResults": 1000},
    bind={"repositoryName": "item.repositoryName"},
    items="imageDetails",
)
INDEXES = Detail(
    name="indexes",
    operation="BatchGetImage",
    permission="ecr:BatchGetImage",
    parameters={"acceptedMediaTypes": list(INDEX_TYPES)},
    bind={"repositoryName": "item.repositoryName"},
    each={"imageIds": _indexes},
    items="images",
)
STATUSES = Detail(
    name="statuses",
    operation="DescribeImageSigningStatus",
    permission="ecr:DescribeImageSigningStatus",
    bind={"repositoryName": "item.repositoryName"},
    each={"imageId": signed_images},
    items="signingStatuses",
    absent_on=("ImageNotFoundException",),
)
