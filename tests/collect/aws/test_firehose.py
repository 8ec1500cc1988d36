"""What we claim to know about delivery streams, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.firehose import DELIVERY_STREAMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, DELIVERY_STREAMS)
ARN = f"arn:aws:firehose:{HOME}:{ACCOUNT}:deliverystream/clicks"
LISTED = Rule(operation="firehose.ListDeliveryStreams", answer={"DeliveryStreamNames": ["clicks"]})

pytestmark = pytest.mark.usefixtures("cloud")


def collect(destination: Json, **members: Json) -> Collected:
    description = {"Destinations": [destination], **members}
    rule = Rule(
        operation="firehose.DescribeDeliveryStream",
        answer={"DeliveryStreamDescription": description},
    )
    return gather(COLLECTORS, rules=[LISTED, rule])


def flows_of(destination: Json, **members: Json) -> list[Flow]:
    return collect(destination, **members).flows


def test_secrets_of_a_destination_are_not_kept() -> None:
    splunk = {
        "HECEndpoint": "https://splunk.example.com",
        "HECToken": "open-sesame",
        "S3DestinationDescription": {"BucketARN": "arn:aws:s3:::failed"},
    }

    collected = collect({"SplunkDestinationDescription": splunk})

    assert "open-sesame" not in repr(collected.records)
    assert {flow.target_id for flow in collected.flows} == {"", "arn:aws:s3:::failed"}
    assert collected.processors["clicks"].id == ARN


def test_what_is_not_aws_s_is_nobody_knows_where() -> None:
    url = {"EndpointConfiguration": {"Url": "https://collector.example.com"}}

    (flow,) = flows_of({"HttpEndpointDestinationDescription": url})

    assert (flow.mechanism, flow.active, flow.target_id) == ("stream", True, "")
    assert isinstance(flow.target_country, Unknown)


def test_a_warehouse_is_in_the_region_of_its_address() -> None:
    address = "jdbc:redshift://x.y.eu-west-1.redshift.amazonaws.com:5439/dev"
    (flow,) = flows_of({"RedshiftDestinationDescription": {"ClusterJDBCURL": address}})

    assert flow.target_country == "IE"
    assert isinstance(flow.target_account, Unknown)


def test_a_domain_is_known_by_its_arn() -> None:
    domain = f"arn:aws:es:{HOME}:999999999999:domain/search"
    (flow,) = flows_of({"AmazonopensearchserviceDestinationDescription": {"DomainARN": domain}})

    assert (flow.target_id, flow.target_account) == (domain, "999999999999")


def test_what_it_reads_flows_into_it() -> None:
    stream = f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/events"
    source = {"KinesisStreamSourceDescription": {"KinesisStreamARN": stream}}
    bucket = {"BucketARN": "arn:aws:s3:::lake"}

    out, into = flows_of({"ExtendedS3DestinationDescription": bucket}, Source=source)

    assert (out.store_id, out.target_id) == (ARN, "arn:aws:s3:::lake")
    assert (into.store_id, into.target_id) == (stream, ARN)


def test_a_refusal_hides_no_destination() -> None:
    (flow,) = gather(COLLECTORS, rules=[LISTED], deny=["DescribeDeliveryStream"]).flows

    assert isinstance(flow.active, Unknown)


def test_a_destination_of_a_new_kind_may_be_anywhere() -> None:
    (flow,) = flows_of({"DestinationId": "destination-1"})

    assert isinstance(flow.target_country, Unknown)
