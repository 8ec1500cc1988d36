"""Amazon RDS: exports to buckets, zero-ETL integrations, and backups of clusters that outlive them.

Neptune and DocumentDB answer to the same API.

API: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeExportTasks.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, flow_from
from auditor.collect.aws.rds_stores import named, store_of
from auditor.collect.aws.reading import maybe_text, state_of, text
from auditor.collect.aws.regions import country_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Store

_REFERENCE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_"
_NO_CLUSTER = Unknown("the answer does not name its cluster")


def _export(found: Found) -> Iterator[Flow]:
    """Yield an export; what a finished one wrote is still in the bucket."""
    on = ("STARTING", "IN_PROGRESS", "COMPLETE")
    # A task that was cancelled or failed leaves behind what it had written (CancelExportTask).
    yield flow_from(
        found,
        text(found, "item.SourceArn"),
        "export",
        text(found, "item.ExportTaskIdentifier"),
        active=state_of(maybe_text(found, "item.Status"), on, ()),
        **at_arn(bucket_arn(text(found, "item.S3Bucket"), found.place["region"])),
    )


def _integration(found: Found) -> Iterator[Flow]:
    on = ("creating", "active", "modifying", "syncing", "needs_attention")
    yield flow_from(
        found,
        text(found, "item.SourceArn"),
        "stream",
        text(found, "item.IntegrationArn"),
        active=state_of(maybe_text(found, "item.Status"), on, ("deleting",)),
        **at_arn(text(found, "item.TargetArn")),
    )


def _cluster_backup(found: Found) -> Iterator[Store]:
    name = text(found, "item.DbClusterResourceId")
    backup = text(found, "item.DBClusterAutomatedBackupsArn")
    yield store_of(
        found,
        id=backup or named(found, "cluster-auto-backup", name),
        name="item.DBClusterIdentifier",
        kind="backup",
        backup=True,
        country=country_of(found.place["region"]),
        encrypted="item.StorageEncrypted",
        created="item.ClusterCreateTime",
        source_id=text(found, "item.DBClusterArn") or _NO_CLUSTER,
    )


EXPORT_TASKS = Collector(
    kind="aws.rds.export_task",
    service="rds",
    title="exports of snapshots and clusters to buckets",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeExportTasks",
        permission="rds:DescribeExportTasks",
        items="ExportTasks",
    ),
    tables=(Flow,),
    rows=_export,
    source=_REFERENCE + "DescribeExportTasks.html",
)

INTEGRATIONS = Collector(
    kind="aws.rds.integration",
    service="rds",
    title="zero-ETL integrations, which stream databases into warehouses",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeIntegrations",
        permission="rds:DescribeIntegrations",
        items="Integrations",
    ),
    tables=(Flow,),
    rows=_integration,
    types=("rds:integration",),
    source=_REFERENCE + "DescribeIntegrations.html",
)

CLUSTER_AUTOMATED_BACKUPS = Collector(
    kind="aws.rds.cluster_automated_backup",
    service="rds",
    title="automated backups of clusters, of deleted ones and of other regions too",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDBClusterAutomatedBackups",
        permission="rds:DescribeDBClusterAutomatedBackups",
        items="DBClusterAutomatedBackups",
    ),
    tables=(Store,),
    rows=_cluster_backup,
    types=("rds:cluster-auto-backup",),
    source=_REFERENCE + "DescribeDBClusterAutomatedBackups.html",
)
