"""Machine learning that keeps, leaves and shares what it saw in the wrong places."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_MOMENT = "2026-01-01T00:00:00Z"
_LONG_AGO = "2020-01-01T00:00:00Z"  # before any period: what these jobs ran is of no interest
_ABROAD, _OREGON = "northstar-learned-frankfurt", "northstar-learned-oregon"
_BUCKETS = {"abroad": _ABROAD, "oregon": _OREGON}


def _arn(resource: str, region: str = HOME, service: str = "sagemaker") -> str:
    return f"arn:aws:{service}:{region}:{USER_DATA}:{resource}"


def _build(ground: Ground) -> None:
    """Make the buckets that results are left in."""
    for name, region in ((_ABROAD, FRANKFURT), (_OREGON, WEST)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _policy(account: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _jobs() -> tuple[Rule, ...]:
    names = [
        {
            "TrainingJobName": name,
            "TrainingJobArn": _arn(f"training-job/{name}"),
            "TrainingEndTime": _LONG_AGO,
        }
        for name in _BUCKETS
    ]
    return (
        answered("sagemaker.ListTrainingJobs", {"TrainingJobSummaries": names}),
        *(
            answered(
                "sagemaker.DescribeTrainingJob",
                {
                    "TrainingJobStatus": "Completed",
                    "OutputDataConfig": {"S3OutputPath": f"s3://{bucket}/models"},
                },
                words=f'"{name}"',
            )
            for name, bucket in _BUCKETS.items()
        ),
    )


def _endpoints() -> tuple[Rule, ...]:
    names = [
        {"EndpointConfigName": name, "EndpointConfigArn": _arn(f"endpoint-config/{name}")}
        for name in _BUCKETS
    ]
    return (
        answered("sagemaker.ListEndpointConfigs", {"EndpointConfigs": names}),
        *(
            answered(
                "sagemaker.DescribeEndpointConfig",
                {
                    "EndpointConfigName": name,
                    "DataCaptureConfig": {"DestinationS3Uri": f"s3://{bucket}/asked"},
                },
                words=f'"{name}"',
            )
            for name, bucket in _BUCKETS.items()
        ),
    )


def _batches() -> tuple[Rule, ...]:
    """Return a transform job and a processing job each for Frankfurt and for Oregon."""
    transforms = [
        {
            "TransformJobName": name,
            "TransformJobArn": _arn(f"transform-job/{name}"),
            "TransformEndTime": _LONG_AGO,
        }
        for name in _BUCKETS
    ]
    processings = [
        {
            "ProcessingJobName": name,
            "ProcessingJobArn": _arn(f"processing-job/{name}"),
            "ProcessingEndTime": _LONG_AGO,
        }
        for name in _BUCKETS
    ]
    return (
        answered("sagemaker.ListTransformJobs", {"TransformJobSummaries": transforms}),
        answered("sagemaker.ListProcessingJobs", {"ProcessingJobSummaries": processings}),
        *(each for name, bucket in _BUCKETS.items() for each in _results(name, f"s3://{bucket}/b")),
    )


def _results(name: str, address: str) -> tuple[Rule, ...]:
    transform = {"S3OutputPath": address}
    processing = {"Outputs": [{"S3Output": {"S3Uri": address}}]}
    return (
        answered(
            "sagemaker.DescribeTransformJob",
            {"TransformJobStatus": "Completed", "TransformOutput": transform},
            words=f'"{name}"',
        ),
        answered(
            "sagemaker.DescribeProcessingJob",
            {"ProcessingJobStatus": "Completed", "ProcessingOutputConfig": processing},
            words=f'"{name}"',
        ),
    )


def _recognizer(region: str) -> Rule:
    model = {"EntityRecognizerArn": _arn("entity-recognizer/names", region, "comprehend")}
    answer = {"EntityRecognizerPropertiesList": [model]}
    return answered("comprehend.ListEntityRecognizers", answer, region=region)


def _features(region: str, bucket: str) -> tuple[Rule, ...]:
    name = {"FeatureGroupName": "taste", "FeatureGroupArn": _arn("feature-group/taste", region)}
    offline = {"S3StorageConfig": {"S3Uri": f"s3://{bucket}/features"}}
    about = {**name, "FeatureGroupStatus": "Created", "OfflineStoreConfig": offline}
    return (
        answered("sagemaker.ListFeatureGroups", {"FeatureGroupSummaries": [name]}, region=region),
        answered("sagemaker.DescribeFeatureGroup", about, region=region),
    )


def _notebook(region: str, internet: str) -> tuple[Rule, ...]:
    name = _arn("notebook-instance/lab", region)
    about = {
        "NotebookInstanceName": "lab",
        "NotebookInstanceArn": name,
        "NotebookInstanceStatus": "InService",
    }
    details = {**about, "DirectInternetAccess": internet}
    return (
        answered("sagemaker.ListNotebookInstances", {"NotebookInstances": [about]}, region=region),
        answered("sagemaker.DescribeNotebookInstance", details, region=region),
    )


def _domain(region: str, bucket: str) -> tuple[Rule, ...]:
    name = {"DomainId": "d-studio", "DomainArn": _arn("domain/d-studio", region)}
    about = {
        **name,
        "Status": "InService",
        "AppNetworkAccessType": "VpcOnly",
        "DefaultUserSettings": {"SharingSettings": {"S3OutputPath": f"s3://{bucket}"}},
    }
    return (
        answered("sagemaker.ListDomains", {"Domains": [name]}, region=region),
        answered("sagemaker.DescribeDomain", about, region=region),
    )


def _model_groups(region: str, account: str) -> tuple[Rule, ...]:
    group = {
        "ModelPackageGroupName": "rank",
        "ModelPackageGroupArn": _arn("model-package-group/rank", region),
        "CreationTime": _MOMENT,
    }
    policy = {"ResourcePolicy": _policy(account)}
    return (
        answered(
            "sagemaker.ListModelPackageGroups",
            {"ModelPackageGroupSummaryList": [group]},
            region=region,
        ),
        answered("sagemaker.GetModelPackageGroupPolicy", policy, region=region),
    )


def _classifier(region: str, account: str, bucket: str) -> tuple[Rule, ...]:
    model = {
        "DocumentClassifierArn": _arn("document-classifier/abuse", region, "comprehend"),
        "OutputDataConfig": {"S3Uri": f"s3://{bucket}/abuse"},
    }
    policy = {"ResourcePolicy": _policy(account)}
    return (
        answered(
            "comprehend.ListDocumentClassifiers",
            {"DocumentClassifierPropertiesList": [model]},
            region=region,
        ),
        answered("comprehend.DescribeResourcePolicy", policy, region=region),
    )


_RULES = (
    *_jobs(),
    *_endpoints(),
    *_batches(),
    _recognizer(HOME),
    _recognizer(FRANKFURT),
    *_features(HOME, _ABROAD),
    *_features(FRANKFURT, _OREGON),
    *_notebook(HOME, "Enabled"),
    *_notebook(WEST, "Disabled"),
    *_notebook(FRANKFURT, "Disabled"),
    *_domain(HOME, _ABROAD),
    *_domain(FRANKFURT, _OREGON),
    *_model_groups(HOME, STRANGER),
    *_model_groups(WEST, LOGS),
    *_classifier(HOME, STRANGER, _ABROAD),
    *_classifier(FRANKFURT, LOGS, _OREGON),
)
_ABROAD_STORES = {
    "features are kept in Frankfurt": _arn("feature-group/taste", FRANKFURT),
    "a notebook is kept in Frankfurt": _arn("notebook-instance/lab", FRANKFURT),
    "a studio is kept in Frankfurt": _arn("domain/d-studio", FRANKFURT),
    "a recognizer was trained in Frankfurt": _arn(
        "entity-recognizer/names", FRANKFURT, "comprehend"
    ),
    "a classifier was trained in Frankfurt": _arn(
        "document-classifier/abuse", FRANKFURT, "comprehend"
    ),
}
_ROWS = (
    *_ABROAD_STORES.values(),
    *(
        _arn(f"{kind}-job/{name}")
        for name in _BUCKETS
        for kind in ("training", "transform", "processing")
    ),
    *(_arn(f"endpoint-config/{name}") for name in _BUCKETS),
    _arn("feature-group/taste"),
    _arn("notebook-instance/lab"),
    _arn("notebook-instance/lab", WEST),
    _arn("domain/d-studio"),
    _arn("model-package-group/rank"),
    _arn("model-package-group/rank", WEST),
    _arn("document-classifier/abuse", HOME, "comprehend"),
    _arn("entity-recognizer/names", HOME, "comprehend"),
)

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(_ROWS, PROTECTED),
    rules=_RULES,
    planted=(
        *(
            each
            for what, row in _ABROAD_STORES.items()
            for each in fails(what, A_02=row, A_07b=row)
        ),
        *fails("a model is left in Frankfurt", A_04="*:training-job/abroad/export/*"),
        *fails("a batch is left in Frankfurt", A_04="*:transform-job/abroad/export/*"),
        *fails("features are made in Frankfurt", A_04="*:processing-job/abroad/export/*"),
        *fails("what was asked is left in Frankfurt", A_04="*:endpoint-config/abroad/export/*"),
        *fails("features go to Frankfurt", A_04="*:feature-group/taste/export/*frankfurt"),
        *stays_open("a notebook reaches the internet", A_04="*:notebook-instance/lab/export/*"),
        *fails("notebooks are shared in Frankfurt", A_04="*:domain/d-studio/export/*frankfurt"),
        *fails("models are shared with a stranger", A_05b=f"*group/rank/share/{STRANGER}"),
        *fails("a classifier is shared with a stranger", A_05b=f"*/abuse/share/{STRANGER}"),
        *fails("a recognizer is shared with a stranger", A_05b=f"*/names/share/{STRANGER}"),
        *fails("its training went to Frankfurt", A_04="*-classifier/abuse/export/*frankfurt"),
    ),
)
