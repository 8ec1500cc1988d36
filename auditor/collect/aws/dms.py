"""AWS Database Migration Service: endpoints, the tasks between them, and the instances they run on.

A task leads from one endpoint to another, and an endpoint to what it names. A server that an
endpoint names is wherever its name leads; the answer does not say where that is.

API: https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeEndpoints.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import Columns, at_arn, flow_from, outside
from auditor.collect.aws.reading import encryption_key, maybe_text, size_in_bytes, state_of, text
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/dms/latest/APIReference/API_"
_GIBIBYTE = 2**30
_RUNS = Unknown("the answer does not say whether it has run")
_ARNS = ("item.KinesisSettings.StreamArn", "item.LakehouseSettings.Arn")
_NAMES = (
    "item.ServerName",
    "item.KafkaSettings.Broker",
    "item.ElasticsearchSettings.EndpointUri",
    "item.RedshiftSettings.ServerName",
    "item.EngineName",
)
_WITH_PASSWORDS = (
    "MongoDb",
    "Redshift",
    "PostgreSQL",
    "MySQL",
    "Oracle",
    "Sybase",
    "MicrosoftSQLServer",
    "IBMDb2",
    "DocDb",
    "GcpMySQL",
)
_SECRETS = (
    "ExtraConnectionAttributes",
    "KafkaSettings.SaslPassword",
    "KafkaSettings.SslClientKeyPassword",
    "OracleSettings.AsmPassword",
    "OracleSettings.SecurityDbEncryption",
    "RedisSettings.AuthPassword",
    *(f"{each}Settings.Password" for each in _WITH_PASSWORDS),
)


def _endpoint(found: Found) -> Iterator[Processor | Flow]:
    endpoint = processor_of(
        found,
        id=text(found, "item.EndpointArn"),
        name=text(found, "item.EndpointIdentifier"),
        kind="endpoint",
        public=False,  # it is an address that tasks use
    )
    yield endpoint
    end = _end(found)
    if found.read("item.EndpointType", absent="") != "source":
        yield flow(endpoint, "sync", "target", **end)
    elif isinstance(end["target_id"], str) and end["target_id"]:
        yield flow_from(found, end["target_id"], "sync", endpoint.id, **at_arn(endpoint.id))


def _end(found: Found) -> Columns:
    """Return what an endpoint names: a bucket, a stream, or a server."""
    bucket = text(found, "item.S3Settings.BucketName")
    if bucket:
        return at_arn(bucket_arn(bucket, found.place["region"]))
    for path in _ARNS:
        if text(found, path):
            return at_arn(text(found, path))
    name = next((text(found, path) for path in _NAMES if text(found, path)), "a server")
    return outside(Unknown(f"it is {name}, and the answer does not say where that is"))


def _task(found: Found) -> Iterator[Processor | Flow]:
    on, off = ("running", "starting", "stopping", "stopped"), ("creating",)
    active = state_of(maybe_text(found, "item.Status"), on, off)
    yield from _transfer(found, "item.ReplicationTaskArn", "item.ReplicationTaskIdentifier", active)


def _configuration(found: Found) -> Iterator[Processor | Flow]:
    yield from _transfer(
        found, "item.ReplicationConfigArn", "item.ReplicationConfigIdentifier", _RUNS
    )


def _transfer(found: Found, arn: str, name: str, active: Maybe[bool]) -> Iterator[Processor | Flow]:
    """Yield what moves data from one endpoint to another; ``arn`` and ``name`` are paths."""
    task = processor_of(
        found,
        id=text(found, arn),
        name=text(found, name),
        kind="replication task",
        public=False,  # nobody calls it
    )
    yield task
    source = text(found, "item.SourceEndpointArn")
    yield flow_from(found, source, "sync", task.id, active=active, **at_arn(task.id))
    target = text(found, "item.TargetEndpointArn")
    yield flow(task, "sync", target or "?", active=active, **at_arn(target))


def _instance(found: Found) -> Iterator[Store]:
    zones = [found.read("item.AvailabilityZone")]
    second = found.read("item.SecondaryAvailabilityZone", absent="")
    unknown = next((zone for zone in zones if isinstance(zone, Unknown)), None)
    places = country_of_zones([*zones, *([second] if second else [])], found.place["region"])
    yield store_of(
        found,
        id=text(found, "item.ReplicationInstanceArn"),
        name=text(found, "item.ReplicationInstanceIdentifier"),
        kind="replication instance",
        country=unknown or places,
        encrypted=True,  # its storage cannot be unencrypted
        key_id=encryption_key(True, found, "item.KmsKeyId"),
        public=False,  # nobody reads its storage, whichever address it has
        size_bytes=size_in_bytes(found, "item.AllocatedStorage", _GIBIBYTE),
        created=maybe_text(found, "item.InstanceCreateTime"),
    )


ENDPOINTS = Collector(
    kind="aws.dms.endpoint",
    service="dms",
    title="endpoints of database migrations",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeEndpoints",
        permission="dms:DescribeEndpoints",
        parameters={"MaxRecords": 100},
        items="Endpoints",
        secrets=tuple(f"Endpoints.{path}" for path in _SECRETS),
    ),
    tables=(Processor, Flow),
    rows=_endpoint,
    types=("dms:endpoint",),
    source=_REFERENCE + "DescribeEndpoints.html",
)

TASKS = Collector(
    kind="aws.dms.task",
    service="dms",
    title="database migration tasks",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeReplicationTasks",
        permission="dms:DescribeReplicationTasks",
        parameters={"WithoutSettings": True, "MaxRecords": 100},
        items="ReplicationTasks",
    ),
    tables=(Processor, Flow),
    rows=_task,
    types=("dms:task",),
    source=_REFERENCE + "DescribeReplicationTasks.html",
)

CONFIGURATIONS = Collector(
    kind="aws.dms.configuration",
    service="dms",
    title="serverless database migrations",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeReplicationConfigs",
        permission="dms:DescribeReplicationConfigs",
        parameters={"MaxRecords": 100},
        items="ReplicationConfigs",
    ),
    tables=(Processor, Flow),
    rows=_configuration,
    types=("dms:replication-config",),
    source=_REFERENCE + "DescribeReplicationConfigs.html",
)

INSTANCES = Collector(
    kind="aws.dms.instance",
    service="dms",
    title="instances of database migrations, which keep what they have not yet written",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeReplicationInstances",
        permission="dms:DescribeReplicationInstances",
        parameters={"MaxRecords": 100},
        items="ReplicationInstances",
    ),
    tables=(Store,),
    rows=_instance,
    types=("dms:rep",),
    source=_REFERENCE + "DescribeReplicationInstances.html",
)
