"""Amazon RDS: database instances with their replicas, and their automated backups.

API: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.flows import replication
from auditor.collect.aws.rds_outlets import activity_stream, attached_roles
from auditor.collect.aws.rds_stores import country_of_backup, named, store_of
from auditor.collect.aws.reading import entries, text, texts
from auditor.collect.aws.regions import country_of_zones
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Flow, Maybe, Store

_OUTPOST = Unknown("it is on an Outpost, whose place AWS does not state")


def _instance(found: Found) -> Iterator[Store | Flow]:
    if found.read("item.DBClusterIdentifier", absent=""):
        return  # its data is the cluster's, which has a row of its own
    origin = _origin(found)
    store = store_of(
        found,
        id=text(found, "item.DBInstanceArn"),
        name="item.DBInstanceIdentifier",
        kind="replica" if origin else "database",
        backup=bool(origin),
        country=_place(found),
        encrypted="item.StorageEncrypted",
        created="item.InstanceCreateTime",
        source_id=origin,
    )
    yield store
    instances = found.read("item.ReadReplicaDBInstanceIdentifiers", absent=[])
    clusters = found.read("item.ReadReplicaDBClusterIdentifiers", absent=[])
    yield from replication(store, [named(found, "db", name) for name in texts(instances)])
    yield from replication(store, [named(found, "cluster", name) for name in texts(clusters)])
    copies = found.read("item.DBInstanceAutomatedBackupsReplications", absent=[])
    for copy in entries(copies):
        yield to_arn(store, "backup", str(copy.get("DBInstanceAutomatedBackupsArn", "")))
    yield from activity_stream(found, store)
    yield from attached_roles(found, store)


def _origin(found: Found) -> str:
    """Return the instance or cluster that this is a replica of; '' for an original."""
    instance = text(found, "item.ReadReplicaSourceDBInstanceIdentifier")
    cluster = text(found, "item.ReadReplicaSourceDBClusterIdentifier")
    if instance:
        return named(found, "db", instance)
    return named(found, "cluster", cluster) if cluster else ""


def _place(found: Found) -> Maybe[str]:
    subnets = found.read("item.DBSubnetGroup.Subnets", absent=[])
    if any(dig(subnet, "SubnetOutpost.Arn") for subnet in entries(subnets)):
        return _OUTPOST
    zones = [found.read("item.AvailabilityZone")]
    second = found.read("item.SecondaryAvailabilityZone", absent="")
    return next(
        (zone for zone in zones if isinstance(zone, Unknown)),
        country_of_zones([*zones, second] if second else zones, found.place["region"]),
    )


def _automated_backup(found: Found) -> Iterator[Store]:
    name = text(found, "item.DbiResourceId") or text(found, "item.DBInstanceIdentifier")
    yield store_of(
        found,
        id=text(found, "item.DBInstanceAutomatedBackupsArn") or named(found, "auto-backup", name),
        name="item.DBInstanceIdentifier",
        kind="backup",
        backup=True,
        country=country_of_backup(found, "item.BackupTarget"),
        encrypted="item.Encrypted",
        created="item.InstanceCreateTime",
        source_id=text(found, "item.DBInstanceArn")
        or Unknown("the answer does not name its instance"),
    )


INSTANCES = Collector(
    kind="aws.rds.instance",
    service="rds",
    title="RDS database instances outside clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDBInstances",
        permission="rds:DescribeDBInstances",
        items="DBInstances",
    ),
    tables=(Store, Flow),
    rows=_instance,
    types=("rds:db",),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html",
)

AUTOMATED_BACKUPS = Collector(
    kind="aws.rds.automated_backup",
    service="rds",
    title="RDS automated backups, of deleted instances and of other regions too",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDBInstanceAutomatedBackups",
        permission="rds:DescribeDBInstanceAutomatedBackups",
        items="DBInstanceAutomatedBackups",
    ),
    tables=(Store,),
    rows=_automated_backup,
    types=("rds:auto-backup",),
    source=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/"
        "API_DescribeDBInstanceAutomatedBackups.html"
    ),
)
