"""Amazon ECS: clusters, task definitions, and where sessions and containers write their logs.

API: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.ecs_tasks import CLUSTER
from auditor.collect.aws.flow_ends import to_arn, to_bucket, to_outside
from auditor.collect.aws.reading import entries, maybe_text, member, tags_in, texts
from auditor.collect.aws.regions import arn, country_of
from auditor.collect.aws.resources import NO_TAGS, processor_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Membership, Principal, Processor

_NOT_DESCRIBED = Unknown("DescribeClusters did not describe it")
_EXTERNAL = "runningExternalTasksCount"
# Drivers that write to the disk of the host:
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
_LOCAL = frozenset({"json-file", "journald", ""})
_ADDRESSES = {
    "splunk": "splunk-url",
    "gelf": "gelf-address",
    "fluentd": "fluentd-address",
    "syslog": "syslog-address",
}


def _clusters(found: Found) -> Iterator[Processor | Flow]:
    """Yield the clusters of one page: one call describes all of them."""
    answer = found.read("clusters.clusters")
    described = {member(each, "clusterArn"): each for each in entries(answer)}
    for name in texts(found.read("item.clusterArns", absent=[])):
        why = answer if isinstance(answer, Unknown) else _NOT_DESCRIBED
        yield from _cluster(found, name, described.get(name, why))


def _names(found: Found) -> tuple[str, ...]:
    return tuple(texts(found.read("item.clusterArns", absent=[])))


def _cluster(found: Found, name: str, described: Json) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=name,
        name=name.rpartition("/")[2],
        kind="cluster",
        country=_country(found, described),
        public=False,  # its control plane needs credentials; what its tasks offer is their own
        tags=NO_TAGS if isinstance(described, Unknown) else tags_in(dig(described, "tags") or []),
    )
    yield row
    if isinstance(described, Unknown):
        yield possible(row, "stream", described)
        return
    logs = dig(described, "configuration.executeCommandConfiguration.logConfiguration")
    if member(logs, "s3BucketName"):
        yield to_bucket(row, "export", member(logs, "s3BucketName"))
    if member(logs, "cloudWatchLogGroupName"):
        yield _to_log_group(row, member(logs, "cloudWatchLogGroupName"), found.place["region"])


def _country(found: Found, described: Json) -> Maybe[str]:
    if isinstance(described, Unknown):
        return described
    statistics = entries(dig(described, "statistics"))
    counts = {member(each, "name"): member(each, "value") for each in statistics}
    if counts.get(_EXTERNAL, "0") != "0":
        return Unknown("some of its tasks run on machines of its owner, wherever those are")
    return country_of(found.place["region"])


def _definition(found: Found) -> Iterator[Processor | Flow | Principal | Membership]:
    name = found.item if isinstance(found.item, str) else ""
    row = processor_of(
        found,
        id=name,
        name=name.rpartition("/")[2],
        kind="task definition",
        public=False,
        tags=tags_in(found.read("definition.tags", absent=[])),
    )
    known = found.read("definition.taskDefinition.taskDefinitionArn")
    if isinstance(known, Unknown):
        row = processor_of(found, id=row.id, name=row.name, kind=row.kind, public=False)
        yield row
        yield from acting_as(row, known)
        yield possible(row, "stream", known)
        return
    yield row
    # The other role, for starting it, is not handed to what runs in its containers.
    role = maybe_text(found, "definition.taskDefinition.taskRoleArn", absent="")
    yield from acting_as(row, role)
    containers = entries(found.read("definition.taskDefinition.containerDefinitions", absent=[]))
    flows = [flow for each in containers for flow in _logs(row, dig(each, "logConfiguration"))]
    yield from {flow.id: flow for flow in flows}.values()


def _logs(row: Processor, configuration: Json) -> Iterator[Flow]:
    driver = member(configuration, "logDriver")
    options = dig(configuration, "options")
    options = options if isinstance(options, Mapping) else {}
    if driver in _LOCAL:
        return
    if driver == "awslogs":
        region = options.get("awslogs-region") or row.region
        group = options.get("awslogs-group")
        yield _to_log_group(row, str(group or ""), str(region))
        return
    address = str(options.get(_ADDRESSES.get(driver, "")) or "an address that options name")
    why = f"containers send their logs by {driver} to {address[:200]}"
    yield to_outside(row, "stream", f"{driver}/{address[:200]}", why)


def _to_log_group(row: Processor, name: str, region: str) -> Flow:
    return to_arn(row, "stream", arn("logs", region, row.account, f"log-group:{name}"))


_CONTAINERS = "taskDefinition.containerDefinitions"
# What drivers and the outputs of Fluent Bit call the credentials that they are given.
_CREDENTIALS = (
    "splunk-token",
    "splunk_token",
    "apikey",
    "api_key",
    "license_key",
    "licenseKey",
    "auth_token",
    "http_passwd",
    "http_password",
    "password",
    "header",
    "Header",
)

CLUSTERS = Collector(
    kind="aws.ecs.cluster",
    service="ecs",
    title="ECS clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusters", permission="ecs:ListClusters", parameters={"maxResults": 100}
    ),
    details=(
        Detail(
            name="clusters",
            operation="DescribeClusters",
            permission="ecs:DescribeClusters",
            parameters={"include": ["CONFIGURATIONS", "STATISTICS", "TAGS"]},
            bind={"clusters": "item.clusterArns"},
            when="item.clusterArns",
        ),
    ),
    tables=(Processor, Flow),
    rows=_clusters,
    axis=Axis(name=CLUSTER, value=_names, optional=True),
    types=("ecs:cluster",),
    source="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html",
)

DEFINITIONS = Collector(
    kind="aws.ecs.taskdefinition",
    service="ecs",
    title="active ECS task definitions",
    per=("account", "region"),
    listing=Listing(
        operation="ListTaskDefinitions",
        permission="ecs:ListTaskDefinitions",
        parameters={"status": "ACTIVE", "maxResults": 100},
        items="taskDefinitionArns",
    ),
    details=(
        Detail(
            name="definition",
            operation="DescribeTaskDefinition",
            permission="ecs:DescribeTaskDefinition",
            parameters={"include": ["TAGS"]},
            bind={"taskDefinition": "item"},
            secrets=(
                f"{_CONTAINERS}.environment.value",
                f"{_CONTAINERS}.command",
                f"{_CONTAINERS}.entryPoint",
                f"{_CONTAINERS}.healthCheck.command",
                f"{_CONTAINERS}.dockerLabels",
                *(f"{_CONTAINERS}.logConfiguration.options.{name}" for name in _CREDENTIALS),
            ),
        ),
    ),
    tables=(Processor, Flow, Principal, Membership),
    rows=_definition,
    types=("ecs:task-definition",),
    source=(
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html"
    ),
)
