"""Copies, games, routes, monitoring, time series: one of each abroad or let out, one in order."""

import json
from typing import Any

from auditor.demo.aws.accounts import (
    FRANKFURT,
    HOME,
    LOGS,
    SINGAPORE,
    STRANGER,
    USER_DATA,
    WEST,
)
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_MIRROR = "volume/fs-0feed0001/fsvol-0feed0001"
_VOLUME, _VOLUME_ABROAD = (arn_of("fsx", _MIRROR, region) for region in (WEST, FRANKFURT))
_ARENA, _ARENA_ABROAD = (
    arn_of("gamelift", f"containerfleet/{name}") for name in ("arena", "arena-eu")
)
_ROUTES = {
    name: f"arn:aws:globalaccelerator::{USER_DATA}:accelerator/{name}"
    for name in ("match", "lobby", "news")
}
_GROUPS = {name: f"/northstar/replies-{name}" for name in ("theirs", "ours")}
_REPLIES = {name: arn_of("logs", f"log-group:{group}") for name, group in _GROUPS.items()}
_TEMPLATE, _TEMPLATE_ABROAD = (
    arn_of("mgn", "replication-configuration-template/rct-0feed0001", region)
    for region in (HOME, FRANKFURT)
)
_SINK, _SINK_ABROAD = (arn_of("oam", "sink/0feed0001", region) for region in (HOME, SINGAPORE))
_TIMES, _TIMES_ABROAD = (
    arn_of("timestream", "database/northstar-plays", region) for region in (WEST, FRANKFURT)
)


def _build(ground: Ground) -> None:
    for group in _GROUPS.values():
        ground.at().client("logs").create_log_group(logGroupName=group)
    for region in (WEST, FRANKFURT):
        timestream = ground.at(region).client("timestream-write")
        timestream.create_database(DatabaseName="northstar-plays", KmsKeyId=ground.keys[region])
        timestream.create_table(DatabaseName="northstar-plays", TableName="plays")


def _mirror(arn: str, region: str) -> Rule:
    """Return a volume that ONTAP keeps like another one."""
    volume = {
        "VolumeId": arn.rpartition("/")[2],
        "FileSystemId": "fs-0feed0001",
        "ResourceARN": arn,
        "OntapConfiguration": {"OntapVolumeType": "DP"},
        "Tags": as_list(PROTECTED),
    }
    return answered("fsx.DescribeVolumes", {"Volumes": [volume]}, region=region)


def _fleet(arn: str, *locations: str) -> dict[str, Any]:
    return {
        "FleetId": arn.rpartition("/")[2],
        "FleetArn": arn,
        "LocationAttributes": [{"Location": each, "Status": "ACTIVE"} for each in locations],
    }


def _routes() -> tuple[Rule, ...]:
    """Return accelerators that lead players to Frankfurt and to Oregon, and readers of news."""
    operation = "globalaccelerator.ListCustomRouting"
    listed = [
        {"AcceleratorArn": arn, "Name": name, "Enabled": True} for name, arn in _ROUTES.items()
    ]
    rules = [answered(f"{operation}Accelerators", {"Accelerators": listed}, region=WEST)]
    for name, region in {"match": FRANKFURT, "lobby": WEST, "news": FRANKFURT}.items():
        listener = f"{_ROUTES[name]}/listener/1"
        group = {
            "EndpointGroupRegion": region,
            "EndpointDescriptions": [{"EndpointId": f"subnet-{name}"}],
        }
        # What is asked about a listener names its accelerator too, and comes first.
        rules += [
            answered(
                f"{operation}EndpointGroups",
                {"EndpointGroups": [group]},
                region=WEST,
                words=listener,
            ),
            answered(
                f"{operation}Listeners",
                {"Listeners": [{"ListenerArn": listener}]},
                region=WEST,
                words=_ROUTES[name],
            ),
        ]
    return tuple(rules)


def _policies() -> Rule:
    readers = {"theirs": STRANGER, "ours": LOGS}
    policies = []
    for name, account in readers.items():
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": account},
            "Action": "logs:GetLogEvents",
            "Resource": "*",
        }
        policies.append(
            {
                "policyName": name,
                "policyDocument": json.dumps({"Version": "2012-10-17", "Statement": statement}),
                "policyScope": "RESOURCE",
                "resourceArn": f"{_REPLIES[name]}:*",
            }
        )
    return answered("logs.DescribeResourcePolicies", {"resourcePolicies": policies})


def _template(arn: str, region: str) -> Rule:
    template = {
        "replicationConfigurationTemplateID": arn.rpartition("/")[2],
        "arn": arn,
        "tags": PROTECTED,
    }
    return answered(
        "mgn.DescribeReplicationConfigurationTemplates", {"items": [template]}, region=region
    )


def _sink(arn: str, region: str) -> Rule:
    return answered("oam.ListSinks", {"Items": [{"Arn": arn, "Name": "northstar"}]}, region=region)


PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys(
            (
                *(_ARENA, _ARENA_ABROAD, *_ROUTES.values(), *_REPLIES.values(), _SINK),
                *(_TIMES, f"{_TIMES}/table/plays", _TIMES_ABROAD, f"{_TIMES_ABROAD}/table/plays"),
                _SINK_ABROAD,
            ),
            PROTECTED,
        ),
        _ROUTES["news"]: UNPROTECTED,
    },
    rules=(
        _mirror(_VOLUME, WEST),
        _mirror(_VOLUME_ABROAD, FRANKFURT),
        answered(
            "gamelift.ListContainerFleets",
            {
                "ContainerFleets": [
                    _fleet(_ARENA, HOME, WEST),
                    _fleet(_ARENA_ABROAD, HOME, FRANKFURT),
                ]
            },
        ),
        *_routes(),
        _policies(),
        _template(_TEMPLATE, HOME),
        _template(_TEMPLATE_ABROAD, FRANKFURT),
        _sink(_SINK, HOME),
        _sink(_SINK_ABROAD, SINGAPORE),
    ),
    planted=(
        *fails("a mirrored volume is in Frankfurt", A_02=_VOLUME_ABROAD, A_05=_VOLUME_ABROAD),
        *stays_open("a mirrored volume's key is that of its file system", A_07b=_VOLUME),
        *stays_open("a mirrored volume's key is that of its file system", A_07b=_VOLUME_ABROAD),
        *fails("games in containers run in Frankfurt", A_10b=f"{_ARENA_ABROAD}/edge/{FRANKFURT}"),
        *fails(
            "players are led to Frankfurt",
            A_10=_ROUTES["match"],
            A_10b=f"{_ROUTES['match']}/edge/subnet-match",
        ),
        *fails("an accelerator is at every edge, wherever it leads", A_10=_ROUTES["lobby"]),
        *fails("a policy lets a stranger read logs", A_05b=f"{_REPLIES['theirs']}/share/*"),
        *fails("servers are to be copied by Frankfurt's settings", A_10=_TEMPLATE_ABROAD),
        *fails("other accounts are monitored from Singapore", A_10=_SINK_ABROAD),
        *fails("time series are in Frankfurt", A_02=_TIMES_ABROAD, A_07b=_TIMES_ABROAD),
        *fails(
            "a table of time series is in Frankfurt",
            A_02=f"{_TIMES_ABROAD}/table/plays",
            A_07b=f"{_TIMES_ABROAD}/table/plays",
        ),
    ),
)
