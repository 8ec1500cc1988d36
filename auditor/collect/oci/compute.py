"""OCI Compute: images that the tenancy made, instances, and their consoles.

Disks of an instance are volumes with rows of their own, except those that stand in its host: what
is on these is a store, for as long as the instance lives. An export of an image to a bucket shows
only while it runs; afterwards the audit log alone knows of it. Images and instances cannot be
shared but by the policies of the tenancy.
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.artifact_rows import artifact_of
from auditor.collect.oci.cards import attached, first_card, interfaces
from auditor.collect.oci.departures import flow_from
from auditor.collect.oci.flows import to_anybody, to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GONE,
    MEBIBYTE,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.regions import region_named
from auditor.collect.oci.running import instance_runs
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Artifact, Deployment, Flow, Interface, Maybe, Processor, Store

_SERVICE = "core.ComputeClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"
_GIGABYTE = 10**9  # what the Compute API means by the gigabytes of local disks
_SECRET = ("metadata", "extendedMetadata", "ipxeScript")  # passwords in scripts for the first boot
_ORIGIN = Unknown("the answer does not name the instance or the file that it was made from")
_IMAGE_KEY = Unknown("Oracle does not state how images are encrypted at rest")
_DISK_KEY = Unknown("Oracle does not state whether the disks of a host are encrypted")
_BUCKET = Unknown("the audit log alone names the bucket that an image is exported to")
_HISTORY_KEY = Unknown("Oracle does not state how what a console showed is encrypted at rest")
_HISTORY_SIZE = Unknown("the answer does not state how much was captured")
_EXPOSED = Unknown("it has an address on the internet; whom its rules let in is not read")
_HOLDER = Unknown("whoever holds the private key of the console connection can use it")
_PUBLISHED = {"COMMUNITY": True, "NONE": False}


def _image_rows(found: Found) -> Iterator[Store | Flow | Artifact]:
    if is_gone(found):
        return
    # Oracle's own images, which every compartment lists, are in none.
    if not text(found, "item.compartmentId"):
        if found.place["compartment"] == found.place["account"]:
            yield _machine_image(found, name=f"Oracle/{text(found, 'item.displayName')}")
        return
    yield _machine_image(found, store_id=text(found, "item.id"))
    store = Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="compute",
        kind="image",
        backup=True,
        source_id=_ORIGIN,
        encrypted=_IMAGE_KEY,
        key_id="",  # an image takes none
        public=_is_published(found),
        locked=False,
        size_bytes=size_of(found, "item.sizeInMBs", MEBIBYTE),
    )
    yield store
    if store.public is not False:
        active = store.public if isinstance(store.public, Unknown) else True
        yield to_anybody(store, "public", "*" if active is True else "?", active)
    if text(found, "item.lifecycleState") == "EXPORTING":
        yield to_outside(store, "export", "?", _BUCKET)


def _machine_image(found: Found, **columns: str) -> Artifact:
    """Return an image as what machines are launched from: its id is of one image for ever."""
    image = text(found, "item.id")
    size = size_of(found, "item.sizeInMBs", MEBIBYTE)
    return artifact_of(found, kind="machine image", digest=image, size_bytes=size, **columns)


def _is_published(found: Found) -> Maybe[bool]:
    """Whether the image is offered to every customer of Oracle Cloud; by default it is not."""
    kind = maybe_text(found, "item.listingType", absent="NONE")
    if isinstance(kind, Unknown):
        return kind
    return _PUBLISHED.get(kind, Unknown(f"listingType {kind} is not known to this version"))


def _instance_rows(found: Found) -> Iterator[Processor | Store | Interface | Deployment]:
    if is_gone(found):
        return
    name, place = text(found, "item.displayName"), _place(found)
    yield Processor(
        **place,
        id=text(found, "item.id"),
        name=name,
        service="compute",
        kind="instance",
        public=_is_exposed(found),
    )
    yield from interfaces(found)
    yield instance_runs(found)
    # The reference says that instances without local disks leave the description out.
    if found.read("item.shapeConfig.localDiskDescription", absent=""):
        yield Store(
            **place,
            id=f"{text(found, 'item.id')}/local-disks",
            name=name,
            service="compute",
            kind="local disks",
            backup=False,
            encrypted=_DISK_KEY,
            key_id="",
            public=False,
            locked=False,
            size_bytes=size_of(found, "item.shapeConfig.localDisksTotalSizeInGBs", _GIGABYTE),
        )


def _is_exposed(found: Found) -> Maybe[bool]:
    """Whether the instance has an address on the internet; most have one network card."""
    cards = found.read("cards", absent=[])
    if isinstance(cards, Unknown):
        return cards
    count = len(attached(cards))
    if count != 1:
        return count > 0 and Unknown(f"it has {count} network cards, of which one was read")
    for member in ("publicIp", "ipv6Addresses"):
        address = found.read(f"card.{member}", absent="")  # left out by a card that has none
        if address:
            return address if isinstance(address, Unknown) else _EXPOSED
    return False


def _place(found: Found) -> dict[str, Any]:
    """Return the columns of an instance's place, which the answer must not contradict."""
    region = found.place["region"]
    stated = region_named(found.read("item.region", absent=region))
    if stated == region:
        return held_by(found)
    why = Unknown(f"the instance was listed in {region}, and the answer says {stated}")
    return {**held_by(found), "region": why, "country": why}


def _history_rows(found: Found) -> Iterator[Store]:
    if text(found, "item.lifecycleState") == "FAILED":
        return
    yield Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="compute",
        kind="console history",
        backup=False,
        source_id=maybe_text(found, "item.instanceId"),
        encrypted=_HISTORY_KEY,
        key_id="",
        public=False,
        locked=False,
        size_bytes=_HISTORY_SIZE,
    )


def _console_rows(found: Found) -> Iterator[Flow]:
    state = text(found, "item.lifecycleState")
    if state in (*GONE, "FAILED"):
        return
    active: Maybe[bool] = True
    if state != "ACTIVE":
        active = Unknown(f"the console connection's lifecycleState is {state}")
    yield flow_from(
        found,
        text(found, "item.instanceId"),
        "share",
        "",
        _HOLDER,
        active,
        name=text(found, "item.id"),
        account=_HOLDER,
    )


IMAGES = Collector(
    kind="oci.compute.image",
    service=_SERVICE,
    title="Images that the tenancy made or imported, and Oracle's own",
    per=PER_COMPARTMENT,
    # Listing needs less; the index shows images only to who may read them.
    listing=in_compartment("list_images", "read instance-images"),
    tables=(Store, Flow, Artifact),
    rows=_image_rows,
    types=("Image",),
    source=f"{_API}/Image/ListImages",
)

INSTANCES = Collector(
    kind="oci.compute.instance",
    service=_SERVICE,
    title="Instances and the disks of their hosts",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_instances", "read instances", *_SECRET),
    details=(
        Detail(
            name="cards",
            operation="list_vnic_attachments",
            permission="inspect vnic-attachments and inspect instances",
            parameters={"limit": 1000},
            bind={"compartment_id": "item.compartmentId", "instance_id": "item.id"},
            items=".",
            # Without any gateway to the internet in the region, no address of it is reached.
            needs=("InternetGateway",),
        ),
        Detail(
            name="card",
            service="core.VirtualNetworkClient",
            operation="get_vnic",
            permission="inspect vnics",
            bind={"vnic_id": "cards"},
            compose={"vnic_id": first_card},
            when="cards",
        ),
    ),
    tables=(Processor, Store, Interface, Deployment),
    rows=_instance_rows,
    types=("Instance",),
    source=f"{_API}/Instance/ListInstances",
)

CONSOLES = Collector(
    kind="oci.compute.consoleconnection",
    service=_SERVICE,
    title="Connections to the consoles of instances",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_instance_console_connections",
        "inspect instance-console-connection and read instances",
    ),
    tables=(Flow,),
    rows=_console_rows,
    source=f"{_API}/InstanceConsoleConnection/ListInstanceConsoleConnections",
)

HISTORIES = Collector(
    kind="oci.compute.consolehistory",
    service=_SERVICE,
    title="What the consoles of instances showed, where somebody captured it",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_console_histories",
        # The index shows them to who may inspect them. The permission to read them would also
        # show what was captured.
        "inspect console-histories and inspect instances"
        " and {CONSOLE_HISTORY_READ} where request.operation = 'ListConsoleHistories'",
    ),
    tables=(Store,),
    rows=_history_rows,
    types=("ConsoleHistory",),
    source=f"{_API}/ConsoleHistory/ListConsoleHistories",
)
