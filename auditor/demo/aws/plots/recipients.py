"""Companies that buckets are shared with: an assessor, whom the register names, an advertiser."""

import json
from typing import Any

from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

ASSESSOR = "666666666666"  # of a company that assesses the arrangement
ADVERTISER = "777777777777"  # of a company that places advertisements
INVOICES = "arn:aws:s3:::user-invoices"
RECEIPTS = "arn:aws:s3:::user-receipts"
INTERESTS = "arn:aws:s3:::user-interests"
_CAMPAIGNS = "arn:aws:s3:::campaign-results"
REGISTERED = tuple(f"{bucket}/share/{ASSESSOR}" for bucket in (INVOICES, RECEIPTS))


def _build(ground: Ground) -> None:
    home = ground.at()
    for bucket, account in (
        (INVOICES, ASSESSOR),
        (RECEIPTS, ASSESSOR),
        (INTERESTS, ADVERTISER),
        (_CAMPAIGNS, ADVERTISER),
    ):
        name = bucket.rpartition(":")[2]
        tags = UNPROTECTED if bucket == _CAMPAIGNS else PROTECTED
        make_bucket(home, name, ground.keys[home.region], tags)
        _share(home.client("s3"), name, account)


def _share(s3: Any, bucket: str, account: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a bucket is shared with the assessor, as the register says, and still leaves",
            A_05b=REGISTERED[0],
        ),
        *fails("another bucket is shared with the assessor", A_05b=REGISTERED[1]),
        *fails(
            "an advertiser can read what users are interested in",
            A_05b=f"{INTERESTS}/share/{ADVERTISER}",
            B_06b=f"{ADVERTISER}/read/always",
            E_02=f"{INTERESTS}/share/{ADVERTISER}",
        ),
        *stays_open(
            "who the advertiser's people are, and whether they read",
            B_02=f"{ADVERTISER}/*",
            B_02b=f"{ADVERTISER}/*",
            E_01=f"{ADVERTISER}/*",
        ),
    ),
)
