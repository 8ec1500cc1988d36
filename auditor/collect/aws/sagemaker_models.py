"""Amazon SageMaker: models that endpoints serve, and packages of models with their approval.

An endpoint says which image each variant runs. The model itself, which the image loads from a
bucket, has no digest anywhere in SageMaker's answers.

API: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.running import artifact_of, deployment_of
from auditor.collect.digests import is_pinned, named_digest
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Artifact, Deployment, Maybe

_REFERENCE = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_"
_NO_DIGEST = Unknown("SageMaker states no digest of a model")
_NO_IMAGE = Unknown("the answer does not name its image")
_MAY_CHANGE = Unknown("whether the model's file in its bucket can be replaced is not in the answer")
_VARIANTS = "ProductionVariants", "ShadowProductionVariants"
_APPROVED = {"Approved": True, "Rejected": False, "PendingManualApproval": False}


def _endpoint(found: Found) -> Iterator[Deployment]:
    arn = text(found, "item.EndpointArn")
    configuration = maybe_text(found, "endpoint.EndpointConfigName")
    since = maybe_text(found, "item.LastModifiedTime", absent="")
    yield deployment_of(
        found,
        id=arn,
        kind="model",
        name=text(found, "item.EndpointName"),
        image=configuration,
        digest=_NO_DIGEST,
        pinned=_MAY_CHANGE,
        since=since,
    )
    variants = found.read("endpoint.ProductionVariants")
    if isinstance(variants, Unknown):
        yield _container(found, f"{arn}/?", variants, variants)
    for kind in _VARIANTS:
        for variant in entries(found.read(f"endpoint.{kind}", absent=[])):
            yield from _images(found, f"{arn}/{kind}/{member(variant, 'VariantName')}", variant)


def _images(found: Found, row: str, variant: Mapping[str, Json]) -> Iterator[Deployment]:
    images = entries(variant.get("DeployedImages"))
    for position, each in enumerate(images):
        named: Maybe[str] = member(each, "SpecifiedImage") or _NO_IMAGE
        resolved: Maybe[str] = member(each, "ResolvedImage") or named
        yield _container(found, f"{row}/{position}", named, named_digest(resolved))
    if not images:
        yield _container(found, f"{row}/?", _NO_IMAGE, _NO_IMAGE)


def _container(found: Found, row: str, image: Maybe[str], digest: Maybe[str]) -> Deployment:
    return deployment_of(
        found,
        id=row,
        resource_id=text(found, "item.EndpointArn"),
        kind="container",
        name=text(found, "item.EndpointName"),
        image=image,
        digest=digest,
        pinned=is_pinned(image),
        since=maybe_text(found, "item.LastModifiedTime", absent=""),
    )


def _package(found: Found) -> Iterator[Artifact]:
    group = text(found, "item.ModelPackageGroupName")
    arn = text(found, "item.ModelPackageArn")
    version = found.read("item.ModelPackageVersion", absent="")
    status = maybe_text(found, "item.ModelApprovalStatus")
    yield artifact_of(
        found,
        id=arn,
        kind="model",
        digest=_NO_DIGEST,
        name=group or text(found, "item.ModelPackageName") or arn,
        made=maybe_text(found, "item.CreationTime"),
        tags=(str(version),) if type(version) is int else (),
        released=status
        if isinstance(status, Unknown)
        else _APPROVED.get(status, Unknown("this version does not know the state of its approval")),
    )


ENDPOINTS = Collector(
    kind="aws.sagemaker.endpoint",
    service="sagemaker",
    title="SageMaker endpoints, and the images that serve their models",
    per=("account", "region"),
    listing=Listing(
        operation="ListEndpoints",
        permission="sagemaker:ListEndpoints",
        parameters={"MaxResults": 100},
        items="Endpoints",
    ),
    details=(
        Detail(
            name="endpoint",
            operation="DescribeEndpoint",
            permission="sagemaker:DescribeEndpoint",
            bind={"EndpointName": "item.EndpointName"},
        ),
    ),
    tables=(Deployment,),
    rows=_endpoint,
    types=("sagemaker:endpoint",),
    source=_REFERENCE + "DescribeEndpoint.html",
)

PACKAGES = Collector(
    kind="aws.sagemaker.model-package",
    service="sagemaker",
    title="SageMaker model packages, and whether they are approved",
    per=("account", "region"),
    listing=Listing(
        operation="ListModelPackages",
        permission="sagemaker:ListModelPackages",
        parameters={"MaxResults": 100, "ModelPackageType": "Both"},
        items="ModelPackageSummaryList",
    ),
    tables=(Artifact,),
    rows=_package,
    types=("sagemaker:model-package",),
    source=_REFERENCE + "ListModelPackages.html",
)
