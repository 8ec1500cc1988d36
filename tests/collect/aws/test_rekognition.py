"""What we claim to know about faces and streams, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rekognition import COLLECTIONS, PROCESSORS, PROJECTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, COLLECTIONS, PROCESSORS, PROJECTS)
STREAM = f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/s"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_processor(deny: tuple[str, ...] = (), **about: object) -> Collected:
    rules = [
        Rule(
            operation="rekognition.ListStreamProcessors",
            answer={"StreamProcessors": [{"Name": "door", "Status": "RUNNING"}]},
        ),
        Rule(operation="rekognition.DescribeStreamProcessor", answer={"Name": "door", **about}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_a_collection_of_faces_is_a_store() -> None:
    rule = Rule(operation="rekognition.ListCollections", answer={"CollectionIds": ["viewers"]})

    store = gather(COLLECTORS, rules=[rule]).stores["viewers"]

    assert store.id == f"arn:aws:rekognition:{HOME}:{ACCOUNT}:collection/viewers"
    assert (store.encrypted, store.country) == (True, "US")


def test_a_processor_sends_what_it_sees() -> None:
    collected = gather_processor(
        Output={"KinesisDataStream": {"Arn": STREAM}, "S3Destination": {"Bucket": "seen"}},
        DataSharingPreference={"OptIn": False},
    )

    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [
        ("stream", STREAM),
        ("export", "arn:aws:s3:::seen"),
    ]


def test_what_is_shared_to_improve_the_service_leaves_the_account() -> None:
    (flow,) = gather_processor(DataSharingPreference={"OptIn": True}).flows

    assert (flow.mechanism, flow.target_operator) == ("share", "Amazon Web Services")
    assert isinstance(flow.target_account, Unknown)


def test_a_refusal_hides_where_a_processor_sends_things() -> None:
    flows = gather_processor(deny=("DescribeStreamProcessor",)).flows

    assert {flow.mechanism for flow in flows} == {"stream", "export", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_a_policy_shares_a_project() -> None:
    project = f"arn:aws:rekognition:{HOME}:{ACCOUNT}:project/logos/1700000000000"
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "*"}
    policy = {"ProjectArn": project, "PolicyDocument": json.dumps({"Statement": [statement]})}
    rules = [
        Rule(
            operation="rekognition.DescribeProjects",
            answer={"ProjectDescriptions": [{"ProjectArn": project, "Status": "CREATED"}]},
        ),
        Rule(operation="rekognition.ListProjectPolicies", answer={"ProjectPolicies": [policy]}),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert set(collected.stores) == {"logos"}
    assert [flow.target_account for flow in collected.flows] == [STRANGER]


def test_projects_of_every_kind_are_asked_for() -> None:
    """By default the API leaves out adapters for content moderation."""
    records = gather((IDENTITY, REGIONS, PROJECTS)).records

    (asked,) = [each.request for each in records if each.request.operation == "DescribeProjects"]
    assert asked.parameters["Features"] == ["CUSTOM_LABELS", "CONTENT_MODERATION"]
