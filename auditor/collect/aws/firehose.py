"""Amazon Data Firehose: delivery streams, where from they read and where to they deliver.

API: https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import Columns, at_address, at_arn, flow_from, outside, to_bucket
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_STREAM = "stream.DeliveryStreamDescription"
_SECRETS = "DeliveryStreamDescription.Destinations"
# Destination -> members that name it, the most exact first.
_BY_ARN = {
    "AmazonopensearchserviceDestinationDescription": "DomainARN",
    "ElasticsearchDestinationDescription": "DomainARN",
    "IcebergDestinationDescription": "CatalogConfiguration.CatalogARN",
}
_BY_ADDRESS = {
    "AmazonopensearchserviceDestinationDescription": "ClusterEndpoint",
    "ElasticsearchDestinationDescription": "ClusterEndpoint",
    "RedshiftDestinationDescription": "ClusterJDBCURL",
    "AmazonOpenSearchServerlessDestinationDescription": "CollectionEndpoint",
    "SplunkDestinationDescription": "HECEndpoint",
    "HttpEndpointDestinationDescription": "EndpointConfiguration.Url",
    "SnowflakeDestinationDescription": "AccountUrl",
}
_NO_END = Unknown("it has a destination of a kind that this version does not know")
_BUCKETS = (
    "S3DestinationDescription.BucketARN",
    "ExtendedS3DestinationDescription.BucketARN",
    "ExtendedS3DestinationDescription.S3BackupDescription.BucketARN",
    "RedshiftDestinationDescription.S3BackupDescription.BucketARN",
    *(f"{kind}.S3DestinationDescription.BucketARN" for kind in sorted({*_BY_ADDRESS, *_BY_ARN})),
)


def _delivery_stream(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item")
    row = processor_of(
        found,
        id=arn("firehose", region, account, f"deliverystream/{name}"),
        name=name,
        kind="delivery stream",
        public=False,  # every request is signed
        created=maybe_text(found, f"{_STREAM}.CreateTimestamp"),
    )
    yield row
    destinations = found.read(f"{_STREAM}.Destinations")
    if isinstance(destinations, Unknown):
        yield possible(row, "stream", destinations)
        return
    for each in entries(destinations):
        ends = list(_deliveries(row, each))
        yield from ends or [possible(row, "stream", _NO_END)]
    yield from _sources(found, row)


def _sources(found: Found, row: Processor) -> Iterator[Flow]:
    sources = (
        text(found, f"{_STREAM}.Source.KinesisStreamSourceDescription.KinesisStreamARN"),
        text(found, f"{_STREAM}.Source.MSKSourceDescription.MSKClusterARN"),
    )
    for source in filter(None, sources):
        yield flow_from(found, source, "stream", row.id, **at_arn(row.id))


def _deliveries(row: Processor, destination: Mapping[str, Json]) -> Iterator[Flow]:
    """Yield where one destination leads: itself, and the buckets that go with it."""
    buckets = {_text(destination, path) for path in _BUCKETS} - {""}
    for bucket in sorted(buckets):
        yield to_bucket(row, "stream", bucket)
    for kind in sorted({*_BY_ADDRESS, *_BY_ARN}):
        if destination.get(kind):
            name, end = _end(destination, kind)
            short = kind.removesuffix("DestinationDescription")
            yield flow(row, "stream", f"{short}/{name}", **end)


def _end(destination: Mapping[str, Json], kind: str) -> tuple[str, Columns]:
    exact = _text(destination, f"{kind}.{_BY_ARN[kind]}") if kind in _BY_ARN else ""
    if exact:
        return exact, at_arn(exact)
    address = _text(destination, f"{kind}.{_BY_ADDRESS[kind]}") if kind in _BY_ADDRESS else ""
    return address, at_address(address) if address else outside(
        Unknown("it goes to an address that is not stated")
    )


def _text(destination: Mapping[str, Json], path: str) -> str:
    value = dig(destination, path)
    return value if isinstance(value, str) else ""


DELIVERY_STREAMS = Collector(
    kind="aws.firehose.delivery-stream",
    service="firehose",
    title="Data Firehose delivery streams",
    per=("account", "region"),
    listing=Listing(
        operation="ListDeliveryStreams",
        permission="firehose:ListDeliveryStreams",
        # The answer has no token; an account may have 5,000 of them in a region.
        parameters={"Limit": 10000},
        items="DeliveryStreamNames",
    ),
    details=(
        Detail(
            name="stream",
            operation="DescribeDeliveryStream",
            permission="firehose:DescribeDeliveryStream",
            bind={"DeliveryStreamName": "item"},
            secrets=(
                f"{_SECRETS}.SplunkDestinationDescription.HECToken",
                f"{_SECRETS}.HttpEndpointDestinationDescription.RequestConfiguration"
                ".CommonAttributes.AttributeValue",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_delivery_stream,
    types=("firehose:deliverystream",),
    source="https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html",
)
