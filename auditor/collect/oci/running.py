"""Rows of ``deployments``: what functions, instances and clusters of Oracle Cloud run.

An image of a function is named by a tag, and by the digest that the tag had when the function was
last changed; an instance, by the id of an image, which is of one image for ever. Which containers
a cluster runs, its own API alone says.
"""

import re
from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, maybe_text, moment, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Deployment, Maybe

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_PINNED = re.compile(r".+@(?P<digest>sha256:[0-9a-f]{64})", re.ASCII | re.DOTALL)
_SOURCE = "item.sourceDetails"
_CONTAINER_IMAGE = "CONTAINER_IMAGE"
_NO_IMAGE = Unknown("it is not built from an image, and the answer states no digest of its code")
_NO_DIGEST = Unknown("the answer has no SHA-256 of its image")
_CONTAINERS = Unknown("the cluster's own API was not asked for its containers")
_BY_TAG = Unknown("its image is named without a digest, and the answer does not say which it is")
_NOT_ASKED = Unknown("whether its application runs signed images only is not read")


def function_runs(found: Found) -> Deployment:
    """Return what a function runs.

    Args:
        found: with the function as its item.
    """
    kind = maybe_text(found, f"{_SOURCE}.sourceType")
    image: Maybe[str] = _NO_IMAGE
    digest: Maybe[str] = _NO_IMAGE
    if isinstance(kind, Unknown):
        image = digest = kind
    elif kind == _CONTAINER_IMAGE:
        image = maybe_text(found, f"{_SOURCE}.image")
        digest = maybe_text(found, f"{_SOURCE}.imageDigest")
    if isinstance(digest, str) and not _DIGEST.fullmatch(digest):
        digest = _NO_DIGEST
    return _row(
        found,
        kind="function",
        image=image,
        digest=digest,
        pinned=image if isinstance(image, Unknown) else bool(_PINNED.fullmatch(image)),
        signed=_NOT_ASKED,
    )


def instance_runs(found: Found) -> Deployment:
    """Return what an instance was launched from."""
    image = maybe_text(found, "item.imageId")
    return _row(found, kind="machine", image=image, digest=image, pinned=True)


def cluster_runs(found: Found) -> Deployment:
    """Return that a cluster runs containers, and whether its nodes take only signed images."""
    return _row(
        found,
        kind="cluster",
        image=_CONTAINERS,
        digest=_CONTAINERS,
        pinned=_CONTAINERS,
        name=text(found, "item.name"),
        since=moment(found.read("item.metadata.timeCreated")),
        signed=maybe_flag(found, "item.imagePolicyConfig.isPolicyEnabled"),
    )


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
    match = _PINNED.fullmatch(image) if isinstance(image, str) else None
    digest: Maybe[str] = image if isinstance(image, Unknown) else _BY_TAG
    yield _row(
        found,
        kind="container",
        image=image,
        digest=match["digest"] if match else digest,
        pinned=image if isinstance(image, Unknown) else match is not None,
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
