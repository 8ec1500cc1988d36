"""Amazon MQ and MSK: brokers that replicate, replicators, VPCs and connectors."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_FAR, _NEAR = (arn_of("mq", f"broker:northstar-{n}:b-{n}") for n in ("far", "near"))
_MQ_ABROAD = arn_of("mq", "broker:northstar-eu:b-eu", FRANKFURT)
_EVENTS, _NOISE = (arn_of("kafka", f"cluster/northstar-{n}/1") for n in ("events", "noise"))
_MIRROR = arn_of("kafka", "cluster/northstar-mirror/1", WEST)
_MSK_ABROAD = arn_of("kafka", "cluster/northstar-eu/1", FRANKFURT)
_REPLICATOR = arn_of("kafka", "replicator/northstar/1")
_SINK, _QUIET = (arn_of("kafkaconnect", f"connector/northstar-{n}/1") for n in ("sink", "quiet"))


def _brokers(*arns: str, region: str = HOME) -> Any:
    items = [
        {
            "BrokerArn": arn,
            "BrokerId": arn.rpartition(":")[2],
            "BrokerName": arn.split(":")[6],
            "DeploymentMode": "SINGLE_INSTANCE",
            "EngineType": "ACTIVEMQ",
        }
        for arn in arns
    ]
    return answered("mq.ListBrokers", {"BrokerSummaries": items}, region=region)


def _broker(arn: str, region: str = HOME, counterpart: str = "") -> Any:
    broker = arn.rpartition(":")[2]
    other = {"BrokerId": f"{broker}-2", "Region": counterpart}
    metadata = {"DataReplicationRole": "PRIMARY", "DataReplicationCounterpart": other}
    answer = {
        "BrokerId": broker,
        "BrokerArn": arn,
        "EncryptionOptions": {"UseAwsOwnedKey": True},
        "Tags": PROTECTED,
    }
    if counterpart:
        answer |= {"DataReplicationMode": "CRDR", "DataReplicationMetadata": metadata}
    return answered("mq.DescribeBroker", answer, region=region, words=broker)


def _cluster(arn: str, tags: dict[str, str], *, is_open: bool = False) -> dict[str, Any]:
    vpcs: dict[str, Any] = {
        "ConnectivityInfo": {"VpcConnectivity": {"ClientAuthentication": {"Tls": {}}}}
    }
    rest = {"EncryptionAtRest": {"DataVolumeKMSKeyId": "alias/aws/kafka"}}
    return {
        "ClusterArn": arn,
        "ClusterName": arn.split("/")[1],
        "ClusterType": "PROVISIONED",
        "Provisioned": {
            "BrokerNodeGroupInfo": vpcs if is_open else {},
            "EncryptionInfo": rest,
        },
        "Tags": tags,
    }


def _clusters(*clusters: dict[str, Any], region: str = HOME) -> Any:
    return answered("kafka.ListClustersV2", {"ClusterInfoList": list(clusters)}, region=region)


def _policy() -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": [STRANGER, LOGS]},
        "Action": "kafka:CreateVpcConnection",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


_ALIASES = {"home": _EVENTS, "mirror": _MIRROR, "eu": _MSK_ABROAD}
_REPLICATORS = [
    {
        "ReplicatorArn": _REPLICATOR,
        "ReplicatorName": "northstar",
        "ReplicatorState": "RUNNING",
        "IsReplicatorReference": False,
        "KafkaClustersSummary": [
            {"KafkaClusterAlias": alias, "AmazonMskCluster": {"MskClusterArn": arn}}
            for alias, arn in _ALIASES.items()
        ],
        "ReplicationInfoSummaryList": [
            {"SourceKafkaClusterAlias": "home", "TargetKafkaClusterAlias": alias}
            for alias in ("mirror", "eu")
        ],
    }
]
_CONNECTED = {
    "TargetClusterArn": _EVENTS,
    "VpcConnectionArn": arn_of("kafka", "vpc-connection/northstar/1"),
    "VpcId": "vpc-1",
    "State": "AVAILABLE",
}
_PARTNER = {
    "VpcConnectionArn": arn_of("kafka", "vpc-connection/partner/1", account=STRANGER),
    "Owner": "888888888888",
    "State": "AVAILABLE",
}

PLOT = Plot(
    tags={
        **dict.fromkeys((_REPLICATOR, _SINK, _CONNECTED["VpcConnectionArn"]), PROTECTED),
        _QUIET: UNPROTECTED,
    },
    rules=(
        _brokers(_FAR, _NEAR),
        _brokers(_MQ_ABROAD, region=FRANKFURT),
        _broker(_FAR, counterpart=FRANKFURT),
        _broker(_NEAR, counterpart=WEST),
        _broker(_MQ_ABROAD, FRANKFURT),
        _clusters(_cluster(_EVENTS, PROTECTED, is_open=True), _cluster(_NOISE, UNPROTECTED)),
        _clusters(_cluster(_MIRROR, PROTECTED), region=WEST),
        _clusters(_cluster(_MSK_ABROAD, PROTECTED), region=FRANKFURT),
        answered("kafka.GetClusterPolicy", {"Policy": _policy()}, words="northstar-events"),
        Rule(
            operation="kafka.GetClusterPolicy",
            account=USER_DATA,
            status=404,
            code="NotFoundException",
        ),
        answered("kafka.ListClientVpcConnections", {"ClientVpcConnections": [_PARTNER]}),
        answered("kafka.ListVpcConnections", {"VpcConnections": [_CONNECTED]}),
        answered("kafka.ListReplicators", {"Replicators": _REPLICATORS}),
        answered(
            "kafkaconnect.ListConnectors",
            {
                "connectors": [
                    {"connectorArn": arn, "connectorName": arn.split("/")[1]}
                    for arn in (_SINK, _QUIET)
                ]
            },
        ),
    ),
    planted=(
        *fails("a broker replicates to Frankfurt", A_04=f"{_FAR}/replication/*"),
        *fails("a broker is in Frankfurt", A_02=_MQ_ABROAD, A_07b=_MQ_ABROAD),
        *fails("a stranger may connect to a cluster", A_05b=f"{_EVENTS}/share/{STRANGER}"),
        *fails("a partner is connected to a cluster", A_05b=f"{_EVENTS}/share/888888888888"),
        *fails("a cluster replicates to Frankfurt", A_04=f"{_EVENTS}/replication/*/{_MSK_ABROAD}"),
        *fails("a cluster is in Frankfurt", A_02=_MSK_ABROAD, A_07b=_MSK_ABROAD),
        *stays_open("where a connector writes is not read", A_04=f"{_SINK}/stream/*"),
    ),
)
