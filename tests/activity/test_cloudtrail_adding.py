"""Events of CloudTrail add up the same whether they are like another of their file or not."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.activity.partial import SummaryRow
from tests.activity.test_kernel import EVENT, cell, packed, read

ACCOUNT = "111122223333"
IDENTITIES = (
    {"type": "IAMUser", "arn": f"arn:aws:iam::{ACCOUNT}:user/ann", "accountId": ACCOUNT},
    {"type": "AWSService", "invokedBy": "config.amazonaws.com"},
    {"type": "AssumedRole", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/one",
     "sessionContext": {"sessionIssuer": None, "attributes": "none"}},
    "nobody",
)  # fmt: skip
REQUESTS: tuple[dict[str, Any], ...] = (
    {"eventSource": "s3.amazonaws.com", "eventName": "GetObject"},
    {"eventSource": "kms.amazonaws.com", "eventName": "Decrypt", "managementEvent": True},
    {"eventSource": "dynamodb.amazonaws.com", "eventName": "BatchGetItem",
     "requestParameters": {"requestItems": {"one": {}, "two": {}}}},
    {"eventSource": "sts.amazonaws.com", "eventName": "AssumeRole",
     "requestParameters": {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/app"},
     "responseElements": {"credentials": {"accessKeyId": "ASIAEXAMPLE"}}},
    {"eventSource": "s3.amazonaws.com", "eventName": "CopyObject", "readOnly": False,
     "requestParameters": {"bucketName": "data", "x-amz-copy-source": "source/a"}},
    {"eventSource": "s3.amazonaws.com", "eventName": "GetObject",
     "requestParameters": {"bucketName": {"no": "text"}},
     "resources": [{"ARN": "arn:aws:s3:::data/a"}, {"ARN": "arn:aws:s3:::data"}]},
)  # fmt: skip
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
EVENTS = st.builds(
    lambda identity, request, about, number: {
        **EVENT, "userIdentity": identity, **request, **about, "eventID": f"e{number}",
    },
    st.sampled_from(IDENTITIES),
    st.sampled_from(REQUESTS),
    st.fixed_dictionaries(
        {
            "sourceIPAddress": st.sampled_from(("192.0.2.1", "192.0.2.2")),
            "eventTime": st.sampled_from(
                ("2026-01-02T03:04:05Z", "2026-01-03T00:00:00Z", "2026-01-03T02:00:00+09:00")
            ),
        },
        optional={
            "vpcEndpointId": st.sampled_from(("vpce-1", None)),
            "errorCode": st.just("AccessDenied"),
            "resources": st.just([{"ARN": KEY}, "no object"]),
            "additionalEventData": st.sampled_from(
                ({"bytesTransferredOut": -1}, {"bytesTransferredOut": "7"}, None)
            ),
        },
    ),
    st.integers(0, 99),
)  # fmt: skip


def rows(*contents: bytes) -> dict[tuple[Any, ...], list[Any]]:
    """What files come to, without their names: sums and extremes by key."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in (row for content in contents for row in read(content).rows):
        known = found.setdefault(row[:18], [[], [], 0, 0, 0, 0, [], []])
        for at, value in enumerate(row[19:]):
            known[at] += [value] if at in {0, 1, 6, 7} else value
    ends = {0: min, 1: max, 6: min, 7: max}
    return {
        key: [ends[at](value) if at in ends else value for at, value in enumerate(sums)]
        for key, sums in found.items()
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=12))
def test_a_file_says_what_its_events_say_one_by_one(events: list[dict[str, Any]]) -> None:
    """What is remembered of one event changes nothing about the next."""
    assert rows(packed(*events)) == rows(*(packed(event) for event in events))


def test_one_identity_at_two_addresses_in_turn() -> None:
    """Each address has a row of its own, to which the identity comes back."""
    moved = {**EVENT, "sourceIPAddress": "192.0.2.2"}
    found = read(packed(EVENT, moved, EVENT, moved, EVENT)).rows
    assert sorted((cell(row, "address"), cell(row, "events")) for row in found) == [
        ("192.0.2.1", 3),
        ("192.0.2.2", 2),
    ]


def test_a_day_that_is_none_is_no_moment() -> None:
    """Its event is malformed; others of the file count."""
    dates = ("2026-02-30T00:00:00Z", "2026-01-02T24:00:01Z", "0000-01-01T00:00:00Z", "2026-1-2")
    partial = read(packed(EVENT, *({**EVENT, "eventTime": each} for each in dates)))
    assert (partial.events, partial.malformed) == (1, len(dates))


def test_an_identity_in_text_is_read() -> None:
    """Exports from Lake hold objects as text."""
    identity = json.dumps({**EVENT["userIdentity"], "onBehalfOf": 5})
    (row,) = read(packed({**EVENT, "userIdentity": identity})).rows
    assert _who(row) == _who(read(packed(EVENT)).rows[0])


def _who(row: SummaryRow) -> tuple[Any, ...]:
    names = ("principal", "principal_kind", "principal_account", "session")
    return tuple(cell(row, name) for name in names)
