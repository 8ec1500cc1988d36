"""The files of the organisation's trail: two days, signed, and one file that was deleted."""

import gzip
from datetime import UTC, datetime, timedelta

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, MANAGEMENT, USER_DATA, WEST
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.logs.story import HOURS, PLACES, SECOND_VISIT, Place, cloudtrail_events
from auditor.demo.logs.trail import StoredObject, Trail, trail_key
from auditor.demo.planted import fails, stays_open

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
        home=HOME,
    )
    found = trail.write(cloudtrail_events(place, now), now - timedelta(hours=HOURS), now)
    if region == WEST:
        # Somebody took the second visit out of the bucket; its digest still names it.
        visit = now - timedelta(hours=HOURS - SECOND_VISIT)
        del found[_log_file(found, f"_{visit:%Y%m%dT%H%MZ}_")]
    if account == LOGS:
        # Somebody changed in a file from where the logs were read; its digest tells.
        changed = _log_file(found, "_")
        plain = gzip.decompress(found[changed].data).replace(b"17.0.0.9", b"17.0.0.8")
        found[changed] = StoredObject(data=gzip.compress(plain, mtime=0))
    return found


def _log_file(found: dict[str, StoredObject], words: str) -> str:
    return next(key for key in found if "/CloudTrail/" in key and words in key.rpartition("/")[2])


def _keys() -> dict[str, object]:
    return {**trail_key().listed(), "Value": trail_key().public}


PLOT = Plot(
    build=_build,
    rules=(Rule(operation="cloudtrail.ListPublicKeys", answer={"PublicKeyList": [_keys()]}),),
    planted=(
        *fails("the logs begin two days before the audit", G_01b="organisation trail/*"),
        *stays_open("of the time before them nothing is signed", G_02b="organisation trail/*"),
        *stays_open("the trail's logs have gaps", G_10="log/organisation trail/*"),
        *stays_open("regions whose logs are in no bucket", G_10="log/[0-9]*"),
        *fails(
            "a log file was taken out of the bucket",
            G_01b=f"organisation trail/{USER_DATA}/{WEST}/*",
        ),
        *fails("a log file was changed", G_02b=f"organisation trail/{LOGS}/{HOME}/*"),
        *fails(
            "somebody of the parent read videos from Singapore",
            B_03=f"aws/{USER_DATA}/{WEST}/s3/read/*",
        ),
        *fails(
            "somebody read contacts from Singapore for the parent's account, which the register "
            "does not know",
            B_03=f"aws/{USER_DATA}/{HOME}/s3/read/*",
            B_08c=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *stays_open(
            "profiles were read through a relay that no database places",
            B_03=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *stays_open(
            "profiles were read through an endpoint of a region that reaches to Lima",
            B_03b=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *fails("somebody signed in after the last day", B_05b=f"aws/{MANAGEMENT}/{HOME}/*"),
        *stays_open(
            "who stands behind sessions of a role, and of another company's account",
            B_05b=f"aws/{USER_DATA}/{HOME}/s3/read/*",
            B_08c=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *fails(
            "messages were read through an endpoint in Frankfurt, by a role that is there no more",
            B_03b=f"aws/{USER_DATA}/{FRANKFURT}/s3/read/*",
            B_08b=f"aws/{USER_DATA}/{FRANKFURT}/s3/read/*",
        ),
        *stays_open(
            "who stood behind that role: perhaps somebody who left, or the role for emergencies",
            B_05b=f"aws/{USER_DATA}/{FRANKFURT}/s3/read/*",
            B_08c=f"aws/{USER_DATA}/{FRANKFURT}/s3/read/*",
        ),
        *stays_open(
            "a function was changed that nobody found since",
            B_08b=f"aws/{USER_DATA}/{HOME}/lambda/*",
        ),
        *fails(
            "a role that is there no more read profiles",
            B_08b=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *fails(
            "the role for emergencies was used without an entry of the register",
            B_08c=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
        *stays_open(
            "the assessor read receipts, and the log does not say how many bytes left",
            B_08c=f"aws/{USER_DATA}/{HOME}/s3/read/*",
        ),
    ),
)
