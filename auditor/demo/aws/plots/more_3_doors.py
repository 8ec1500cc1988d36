"""Faces, grants, mail and volumes: each of them in Frankfurt once, and once in Oregon."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_READERS = {FRANKFURT: STRANGER, WEST: LOGS}
_MAIL = {FRANKFURT: "northstar-mail-eu", WEST: "northstar-mail-west"}
_MOMENT = 1_700_000_000


def _build(ground: Ground) -> None:
    for region, name in _MAIL.items():
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _project(region: str) -> str:
    return arn_of("rekognition", "project/northstar-gestures/1700000000000", region)


def _grants(region: str) -> str:
    return arn_of("s3", "access-grants/default", region)


def _rules(region: str) -> str:
    return arn_of("ses", "mailmanager-rule-set/rs-feed0003", region)


def _volume(region: str) -> str:
    return arn_of("storagegateway", "gateway/sgw-feed0003/volume/vol-feed0003", region)


def _gateway(region: str) -> str:
    return arn_of("storagegateway", "gateway/sgw-feed0003", region)


def _policy(region: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{_READERS[region]}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _faces(region: str) -> tuple[Rule, ...]:
    project = {"ProjectArn": _project(region), "CreationTimestamp": _MOMENT, "Status": "CREATED"}
    policy = {"ProjectArn": _project(region), "PolicyDocument": _policy(region)}
    return (
        answered("rekognition.DescribeProjects", {"ProjectDescriptions": [project]}, region=region),
        answered("rekognition.ListProjectPolicies", {"ProjectPolicies": [policy]}, region=region),
    )


def _granted(region: str) -> tuple[Rule, ...]:
    instance = {
        "AccessGrantsInstanceId": "default",
        "AccessGrantsInstanceArn": _grants(region),
        "CreatedAt": "2026-01-02T12:00:00Z",
    }
    return (
        answered(
            "s3control.ListAccessGrantsInstances",
            {"AccessGrantsInstancesList": [instance]},
            region=region,
        ),
        answered(
            "s3control.GetAccessGrantsInstanceResourcePolicy",
            {"Policy": _policy(region)},
            region=region,
        ),
    )


def _mail(region: str) -> tuple[Rule, ...]:
    about: dict[str, Any] = {"RuleSetId": "rs-feed0003", "RuleSetName": "northstar-inbox"}
    write = {"WriteToS3": {"RoleArn": "arn:aws:iam::1:role/mail", "S3Bucket": _MAIL[region]}}
    detail = {
        **about,
        "RuleSetArn": _rules(region),
        "CreatedDate": _MOMENT,
        "LastModificationDate": _MOMENT,
        "Rules": [{"Name": "keep", "Actions": [write]}],
    }
    return (
        answered(
            "mailmanager.ListRuleSets",
            {"RuleSets": [{**about, "LastModificationDate": _MOMENT}]},
            region=region,
        ),
        answered("mailmanager.GetRuleSet", detail, region=region),
    )


def _volumes(region: str) -> tuple[Rule, ...]:
    gateway = {
        "GatewayARN": _gateway(region),
        "GatewayName": "northstar-render",
        "HostEnvironment": "EC2",
        "Ec2InstanceRegion": region,
    }
    volume = {
        "VolumeARN": _volume(region),
        "VolumeId": "vol-feed0003",
        "GatewayARN": _gateway(region),
        "VolumeType": "CACHED iSCSI",
        "VolumeSizeInBytes": 2**40,
    }
    return (
        answered("storagegateway.ListGateways", {"Gateways": [gateway]}, region=region),
        answered("storagegateway.ListVolumes", {"VolumeInfos": [volume]}, region=region),
    )


PLOT = Plot(
    build=_build,
    tags={
        name(region): PROTECTED
        for region in _READERS
        for name in (_project, _grants, _rules, _volume)
    }
    | {_gateway(region): UNPROTECTED for region in _READERS},
    rules=tuple(
        rule
        for region in _READERS
        for rule in (*_faces(region), *_granted(region), *_mail(region), *_volumes(region))
    ),
    planted=(
        *fails(
            "a model that knows gestures is in Frankfurt, and shared with a stranger's account",
            A_02=_project(FRANKFURT),
            A_05b=f"{_project(FRANKFURT)}/share/{STRANGER}",
        ),
        *stays_open(
            "whether a project is encrypted is not stated",
            A_06="arn:aws:rekognition:*:project/northstar-gestures/*",
            A_07b="arn:aws:rekognition:*:project/northstar-gestures/*",
        ),
        *fails(
            "grants are given in Frankfurt, and a stranger's account may look them up",
            A_10=_grants(FRANKFURT),
            A_05b=f"{_grants(FRANKFURT)}/share/{STRANGER}",
        ),
        *fails("mail is sorted in Frankfurt", A_10=_rules(FRANKFURT)),
        *fails(
            "mail is kept in a bucket in Frankfurt",
            A_04=f"{_rules(FRANKFURT)}/export/arn:aws:s3:::{_MAIL[FRANKFURT]}",
        ),
        *fails(
            "a volume is in Frankfurt, and its gateway as well",
            A_02=_volume(FRANKFURT),
            A_04=f"{_volume(FRANKFURT)}/mount/{_gateway(FRANKFURT)}",
        ),
        *stays_open(
            "which key encrypts a volume is not stated",
            A_07b="arn:aws:storagegateway:*:gateway/sgw-feed0003/volume/*",
        ),
    ),
)
