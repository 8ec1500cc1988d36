"""Where video goes, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.media import FLOWS, JOBS, PIPELINES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, FLOWS, JOBS, PIPELINES)
FLOW = f"arn:aws:mediaconnect:{HOME}:{ACCOUNT}:flow:1:live"
STRANGER = "999999999999"
PIPELINE = "12345678-1234-1234-1234-123456789012"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_flow(deny: tuple[str, ...] = (), **about: object) -> Collected:
    summary = {
        "FlowArn": FLOW,
        "Name": "live",
        "AvailabilityZone": f"{HOME}a",
        "Description": "",
        "SourceType": "OWNED",
        "Status": "ACTIVE",
    }
    empty: dict[str, object] = {"Outputs": [], "Entitlements": []}
    rules = [
        Rule(operation="mediaconnect.ListFlows", answer={"Flows": [summary]}),
        Rule(operation="mediaconnect.DescribeFlow", answer={"Flow": {**empty, **about}}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_video_is_sent_to_addresses_and_handed_to_accounts() -> None:
    output = {"OutputArn": "o", "Name": "o", "Destination": "203.0.113.7", "Port": 5000}
    private = {**output, "VpcInterfaceAttachment": {"VpcInterfaceName": "v"}}
    given = {"EntitlementArn": "e", "Name": "e", "Subscribers": [STRANGER]}

    collected = gather_flow(Outputs=[output, private], Entitlements=[given])

    assert (collected.processors["live"].country, collected.processors["live"].public) == (
        "US",
        False,
    )
    sent, shared = collected.flows
    assert isinstance(sent.target_country, Unknown)
    assert (shared.mechanism, shared.target_account) == ("share", STRANGER)


def test_an_output_that_anybody_may_fetch_is_public() -> None:
    transport = {"Protocol": "srt-listener", "CidrAllowList": ["0.0.0.0/0"], "StreamId": "k3y"}

    collected = gather_flow(Outputs=[{"OutputArn": "o", "Name": "o", "Transport": transport}])

    assert collected.processors["live"].public is True
    assert [flow.mechanism for flow in collected.flows] == ["public"]
    assert not any("k3y" in str(record) for record in collected.records)


def test_a_refusal_leaves_every_way_open() -> None:
    flows = gather_flow(deny=("DescribeFlow",)).flows

    assert {flow.mechanism for flow in flows} == {"public", "stream", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def gather_job(**settings: object) -> Collected:
    job = {"Id": "1", "Role": "r", "Arn": "arn:aws:mediaconvert:x:1:jobs/1", "Settings": settings}
    return gather(
        COLLECTORS, rules=[Rule(operation="mediaconvert.ListJobs", answer={"Jobs": [job]})]
    )


def test_what_was_transcoded_is_left_in_buckets_without_the_keys_to_it() -> None:
    key = {"StaticKeyProvider": {"StaticKeyValue": "c0ffee", "Url": "https://example.com"}}
    hls = {"Destination": "s3://films/hls", "Encryption": key}
    files = {"Destination": "s3://masters/1"}
    groups = [
        {"OutputGroupSettings": {"HlsGroupSettings": hls}},
        {"OutputGroupSettings": {"FileGroupSettings": files}},
    ]

    collected = gather_job(OutputGroups=groups)

    assert [flow.target_id for flow in collected.flows] == [
        "arn:aws:s3:::films",
        "arn:aws:s3:::masters",
    ]
    assert not any("c0ffee" in str(record) for record in collected.records)


def test_a_job_made_from_a_template_may_write_anywhere() -> None:
    (flow,) = gather_job().flows

    assert isinstance(flow.target_id, Unknown)


def gather_pipeline(**about: object) -> Collected:
    summary = {
        "MediaPipelineId": PIPELINE,
        "MediaPipelineArn": f"arn:aws:chime:us-east-1:1:{PIPELINE}",
    }
    service = "chime-sdk-media-pipelines"
    rules = [
        Rule(operation=f"{service}.ListMediaPipelines", answer={"MediaPipelines": [summary]}),
        Rule(operation=f"{service}.GetMediaPipeline", answer={"MediaPipeline": about}),
    ]
    return gather(COLLECTORS, rules=rules)


def test_meetings_are_captured_and_broadcast() -> None:
    """The address of a broadcast holds its key."""
    rtmp = {"Url": "rtmps://live.example.com/app/k3y"}
    sinks = [{"SinkType": "RTMP", "RTMPConfiguration": rtmp}]

    captured = gather_pipeline(MediaCapturePipeline={"SinkArn": "arn:aws:s3:::meetings"})
    broadcast = gather_pipeline(MediaLiveConnectorPipeline={"Sinks": sinks})

    assert [flow.target_id for flow in captured.flows] == ["arn:aws:s3:::meetings"]
    assert [flow.mechanism for flow in broadcast.flows] == ["stream"]
    assert not any("k3y" in str(record) for record in broadcast.records)


def test_a_receiver_that_fetches_video_is_a_way_out() -> None:
    """An output for receivers that call has no destination."""
    transport = {"Protocol": "zixi-pull", "CidrAllowList": ["203.0.113.0/24"]}

    (flow,) = gather_flow(Outputs=[{"OutputArn": "o", "Name": "o", "Transport": transport}]).flows

    assert (flow.mechanism, flow.active) == ("stream", True)
    assert isinstance(flow.target_country, Unknown)


def test_one_destination_does_not_hide_another_that_is_not_named() -> None:
    groups = [
        {"OutputGroupSettings": {"FileGroupSettings": {"Destination": "s3://masters/1"}}},
        {"OutputGroupSettings": {"HlsGroupSettings": {}}},
    ]

    named, unnamed = gather_job(OutputGroups=groups).flows

    assert named.target_id == "arn:aws:s3:::masters"
    assert isinstance(unnamed.target_id, Unknown)
