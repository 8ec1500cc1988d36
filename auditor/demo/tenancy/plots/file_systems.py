"""File systems and their replicas, devices that were sent out, and groups to be recovered."""

from collections.abc import Mapping

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATA,
    FRANKFURT,
    HOME,
    LONG_AGO,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    bucket_row,
    domain_of,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json


def _build(ground: Ground) -> None:
    estate, keys = ground.estate, ground.keys
    for name, away in (("transcripts", FRANKFURT), ("captions", WEST)):
        source = _file_system(
            estate, HOME, name, USER_DATA, kms_key_id=keys[HOME], replication_source_count=1
        )
        _replicate(estate, source, name, away)
        _export(estate, source, name)
    _file_system(estate, FRANKFURT, "build-output", OPERATIONS)
    _lustre(estate, FRANKFURT, "training", USER_DATA)
    _lustre(estate, HOME, "training", USER_DATA)
    _lustre(estate, FRANKFURT, "simulations", OPERATIONS)
    for name, country, tags in (
        ("berlin", "DE", USER_DATA),
        ("texas", "US", USER_DATA),
        ("trade-fair", "DE", OPERATIONS),
    ):
        _device(estate, name, country, tags)
    _recover(estate, "user-facing", FRANKFURT, "gifts")
    _recover(estate, "inland", WEST, "badges")
    for name in ("gifts", "badges"):
        estate.volume(HOME, name, USER_DATA, kms_key_id=keys[HOME])


def _file_system(
    estate: Builder, region: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    fields = {
        "availability_domain": domain_of(region),
        "lifecycle_state": "ACTIVE",
        "display_name": name,
        "metered_bytes": 8_192_000,
        "replication_source_count": 0,
        "time_created": LONG_AGO,
        **more,
    }
    return estate.resource(region, "file_storage.FileSystem", "filesystem", name, tags, **fields)


def _replicate(estate: Builder, source: str, name: str, region: str) -> None:
    """Copy a file system to one elsewhere, which says nothing of itself but its target."""
    target = ocid("replicationtarget", region, name)
    copy = _file_system(estate, region, f"{name}-copy", {}, replication_target_id=target)
    ends = {"source_id": source, "target_id": copy, "lifecycle_state": "ACTIVE"}
    for where, model, kind in (
        (HOME, "Replication", "replication"),
        (region, "ReplicationTarget", "replicationtarget"),
    ):
        estate.resource(
            where,
            f"file_storage.{model}",
            kind,
            name,
            {},
            **ends,
            availability_domain=domain_of(where),
            **({"_path": {"fileSystemId": source}} if where == HOME else {}),
        )


def _export(estate: Builder, source: str, name: str) -> None:
    estate.add(
        HOME,
        "file_storage",
        "Export",
        _path={"compartmentId": DATA},
        id=ocid("export", HOME, name),
        file_system_id=source,
        export_set_id=ocid("exportset", HOME, name),
        lifecycle_state="ACTIVE",
        path=f"/{name}",
        export_options=[{"source": "10.0.0.0/16", "access": "READ_WRITE"}],
    )


def _lustre(estate: Builder, region: str, name: str, tags: Mapping[str, Json]) -> None:
    estate.bucket(region, f"lustre-{name}", tags)
    active = {"lifecycle_state": "ACTIVE", "time_created": LONG_AGO}
    kind = "lustrefilesystem"
    system = estate.resource(
        region,
        "lustre_file_storage.LustreFileSystem",
        kind,
        name,
        tags,
        display_name=name,
        capacity_in_gbs=31_200,
        **active,
    )
    estate.resource(
        region,
        "lustre_file_storage.ObjectStorageLink",
        "lustreobjectstoragelink",
        name,
        {},
        lustre_file_system_id=system,
        object_storage_prefix=f"{NAMESPACE}:/lustre-{name}/",
        **active,
    )


def _device(estate: Builder, name: str, country: str, tags: Mapping[str, Json]) -> None:
    estate.resource(
        HOME,
        "rover.RoverNode",
        "rovernode",
        name,
        tags,
        lifecycle_state="ACTIVE",
        display_name=name,
        time_created=LONG_AGO,
        customer_shipping_address={"country": country},
    )


def _recover(estate: Builder, name: str, region: str, volume: str) -> None:
    member = {"member_type": "DATABASE", "member_id": ocid("volume", HOME, volume)}
    estate.resource(
        HOME,
        "disaster_recovery.DrProtectionGroup",
        "drprotectiongroup",
        name,
        {},
        lifecycle_state="ACTIVE",
        role="PRIMARY",
        peer_id=ocid("drprotectiongroup", region, name),
        peer_region=region,
        members=[member],
    )


_TRANSCRIPTS = ocid("filesystem", HOME, "transcripts")
_COPY = ocid("filesystem", FRANKFURT, "transcripts-copy")
_LUSTRE, _BUCKET = (
    ocid("lustrefilesystem", FRANKFURT, "training"),
    bucket_row(FRANKFURT, "lustre-training"),
)
_BERLIN, _TEXAS = ocid("rovernode", HOME, "berlin"), ocid("rovernode", HOME, "texas")
PLOT = Plot(
    build=_build,
    planted=(
        *fails("a file system is replicated to Frankfurt", A_04=f"{_TRANSCRIPTS}/replication/*"),
        *fails("a file system's replica is in Frankfurt", A_02=_COPY, A_05=_COPY, A_07b=_COPY),
        *fails(
            "a Lustre file system of user data is in Frankfurt",
            A_02=_LUSTRE,
            A_04=f"{_LUSTRE}/sync/*",
            A_07b=_LUSTRE,
        ),
        *fails(
            "a bucket that is linked to Lustre is in Frankfurt",
            A_02=_BUCKET,
            A_04=f"{_BUCKET}/sync/*",
            A_07b=_BUCKET,
        ),
        *fails("a device with user data was sent to Germany", A_02=_BERLIN),
        *fails("a device with user data is with nobody who is trusted", A_02=_TEXAS),
        *stays_open("a device whose encryption nobody states", A_06=_BERLIN, A_07b=_BERLIN),
        *stays_open("a device whose encryption nobody states", A_06=_TEXAS, A_07b=_TEXAS),
        *fails(
            "what is to be recovered goes to Frankfurt",
            A_04=f"{ocid('volume', HOME, 'gifts')}/replication/*",
        ),
    ),
)
