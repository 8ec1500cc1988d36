"""Answers in the network's place: a real client reads them, and wrong ones are refused."""

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from auditor.demo.aws.transport import Rule, answering
from auditor.demo.aws.wire import is_played, wire_form

HOME = "us-east-1"


@pytest.mark.parametrize(
    ("client", "operation", "call", "answer"),
    [
        (
            "kendra",
            "ListIndices",
            "list_indices",
            {"IndexConfigurationSummaryItems": [{"Id": "a"}]},
        ),
        ("neptune-graph", "ListGraphs", "list_graphs", {"graphs": [{"id": "g"}]}),
        ("s3", "ListDirectoryBuckets", "list_directory_buckets", {"Buckets": [{"Name": "b"}]}),
        ("docdb", "DescribeDBClusters", "describe_db_clusters", {"DBClusters": [{"Engine": "x"}]}),
        ("ec2", "DescribeRegions", "describe_regions", {"Regions": [{"RegionName": "r"}]}),
    ],
    ids=("json", "rest-json", "rest-xml", "query", "ec2"),
)
def test_every_wire_format_reads_back(
    client: str, operation: str, call: str, answer: dict[str, list[dict[str, str]]]
) -> None:
    """The client parses what it gets; nothing is handed to it ready-made."""
    with mock_aws(), answering([Rule(operation=f"{client}.{operation}", answer=answer)]):
        said = getattr(boto3.client(client, HOME), call)()

    (name, (item,)) = next(iter(answer.items()))
    assert item.items() <= said[name][0].items()


@pytest.mark.parametrize("client", ["kendra", "neptune-graph", "docdb", "ec2"])
def test_every_wire_format_refuses(client: str) -> None:
    operation, call = {
        "kendra": ("ListIndices", "list_indices"),
        "neptune-graph": ("ListGraphs", "list_graphs"),
        "docdb": ("DescribeDBClusters", "describe_db_clusters"),
        "ec2": ("DescribeRegions", "describe_regions"),
    }[client]
    rule = Rule(operation=f"{client}.{operation}", code="AccessDeniedException")
    with mock_aws(), answering([rule]), pytest.raises(ClientError) as refusal:
        getattr(boto3.client(client, HOME), call)()

    assert refusal.value.response["Error"]["Code"] == "AccessDeniedException"


def test_what_moto_does_not_play_finds_nothing() -> None:
    """Neither an exception of moto's nor a call to the network."""
    with mock_aws(), answering([]):
        assert boto3.client("kendra", HOME).list_indices()["IndexConfigurationSummaryItems"] == []
        answer = boto3.client("ec2", HOME).get_image_block_public_access_state()

    assert not is_played("ec2", "GetImageBlockPublicAccessState")
    assert "ImageBlockPublicAccessState" not in answer


def test_what_moto_plays_is_left_to_it() -> None:
    with mock_aws(), answering([]):
        boto3.client("sqs", HOME).create_queue(QueueName="q")
        assert boto3.client("sqs", HOME).list_queues()["QueueUrls"]


def test_an_answer_that_the_service_cannot_give_is_refused() -> None:
    """A misspelt member would test nothing."""
    with pytest.raises(ValueError, match="has no member Indexes"):
        wire_form("kendra", "ListIndices", {"Indexes": []})


def test_the_inner_rules_come_first() -> None:
    outer = Rule(operation="kendra.ListIndices", code="Outer")
    inner = Rule(operation="kendra.ListIndices", answer={})
    with mock_aws(), answering([outer]), answering([inner]):
        assert boto3.client("kendra", HOME).list_indices()["IndexConfigurationSummaryItems"] == []
