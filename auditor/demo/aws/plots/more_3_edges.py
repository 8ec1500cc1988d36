"""Logs of the edge, and networks of services: what is told to Frankfurt, and let out to others."""

import json

from auditor.demo.aws.accounts import FRANKFURT, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_LOGGERS = {
    "guard": "CUSTOMER",
    "lake": "SECURITY_LAKE",
    "rule": "CLOUDWATCH_TELEMETRY_RULE_MANAGED",
}
_ABROAD = arn_of("firehose", "deliverystream/aws-waf-logs-northstar", FRANKFURT)
_AT_HOME = arn_of("firehose", "deliverystream/aws-waf-logs-northstar")
_GROUP = "/northstar/names"
_NAMES = arn_of("logs", f"log-group:{_GROUP}")
_NAMES_OF_PLAYER = arn_of("logs", f"log-group:{_GROUP}-player")
_THEIRS = arn_of("kinesis", "stream/names", account=STRANGER)
_ZONES = "arn:aws:route53:::hostedzone"  # of the module on delivery at the edge
_READERS = {FRANKFURT: STRANGER, WEST: LOGS}


def _acl(name: str) -> str:
    return arn_of("wafv2", f"global/webacl/northstar-{name}/feed0003")


def _build(ground: Ground) -> None:
    for group in (_GROUP, f"{_GROUP}-player"):
        ground.at().client("logs").create_log_group(logGroupName=group)


def _acls(name: str, owner: str) -> Rule:
    logs = [
        {"ResourceArn": _acl(acl), "LogDestinationConfigs": [end]}
        for acl, end in ((name, _ABROAD), (f"{name}-test", _AT_HOME))
    ]
    return answered(
        "wafv2.ListLoggingConfigurations",
        {"LoggingConfigurations": logs},
        words=f'"CLOUDFRONT", "LogScope": "{owner}"',
    )


def _queries() -> tuple[Rule, ...]:
    """Return query logs of two zones; a stranger subscribes to one of them."""
    logs = [
        {"Id": zone.lower(), "HostedZoneId": zone, "CloudWatchLogsLogGroupArn": group}
        for zone, group in (("ZUSERS", _NAMES), ("ZPLAYER", _NAMES_OF_PLAYER))
    ]
    subscribed = {"filterName": "all", "logGroupName": _GROUP, "destinationArn": _THEIRS}
    return (
        answered("route53.ListQueryLoggingConfigs", {"QueryLoggingConfigs": logs}, region=""),
        answered(
            "logs.DescribeSubscriptionFilters",
            {"subscriptionFilters": [subscribed]},
            words=f'"{_GROUP}"',
        ),
    )


def _network(region: str) -> str:
    return arn_of("vpc-lattice", "servicenetwork/sn-feed0000000000003", region)


def _resource(region: str) -> str:
    return arn_of("vpc-lattice", "resourceconfiguration/rcfg-feed0000000000003", region)


def _lattice(region: str) -> tuple[Rule, ...]:
    principal = {"AWS": f"arn:aws:iam::{_READERS[region]}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*"}
    network = {"arn": _network(region), "name": "northstar-services"}
    resource = {"arn": _resource(region), "name": "northstar-follows"}
    return (
        answered("vpc-lattice.ListServiceNetworks", {"items": [network]}, region=region),
        answered("vpc-lattice.ListResourceConfigurations", {"items": [resource]}, region=region),
        answered(
            "vpc-lattice.GetResourcePolicy",
            {"policy": json.dumps({"Statement": [statement]})},
            region=region,
            words="feed0000000000003",
        ),
    )


PLOT = Plot(
    build=_build,
    tags={
        **{_acl(name): PROTECTED for name in _LOGGERS},
        **{_acl(f"{name}-test"): UNPROTECTED for name in _LOGGERS},
        **dict.fromkeys((_NAMES, _NAMES_OF_PLAYER), UNPROTECTED),
        **{_network(region): PROTECTED for region in _READERS},
        **{_resource(region): PROTECTED for region in _READERS},
    },
    rules=(
        *(_acls(name, owner) for name, owner in _LOGGERS.items()),
        *_queries(),
        *(rule for region in _READERS for rule in _lattice(region)),
    ),
    planted=(
        *(
            planted
            for name in _LOGGERS
            for planted in fails(
                "a web ACL works at every edge, and its log goes to Frankfurt",
                A_10=_acl(name),
                A_04=f"{_acl(name)}/stream/{_ABROAD}",
            )
        ),
        *fails(
            "which names of a zone are asked for goes on to a stranger's stream",
            A_04b=f"{_ZONES}/ZUSERS -> {_THEIRS}",
        ),
        *fails(
            "a network of services is in Frankfurt, and a stranger's networks may join it",
            A_10=_network(FRANKFURT),
            A_05b=f"{_network(FRANKFURT)}/share/{STRANGER}",
        ),
        *fails(
            "a resource in Frankfurt is offered to a stranger's networks",
            A_10=_resource(FRANKFURT),
            A_05b=f"{_resource(FRANKFURT)}/share/{STRANGER}",
        ),
    ),
)
