"""Snapshots of RDS instances and clusters, and the accounts that they are shared with.

Only manual snapshots can be shared, so only they are asked whom with.

API: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html
"""

from collections.abc import Callable, Iterator

from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.rds_stores import country_of_backup, named, store_of
from auditor.collect.aws.reading import entries, text, texts
from auditor.collect.aws.regions import country_of
from auditor.collect.flows import ANYBODY
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Row, Store

_EVERYBODY = "all"
_REFERENCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_"


def _snapshot(found: Found, public: Maybe[bool] = False) -> Store:
    origin = text(found, "item.SourceDBSnapshotIdentifier")
    instance = text(found, "item.DBInstanceIdentifier")
    return store_of(
        found,
        id=text(found, "item.DBSnapshotArn"),
        name="item.DBSnapshotIdentifier",
        kind="snapshot",
        backup=True,
        country=country_of_backup(found, "item.SnapshotTarget"),
        encrypted="item.Encrypted",
        created="item.SnapshotCreateTime",
        source_id=named(found, "snapshot", origin) if origin else named(found, "db", instance),
        public=public,
    )


def _cluster_snapshot(found: Found, public: Maybe[bool] = False) -> Store:
    origin = text(found, "item.SourceDBClusterSnapshotArn")
    cluster = text(found, "item.DBClusterIdentifier")
    return store_of(
        found,
        id=text(found, "item.DBClusterSnapshotArn"),
        name="item.DBClusterSnapshotIdentifier",
        kind="snapshot",
        backup=True,
        country=country_of(found.place["region"]),
        encrypted="item.StorageEncrypted",
        created="item.SnapshotCreateTime",
        source_id=origin or named(found, "cluster", cluster),
        public=public,
    )


def _shareable(
    build: Callable[[Found, Maybe[bool]], Store], path: str
) -> Callable[[Found], Iterator[Row]]:
    def rows(found: Found) -> Iterator[Row]:
        accounts = _restorers(found.read(path))
        public = accounts if isinstance(accounts, Unknown) else ANYBODY in accounts
        store = build(found, public)
        yield store
        yield from publication(store)
        yield from shares(store, accounts)

    return rows


def _plain(build: Callable[[Found], Store]) -> Callable[[Found], Iterator[Row]]:
    def rows(found: Found) -> Iterator[Row]:
        yield build(found)

    return rows


def _restorers(attributes: Json) -> Maybe[tuple[str, ...]]:
    """Return the accounts that may restore a snapshot; ``*`` stands for anybody."""
    if isinstance(attributes, Unknown):
        return attributes
    for attribute in entries(attributes):
        if attribute.get("AttributeName") == "restore":
            values = texts(attribute.get("AttributeValues"))
            return tuple(ANYBODY if value == _EVERYBODY else value for value in values)
    return ()


def _collector(
    kind: str,
    title: str,
    call: str,
    items: str,
    snapshot_type: str,
    rows: Callable[[Found], Iterator[Row]],
    *details: Detail,
) -> Collector:
    return Collector(
        kind=kind,
        service="rds",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation=call,
            permission=f"rds:{call}",
            parameters={"SnapshotType": snapshot_type},
            items=items,
        ),
        details=details,
        tables=(Store, Flow) if details else (Store,),
        rows=rows,
        types=("rds:snapshot" if items == "DBSnapshots" else "rds:cluster-snapshot",),
        source=_REFERENCE + call + ".html",
    )


SNAPSHOTS = _collector(
    "aws.rds.snapshot",
    "RDS snapshots made by hand",
    "DescribeDBSnapshots",
    "DBSnapshots",
    "manual",
    _shareable(_snapshot, "sharing.DBSnapshotAttributesResult.DBSnapshotAttributes"),
    Detail(
        name="sharing",
        operation="DescribeDBSnapshotAttributes",
        permission="rds:DescribeDBSnapshotAttributes",
        bind={"DBSnapshotIdentifier": "item.DBSnapshotIdentifier"},
    ),
)

CLUSTER_SNAPSHOTS = _collector(
    "aws.rds.cluster_snapshot",
    "Aurora and Multi-AZ cluster snapshots made by hand",
    "DescribeDBClusterSnapshots",
    "DBClusterSnapshots",
    "manual",
    _shareable(
        _cluster_snapshot,
        "sharing.DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes",
    ),
    Detail(
        name="sharing",
        operation="DescribeDBClusterSnapshotAttributes",
        permission="rds:DescribeDBClusterSnapshotAttributes",
        bind={"DBClusterSnapshotIdentifier": "item.DBClusterSnapshotIdentifier"},
    ),
)

SYSTEM_SNAPSHOTS = _collector(
    "aws.rds.system_snapshot",
    "RDS snapshots made by the service",
    "DescribeDBSnapshots",
    "DBSnapshots",
    "automated",
    _plain(_snapshot),
)

BACKUP_SNAPSHOTS = _collector(
    "aws.rds.backup_snapshot",
    "RDS snapshots made by AWS Backup",
    "DescribeDBSnapshots",
    "DBSnapshots",
    "awsbackup",
    _plain(_snapshot),
)

SYSTEM_CLUSTER_SNAPSHOTS = _collector(
    "aws.rds.system_cluster_snapshot",
    "Aurora and Multi-AZ cluster snapshots made by the service",
    "DescribeDBClusterSnapshots",
    "DBClusterSnapshots",
    "automated",
    _plain(_cluster_snapshot),
)

BACKUP_CLUSTER_SNAPSHOTS = _collector(
    "aws.rds.backup_cluster_snapshot",
    "Aurora and Multi-AZ cluster snapshots made by AWS Backup",
    "DescribeDBClusterSnapshots",
    "DBClusterSnapshots",
    "awsbackup",
    _plain(_cluster_snapshot),
)
