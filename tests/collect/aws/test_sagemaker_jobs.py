"""Where training and endpoints leave what they saw, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sagemaker_jobs import ENDPOINTS, JOBS, PROCESSINGS, TRANSFORMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, JOBS, ENDPOINTS, TRANSFORMS, PROCESSINGS)
MOMENT = "2026-01-01T00:00:00Z"
JOB = {
    "TrainingJobName": "train",
    "TrainingJobArn": f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:training-job/train",
    "TrainingJobStatus": "Completed",
    "CreationTime": MOMENT,
}
CONFIG = {
    "EndpointConfigName": "ask",
    "EndpointConfigArn": f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:endpoint-config/ask",
    "CreationTime": MOMENT,
}

pytestmark = pytest.mark.usefixtures("cloud")


def gather_jobs(deny: tuple[str, ...] = (), **about: object) -> Collected:
    rules = [
        Rule(operation="sagemaker.ListTrainingJobs", answer={"TrainingJobSummaries": [JOB]}),
        Rule(operation="sagemaker.DescribeTrainingJob", answer={**JOB, **about}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_training_leaves_a_model_in_a_bucket() -> None:
    collected = gather_jobs(
        OutputDataConfig={"S3OutputPath": "s3://models/one"},
        CheckpointConfig={"S3Uri": "s3://checkpoints/one"},
    )

    assert collected.processors["train"].kind == "training job"
    assert [flow.target_id for flow in collected.flows] == [
        "arn:aws:s3:::models",
        "arn:aws:s3:::checkpoints",
    ]


def test_hyperparameters_never_become_evidence() -> None:
    """People put passwords there."""
    collected = gather_jobs(HyperParameters={"password": "hunter2"}, Environment={"TOKEN": "t0"})

    assert not any("hunter2" in str(record) or "t0'" in str(record) for record in collected.records)


def test_a_refusal_hides_where_training_leaves_its_model() -> None:
    assert [type(flow.active) for flow in gather_jobs(("DescribeTrainingJob",)).flows] == [Unknown]


def test_an_endpoint_keeps_what_it_was_asked() -> None:
    capture = {"DestinationS3Uri": "s3://captured/ask", "InitialSamplingPercentage": 100}
    rules = [
        Rule(operation="sagemaker.ListEndpointConfigs", answer={"EndpointConfigs": [CONFIG]}),
        Rule(
            operation="sagemaker.DescribeEndpointConfig",
            answer={**CONFIG, "DataCaptureConfig": capture},
        ),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::captured")


def test_transforms_and_processing_leave_results_in_buckets() -> None:
    transform = {"TransformJobName": "t", "TransformJobArn": "arn:aws:sagemaker:x:1:t/t"}
    processing = {"ProcessingJobName": "p", "ProcessingJobArn": "arn:aws:sagemaker:x:1:p/p"}
    outputs = {"Outputs": [{"OutputName": "o", "S3Output": {"S3Uri": "s3://processed/1"}}]}
    rules = [
        Rule(
            operation="sagemaker.ListTransformJobs", answer={"TransformJobSummaries": [transform]}
        ),
        Rule(
            operation="sagemaker.DescribeTransformJob",
            answer={
                **transform,
                "TransformJobStatus": "Completed",
                "TransformOutput": {"S3OutputPath": "s3://transformed/1"},
            },
        ),
        Rule(
            operation="sagemaker.ListProcessingJobs",
            answer={"ProcessingJobSummaries": [processing]},
        ),
        Rule(
            operation="sagemaker.DescribeProcessingJob",
            answer={
                **processing,
                "ProcessingJobStatus": "Completed",
                "ProcessingOutputConfig": outputs,
            },
        ),
    ]

    assert {str(flow.target_id) for flow in gather(COLLECTORS, rules=rules).flows} == {
        "arn:aws:s3:::transformed",
        "arn:aws:s3:::processed",
    }
