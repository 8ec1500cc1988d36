"""Amazon SageMaker: jobs and endpoint configurations, what ran, and where they leave what they saw.

API: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, maybe_text, optional, optional_text, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.aws.sagemaker_running import MODEL, processed, trained, transformed
from auditor.collect.flows import possible
from auditor.collect.period import FIRST_MIDNIGHT
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Deployment, Flow, Processor

_OUTPUTS = (
    "job.OutputDataConfig.S3OutputPath",
    "job.ModelArtifacts.S3ModelArtifacts",
    "job.CheckpointConfig.S3Uri",
    "job.DebugHookConfig.S3OutputPath",
    "job.TensorBoardOutputConfig.S3OutputPath",
    "job.ProfilerConfig.S3OutputPath",
)
_CALLERS = Unknown("routers of other regions may call it; the answer does not say of which")


def _job(found: Found) -> Iterator[Processor | Flow | Deployment]:
    job = processor_of(
        found,
        id=text(found, "item.TrainingJobArn"),
        name=text(found, "item.TrainingJobName"),
        kind="training job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield job
    yield from trained(found)
    stated = "job.TrainingJobStatus"
    yield from exits(job, "export", [optional_text(found, path, stated) for path in _OUTPUTS])


def _transform(found: Found) -> Iterator[Processor | Flow | Deployment]:
    job = processor_of(
        found,
        id=text(found, "item.TransformJobArn"),
        name=text(found, "item.TransformJobName"),
        kind="transform job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield job
    yield from transformed(found)
    captured = "job.DataCaptureConfig.DestinationS3Uri"
    yield from exits(
        job,
        "export",
        [
            found.read("job.TransformOutput.S3OutputPath"),
            optional_text(found, captured, beside="job.TransformJobStatus"),
        ],
    )


def _processing(found: Found) -> Iterator[Processor | Flow | Deployment]:
    job = processor_of(
        found,
        id=text(found, "item.ProcessingJobArn"),
        name=text(found, "item.ProcessingJobName"),
        kind="processing job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield job
    yield from processed(found)
    path = "job.ProcessingOutputConfig.Outputs"
    outputs = optional(found, path, "job.ProcessingJobStatus", [])
    if isinstance(outputs, Unknown):
        yield possible(job, "export", outputs)
    yield from exits(job, "export", [dig(each, "S3Output.S3Uri") for each in entries(outputs)])


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
            secrets=(
                "HyperParameters",
                "Environment",
                "AlgorithmSpecification.ContainerArguments",
            ),
        ),
    ),
    tables=(Processor, Flow, Deployment),
    rows=_job,
    since=FIRST_MIDNIGHT,
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

TRANSFORMS = Collector(
    kind="aws.sagemaker.transform-job",
    service="sagemaker",
    title="SageMaker batch transform jobs",
    per=("account", "region"),
    listing=Listing(
        operation="ListTransformJobs",
        permission="sagemaker:ListTransformJobs",
        parameters={"MaxResults": 100},
        items="TransformJobSummaries",
    ),
    details=(
        Detail(
            name="job",
            operation="DescribeTransformJob",
            permission="sagemaker:DescribeTransformJob",
            bind={"TransformJobName": "item.TransformJobName"},
            secrets=("Environment",),
        ),
        MODEL,
    ),
    tables=(Processor, Flow, Deployment),
    rows=_transform,
    since=FIRST_MIDNIGHT,
    types=("sagemaker:transform-job",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTransformJobs.html",
)

PROCESSINGS = Collector(
    kind="aws.sagemaker.processing-job",
    service="sagemaker",
    title="SageMaker processing jobs",
    per=("account", "region"),
    listing=Listing(
        operation="ListProcessingJobs",
        permission="sagemaker:ListProcessingJobs",
        parameters={"MaxResults": 100},
        items="ProcessingJobSummaries",
    ),
    details=(
        Detail(
            name="job",
            operation="DescribeProcessingJob",
            permission="sagemaker:DescribeProcessingJob",
            bind={"ProcessingJobName": "item.ProcessingJobName"},
            secrets=("Environment", "AppSpecification.ContainerArguments"),
        ),
    ),
    tables=(Processor, Flow, Deployment),
    rows=_processing,
    since=FIRST_MIDNIGHT,
    types=("sagemaker:processing-job",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListProcessingJobs.html",
)
