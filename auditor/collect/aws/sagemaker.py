"""Amazon SageMaker: feature groups, notebooks, domains, and groups of models that are shared.

API: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Service.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import (
    is_absent,
    maybe_text,
    optional,
    optional_key,
    optional_text,
    size_in_bytes,
    text,
)
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Membership, PolicyDocument, Principal, Processor, Store

_INTERNET = Unknown("it can send data to any address on the internet")


def _feature_group(found: Found) -> Iterator[Store | Flow]:
    stated = "group.FeatureGroupStatus"
    online = optional(found, "group.OnlineStoreConfig", stated, absent=None)
    group = store_of(
        found,
        id=text(found, "item.FeatureGroupArn"),
        name=text(found, "item.FeatureGroupName"),
        kind="feature group",
        encrypted=True,  # the online store always is; the offline store is a bucket
        key_id=optional_key(found, "group.OnlineStoreConfig.SecurityConfig.KmsKeyId", stated),
        public=False,  # read with credentials of AWS only
        size_bytes=0 if online is None else size_in_bytes(found, "group.OnlineStoreTotalSizeBytes"),
        created=maybe_text(found, "item.CreationTime"),
    )
    yield group
    storage = "group.OfflineStoreConfig.S3StorageConfig.S3Uri"
    yield from exits(group, "export", [optional_text(found, storage, stated)])


def _notebook(found: Found) -> Iterator[Store | Flow | Principal | Membership]:
    notebook = store_of(
        found,
        id=text(found, "item.NotebookInstanceArn"),
        name=text(found, "item.NotebookInstanceName"),
        kind="notebook instance",
        encrypted=True,  # its volume is, with a key of AWS's where the customer names none
        key_id=optional_key(found, "notebook.KmsKeyId", beside="notebook.NotebookInstanceStatus"),
        public=False,  # opened with credentials of AWS only
        created=maybe_text(found, "item.CreationTime"),
    )
    yield notebook
    yield from acting_as(notebook, maybe_text(found, "notebook.RoleArn"))
    yield from _way_to_internet(notebook, maybe_text(found, "notebook.DirectInternetAccess"))


def _way_to_internet(store: Store, access: Maybe[str]) -> Iterator[Flow]:
    """Yield what whoever works in it can do, if nothing stands between it and the internet."""
    if access in ("Disabled", "VpcOnly"):
        return
    active = access if isinstance(access, Unknown) else _INTERNET
    yield possible(store, "export", active, "internet")


def _domain(found: Found) -> Iterator[Store | Flow | Principal | Membership]:
    domain = store_of(
        found,
        id=text(found, "item.DomainArn"),
        name=text(found, "item.DomainName"),
        kind="domain",
        encrypted=True,  # its file system is, with a key of AWS's where the customer names none
        key_id=optional_key(found, "domain.KmsKeyId", beside="domain.Status"),
        public=False,  # opened by signed-in users only
        created=maybe_text(found, "item.CreationTime"),
    )
    yield domain
    role = optional_text(found, "domain.DefaultUserSettings.ExecutionRole", beside="domain.Status")
    yield from acting_as(domain, role)
    yield from _way_to_internet(domain, maybe_text(found, "domain.AppNetworkAccessType"))
    path = "domain.DefaultUserSettings.SharingSettings.S3OutputPath"
    yield from exits(domain, "export", [optional_text(found, path, beside="domain.Status")])
    files = optional_text(found, "domain.HomeEfsFileSystemId", beside="domain.Status")
    if isinstance(files, str) and files:
        name = arn(
            "elasticfilesystem", found.place["region"], domain.account, f"file-system/{files}"
        )
        yield flow(domain, "mount", name, target_id=name)


def _model_group(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    group = processor_of(  # the files of its models are in buckets
        found,
        id=text(found, "item.ModelPackageGroupArn"),
        name=text(found, "item.ModelPackageGroupName"),
        kind="model package group",
        public=False,  # read with credentials of AWS only
        created=maybe_text(found, "item.CreationTime"),
    )
    yield group
    yield policy_of(group, policy_in(found, "policy.ResourcePolicy"))
    if not is_absent(found, "policy"):
        yield from shares(group, accounts_in_policy(found.read("policy.ResourcePolicy")))


def _listing(operation: str, items: str) -> Listing:
    return Listing(
        operation=operation,
        permission=f"sagemaker:{operation}",
        parameters={"MaxResults": 100},
        items=items,
    )


def _source(operation: str) -> str:
    return f"https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_{operation}.html"


FEATURE_GROUPS = Collector(
    kind="aws.sagemaker.feature-group",
    service="sagemaker",
    title="SageMaker feature groups",
    per=("account", "region"),
    listing=_listing("ListFeatureGroups", "FeatureGroupSummaries"),
    details=(
        Detail(
            name="group",
            operation="DescribeFeatureGroup",
            permission="sagemaker:DescribeFeatureGroup",
            bind={"FeatureGroupName": "item.FeatureGroupName"},
        ),
    ),
    tables=(Store, Flow),
    rows=_feature_group,
    types=("sagemaker:feature-group",),
    source=_source("ListFeatureGroups"),
)

NOTEBOOKS = Collector(
    kind="aws.sagemaker.notebook-instance",
    service="sagemaker",
    title="SageMaker notebook instances",
    per=("account", "region"),
    listing=_listing("ListNotebookInstances", "NotebookInstances"),
    details=(
        Detail(
            name="notebook",
            operation="DescribeNotebookInstance",
            permission="sagemaker:DescribeNotebookInstance",
            bind={"NotebookInstanceName": "item.NotebookInstanceName"},
        ),
    ),
    tables=(Store, Flow, Principal, Membership),
    rows=_notebook,
    types=("sagemaker:notebook-instance",),
    source=_source("ListNotebookInstances"),
)

DOMAINS = Collector(
    kind="aws.sagemaker.domain",
    service="sagemaker",
    title="SageMaker domains",
    per=("account", "region"),
    listing=_listing("ListDomains", "Domains"),
    details=(
        Detail(
            name="domain",
            operation="DescribeDomain",
            permission="sagemaker:DescribeDomain",
            bind={"DomainId": "item.DomainId"},
        ),
    ),
    tables=(Store, Flow, Principal, Membership),
    rows=_domain,
    types=("sagemaker:domain",),
    source=_source("ListDomains"),
)

MODEL_GROUPS = Collector(
    kind="aws.sagemaker.model-package-group",
    service="sagemaker",
    title="SageMaker model package groups, and whom they are shared with",
    per=("account", "region"),
    listing=_listing("ListModelPackageGroups", "ModelPackageGroupSummaryList"),
    details=(
        Detail(
            name="policy",
            operation="GetModelPackageGroupPolicy",
            permission="sagemaker:GetModelPackageGroupPolicy",
            bind={"ModelPackageGroupName": "item.ModelPackageGroupName"},
            # What it says of a group that it listed itself is: "Cannot find Resource Policy".
            absent_on=("ValidationException",),
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_model_group,
    types=("sagemaker:model-package-group",),
    source=_source("ListModelPackageGroups"),
)
