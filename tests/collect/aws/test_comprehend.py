"""What we claim to know about document classifiers, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.comprehend import CLASSIFIERS, RECOGNIZERS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, CLASSIFIERS, RECOGNIZERS)
MODEL = f"arn:aws:comprehend:{HOME}:{ACCOUNT}:document-classifier/abuse"
STRANGER = "999999999999"
OPERATION = "comprehend.DescribeResourcePolicy"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_model(policy: Rule, **about: object) -> Collected:
    model = {"DocumentClassifierArn": MODEL, "Status": "TRAINED", **about}
    answer = {"DocumentClassifierPropertiesList": [model]}
    listing = Rule(operation="comprehend.ListDocumentClassifiers", answer=answer)
    return gather(COLLECTORS, rules=[listing, policy])


def test_a_policy_lets_others_import_a_model() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "*"}
    policy = json.dumps({"Statement": [statement]})

    collected = gather_model(Rule(operation=OPERATION, answer={"ResourcePolicy": policy}))

    assert collected.stores["abuse"].id == MODEL
    assert [(flow.mechanism, flow.target_account) for flow in collected.flows] == [
        ("share", STRANGER)
    ]


def test_an_imported_model_was_copied() -> None:
    """The original is in the account that it was imported from."""
    source = f"arn:aws:comprehend:us-west-2:{STRANGER}:document-classifier/theirs"
    absent = Rule(operation=OPERATION, status=400, code="ResourceNotFoundException")

    (flow,) = gather_model(absent, SourceModelArn=source).flows

    assert (flow.store_id, flow.account, flow.region) == (source, STRANGER, "us-west-2")
    assert (flow.mechanism, flow.target_id) == ("copy", MODEL)


def test_a_refusal_may_hide_a_share() -> None:
    (flow,) = gather_model(Rule(operation=OPERATION)).flows

    assert isinstance(flow.active, Unknown)


def test_a_recognizer_is_a_model_too() -> None:
    recognizer = MODEL.replace("document-classifier", "entity-recognizer")
    listing = Rule(
        operation="comprehend.ListEntityRecognizers",
        answer={"EntityRecognizerPropertiesList": [{"EntityRecognizerArn": recognizer}]},
    )
    absent = Rule(operation=OPERATION, status=400, code="ResourceNotFoundException")

    collected = gather(COLLECTORS, rules=[listing, absent])

    assert collected.stores["abuse"].kind == "entity recognizer"
    assert collected.flows == []
