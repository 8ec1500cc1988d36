"""Amazon SageMaker: training jobs and endpoint configurations, and where they leave what they saw.

API: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
"""

from collections.abc import Iterator

from auditor.collect.aws.outlets import exits, optional, optional_text
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_OUTPUTS = (
    "job.OutputDataConfig.S3OutputPath",
    "job.ModelArtifacts.S3ModelArtifacts",
    "job.CheckpointConfig.S3Uri",
    "job.DebugHookConfig.S3OutputPath",
    "job.TensorBoardOutputConfig.S3OutputPath",
    "job.ProfilerConfig.S3OutputPath",
)
_INTERNET = Unknown("its containers can send data to any address on the internet")
_CALLERS = Unknown("routers of other regions may call it; the answer does not say of which")


def _job(found: Found) -> Iterator[Processor | Flow]:
    job = processor_of(
        found,
        id=text(found, "item.TrainingJobArn"),
        name=text(found, "item.TrainingJobName"),
        kind="training job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield job
    stated = "job.TrainingJobStatus"
    yield from exits(job, "export", [optional_text(found, path, stated) for path in _OUTPUTS])


def _endpoint(found: Found) -> Iterator[Processor | Flow]:
    endpoint = processor_of(
        found,
        id=text(found, "item.EndpointConfigArn"),
        name=text(found, "item.EndpointConfigName"),
        kind="endpoint configuration",
        public=False,  # called with credentials of AWS only
        created=maybe_text(found, "item.CreationTime"),
    )
    yield endpoint
    stated = "config.EndpointConfigName"
    captured = optional_text(found, "config.DataCaptureConfig.DestinationS3Uri", stated)
    if found.read("config.DataCaptureConfig.EnableCapture", absent=True) is False:
        captured = ""
    answers = "config.AsyncInferenceConfig.OutputConfig"
    yield from exits(
        endpoint,
        "export",
        [
            captured,
            optional_text(found, f"{answers}.S3OutputPath", stated),
            optional_text(found, f"{answers}.S3FailurePath", stated),
        ],
    )
    routed = optional(found, "config.CrossRegionTrafficConfig", stated, None)
    if routed is not None:
        yield possible(endpoint, "inference", _CALLERS)


JOBS = Collector(
    kind="aws.sagemaker.training-job",
    service="sagemaker",
    title="SageMaker training jobs",
    per=("account", "region"),
    listing=Listing(
        operation="ListTrainingJobs",
        permission="sagemaker:ListTrainingJobs",
        parameters={"MaxResults": 100},
        items="TrainingJobSummaries",
    ),
    details=(
        Detail(
            name="job",
            operation="DescribeTrainingJob",
            permission="sagemaker:DescribeTrainingJob",
            bind={"TrainingJobName": "item.TrainingJobName"},
            secrets=("HyperParameters", "Environment"),
        ),
    ),
    tables=(Processor, Flow),
    rows=_job,
    types=("sagemaker:training-job",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTrainingJobs.html",
)

ENDPOINTS = Collector(
    kind="aws.sagemaker.endpoint-config",
    service="sagemaker",
    title="SageMaker endpoint configurations",
    per=("account", "region"),
    listing=Listing(
        operation="ListEndpointConfigs",
        permission="sagemaker:ListEndpointConfigs",
        parameters={"MaxResults": 100},
        items="EndpointConfigs",
    ),
    details=(
        Detail(
            name="config",
            operation="DescribeEndpointConfig",
            permission="sagemaker:DescribeEndpointConfig",
            bind={"EndpointConfigName": "item.EndpointConfigName"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_endpoint,
    types=("sagemaker:endpoint-config",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListEndpointConfigs.html",
)
