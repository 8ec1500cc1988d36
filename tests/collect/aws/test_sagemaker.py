"""What we claim to know about feature groups, notebooks, domains and models in SageMaker."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sagemaker import DOMAINS, FEATURE_GROUPS, MODEL_GROUPS, NOTEBOOKS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, FEATURE_GROUPS, NOTEBOOKS, DOMAINS, MODEL_GROUPS)
MOMENT = "2026-01-01T00:00:00Z"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def arn(resource: str) -> str:
    return f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:{resource}"


def gather_features(deny: tuple[str, ...] = (), **about: object) -> Collected:
    summary = {"FeatureGroupName": "taste", "FeatureGroupArn": arn("feature-group/taste")}
    status = {"FeatureGroupStatus": "Created"}
    rules = [
        Rule(
            operation="sagemaker.ListFeatureGroups",
            answer={"FeatureGroupSummaries": [{**summary, "CreationTime": MOMENT}]},
        ),
        Rule(operation="sagemaker.DescribeFeatureGroup", answer={**summary, **status, **about}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_features_are_kept_online_and_in_a_bucket() -> None:
    collected = gather_features(
        OnlineStoreConfig={"SecurityConfig": {"KmsKeyId": KEY}},
        OnlineStoreTotalSizeBytes=7,
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://features/taste"}},
    )
    store = collected.stores["taste"]

    assert (store.id, store.key_id) == (arn("feature-group/taste"), KEY)
    assert store.size_bytes == 7
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [
        ("export", "arn:aws:s3:::features")
    ]


def test_a_refusal_hides_where_features_go() -> None:
    collected = gather_features(deny=("DescribeFeatureGroup",))

    assert isinstance(collected.stores["taste"].key_id, Unknown)
    assert [type(flow.active) for flow in collected.flows] == [Unknown]


@pytest.mark.parametrize(("access", "ways"), [("Enabled", 1), ("Disabled", 0)])
def test_a_notebook_may_send_data_to_the_internet(access: str, ways: int) -> None:
    name = {"NotebookInstanceName": "n", "NotebookInstanceArn": arn("notebook-instance/n")}
    about = {**name, "NotebookInstanceStatus": "InService"}
    rules = [
        Rule(operation="sagemaker.ListNotebookInstances", answer={"NotebookInstances": [about]}),
        Rule(
            operation="sagemaker.DescribeNotebookInstance",
            answer={**about, "DirectInternetAccess": access},
        ),
    ]

    assert len(gather(COLLECTORS, rules=rules).flows) == ways


def test_a_domain_shares_notebooks_through_a_bucket() -> None:
    name = {"DomainId": "d-1", "DomainArn": arn("domain/d-1"), "DomainName": "lab"}
    sharing = {"SharingSettings": {"S3OutputPath": "s3://notebooks"}}
    rules = [
        Rule(operation="sagemaker.ListDomains", answer={"Domains": [name]}),
        Rule(
            operation="sagemaker.DescribeDomain",
            answer={
                **name,
                "Status": "InService",
                "AppNetworkAccessType": "VpcOnly",
                "HomeEfsFileSystemId": "fs-1",
                "DefaultUserSettings": sharing,
            },
        ),
    ]

    assert [(flow.mechanism, flow.target_id) for flow in gather(COLLECTORS, rules=rules).flows] == [
        ("export", "arn:aws:s3:::notebooks"),
        ("mount", f"arn:aws:elasticfilesystem:{HOME}:{ACCOUNT}:file-system/fs-1"),
    ]


def gather_models(policy: Rule) -> Collected:
    group = {"ModelPackageGroupName": "g", "ModelPackageGroupArn": arn("model-package-group/g")}
    answer = {"ModelPackageGroupSummaryList": [group]}
    return gather(
        COLLECTORS,
        rules=[Rule(operation="sagemaker.ListModelPackageGroups", answer=answer), policy],
    )


def test_a_policy_shares_models() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "sagemaker:*"}
    policy = json.dumps({"Statement": [statement]})
    operation = "sagemaker.GetModelPackageGroupPolicy"

    (flow,) = gather_models(Rule(operation=operation, answer={"ResourcePolicy": policy})).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


def test_models_without_a_policy_are_shared_with_nobody() -> None:
    """AWS answers with an error where there is no policy."""
    operation = "sagemaker.GetModelPackageGroupPolicy"
    without = Rule(operation=operation, status=400, code="ValidationException")

    assert gather_models(without).flows == []
    assert len(gather_models(Rule(operation=operation)).flows) == 1
