"""Kinesis and Firehose: streams that strangers read, deliveries abroad and out of AWS."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_OPEN, _GIVEN, _KEPT = (
    arn_of("kinesis", f"stream/northstar-{name}") for name in ("open", "given", "kept")
)
_ABROAD = arn_of("kinesis", "stream/northstar-abroad", FRANKFURT)
_HTTP, _LAKE, _FAR, _NOISE = (
    arn_of("firehose", f"deliverystream/northstar-{name}")
    for name in ("http", "lake", "far", "noise")
)
_FIREHOSE_ABROAD = arn_of("firehose", "deliverystream/northstar-eu", FRANKFURT)
_DOOR, _HALL = (arn_of("kinesisvideo", f"stream/northstar-{name}/1") for name in ("door", "hall"))
_VIDEO_ABROAD = arn_of("kinesisvideo", "stream/northstar-eu/1", FRANKFURT)
_SQL, _FLINK = (
    arn_of("kinesisanalytics", f"application/northstar-{name}") for name in ("sql", "flink")
)
_BUCKET, _BUCKET_ABROAD = "northstar-lake", "northstar-lake-eu"


def _build(ground: Ground) -> None:
    make_bucket(ground.at(WEST), _BUCKET, ground.keys[WEST])
    make_bucket(ground.at(FRANKFURT), _BUCKET_ABROAD, ground.keys[FRANKFURT], UNPROTECTED)
    kinesis = ground.at().client("kinesis")
    for arn, account in ((_OPEN, ""), (_GIVEN, STRANGER), (_KEPT, LOGS)):
        name = arn.rpartition("/")[2]
        kinesis.create_stream(StreamName=name, ShardCount=1)
        if account:
            kinesis.start_stream_encryption(
                StreamName=name, EncryptionType="KMS", KeyId=ground.keys[HOME]
            )
            kinesis.put_resource_policy(ResourceARN=arn, Policy=_for(account))
    abroad = ground.at(FRANKFURT).client("kinesis")
    abroad.create_stream(StreamName="northstar-abroad", ShardCount=1)
    abroad.start_stream_encryption(
        StreamName="northstar-abroad", EncryptionType="KMS", KeyId="alias/aws/kinesis"
    )


def _for(account: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": account},
        "Action": "kinesis:GetRecords",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _delivery(arn: str, destination: dict[str, Any], region: str = HOME, source: str = "") -> Any:
    reads = {"KinesisStreamSourceDescription": {"KinesisStreamARN": source}}
    description = {
        "DeliveryStreamName": arn.rpartition("/")[2],
        "DeliveryStreamARN": arn,
        "CreateTimestamp": "2020-09-20T00:00:00Z",
        "Destinations": [destination],
        "Source": reads if source else {},
    }
    return answered(
        "firehose.DescribeDeliveryStream",
        {"DeliveryStreamDescription": description},
        region=region,
        words=arn.rpartition("/")[2],
    )


def _listed(*arns: str, region: str = HOME) -> Any:
    names = [arn.rpartition("/")[2] for arn in arns]
    return answered("firehose.ListDeliveryStreams", {"DeliveryStreamNames": names}, region=region)


def _bucket(name: str) -> dict[str, Any]:
    return {"ExtendedS3DestinationDescription": {"BucketARN": f"arn:aws:s3:::{name}"}}


def _video(*arns: str, region: str = HOME) -> Any:
    streams = [
        {"StreamARN": arn, "StreamName": arn.split("/")[1], "KmsKeyId": "alias/aws/kinesisvideo"}
        for arn in arns
    ]
    return answered("kinesisvideo.ListStreams", {"StreamInfoList": streams}, region=region)


def _images(arn: str, bucket: str, region: str) -> Any:
    destination = {"Uri": f"s3://{bucket}/images", "DestinationRegion": region}
    images = {"Status": "ENABLED", "DestinationConfig": destination}
    return answered(
        "kinesisvideo.DescribeImageGenerationConfiguration",
        {"ImageGenerationConfiguration": images},
        words=arn.split("/")[1],
    )


def _application(arn: str, configuration: dict[str, Any]) -> Any:
    detail = {"ApplicationARN": arn, "ApplicationConfigurationDescription": configuration}
    return answered(
        "kinesisanalyticsv2.DescribeApplication",
        {"ApplicationDetail": {**detail, "CreateTimestamp": "2020-09-20T00:00:00Z"}},
        words=arn.rpartition("/")[2],
    )


_OUT = {
    "HttpEndpointDestinationDescription": {"EndpointConfiguration": {"Url": "https://x.example"}}
}
_TO_STRANGER = {
    "OutputDescriptions": [
        {
            "KinesisStreamsOutputDescription": {
                "ResourceARN": arn_of("kinesis", "stream/theirs", account=STRANGER)
            }
        },
        {"KinesisStreamsOutputDescription": {"ResourceARN": _KEPT}},
    ]
}
_APPLICATIONS = [
    {
        "ApplicationARN": arn,
        "ApplicationName": arn.rpartition("/")[2],
        "RuntimeEnvironment": runtime,
    }
    for arn, runtime in ((_SQL, "SQL-1_0"), (_FLINK, "FLINK-1_15"))
]

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_OPEN, _GIVEN, _KEPT, _ABROAD, _HTTP, _LAKE, _FAR), PROTECTED),
        **dict.fromkeys((_FIREHOSE_ABROAD, _DOOR, _HALL, _VIDEO_ABROAD, _SQL, _FLINK), PROTECTED),
        _NOISE: UNPROTECTED,
    },
    rules=(
        _listed(_HTTP, _LAKE, _FAR, _NOISE),
        _listed(_FIREHOSE_ABROAD, region=FRANKFURT),
        _delivery(_HTTP, _OUT),
        _delivery(_NOISE, _OUT),
        _delivery(_LAKE, _bucket(_BUCKET), source=_KEPT),
        _delivery(_FAR, _bucket(_BUCKET_ABROAD)),
        _delivery(_FIREHOSE_ABROAD, _bucket(_BUCKET), FRANKFURT),
        _video(_DOOR, _HALL),
        _video(_VIDEO_ABROAD, region=FRANKFURT),
        _images(_DOOR, _BUCKET_ABROAD, FRANKFURT),
        _images(_HALL, _BUCKET, WEST),
        answered("kinesisanalyticsv2.ListApplications", {"ApplicationSummaries": _APPLICATIONS}),
        _application(_SQL, {"SqlApplicationConfigurationDescription": _TO_STRANGER}),
        _application(_FLINK, {}),
    ),
    planted=(
        *fails("a stream is not encrypted", A_06=_OPEN, A_07b=_OPEN),
        *fails("a stranger reads a stream", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *fails("a stream is in Frankfurt", A_02=_ABROAD, A_07b=_ABROAD),
        *stays_open("a delivery leaves AWS, for nobody knows where", A_04=f"{_HTTP}/stream/*"),
        *fails("a delivery goes to Frankfurt", A_04=f"{_FAR}/stream/*"),
        *fails("a delivery stream runs in Frankfurt", A_10=_FIREHOSE_ABROAD),
        *fails("images of a video go to Frankfurt", A_04=f"{_DOOR}/export/*"),
        *fails("a video stream is in Frankfurt", A_02=_VIDEO_ABROAD, A_07b=_VIDEO_ABROAD),
        *fails("an application writes to a stranger", A_04=f"{_SQL}/stream/*:{STRANGER}:*"),
        *stays_open("where an application writes is in its code", A_04=f"{_FLINK}/stream/*"),
    ),
)
