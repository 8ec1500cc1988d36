"""Amazon Lightsail: buckets, databases, disks and snapshots, apart from those of EC2, RDS and S3.

API: https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_Operations.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.aws.flow_ends import EVERYWHERE, GLOBAL, everywhere
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, size_in_bytes, text, texts
from auditor.collect.aws.regions import country_of, country_of_zones
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Processor, Store

_GIBIBYTE = 2**30
_EVERYWHERE = "all"  # what is kept in no single zone says so
_UNSTATED = Unknown("neither the answer nor the reference says whether it is encrypted")
_SINGLE = Unknown("single objects may be public")


def _store(found: Found, kind: str, **columns: Any) -> Store:
    return store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind=kind,
        country=_country(found),
        created=maybe_text(found, "item.createdAt"),
        tags=_tags(found),
        **columns,
    )


def _country(found: Found) -> Maybe[str]:
    zone, region = found.read("item.location.availabilityZone"), found.place["region"]
    return country_of(region) if zone == _EVERYWHERE else country_of_zones(zone, region)


def _tags(found: Found) -> Maybe[Mapping[str, str]]:
    tags = found.read("item.tags", absent=[])
    if isinstance(tags, Unknown):
        return tags
    return {str(tag.get("key", "")): str(tag.get("value", "")) for tag in entries(tags)}


def _snapshot(found: Found, kind: str, source: str, encrypted: Maybe[bool]) -> Iterator[Store]:
    yield _store(
        found,
        kind,
        backup=True,
        source_id=maybe_text(found, source),
        encrypted=encrypted,
        key_id="",  # Lightsail uses keys of its own only
        public=False,  # Lightsail has no way to share a snapshot
        size_bytes=size_in_bytes(found, "item.sizeInGb", _GIBIBYTE),
    )


def _instance_snapshot(found: Found) -> Iterator[Store]:
    yield from _snapshot(found, "instance snapshot", "item.fromInstanceArn", _UNSTATED)


def _disk_snapshot(found: Found) -> Iterator[Store]:
    # The reference says that these are encrypted. The copy of a system disk names an instance.
    source = "item.fromDiskArn" if text(found, "item.fromDiskArn") else "item.fromInstanceArn"
    yield from _snapshot(found, "disk snapshot", source, True)


def _database_snapshot(found: Found) -> Iterator[Store]:
    source = "item.fromRelationalDatabaseArn"
    yield from _snapshot(found, "database snapshot", source, _UNSTATED)


def _instance(found: Found) -> Iterator[Store]:
    yield _store(
        found,
        "instance",
        encrypted=_UNSTATED,
        key_id="",  # Lightsail uses keys of its own only
        public=False,  # what it serves, its owner decides; its disk is nobody else's
        locked=False,
    )


def _disk(found: Found) -> Iterator[Store]:
    yield _store(
        found,
        "disk",
        encrypted=True,  # the reference: with a key that Lightsail manages
        key_id="",
        public=False,  # a disk is attached to instances of its own account only
        locked=False,
        size_bytes=size_in_bytes(found, "item.sizeInGb", _GIBIBYTE),
    )


def _database(found: Found) -> Iterator[Store]:
    yield _store(
        found,
        "database",
        encrypted=_UNSTATED,
        key_id="",  # Lightsail uses keys of its own only
        public=False,  # its data needs a password, wherever it is reached from
        locked=False,
        size_bytes=size_in_bytes(found, "item.hardware.diskSizeInGb", _GIBIBYTE),
    )


def _bucket(found: Found) -> Iterator[Store | Flow]:
    store = _store(
        found,
        "bucket",
        encrypted=True,  # Lightsail buckets are S3 buckets with encryption by S3's own key
        key_id="",
        public=_is_public(found),
        locked=False,  # Lightsail has no Object Lock
    )
    yield store
    yield from publication(store)
    accounts = found.read("item.readonlyAccessAccounts", absent=[])
    yield from shares(store, accounts if isinstance(accounts, Unknown) else tuple(texts(accounts)))


def _is_public(found: Found) -> Maybe[bool]:
    rule = maybe_text(found, "item.accessRules.getObject")
    if isinstance(rule, Unknown):
        return rule
    if rule != "private":
        return True if rule == "public" else Unknown(f"its access rule is {rule}")
    overridden = maybe_flag(found, "item.accessRules.allowPublicOverrides")
    return _SINGLE if overridden is True else overridden


def _export(found: Found) -> Iterator[Flow]:
    source = text(found, "item.sourceInfo.arn")
    record = processor_of(
        found, id=text(found, "item.arn"), name=source, kind="export record", public=False
    )
    status = found.read("item.state")
    yield flow(
        record,
        "export",
        text(found, "item.destinationInfo.service") or "?",
        store_id=source or record.id,
        active=status if isinstance(status, Unknown) else status == "Started",
        target_account=record.account,  # the reference: to EC2 of the same account and region
        target_region=record.region,
        target_country=record.country,
        target_operator=record.operator,
    )


def _distribution(found: Found) -> Iterator[Processor | Flow]:
    enabled = maybe_flag(found, "item.isEnabled")
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="distribution",
        public=enabled,  # it answers whoever asks
        region=GLOBAL,
        country=EVERYWHERE,
        created=maybe_text(found, "item.createdAt"),
        tags=_tags(found),
    )
    yield row
    yield everywhere(row, "cache", enabled)


def _listing(operation: str, items: str) -> Listing:
    return Listing(operation=operation, permission=f"lightsail:{operation}", items=items)


def _collector(
    thing: str, title: str, listing: Listing, rows: Any, *tables: Any, name: str = ""
) -> Collector:
    return Collector(
        kind=f"aws.lightsail.{thing}",
        service="lightsail",
        title=title,
        per=("account", "region"),
        listing=listing,
        tables=tables,
        rows=rows,
        types=(f"lightsail:{name}",) if name else (),
        source=(
            "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/"
            f"API_{listing.operation}.html"
        ),
    )


INSTANCE_SNAPSHOTS = _collector(
    "instance-snapshot",
    "Lightsail snapshots of instances",
    _listing("GetInstanceSnapshots", "instanceSnapshots"),
    _instance_snapshot,
    Store,
    name="InstanceSnapshot",
)
DISK_SNAPSHOTS = _collector(
    "disk-snapshot",
    "Lightsail snapshots of disks",
    _listing("GetDiskSnapshots", "diskSnapshots"),
    _disk_snapshot,
    Store,
    name="DiskSnapshot",
)
DATABASE_SNAPSHOTS = _collector(
    "database-snapshot",
    "Lightsail snapshots of databases",
    _listing("GetRelationalDatabaseSnapshots", "relationalDatabaseSnapshots"),
    _database_snapshot,
    Store,
    name="RelationalDatabaseSnapshot",
)
INSTANCES = _collector(
    "instance",
    "Lightsail instances",
    _listing("GetInstances", "instances"),
    _instance,
    Store,
    name="Instance",
)
DISKS = _collector(
    "disk", "Lightsail disks", _listing("GetDisks", "disks"), _disk, Store, name="Disk"
)
DATABASES = _collector(
    "database",
    "Lightsail databases",
    _listing("GetRelationalDatabases", "relationalDatabases"),
    _database,
    Store,
    name="RelationalDatabase",
)
BUCKETS = _collector(
    "bucket",
    "Lightsail buckets",
    _listing("GetBuckets", "buckets"),
    _bucket,
    Store,
    Flow,
    name="Bucket",
)
EXPORTS = _collector(
    "export",
    "Lightsail snapshots that were exported to EC2",
    _listing("GetExportSnapshotRecords", "exportSnapshotRecords"),
    _export,
    Flow,
)


DISTRIBUTIONS = Collector(
    kind="aws.lightsail.distribution",
    service="lightsail",
    title="Lightsail distributions, which keep copies near whoever asks",
    per=("account",),  # AWS keeps them all in us-east-1
    listing=_listing("GetDistributions", "distributions"),
    tables=(Processor, Flow),
    rows=_distribution,
    types=("lightsail:Distribution",),
    source=(
        "https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetDistributions.html"
    ),
)
