"""What we claim to know about customers' models, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.bedrock_models import BATCHES, COPIES, IMPORTED_MODELS, MODELS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, MODELS, COPIES, IMPORTED_MODELS, BATCHES)
MODEL = f"arn:aws:bedrock:{HOME}:{ACCOUNT}:custom-model/base/one"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STRANGER = "999999999999"
POLICY = {"Statement": {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "*"}}

pytestmark = pytest.mark.usefixtures("cloud")


def gather_model(deny: tuple[str, ...] = (), **about: object) -> Collected:
    summary = {"modelArn": MODEL, "modelName": "one", "creationTime": "2026-01-01T00:00:00Z"}
    rules = [
        Rule(operation="bedrock.ListCustomModels", answer={"modelSummaries": [summary]}),
        Rule(operation="bedrock.GetCustomModel", answer={"modelArn": MODEL, **about}),
        Rule(operation="bedrock.GetResourcePolicy", answer={"resourcePolicy": json.dumps(POLICY)}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_a_model_holds_what_it_was_trained_on() -> None:
    collected = gather_model(modelKmsKeyArn=KEY, outputDataConfig={"s3Uri": "s3://losses/one"})
    store = collected.stores["one"]

    assert (store.id, store.key_id, store.country) == (MODEL, KEY, "US")
    assert [(flow.mechanism, flow.id.rpartition("/")[2]) for flow in collected.flows] == [
        ("share", STRANGER),
        ("export", "arn:aws:s3:::losses"),
    ]


def test_a_model_without_a_key_is_encrypted_by_aws() -> None:
    assert gather_model().stores["one"].key_id == ""


def test_refusals_leave_the_key_and_the_shares_unknown() -> None:
    collected = gather_model(deny=("GetCustomModel", "GetResourcePolicy"))

    assert isinstance(collected.stores["one"].key_id, Unknown)
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_a_copy_leaves_the_place_of_its_original() -> None:
    """It is listed where it arrives."""
    job = {
        "jobArn": f"arn:aws:bedrock:{HOME}:{ACCOUNT}:model-copy-job/1",
        "status": "Completed",
        "creationTime": "2026-01-01T00:00:00Z",
        "targetModelArn": MODEL,
        "sourceAccountId": STRANGER,
        "sourceModelArn": f"arn:aws:bedrock:us-west-2:{STRANGER}:custom-model/base/two",
    }
    rule = Rule(operation="bedrock.ListModelCopyJobs", answer={"modelCopyJobSummaries": [job]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.account, flow.region, flow.active) == (STRANGER, "us-west-2", True)
    assert flow.target_id == MODEL


def test_a_model_of_others_that_was_imported_is_kept() -> None:
    model = MODEL.replace("custom-model/base", "imported-model")
    summary = {"modelArn": model, "modelName": "open", "creationTime": "2026-01-01T00:00:00Z"}
    rules = [
        Rule(operation="bedrock.ListImportedModels", answer={"modelSummaries": [summary]}),
        Rule(
            operation="bedrock.GetImportedModel", answer={"modelArn": model, "modelKmsKeyArn": KEY}
        ),
    ]

    store = gather(COLLECTORS, rules=rules).stores["open"]

    assert (store.kind, store.key_id) == ("imported model", KEY)


def test_the_answers_to_a_batch_of_prompts_are_left_in_a_bucket() -> None:
    output = {"s3OutputDataConfig": {"s3Uri": "s3://answers/1"}}
    job = {
        "jobArn": f"arn:aws:bedrock:{HOME}:{ACCOUNT}:model-invocation-job/1",
        "jobName": "night",
        "modelId": "m",
        "outputDataConfig": output,
    }
    rule = Rule(
        operation="bedrock.ListModelInvocationJobs", answer={"invocationJobSummaries": [job]}
    )

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert flow.target_id == "arn:aws:s3:::answers"
