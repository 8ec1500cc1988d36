"""Amazon Managed Streaming for Apache Kafka: clusters, whom they let in, replicators, connectors.

API: https://docs.aws.amazon.com/msk/1.0/apireference/resources.html
and https://docs.aws.amazon.com/MSKC/latest/mskc/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import at_address, at_arn, flow_from, in_place
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import account_of, accounts_in_policy, joined
from auditor.collect.aws.reading import (
    entries,
    is_absent,
    key_arn,
    maybe_text,
    state_of,
    tags_in,
    text,
    texts,
)
from auditor.collect.aws.regions import country_of, country_of_zones
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/msk/1.0/apireference/"
_NODES = "item.Provisioned.BrokerNodeGroupInfo"
_RUNNING = ("RUNNING", "UPDATING", "DELETING")
_CONNECTED = ("AVAILABLE", "CREATING", "INACTIVE", "DEACTIVATING")
_NOT_CONNECTED = ("DELETING", "FAILED", "REJECTED", "REJECTING")
_SINK = Unknown("where it writes is in its configuration, which may hold passwords: it is not read")


def _cluster(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    store = store_of(
        found,
        id=text(found, "item.ClusterArn"),
        name=text(found, "item.ClusterName"),
        kind="cluster",
        country=_country(found),
        encrypted=True,  # the guide: always
        key_id=_key(found),
        public=False,  # the guide: public access demands that clients authenticate
        locked=False,
        created=maybe_text(found, "item.CreationTime"),
        tags=tags_in(found.read("item.Tags", absent={})),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    yield from shares(store, _readers(found))


def _country(found: Found) -> Maybe[str]:
    # Where zones are not stated they are the region's own: the service is in no Local Zone.
    zones = texts(found.read(f"{_NODES}.ZoneIds", absent=[]))
    region = found.place["region"]
    return country_of_zones(zones, region) if zones else country_of(region)


def _key(found: Found) -> Maybe[str]:
    if found.read("item.ClusterType") == "SERVERLESS":
        return ""  # the guide: serverless clusters use the service's own keys
    path = "item.Provisioned.EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId"
    return key_arn(maybe_text(found, path), found.place["region"], found.place["account"])


def _readers(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the accounts that its policy lets in, and those that have connected a VPC to it."""
    accounts = () if is_absent(found, "policy") else accounts_in_policy(found.read("policy.Policy"))
    parties: list[str | Unknown] = [accounts] if isinstance(accounts, Unknown) else [*accounts]
    if "clients" in found.answers:
        clients = found.read("clients")
        parties += [clients] if isinstance(clients, Unknown) else []
        parties += [account_of(each.get("Owner")) for each in entries(clients)]
    return joined(parties)


def _vpc_connection(found: Found) -> Iterator[Processor | Flow]:
    """Yield the way from a cluster, of whichever account, into a VPC here."""
    row = processor_of(
        found,
        id=text(found, "item.VpcConnectionArn"),
        name=text(found, "item.VpcId"),
        kind="vpc connection",
        public=False,  # reached from its VPC only
        created=maybe_text(found, "item.CreationTime"),
    )
    yield row
    source = text(found, "item.TargetClusterArn")
    active = state_of(maybe_text(found, "item.State"), _CONNECTED, _NOT_CONNECTED)
    end = {**in_place(row.account, row.region), "target_id": row.id, "active": active}
    yield flow_from(found, source, "mount", row.id, **end)


def _replicator(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.ReplicatorArn"),
        name=text(found, "item.ReplicatorName"),
        kind="replicator",
        public=False,  # it has no address of its own
        created=maybe_text(found, "item.CreationTime"),
    )
    if found.read("item.IsReplicatorReference", absent=False) is not True:
        yield row  # a reference is in the region that the data leaves, and the replicator elsewhere
    clusters = entries(found.read("item.KafkaClustersSummary", absent=[]))
    by_alias = {str(each.get("KafkaClusterAlias")): each for each in clusters}
    state = maybe_text(found, "item.ReplicatorState")
    active = state_of(state, _RUNNING, ("CREATING",))
    for each in entries(found.read("item.ReplicationInfoSummaryList", absent=[])):
        source = by_alias.get(str(each.get("SourceKafkaClusterAlias")), {})
        target = by_alias.get(str(each.get("TargetKafkaClusterAlias")), {})
        arn = dig(source, "AmazonMskCluster.MskClusterArn")
        if not isinstance(arn, str):
            arn = row.id  # from a cluster outside of AWS, through the replicator
        end = {**_end(target), "active": active}
        yield flow_from(found, arn, "replication", f"{row.id}/{_named(target)}", **end)


def _named(cluster: Mapping[str, Json]) -> str:
    arn = dig(cluster, "AmazonMskCluster.MskClusterArn")
    address = dig(cluster, "ApacheKafkaCluster.BootstrapBrokerString")
    return str(arn or address or "a cluster that is not named")


def _end(cluster: Mapping[str, Json]) -> dict[str, Maybe[str]]:
    name = _named(cluster)
    return at_arn(name) if name.startswith("arn:") else at_address(name)


def _connector(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.connectorArn"),
        name=text(found, "item.connectorName"),
        kind="connector",
        public=False,  # it has no address of its own
        created=maybe_text(found, "item.creationTime"),
    )
    yield row
    yield possible(row, "stream", _SINK)


CLUSTERS = Collector(
    kind="aws.kafka.cluster",
    service="kafka",
    title="MSK clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListClustersV2",
        permission="kafka:ListClustersV2",
        parameters={"MaxResults": 100},
        items="ClusterInfoList",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetClusterPolicy",
            permission="kafka:GetClusterPolicy",
            bind={"ClusterArn": "item.ClusterArn"},
            absent_on=("NotFoundException",),
        ),
        Detail(
            name="clients",
            operation="ListClientVpcConnections",
            permission="kafka:ListClientVpcConnections",
            parameters={"MaxResults": 100},
            bind={"ClusterArn": "item.ClusterArn"},
            when=f"{_NODES}.ConnectivityInfo.VpcConnectivity",
            items="ClientVpcConnections",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_cluster,
    types=("kafka:cluster",),
    source=_REFERENCE + "v2-clusters.html",
)

VPC_CONNECTIONS = Collector(
    kind="aws.kafka.vpc-connection",
    service="kafka",
    title="VPCs that are connected to MSK clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListVpcConnections",
        permission="kafka:ListVpcConnections",
        parameters={"MaxResults": 100},
        items="VpcConnections",
    ),
    tables=(Processor, Flow),
    rows=_vpc_connection,
    types=("kafka:vpc-connection",),
    source=_REFERENCE + "v1-vpc-connections.html",
)

REPLICATORS = Collector(
    kind="aws.kafka.replicator",
    service="kafka",
    title="MSK replicators",
    per=("account", "region"),
    listing=Listing(
        operation="ListReplicators",
        permission="kafka:ListReplicators",
        parameters={"MaxResults": 100},
        items="Replicators",
    ),
    tables=(Processor, Flow),
    rows=_replicator,
    types=("kafka:replicator",),
    source=_REFERENCE + "v1-replicators.html",
)

CONNECTORS = Collector(
    kind="aws.kafkaconnect.connector",
    service="kafkaconnect",
    title="MSK Connect connectors",
    per=("account", "region"),
    listing=Listing(
        operation="ListConnectors",
        permission="kafkaconnect:ListConnectors",
        parameters={"maxResults": 100},
        items="connectors",
    ),
    tables=(Processor, Flow),
    rows=_connector,
    types=("kafkaconnect:connector",),
    source="https://docs.aws.amazon.com/MSKC/latest/mskc/API_ListConnectors.html",
)
