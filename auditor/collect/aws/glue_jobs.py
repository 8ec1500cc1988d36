"""AWS Glue: connections to databases and services elsewhere, jobs, and zero-ETL integrations.

API: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, exits, flow_from, to_outside
from auditor.collect.aws.reading import maybe_text, state_of, tags_in, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Membership, Principal, Processor

_REFERENCE = "https://docs.aws.amazon.com/glue/latest/webapi/API_"
_ADDRESSES = ("HOST", "INSTANCE_URL", "KAFKA_BOOTSTRAP_SERVERS", "SITE_URL")
# A network connection leads into a VPC, and to nothing by itself.
_WITHOUT_END = "NETWORK"
_SCRIPT = Unknown("what its script reads and writes is not read")
_SYNCING = ("ACTIVE", "SYNCING", "MODIFYING", "NEEDS_ATTENTION")
_NOT_SYNCING = ("CREATING",)


def _connection(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.Name")
    row = processor_of(
        found,
        id=arn("glue", found.place["region"], found.place["account"], f"connection/{name}"),
        name=name,
        kind="connection",
        public=False,  # jobs and crawlers of the account use it
        created=maybe_text(found, "item.CreationTime", absent=""),
    )
    yield row
    kind = maybe_text(found, "item.ConnectionType")
    if isinstance(kind, Unknown):
        yield possible(row, "stream", kind)
        return
    addresses = [text(found, f"item.ConnectionProperties.{name}") for name in _ADDRESSES]
    address = next((each for each in addresses if each), "")
    if address:
        why = f"it leads to {address[:200]} ({kind}), and whose that is and where is not known"
        yield to_outside(row, "stream", address[:200], why)
    elif kind != _WITHOUT_END:
        yield to_outside(row, "stream", "?", f"it leads to {kind}, at an address that is not read")


def _job(found: Found) -> Iterator[Processor | Flow | Principal | Membership]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.Name")
    row = processor_of(
        found,
        id=arn("glue", region, account, f"job/{name}"),
        name=name,
        kind="job",
        public=False,  # started with credentials of AWS only
        created=maybe_text(found, "item.CreatedOn", absent=""),
    )
    yield row
    yield from acting_as(row, maybe_text(found, "item.Role", absent=""))
    yield possible(row, "stream", _SCRIPT)
    connections = texts(found.read("item.Connections.Connections", absent=[]))
    names = [arn("glue", region, account, f"connection/{each}") for each in connections]
    yield from exits(row, "stream", names)


def _integration(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.IntegrationArn"),
        name=text(found, "item.IntegrationName"),
        kind="integration",
        public=False,  # it copies, and cannot be called
        created=maybe_text(found, "item.CreateTime"),
        tags=tags_in(found.read("item.Tags", absent=[])),
    )
    yield row
    active = state_of(maybe_text(found, "item.Status"), _SYNCING, _NOT_SYNCING)
    columns = {**at_arn(text(found, "item.TargetArn")), "active": active}
    # From the source, and from the integration: the source may be no store that is collected.
    yield flow_from(
        found, text(found, "item.SourceArn"), "replication", f"glue/{row.id}", **columns
    )
    yield flow_from(found, row.id, "replication", text(found, "item.TargetArn") or "?", **columns)


CONNECTIONS = Collector(
    kind="aws.glue.connection",
    service="glue",
    title="Glue connections",
    per=("account", "region"),
    listing=Listing(
        operation="GetConnections",
        permission="glue:GetConnections",
        parameters={"HidePassword": True, "MaxResults": 1000},
        items="ConnectionList",
        secrets=(
            "ConnectionList.ConnectionProperties.PASSWORD",
            "ConnectionList.ConnectionProperties.ENCRYPTED_PASSWORD",
            "ConnectionList.ConnectionProperties.JDBC_CONNECTION_URL",
            "ConnectionList.ConnectionProperties.CONNECTION_URL",
            "ConnectionList.ConnectionProperties.KAFKA_CLIENT_KEYSTORE_PASSWORD",
            "ConnectionList.ConnectionProperties.ENCRYPTED_KAFKA_CLIENT_KEYSTORE_PASSWORD",
            "ConnectionList.ConnectionProperties.KAFKA_CLIENT_KEY_PASSWORD",
            "ConnectionList.ConnectionProperties.ENCRYPTED_KAFKA_CLIENT_KEY_PASSWORD",
            "ConnectionList.ConnectionProperties.KAFKA_SASL_SCRAM_PASSWORD",
            "ConnectionList.ConnectionProperties.KAFKA_SASL_PLAIN_PASSWORD",
            "ConnectionList.ConnectionProperties.ENCRYPTED_KAFKA_SASL_SCRAM_PASSWORD",
            "ConnectionList.ConnectionProperties.ENCRYPTED_KAFKA_SASL_PLAIN_PASSWORD",
            "ConnectionList.SparkProperties",
            "ConnectionList.AthenaProperties",
            "ConnectionList.PythonProperties",
            "ConnectionList.AuthenticationConfiguration",
        ),
    ),
    tables=(Processor, Flow),
    rows=_connection,
    types=("glue:connection",),
    source=_REFERENCE + "GetConnections.html",
)

JOBS = Collector(
    kind="aws.glue.job",
    service="glue",
    title="Glue jobs",
    per=("account", "region"),
    listing=Listing(
        operation="GetJobs",
        permission="glue:GetJobs",
        parameters={"MaxResults": 1000},
        items="Jobs",
        secrets=(
            "Jobs.DefaultArguments",
            "Jobs.NonOverridableArguments",
            "Jobs.CodeGenConfigurationNodes",
            "Jobs.SourceControlDetails.AuthToken",
        ),
    ),
    tables=(Processor, Flow, Principal, Membership),
    rows=_job,
    types=("glue:job",),
    source=_REFERENCE + "GetJobs.html",
)

INTEGRATIONS = Collector(
    kind="aws.glue.integration",
    service="glue",
    title="zero-ETL integrations of Glue",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeIntegrations",
        permission="glue:DescribeIntegrations",
        items="Integrations",
        secrets=("Integrations.IntegrationConfig",),
    ),
    tables=(Processor, Flow),
    rows=_integration,
    types=("glue:integration",),
    source=_REFERENCE + "DescribeIntegrations.html",
)
