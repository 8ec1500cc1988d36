"""Amazon ECR: the images that a repository keeps, and whether their tags can be moved.

A repository keeps signatures of Notation beside the images that they are about, and nobody checks
them there: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing.html

API: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, maybe_text, member, texts
from auditor.collect.aws.running import NO_SIZE, artifact_of, digest_of
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found
from auditor.tables import Artifact, Maybe

_SIGNATURE = "application/vnd.cncf.notary.signature"
_ATTACHED = Unknown("a signature is kept beside it, which ECR does not check")
_MUTABLE = {
    "IMMUTABLE": False,
    "MUTABLE": True,
    # Filters of tags say which are excluded, and so can be moved or not.
    "IMMUTABLE_WITH_EXCLUSION": True,
    "MUTABLE_WITH_EXCLUSION": True,
}
_ODD = Unknown("the answer does not say whether its repository's tags can be moved")
_UNREAD = "?"


def images_in(found: Found, store: str, address: str) -> Iterator[Artifact]:
    """Yield the images of one repository; one that is unknown, if they were not shown.

    Args:
        store: the repository's ARN.
        address: 'registry/name', by which images of it are pulled.
    """
    mutable = _are_mutable(found)
    images = found.read("images")
    if isinstance(images, Unknown):
        yield artifact_of(
            found,
            id=f"{store}/{_UNREAD}",
            kind="image",
            digest=images,
            name=address,
            made=images,
            tags=images,
            mutable_tags=mutable,
            store_id=store,
            signed=images,
        )
    signed = {
        member(each, "subjectManifestDigest")
        for each in entries(images)
        if member(each, "artifactMediaType") == _SIGNATURE
    }
    for each in entries(images):
        if member(each, "artifactMediaType") != _SIGNATURE:
            yield _image(found, store, address, each, mutable, signed)


def _image(
    found: Found,
    store: str,
    address: str,
    image: Mapping[str, Json],
    mutable: Maybe[bool],
    signed: set[str],
) -> Artifact:
    digest, size = image.get("imageDigest"), image.get("imageSizeInBytes")
    return artifact_of(
        found,
        id=f"{store}/{member(image, 'imageDigest') or _UNREAD}",
        kind="image",
        digest=digest_of(digest),
        name=address,
        made=member(image, "imagePushedAt"),
        size_bytes=size if type(size) is int else NO_SIZE,
        tags=tuple(sorted(texts(image.get("imageTags")))),
        mutable_tags=mutable,
        store_id=store,
        signed=_ATTACHED if member(image, "imageDigest") in signed else False,
    )


def _are_mutable(found: Found) -> Maybe[bool]:
    stated = maybe_text(found, "item.imageTagMutability")
    return stated if isinstance(stated, Unknown) else _MUTABLE.get(stated, _ODD)


IMAGES = Detail(
    name="images",
    operation="DescribeImages",
    permission="ecr:DescribeImages",
    parameters={"maxResults": 1000},
    bind={"repositoryName": "item.repositoryName"},
    items="imageDetails",
)
