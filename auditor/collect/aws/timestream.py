"""Amazon Timestream: databases of LiveAnalytics, and database instances for InfluxDB.

API: https://docs.aws.amazon.com/timestream/latest/developerguide/API_Reference.html
and https://docs.aws.amazon.com/ts-influxdb/latest/ts-influxdb-api/API_Operations.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.reading import (
    entries,
    key_arn,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    text,
)
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Store

_GIBIBYTE = 2**30
_REJECTED = "MagneticStoreWriteProperties.MagneticStoreRejectedDataLocation.S3Configuration"


def _database(found: Found) -> Iterator[Store | Flow]:
    """Yield a database and its tables: all of them have the database's key."""
    key = maybe_text(found, "item.KmsKeyId")
    database = store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.DatabaseName"),
        kind="database",
        encrypted=True,  # the guide: always
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # every request is signed
        locked=False,
        created=maybe_text(found, "item.CreationTime"),
    )
    yield database
    tables = found.read("tables")
    if isinstance(tables, Unknown):
        yield possible(database, "export", tables)
    for each in entries(tables):
        name = str(each.get("TableName") or "")
        table = replace(
            database,
            id=f"{database.id}/table/{name}",
            name=name,
            kind="table",
            created=str(each.get("CreationTime") or ""),
        )
        yield table
        bucket = dig(each, f"{_REJECTED}.BucketName")
        if isinstance(bucket, str):  # records that could not be written are kept there
            yield to_bucket(table, "export", bucket)


def _instance(found: Found) -> Iterator[Store | Flow]:
    store = store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="db instance",
        country=_country(found),
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # a database asks for a token wherever it is reached from
        locked=False,
        size_bytes=size_in_bytes(found, "item.allocatedStorage", _GIBIBYTE),
    )
    yield store
    described = found.read("instance.id")
    if isinstance(described, Unknown):
        yield possible(store, "export", described)
        return
    bucket = text(found, "instance.logDeliveryConfiguration.s3Configuration.bucketName")
    if bucket:
        enabled = maybe_flag(found, "instance.logDeliveryConfiguration.s3Configuration.enabled")
        yield to_bucket(store, "export", bucket, active=enabled)


def _country(found: Found) -> Maybe[str]:
    first = found.read("instance.availabilityZone")
    second = found.read("instance.secondaryAvailabilityZone", absent=None)
    if isinstance(first, Unknown):
        return first
    zones = [first, second] if second is not None else [first]
    return country_of_zones(zones, found.place["region"])


def _key(found: Found) -> Maybe[str]:
    described = found.read("instance.id")
    if isinstance(described, Unknown):
        return described
    # The reference: left out if the key is the service's own.
    name = maybe_text(found, "instance.kmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


DATABASES = Collector(
    kind="aws.timestream.database",
    service="timestream-write",
    title="Databases of Timestream for LiveAnalytics, and their tables",
    per=("account", "region"),
    listing=Listing(
        operation="ListDatabases",
        permission="timestream:ListDatabases",
        parameters={"MaxResults": 20},
        items="Databases",
    ),
    details=(
        Detail(
            name="tables",
            operation="ListTables",
            permission="timestream:ListTables",
            parameters={"MaxResults": 20},
            bind={"DatabaseName": "item.DatabaseName"},
            items="Tables",
        ),
    ),
    tables=(Store, Flow),
    rows=_database,
    types=("timestream:database",),
    source="https://docs.aws.amazon.com/timestream/latest/developerguide/API_ListTables.html",
)

INSTANCES = Collector(
    kind="aws.timestream-influxdb.db-instance",
    service="timestream-influxdb",
    title="Timestream for InfluxDB instances",
    per=("account", "region"),
    listing=Listing(
        operation="ListDbInstances",
        permission="timestream-influxdb:ListDbInstances",
        parameters={"maxResults": 100},
        items="items",
    ),
    details=(
        Detail(
            name="instance",
            operation="GetDbInstance",
            permission="timestream-influxdb:GetDbInstance",
            bind={"identifier": "item.id"},
        ),
    ),
    tables=(Store, Flow),
    rows=_instance,
    types=("timestream-influxdb:db-instance",),
    source=(
        "https://docs.aws.amazon.com/ts-influxdb/latest/ts-influxdb-api/API_ListDbInstances.html"
    ),
)
