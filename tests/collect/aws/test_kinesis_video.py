"""What we claim to know about video streams, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.kinesis_video import STREAMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, STREAMS)
ARN = f"arn:aws:kinesisvideo:{HOME}:{ACCOUNT}:stream/door/1"
LISTED = Rule(
    operation="kinesisvideo.ListStreams",
    answer={
        "StreamInfoList": [
            {
                "StreamARN": ARN,
                "StreamName": "door",
                "KmsKeyId": f"arn:aws:kms:{HOME}:{ACCOUNT}:alias/aws/kinesisvideo",
            }
        ]
    },
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_stream_without_images_stays() -> None:
    collected = gather(COLLECTORS, rules=[LISTED])
    store = collected.stores["door"]

    assert (store.id, store.encrypted, store.key_id) == (ARN, True, "")
    assert collected.flows == []


def test_images_go_to_a_bucket_in_a_region() -> None:
    destination = {"Uri": "s3://theirs/images", "DestinationRegion": "eu-central-1"}
    images = {"Status": "ENABLED", "DestinationConfig": destination}
    rule = Rule(
        operation="kinesisvideo.DescribeImageGenerationConfiguration",
        answer={"ImageGenerationConfiguration": images},
    )

    (flow,) = gather(COLLECTORS, rules=[LISTED, rule]).flows

    assert (flow.mechanism, flow.active) == ("export", True)
    assert (flow.target_id, flow.target_country) == ("arn:aws:s3:::theirs", "DE")


def test_notices_go_to_a_topic() -> None:
    topic = f"arn:aws:sns:{HOME}:999999999999:theirs"
    notices = {"Status": "DISABLED", "DestinationConfig": {"Uri": topic}}
    rule = Rule(
        operation="kinesisvideo.DescribeNotificationConfiguration",
        answer={"NotificationConfiguration": notices},
    )

    (flow,) = gather(COLLECTORS, rules=[LISTED, rule]).flows

    assert (flow.active, flow.target_account) == (False, "999999999999")


def test_a_refusal_hides_no_way_out() -> None:
    denied = ["DescribeImageGenerationConfiguration", "DescribeNotificationConfiguration"]

    flows = gather(COLLECTORS, rules=[LISTED], deny=denied).flows

    assert [flow.mechanism for flow in flows] == ["export", "stream"]
    assert all(isinstance(flow.active, Unknown) for flow in flows)
