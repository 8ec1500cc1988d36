"""Names of log files: whose, where and when, however hostile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.activity.names import Named, read_name
from auditor.activity.objects import key_fault

ACCOUNT = "222222222222"


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        (
            "cloudtrail",
            f"x/AWSLogs/o-abc/{ACCOUNT}/CloudTrail/us-east-1/2026/10/01/"
            f"{ACCOUNT}_CloudTrail_us-east-1_20261001T0005Z_abc.json.gz",
            Named(
                role="log", stream="x/AWSLogs/o-abc/", account=ACCOUNT, region="us-east-1",
                day="2026-10-01",
            ),
        ),
        (
            "cloudtrail",
            f"{ACCOUNT}_CloudTrail-Digest_us-gov-west-1_t_us-gov-west-1_20261001T000500Z.json.gz",
            Named(role="digest", account=ACCOUNT, region="us-gov-west-1", day="2026-10-01"),
        ),
        (
            "cloudtrail",
            f"AWSLogs/{ACCOUNT}/CloudTrail-Insight/us-east-1/2026/10/01/x.json.gz",
            Named(role="other"),
        ),
        ("cloudtrail", "export/events.json", Named(role="log")),
        ("s3 access", "logs/2026-10-01-17-05-00-AB12", Named(role="log", day="2026-10-01")),
        (
            "s3 access",
            f"p/{ACCOUNT}/us-west-2/bucket/2026/10/01/2026-10-01-17-05-00-AB12",
            Named(role="log", account=ACCOUNT, region="us-west-2", day="2026-10-01"),
        ),
        (
            "oci audit",
            "ocid1.connector/20261001T000000Z_20261001T000500Z.0.log.gz",
            Named(role="log", day="2026-10-01"),
        ),
        ("oci audit", "2026-13-45-x.json", Named(role="log")),
        ("cloudtrail", "q/result_sign.json", Named(role="other")),
    ],
)  # fmt: skip
def test_what_names_say(kind: str, key: str, expected: Named) -> None:
    """Layouts of the providers' own documentation."""
    assert read_name(kind, key) == expected


@given(st.text(max_size=80))
def test_any_name_can_be_read(key: str) -> None:
    """No name raises anything."""
    read_name("cloudtrail", key)
    read_name("s3 access", key)


@pytest.mark.parametrize("key", ["a\nb", "a/../b", "\u202ex", "x" * 2000])
def test_names_that_trick_are_refused(key: str) -> None:
    """They are neither printed nor opened."""
    assert key_fault(key)
