"""Rows of ``deployments``: what functions, instances and clusters of Oracle Cloud run.

An image of a function is named by a tag, and by the digest that the tag had when the function was
last changed; code that was handed over as an archive, by its digest; an instance, by the id of an
image, which is of one image for ever. Which containers a cluster runs, its own API alone says,
where it can be reached and lets us in.

A container of a container instance may be named by a tag alone. Which image that tag means now is
not what was pulled then: a repository whose tags cannot be moved may have been another before, and
an image can be deleted and its tag be given anew.
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.digests import digest_of, is_pinned, named_digest
from auditor.collect.kubernetes.containers import only_signed, running_in
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, maybe_text, moment, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Deployment, Maybe

_SOURCE = "item.sourceDetails"
_CONTAINER_IMAGE, _ARCHIVE = "CONTAINER_IMAGE", "ARCHIVE"
_NO_IMAGE = Unknown("it is built neither from an image nor from an archive of its owner's")
_NO_CHECK = Unknown("its application checks signatures of images, and its code is none")


def function_runs(found: Found) -> Deployment:
    """Return what a function runs.

    Args:
        found: with the function as its item.
    """
    image, digest = _source_of(found)
    return _row(
        found,
        kind="function",
        image=image,
        digest=digest,
        # An archive is what was handed over, and stays so until another is.
        pinned=image == "" or is_pinned(image),
        signed=_takes_signed_only(found, image),
    )


def _source_of(found: Found) -> tuple[Maybe[str], Maybe[str]]:
    """Return the image of a function, '' for an archive, and the digest of either."""
    kind = maybe_text(found, f"{_SOURCE}.sourceType")
    if isinstance(kind, Unknown):
        return kind, kind
    if kind == _ARCHIVE:
        return "", digest_of(found.read(f"{_SOURCE}.sourceCodeSha256"))
    if kind != _CONTAINER_IMAGE:
        return _NO_IMAGE, _NO_IMAGE
    return maybe_text(found, f"{_SOURCE}.image"), digest_of(found.read(f"{_SOURCE}.imageDigest"))


def _takes_signed_only(found: Found, image: Maybe[str]) -> Maybe[bool]:
    """Return whether the application refuses images that certain keys did not sign.

    An application without a policy takes any:
    https://docs.oracle.com/en-us/iaas/Content/Functions/Tasks/functionsenforcingsignedimagesfromocir.htm
    """
    checks = _checks(found, "application.imagePolicyConfig")
    return _NO_CHECK if checks is True and image == "" else checks


def _checks(found: Found, path: str) -> Maybe[bool]:
    """Return whether a policy for images is on; what has none leaves it out."""
    if found.read(path, absent="") == "":
        return False
    return maybe_flag(found, f"{path}.isPolicyEnabled")


def instance_runs(found: Found) -> Deployment:
    """Return what an instance was launched from."""
    image = maybe_text(found, "item.imageId")
    return _row(found, kind="machine", image=image, digest=image, pinned=True)


def cluster_runs(found: Found) -> Iterator[Deployment]:
    """Yield the containers of a cluster; the cluster itself where nobody could list them."""
    signed = _takes_only_signed(found)
    cluster = text(found, "item.id")
    own = {
        "name": text(found, "item.name"),
        "since": moment(found.read("item.metadata.timeCreated")),
    }
    for columns in running_in(found, cluster, **own):
        yield _row(found, **columns, signed=signed)


def _takes_only_signed(found: Found) -> Maybe[bool]:
    """Return whether only signed images start: by the cluster's own policy, or by its webhooks."""
    enforced = _checks(found, "item.imagePolicyConfig")
    return enforced if enforced is True or isinstance(enforced, Unknown) else only_signed(found)


def unseen_function(found: Found, why: Unknown) -> Deployment:
    """Return what stands for the functions of an application that were not listed."""
    name = f"{text(found, 'item.id')}/?"
    return _row(
        found,
        kind="function",
        id=name,
        resource_id=text(found, "item.id"),
        image=why,
        digest=why,
        pinned=why,
        signed=why,
    )


def _row(found: Found, **columns: Any) -> Deployment:
    name = text(found, "item.id")
    settled = {"id": name, "resource_id": name, **columns}
    if "name" not in settled:
        settled["name"] = text(found, "item.displayName")
    if "since" not in settled:
        settled["since"] = moment(found.read("item.timeCreated"))
    return Deployment(
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        **settled,
    )


def container_runs(found: Found) -> Iterator[Deployment]:
    """Yield a container of a container instance, which has a digest only if it names one."""
    if is_gone(found):
        return
    image = maybe_text(found, "item.imageUrl")
    yield _row(
        found,
        kind="container",
        image=image,
        digest=named_digest(image),
        pinned=is_pinned(image),
    )


CONTAINERS = Collector(
    kind="oci.containerinstances.container",
    service="container_instances.ContainerInstanceClient",
    title="Containers of container instances, and their images",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_containers", "inspect compute-containers"),
    tables=(Deployment,),
    rows=container_runs,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/container-instances/20210415/ContainerCollection/ListContainers",
)
