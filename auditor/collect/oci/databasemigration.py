"""OCI Database Migration: migrations, the databases at both ends, and what data waits in between.

A connection names a database of Oracle Cloud by its OCID; any other by an address, which is no
place. https://docs.oracle.com/en-us/iaas/database-migration/doc/overview.html
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    host_of,
    is_gone,
    processor_of,
)
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Processor

_DONE = frozenset({"SUCCEEDED", "CANCELED"})
# What failed or rests can be started again.
_MAY_RUN = frozenset(
    {
        *("ACCEPTED", "ACTIVE", "CREATING", "FAILED", "INACTIVE", "IN_PROGRESS"),
        *("NEEDS_ATTENTION", "UPDATING", "WAITING"),
    }
)
_MEDIA = ("", "AWS_S3", "DBLINK", "NFS", "OBJECT_STORAGE")
_CLOUDS = {
    "AMAZON_AURORA_MYSQL": "Amazon Web Services",
    "AMAZON_RDS_MYSQL": "Amazon Web Services",
    "AMAZON_RDS_ORACLE": "Amazon Web Services",
    "AZURE_MYSQL": "Microsoft Azure",
    "GOOGLE_CLOUD_SQL_MYSQL": "Google Cloud",
}


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    migration = processor_of(found, "databasemigration", "migration")
    yield migration
    active = state_of(found, "item.lifecycleState", _MAY_RUN, _DONE)
    source = _database(found, "source")
    if isinstance(source, Unknown):
        yield possible(migration, "sync", source, "source/?")
    elif source:
        yield arrival(migration, source, "sync", active)
    yield from _to_target(found, migration, active)
    yield from _by_way_of(found, migration, active)
    yield from _by_hub(found, migration, active)


def _database(found: Found, end: str) -> Maybe[str]:
    """Return the OCID of the database at one end, '' if it is none of Oracle Cloud."""
    for member in ("databaseId", "dbSystemId"):
        value = maybe_text(found, f"{end}.{member}", absent="")
        if value:
            return value
    return ""


def _to_target(found: Found, migration: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    target = _database(found, "target")
    if isinstance(target, Unknown):
        yield possible(migration, "sync", target)
    elif target:
        yield to_store(migration, "sync", target, active)
    else:
        kind = text(found, "target.technologyType")
        why = Unknown(f"the target is a {kind or 'database'} at an address, which is no place")
        known: dict[str, Maybe[str]] = {"target_operator": _CLOUDS[kind]} if kind in _CLOUDS else {}
        name = text(found, "item.targetDatabaseConnectionId")
        yield to_outside(migration, "sync", name, why, active, **known)


def _by_way_of(found: Found, migration: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    """Yield the flows to where data waits: a bucket or file system here, a bucket of Amazon's."""
    medium = "migration.dataTransferMediumDetails"
    kind = maybe_text(found, f"{medium}.type", absent="")
    if isinstance(kind, str) and kind not in _MEDIA:
        kind = Unknown(f"data waits in {kind[:40]}, which this version does not know")
    if isinstance(kind, Unknown):
        yield possible(migration, "export", kind)
        return
    files = text(found, f"{medium}.sharedStorageMountTargetId")
    if files:
        yield to_store(migration, "export", files, active)
    bucket = text(found, f"{medium}.objectStorageBucket.bucketName")
    if bucket:
        namespace = text(found, f"{medium}.objectStorageBucket.namespaceName")
        target = bucket_id(found.place["region"], namespace, bucket)
        yield to_store(migration, "export", target, active)
    if kind == "AWS_S3":
        why = Unknown("data waits in a bucket of Amazon S3, whose account is not stated")
        region = maybe_text(found, f"{medium}.region")
        amazon = "Amazon Web Services"
        yield to_outside(
            migration, "export", kind, why, active, target_operator=amazon, target_region=region
        )


def _by_hub(found: Found, migration: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    """Yield the flow to the GoldenGate that passes changes on, where somebody runs one."""
    machine = text(found, "migration.hubDetails.computeId")
    address = text(found, "migration.hubDetails.url")
    if machine:
        yield to_store(migration, "stream", machine, active)
    elif address:
        host = host_of(address)
        why = Unknown(f"changes pass through GoldenGate at {host}, and where that is is not stated")
        yield to_outside(migration, "stream", host, why, active)


def _end(name: str, connection: str) -> Detail:
    return Detail(
        name=name,
        operation="get_connection",
        shared=True,
        permission="read odms-connection",
        bind={"connection_id": f"item.{connection}"},
        when=f"item.{connection}",
        secrets=("additionalAttributes", "password", "replicationPassword", "sshKey"),
    )


MIGRATIONS = Collector(
    kind="oci.databasemigration.migration",
    service="database_migration.DatabaseMigrationClient",
    title="Migrations of databases, and where their data goes",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_migrations", "inspect odms-migration"),
    details=(
        get_detail(
            "migration",
            "get_migration",
            "read odms-migration",
            "hubDetails.url.@",
            "dataTransferMediumDetails.accessKeyId",
            "dataTransferMediumDetails.secretAccessKey",
        ),
        _end("source", "sourceDatabaseConnectionId"),
        _end("target", "targetDatabaseConnectionId"),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("OdmsMigration",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/database-migration/20230518"
        "/MigrationSummary/ListMigrations"
    ),
)
