"""Doors into buckets: access points, grants and jobs, some of which open to strangers."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.ordinary import PROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails
from auditor.model import Json

_UNPROTECTED = {"data-class": "operations"}
_EAST, _WEST, _EU = "user-thumbnails", "user-thumbnails-west", "northstar-public-eu"
_STICKERS, _DRAWINGS, _LOOPS = "user-stickers", "user-drawings", "user-loops"
_ROOT = f"arn:aws:s3:{HOME}:{USER_DATA}"
_GRANTS = f"{_ROOT}:access-grants/default"
_JOBS = {"job-abroad": _EU, "job-at-home": _WEST}
_LENSES = {"everything": STRANGER, "for-the-log-team": LOGS}


def _build(ground: Ground) -> None:
    for name in (_EAST, _STICKERS, _DRAWINGS, _LOOPS):
        make_bucket(ground.at(), name, ground.keys[HOME])
    make_bucket(ground.at(WEST), _WEST, ground.keys[WEST])
    make_bucket(ground.at(FRANKFURT), _EU, ground.keys[FRANKFURT], _UNPROTECTED)


def _rule(operation: str, answer: dict[str, Any], words: str = "", region: str = HOME) -> Rule:
    return Rule(
        operation=f"s3control.{operation}",
        words=words,
        answer=answer,
        account=USER_DATA,
        region=region,
    )


def _policy(account: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _points() -> tuple[Rule, ...]:
    """Return an access point for a stranger, and one for the log account."""
    doors = {"for-the-partner": (STRANGER, _STICKERS), "for-the-logs": (LOGS, _EAST)}
    listed = [
        {
            "Name": name,
            "NetworkOrigin": "Internet",
            "Bucket": bucket,
            "AccessPointArn": f"{_ROOT}:accesspoint/{name}",
            "BucketAccountId": USER_DATA,
        }
        for name, (_, bucket) in doors.items()
    ]
    closed = {"PolicyStatus": {"IsPublic": False}}
    return (
        _rule("ListAccessPoints", {"AccessPointList": listed}),
        _rule("GetAccessPointPolicyStatus", closed),
        *(
            _rule("GetAccessPointPolicy", {"Policy": _policy(account)}, name)
            for name, (account, _) in doors.items()
        ),
    )


def _several_regions() -> tuple[Rule, ...]:
    """Return a point that answers from Frankfurt, too, and one that stays at home."""
    behind = {"abroad": ((_LOOPS, HOME), (_EU, FRANKFURT)), "home": ((_EAST, HOME), (_WEST, WEST))}
    points, routes = [], []
    for name, buckets in behind.items():
        ends = [
            {"Bucket": bucket, "Region": region, "BucketAccountId": USER_DATA}
            for bucket, region in buckets
        ]
        points.append({"Name": name, "Alias": f"{name}.mrap", "Regions": ends})
        dials = [
            {"Bucket": bucket, "Region": region, "TrafficDialPercentage": 100}
            for bucket, region in buckets
        ]
        routes.append(
            _rule("GetMultiRegionAccessPointRoutes", {"Routes": dials}, f"{name}.mrap", WEST)
        )
    policy = {"Policy": {"Established": {"Policy": _policy(USER_DATA)}}}
    return (
        _rule("ListMultiRegionAccessPoints", {"AccessPoints": points}, region=WEST),
        _rule("GetMultiRegionAccessPointPolicy", policy, region=WEST),
        *routes,
    )


def _grants() -> Rule:
    grants: list[Json] = [
        {
            "AccessGrantId": name,
            "AccessGrantArn": f"{_GRANTS}/grant/{name}",
            "Grantee": {
                "GranteeType": "IAM",
                "GranteeIdentifier": f"arn:aws:iam::{account}:role/analyst",
            },
            "Permission": "READ",
            "GrantScope": f"s3://{bucket}/*",
        }
        for name, account, bucket in (
            ("to-a-stranger", STRANGER, _DRAWINGS),
            ("to-the-logs", LOGS, _EAST),
        )
    ]
    return _rule("ListAccessGrants", {"AccessGrantsList": grants})


def _jobs() -> tuple[Rule, ...]:
    listed = [{"JobId": name, "Operation": "S3PutObjectCopy", "Status": "Active"} for name in _JOBS]
    copies = {
        name: {"S3PutObjectCopy": {"TargetResource": f"arn:aws:s3:::{target}"}}
        for name, target in _JOBS.items()
    }
    return (
        _rule("ListJobs", {"Jobs": listed}),
        *(_rule("DescribeJob", {"Job": {"Operation": copies[name]}}, name) for name in _JOBS),
    )


def _lenses() -> tuple[Rule, ...]:
    listed = [
        {"Id": name, "StorageLensArn": f"{_ROOT}:storage-lens/{name}", "HomeRegion": HOME}
        for name in _LENSES
    ]
    details = []
    for name, account in _LENSES.items():
        target = {
            "Format": "CSV",
            "OutputSchemaVersion": "V_1",
            "AccountId": account,
            "Arn": f"arn:aws:s3:::{'stranger-figures' if account == STRANGER else _WEST}",
        }
        lens = {
            "Id": name,
            "AccountLevel": {"BucketLevel": {}},
            "IsEnabled": True,
            "DataExport": {"S3BucketDestination": target},
        }
        answer = {"StorageLensConfiguration": lens}
        details.append(_rule("GetStorageLensConfiguration", answer, name))
    return (
        _rule("ListStorageLensConfigurations", {"StorageLensConfigurationList": listed}),
        *details,
    )


PLOT = Plot(
    build=_build,
    tags={
        **{f"{_ROOT}:job/{name}": PROTECTED for name in _JOBS},
        **{f"{_ROOT}:storage-lens/{name}": PROTECTED for name in _LENSES},
    },
    rules=(*_points(), *_several_regions(), _grants(), *_jobs(), *_lenses()),
    planted=(
        *fails(
            "an access point lets a stranger's account into a bucket",
            A_05b=f"{_ROOT}:accesspoint/for-the-partner/share/{STRANGER}",
        ),
        *fails(
            "requests for a bucket are answered from Frankfurt",
            A_10b=f"*:accesspoint/abroad.mrap/edge/arn:aws:s3:::{_LOOPS}/arn:aws:s3:::{_EU}",
        ),
        *fails(
            "a stranger's role is granted a bucket",
            A_05b=f"{_GRANTS}/grant/to-a-stranger/share/{STRANGER}",
        ),
        *fails(
            "a batch job copies to Frankfurt",
            A_04=f"{_ROOT}:job/job-abroad/copy/arn:aws:s3:::{_EU}",
        ),
        *fails(
            "a dashboard of all buckets goes to a stranger",
            A_04=f"{_ROOT}:storage-lens/everything/export/DataExport",
        ),
    ),
)
