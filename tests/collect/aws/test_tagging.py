"""What we claim to know of tags, given what the tagging API answered."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.inventories import service_of, type_of
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.tagging import TAGGED
from auditor.demo.aws.tagging import answering_tags
from auditor.model import Unknown
from auditor.tables import Sighting
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, TAGGED)

pytestmark = pytest.mark.usefixtures("cloud")


def seen(collected: Collected) -> dict[str, Sighting]:
    return {row.resource_id: row for row in collected.rows if isinstance(row, Sighting)}


def test_reads_what_has_tags() -> None:
    """One call tells of resources of every service."""
    queue = boto3.client("sqs", HOME)
    url = queue.create_queue(QueueName="work", tags={"data-class": "none"})["QueueUrl"]
    arn = queue.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]

    sighting = seen(gather(COLLECTORS))[arn["QueueArn"]]

    assert (sighting.service, sighting.type) == ("sqs", "sqs:queue")
    assert (sighting.account, sighting.region) == (ACCOUNT, HOME)
    assert sighting.tags == {"data-class": "none"}


def test_reads_every_page_also_of_what_moto_does_not_know() -> None:
    """A page holds a hundred resources at most."""
    planted = {
        f"arn:aws:kendra:{HOME}:{ACCOUNT}:index/{number}": {"a": "b"} for number in range(130)
    }
    elsewhere = {f"arn:aws:kendra:eu-west-1:{ACCOUNT}:index/x": {"a": "b"}}

    with answering_tags({**planted, **elsewhere}):
        collected = gather(COLLECTORS)

    assert seen(collected).keys() == planted.keys()
    assert len(collected.records) == 2 + 2


def test_a_refusal_is_kept() -> None:
    assert gather(COLLECTORS, deny=["GetResources"]).refused == ["GetResources"]


@pytest.mark.parametrize(
    ("arn", "service", "kind"),
    [
        ("arn:aws:s3:::bucket", "s3", "s3:bucket"),
        ("arn:aws:s3:us-east-1:1:accesspoint/a", "s3", "s3:accesspoint"),
        ("arn:aws:sns:us-east-1:1:topic", "sns", "sns:topic"),
        ("arn:aws:apigateway:us-east-1::/restapis/x", "apigateway", "apigateway:restapis"),
        ("arn:aws:rds:us-east-1:1:db:x", "rds", "rds:db"),
    ],
)
def test_types_are_read_from_arns(arn: str, service: str, kind: str) -> None:
    assert (service_of(arn), type_of(arn)) == (service, kind)


def test_what_is_no_arn_has_no_type() -> None:
    assert isinstance(type_of("bucket"), Unknown)
    assert isinstance(service_of(""), Unknown)
