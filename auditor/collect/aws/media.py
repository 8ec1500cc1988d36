"""MediaConnect, MediaConvert, and Chime's media pipelines: video on its way.

API: https://docs.aws.amazon.com/mediaconnect/latest/api/v1-flows.html,
https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html and
https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_Operations_Amazon_Chime_SDK_Media_Pipelines.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import exits, to_outside
from auditor.collect.aws.flows import publication, to_account
from auditor.collect.aws.reading import entries, maybe_text, text, texts
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

_EVERYWHERE = {"0.0.0.0/0", "::/0"}
# Outputs that name their end, or have it in this account; entitlements are shares of their own.
_WITH_AN_END = {"MediaLiveInputArn", "VpcInterfaceAttachment", "EntitlementArn"}
_GROUPS = (
    "CmafGroupSettings",
    "DashIsoGroupSettings",
    "FileGroupSettings",
    "HlsGroupSettings",
    "MsSmoothGroupSettings",
)
_STATIC_KEY = "Encryption.StaticKeyProvider.StaticKeyValue"
_OUTPUTS = "Jobs.Settings.OutputGroups.OutputGroupSettings"
_ELSEWHERE = Unknown("the job's own settings name no destination; its template's are not read")
_CONFIGURED = Unknown("its destinations are named in a configuration that is not read")


def _flow(found: Found) -> Iterator[Processor | Flow]:
    outputs = found.read("flow.Flow.Outputs")
    row = processor_of(
        found,
        id=text(found, "item.FlowArn"),
        name=text(found, "item.Name"),
        kind="flow",
        country=country_of_zones(found.read("item.AvailabilityZone"), found.place["region"]),
        public=_is_open(outputs),
    )
    yield row
    yield from publication(row)
    if isinstance(outputs, Unknown):
        yield possible(row, "stream", outputs)
    for output in entries(outputs):
        yield from _output(row, output)
    yield from _entitlements(row, found.read("flow.Flow.Entitlements"))


def _is_open(outputs: Json) -> Maybe[bool]:
    """Return whether anybody may fetch an output."""
    if isinstance(outputs, Unknown):
        return outputs
    return any(_is_for_anybody(output) for output in entries(outputs))


def _is_for_anybody(output: Mapping[str, Json]) -> bool:
    return bool(_EVERYWHERE & set(texts(dig(output, "Transport.CidrAllowList"))))


def _output(row: Processor, output: Mapping[str, Json]) -> Iterator[Flow]:
    active = output.get("OutputStatus") != "DISABLED"
    address = output.get("Destination")
    # An output into a VPC stays with whoever owns the VPC: this account.
    if isinstance(address, str) and address and not output.get("VpcInterfaceAttachment"):
        yield to_outside(row, "stream", address, active=active)
    elif not _WITH_AN_END & output.keys() and not _is_for_anybody(output):
        # Receivers that fetch it themselves have no destination: a list of addresses lets them in.
        admitted = texts(dig(output, "Transport.CidrAllowList"))
        who = ", ".join(admitted) or str(output.get("BridgeArn") or "whoever fetches it")
        yield to_outside(row, "stream", who, active=active)
    if active:
        yield from exits(row, "stream", [output.get("MediaLiveInputArn")])


def _entitlements(row: Processor, several: Json) -> Iterator[Flow]:
    if isinstance(several, Unknown):
        yield possible(row, "share", several)
    given = [each for each in entries(several) if each.get("EntitlementStatus") != "DISABLED"]
    accounts = [account for each in given for account in texts(each.get("Subscribers"))]
    yield from (to_account(row, account) for account in dict.fromkeys(accounts))


def _job(found: Found) -> Iterator[Processor | Flow]:
    job = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Id"),
        kind="job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreatedAt"),
    )
    yield job
    groups = entries(found.read("item.Settings.OutputGroups", absent=[]))
    paths = [f"OutputGroupSettings.{group}.Destination" for group in _GROUPS]
    several = [[dig(group, path) for path in paths] for group in groups] or [[]]
    named = [target for one in several for target in (one if any(one) else [_ELSEWHERE])]
    yield from exits(job, "export", named)


def _pipeline(found: Found) -> Iterator[Processor | Flow]:
    pipeline = processor_of(
        found,
        id=text(found, "item.MediaPipelineArn"),
        name=text(found, "item.MediaPipelineId"),
        kind="media pipeline",
        public=False,  # nothing can call it
    )
    yield pipeline
    about = found.read("pipeline.MediaPipeline")
    if isinstance(about, Unknown):
        yield possible(pipeline, "export", about)
        return
    yield from exits(pipeline, "export", _sinks(about))
    if entries(dig(about, "MediaLiveConnectorPipeline.Sinks")):
        # The address itself holds the key with which one streams to it.
        yield to_outside(pipeline, "stream", "an RTMP address")


def _sinks(about: Json) -> Iterator[Json]:
    yield dig(about, "MediaCapturePipeline.SinkArn")
    for sink in entries(dig(about, "MediaConcatenationPipeline.Sinks")):
        yield dig(sink, "S3BucketSinkConfiguration.Destination")
    for sink in entries(dig(about, "MediaStreamPipeline.Sinks")):
        yield dig(sink, "SinkArn")
    yield dig(about, "MediaInsightsPipeline.S3RecordingSinkRuntimeConfiguration.Destination")
    if dig(about, "MediaInsightsPipeline.MediaInsightsPipelineConfigurationArn"):
        yield _CONFIGURED


FLOWS = Collector(
    kind="aws.mediaconnect.flow",
    service="mediaconnect",
    title="MediaConnect flows",
    per=("account", "region"),
    listing=Listing(
        operation="ListFlows",
        permission="mediaconnect:ListFlows",
        parameters={"MaxResults": 1000},
        items="Flows",
    ),
    details=(
        Detail(
            name="flow",
            operation="DescribeFlow",
            permission="mediaconnect:DescribeFlow",
            bind={"FlowArn": "item.FlowArn"},
            secrets=(
                "Flow.Outputs.Transport.StreamId",
                "Flow.Outputs.Transport.RtmpPushOutputSettings.StreamName",
                "Flow.Source.Transport.StreamId",
                "Flow.Sources.Transport.StreamId",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_flow,
    types=("mediaconnect:flow",),
    source="https://docs.aws.amazon.com/mediaconnect/latest/api/v1-flows.html",
)

JOBS = Collector(
    kind="aws.mediaconvert.job",
    service="mediaconvert",
    title="MediaConvert jobs",
    per=("account", "region"),
    listing=Listing(
        operation="ListJobs",
        permission="mediaconvert:ListJobs",
        parameters={"MaxResults": 20},
        items="Jobs",
        secrets=(
            f"{_OUTPUTS}.CmafGroupSettings.{_STATIC_KEY}",
            f"{_OUTPUTS}.HlsGroupSettings.{_STATIC_KEY}",
        ),
    ),
    tables=(Processor, Flow),
    rows=_job,
    types=("mediaconvert:jobs",),
    source="https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html",
)

PIPELINES = Collector(
    kind="aws.chime.media-pipeline",
    service="chime-sdk-media-pipelines",
    title="Chime media pipelines",
    per=("account", "region"),
    listing=Listing(
        operation="ListMediaPipelines",
        permission="chime:ListMediaPipelines",
        parameters={"MaxResults": 100},
        items="MediaPipelines",
    ),
    details=(
        Detail(
            name="pipeline",
            operation="GetMediaPipeline",
            permission="chime:GetMediaPipeline",
            bind={"MediaPipelineId": "item.MediaPipelineId"},
            secrets=("MediaPipeline.MediaLiveConnectorPipeline.Sinks.RTMPConfiguration.Url",),
        ),
    ),
    tables=(Processor, Flow),
    rows=_pipeline,
    types=("chime:media-pipeline",),
    source=(
        "https://docs.aws.amazon.com/chime-sdk/latest/APIReference/"
        "API_media-pipelines-chime_ListMediaPipelines.html"
    ),
)
