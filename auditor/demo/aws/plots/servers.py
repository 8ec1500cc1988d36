"""Servers and what copies them: instances, recovery, migrations, and a switch to another region."""

from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, SINGAPORE, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_LAKE, _LAKE_AT_HOME = "northstar-migration-lake", "northstar-migration-archive"
_DUBLIN = "eu-west-1"


_WEB = arn_of("ec2", "instance/i-0feed0001")
_STRAY = arn_of("ec2", "instance/i-0feed0002", SINGAPORE)
_TEST = arn_of("ec2", "instance/i-0feed0003", SINGAPORE)
_RECOVERED = arn_of("drs", "source-server/s-feed0001", FRANKFURT)
_RECOVERED_AT_HOME = arn_of("drs", "source-server/s-feed0002", WEST)
_MIGRATED = arn_of("mgn", "source-server/s-feed0003", FRANKFURT)
_WORLD_PLAN = f"arn:aws:arc-region-switch::{USER_DATA}:plan/northstar-world:feed01"
_HOME_PLAN = f"arn:aws:arc-region-switch::{USER_DATA}:plan/northstar-home:feed02"
_STREAM = arn_of("kinesis", "stream/northstar-events", account=STRANGER)
_ENDPOINTS = {
    name: arn_of("dms", f"endpoint:{name}")
    for name in ("to-lake", "to-archive", "to-stranger", "to-vendor", "from-orders")
}
_TASK, _TASK_AT_HOME = arn_of("dms", "task:to-lake"), arn_of("dms", "task:to-archive")
_WORKER = arn_of("dms", "rep:northstar-worker", FRANKFURT)


def _build(ground: Ground) -> None:
    make_bucket(ground.at(FRANKFURT), _LAKE, ground.keys[FRANKFURT], UNPROTECTED)
    make_bucket(ground.at(WEST), _LAKE_AT_HOME, ground.keys[WEST], UNPROTECTED)


def _instances(region: str, *tags: tuple[str, Mapping[str, str]]) -> Rule:
    instances = [
        {
            "InstanceId": arn.rpartition("/")[2],
            "State": {"Code": 16, "Name": "running"},
            "Placement": {"AvailabilityZone": f"{region}a"},
            "Tags": as_list(dict(labels)),
        }
        for arn, labels in tags
    ]
    answer = {"Reservations": [{"OwnerId": USER_DATA, "Instances": instances}]}
    return answered("ec2.DescribeInstances", answer, region=region)


def _copied(arn: str, **item: Any) -> dict[str, Any]:
    return {
        "sourceServerID": arn.rpartition("/")[2],
        "arn": arn,
        "tags": PROTECTED,
        "dataReplicationInfo": {"dataReplicationState": "CONTINUOUS"},
        **item,
    }


_ORIGIN = {
    "sourceCloudProperties": {"originAccountID": USER_DATA, "originRegion": HOME},
    "sourceProperties": {"identificationHints": {"awsInstanceID": "i-0feed0001"}},
}


def _recovery() -> tuple[Rule, ...]:
    operation = "drs.DescribeSourceServers"
    return (
        answered(operation, {"items": [_copied(_RECOVERED, **_ORIGIN)]}, region=FRANKFURT),
        answered(operation, {"items": [_copied(_RECOVERED_AT_HOME, **_ORIGIN)]}, region=WEST),
        answered("mgn.DescribeSourceServers", {"items": [_copied(_MIGRATED)]}, region=FRANKFURT),
    )


def _plan(arn: str, other: str) -> dict[str, Any]:
    return {
        "arn": arn,
        "owner": USER_DATA,
        "name": arn.split("/")[1].partition(":")[0],
        "regions": [HOME, other],
        "recoveryApproach": "activePassive",
        "primaryRegion": HOME,
    }


def _endpoint(name: str, kind: str = "target", **settings: Any) -> dict[str, Any]:
    return {
        "EndpointIdentifier": name,
        "EndpointArn": _ENDPOINTS[name],
        "EndpointType": kind,
        **settings,
    }


def _task(arn: str, target: str) -> dict[str, Any]:
    return {
        "ReplicationTaskIdentifier": arn.rpartition(":")[2],
        "ReplicationTaskArn": arn,
        "SourceEndpointArn": _ENDPOINTS["from-orders"],
        "TargetEndpointArn": _ENDPOINTS[target],
        "Status": "running",
    }


def _migrations() -> tuple[Rule, ...]:
    endpoints = [
        _endpoint("to-lake", S3Settings={"BucketName": _LAKE}),
        _endpoint("to-archive", S3Settings={"BucketName": _LAKE_AT_HOME}),
        _endpoint("to-stranger", KinesisSettings={"StreamArn": _STREAM}),
        _endpoint("to-vendor", ServerName="db.vendor.example"),
        _endpoint("from-orders", "source", ServerName="orders.northstar.example"),
    ]
    tasks = [
        _task(_TASK, "to-lake"),
        _task(_TASK_AT_HOME, "to-archive"),
    ]
    worker = {
        "ReplicationInstanceIdentifier": "northstar-worker",
        "ReplicationInstanceArn": _WORKER,
        "AvailabilityZone": f"{FRANKFURT}a",
        "AllocatedStorage": 50,
        "KmsKeyId": arn_of("kms", "alias/aws/dms", FRANKFURT),
    }
    return (
        answered("dms.DescribeEndpoints", {"Endpoints": endpoints}),
        answered("dms.DescribeReplicationTasks", {"ReplicationTasks": tasks}),
        answered(
            "dms.DescribeReplicationInstances",
            {"ReplicationInstances": [worker]},
            region=FRANKFURT,
        ),
    )


PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(
        (*_ENDPOINTS.values(), _TASK, _TASK_AT_HOME, _WORKER, _WORLD_PLAN, _HOME_PLAN), PROTECTED
    ),
    rules=(
        _instances(HOME, (_WEB, PROTECTED)),
        _instances(SINGAPORE, (_STRAY, PROTECTED), (_TEST, UNPROTECTED)),
        *_recovery(),
        *_migrations(),
        Rule(
            operation="arc-region-switch.ListPlans",
            account=USER_DATA,
            answer={"plans": [_plan(_WORLD_PLAN, _DUBLIN), _plan(_HOME_PLAN, WEST)]},
        ),
    ),
    planted=(
        *fails("an instance works in Singapore", A_10=_STRAY),
        *fails("an instance is copied to Frankfurt", A_04=f"{_WEB}/replication/{_RECOVERED}"),
        *fails("the copy of an instance is in Frankfurt", A_02=_RECOVERED, A_05=_RECOVERED),
        *fails("a server was migrated to Frankfurt", A_02=_MIGRATED),
        *stays_open(
            "servers that are copied do not say whether their disks are encrypted",
            A_06="arn:aws:[dm][rg][sn]:*:source-server/s-feed000?",
            A_07b="arn:aws:[dm][rg][sn]:*:source-server/s-feed000?",
        ),
        *fails("a plan switches users to Dublin", A_10b=f"{_WORLD_PLAN}/edge/{_DUBLIN}"),
        *fails(
            "a migration writes to a bucket in Frankfurt",
            A_04=f"{_ENDPOINTS['to-lake']}/sync/target",
        ),
        *fails(
            "a migration's steps end in Frankfurt",
            A_04b=f"{_TASK} -> arn:aws:s3:::{_LAKE}",
        ),
        *fails(
            "a migration's steps start at a database, and end in Frankfurt",
            A_04b=f"{_ENDPOINTS['from-orders']} -> arn:aws:s3:::{_LAKE}",
        ),
        *fails(
            "a migration writes to a stranger's stream",
            A_04=f"{_ENDPOINTS['to-stranger']}/sync/target",
        ),
        *stays_open(
            "a migration writes to a server, wherever that is",
            A_04=f"{_ENDPOINTS['to-vendor']}/sync/target",
        ),
        *fails("a migration's instance keeps data in Frankfurt", A_02=_WORKER, A_07b=_WORKER),
    ),
)
