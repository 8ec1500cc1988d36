"""The files of the organisation's trail: two days, signed, and one file that was deleted."""

from datetime import UTC, datetime, timedelta

from auditor.demo.aws.accounts import LOGS, MANAGEMENT, WEST
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.logs.story import HOURS, PLACES, Place, cloudtrail_events
from auditor.demo.logs.trail import StoredObject, Trail, trail_key

BUCKET = f"audit-logs-{MANAGEMENT}"


def _build(ground: Ground) -> None:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    client = ground.at(account=LOGS).client("s3")
    for place in PLACES:
        for key, stored in _files(place, now).items():
            client.put_object(
                Bucket=BUCKET, Key=key, Body=stored.data, Metadata=dict(stored.metadata)
            )


def _files(place: Place, now: datetime) -> dict[str, StoredObject]:
    account, region = place
    trail = Trail(
        name="management-trail",
        account=account,
        region=region,
        bucket=BUCKET,
        key=trail_key(),
        prefix="AWSLogs/o-demo000001/",
    )
    found = trail.write(cloudtrail_events(place, now), now - timedelta(hours=HOURS), now)
    if region == WEST:
        # Somebody took the second visit out of the bucket; its digest still names it.
        del found[max(key for key in found if "/CloudTrail/" in key)]
    return found


def _keys() -> dict[str, object]:
    return {**trail_key().listed(), "Value": trail_key().public}


PLOT = Plot(
    build=_build,
    rules=(Rule(operation="cloudtrail.ListPublicKeys", answer={"PublicKeyList": [_keys()]}),),
)
