"""Buckets whose reports, events and edges leave the boundary, beside buckets whose do not."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, LOGS, STRANGER, USER_DATA
from auditor.demo.aws.ordinary import make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_UNPROTECTED = {"data-class": "operations"}
_CLIPS = "user-clips"
_CAPTIONS = "user-captions"
_REPORTS = "northstar-reports"
_REPORTS_ABROAD = "northstar-reports-eu"


def _build(ground: Ground) -> None:
    home, frankfurt, logs = ground.at(), ground.at(FRANKFURT), ground.at(account=LOGS)
    key = ground.keys[home.region]
    for name in (_CLIPS, _CAPTIONS):
        make_bucket(home, name, key)
    make_bucket(logs, _REPORTS, key, _UNPROTECTED)
    make_bucket(frankfurt, _REPORTS_ABROAD, ground.keys[FRANKFURT], _UNPROTECTED)
    s3 = home.client("s3")
    for bucket, account, target in (
        (_CLIPS, STRANGER, "stranger-reports"),
        (_CAPTIONS, LOGS, _REPORTS),
    ):
        s3.put_bucket_inventory_configuration(
            Bucket=bucket, Id="weekly", InventoryConfiguration=_inventory(account, target)
        )
    s3.put_bucket_accelerate_configuration(
        Bucket=_CLIPS, AccelerateConfiguration={"Status": "Enabled"}
    )
    s3.put_bucket_accelerate_configuration(
        Bucket=_CAPTIONS, AccelerateConfiguration={"Status": "Suspended"}
    )
    s3.put_bucket_website(
        Bucket=_CLIPS,
        WebsiteConfiguration={"RedirectAllRequestsTo": {"HostName": "videos.example.net"}},
    )


def _inventory(account: str, bucket: str) -> dict[str, Any]:
    target = {"AccountId": account, "Bucket": f"arn:aws:s3:::{bucket}", "Format": "CSV"}
    return {
        "Id": "weekly",
        "IsEnabled": True,
        "IncludedObjectVersions": "All",
        "Schedule": {"Frequency": "Weekly"},
        "Destination": {"S3BucketDestination": target},
    }


def _analysis(bucket: str, target: str) -> Rule:
    end = {"Format": "CSV", "Bucket": f"arn:aws:s3:::{target}"}
    export = {"OutputSchemaVersion": "V_1", "Destination": {"S3BucketDestination": end}}
    settings = [{"Id": "ages", "StorageClassAnalysis": {"DataExport": export}}]
    return Rule(
        operation="s3.ListBucketAnalyticsConfigurations",
        words=bucket,
        account=USER_DATA,
        answer={"AnalyticsConfigurationList": settings},
    )


def _events(bucket: str, *queues: str) -> Rule:
    several = [{"QueueArn": queue, "Events": ["s3:ObjectCreated:*"]} for queue in queues]
    return Rule(
        operation="s3.GetBucketNotificationConfiguration",
        words=bucket,
        account=USER_DATA,
        answer={"QueueConfigurations": several},
    )


_ABROAD = f"arn:aws:sqs:{FRANKFURT}:{USER_DATA}:clips"
_OURS = f"arn:aws:sqs:us-west-2:{LOGS}:captions"
_BUCKET = f"arn:aws:s3:::{_CLIPS}"

PLOT = Plot(
    build=_build,
    rules=(
        _analysis(_CLIPS, _REPORTS_ABROAD),
        _analysis(_CAPTIONS, _REPORTS),
        _events(_CLIPS, _ABROAD),
        _events(_CAPTIONS, _OURS),
    ),
    planted=(
        *fails("a bucket's inventory goes to a stranger", A_04=f"{_BUCKET}/export/inventory/*"),
        *fails("a bucket's analysis goes to Frankfurt", A_04=f"{_BUCKET}/export/analytics/*"),
        *fails("a bucket's events go to Frankfurt", A_04=f"{_BUCKET}/stream/{_ABROAD}"),
        *fails("a bucket takes uploads at every edge", A_10b=f"{_BUCKET}/edge/acceleration"),
        *stays_open(
            "a bucket's website sends readers to somebody unknown",
            A_10b=f"{_BUCKET}/edge/website/*",
        ),
    ),
)
