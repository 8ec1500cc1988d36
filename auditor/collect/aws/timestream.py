"""Amazon Timestream: tables of LiveAnalytics, and database instances for InfluxDB.

API: https://docs.aws.amazon.com/timestream/latest/developerguide/API_Reference.html
and https://docs.aws.amazon.com/ts-influxdb/latest/ts-influxdb-api/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.database_ends import to_bucket
from auditor.collect.aws.reading import key_arn, maybe_flag, maybe_text, size_in_bytes, text
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_GIBIBYTE = 2**30
_REJECTED = "item.MagneticStoreWriteProperties.MagneticStoreRejectedDataLocation.S3Configuration"


def _table(found: Found) -> Iterator[Store | Flow]:
    key = maybe_text(found, "parent.KmsKeyId")
    store = store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.TableName"),
        kind="table",
        encrypted=True,  # the guide: always
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # every request is signed
        locked=False,
        created=maybe_text(found, "item.CreationTime"),
    )
    yield store
    bucket = text(found, f"{_REJECTED}.BucketName")
    if bucket:  # records that could not be written are kept there
        yield to_bucket(store, "export", bucket)


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


TABLES = Collector(
    kind="aws.timestream.table",
    service="timestream-write",
    title="Tables of Timestream for LiveAnalytics",
    per=("account", "region"),
    parent=Listing(
        operation="ListDatabases",
        permission="timestream:ListDatabases",
        parameters={"MaxResults": 20},
        items="Databases",
    ),
    listing=Listing(
        operation="ListTables",
        permission="timestream:ListTables",
        parameters={"MaxResults": 20},
        bind={"DatabaseName": "parent.DatabaseName"},
        items="Tables",
    ),
    tables=(Store, Flow),
    rows=_table,
    types=("timestream:table",),
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
