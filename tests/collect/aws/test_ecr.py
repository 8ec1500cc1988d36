"""What we claim to know about image repositories, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ecr import PUBLIC_REPOSITORIES, REGISTRY_POLICIES, REPOSITORIES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, REPOSITORIES, REGISTRY_POLICIES, PUBLIC_REPOSITORIES)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def policy(action: str, *principals: str) -> str:
    principal = {"AWS": list(principals)}
    statement = {"Sid": "s", "Effect": "Allow", "Principal": principal, "Action": action}
    return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Resource": "*"}]})


def make_repository(name: str = "app") -> None:
    boto3.client("ecr", HOME).create_repository(repositoryName=name)


def test_reads_a_repository() -> None:
    make_repository()

    collected = gather(COLLECTORS)
    store = collected.stores["app"]

    assert store.id == f"arn:aws:ecr:{HOME}:{ACCOUNT}:repository/app"
    assert (store.country, store.encrypted, store.public) == ("US", True, False)
    assert collected.flows == []


def test_replication_takes_what_its_filters_name() -> None:
    make_repository("app")
    make_repository("other")
    destinations = [{"region": "eu-central-1", "registryId": STRANGER}]
    filters = [{"filter": "ap", "filterType": "PREFIX_MATCH"}]
    rule = {"destinations": destinations, "repositoryFilters": filters}
    boto3.client("ecr", HOME).put_replication_configuration(
        replicationConfiguration={"rules": [rule]}
    )

    (flow,) = gather(COLLECTORS).flows

    assert flow.store_id.endswith("repository/app")
    assert flow.target_id == f"arn:aws:ecr:eu-central-1:{STRANGER}:repository/app"
    assert flow.target_country == "DE"


def test_policies_share_a_repository() -> None:
    make_repository()
    boto3.client("ecr", HOME).set_repository_policy(
        repositoryName="app", policyText=policy("ecr:BatchGetImage", STRANGER)
    )

    (flow,) = gather(COLLECTORS).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


@pytest.mark.parametrize(("action", "flows"), [("ecr:ReplicateImage", 0), ("ecr:*", 1)])
def test_a_registry_policy_that_only_brings_images_in_shares_nothing(
    action: str, flows: int
) -> None:
    text = policy(action, STRANGER)
    answer = {"registryId": ACCOUNT, "policyText": text}

    rules = [Rule(operation="ecr.GetRegistryPolicy", answer=answer)]
    assert len(gather(COLLECTORS, rules=rules).flows) == flows


def test_the_public_gallery_is_public_everywhere() -> None:
    name = f"arn:aws:ecr-public::{ACCOUNT}:repository/shown"
    item = {"repositoryArn": name, "repositoryName": "shown"}
    rules = [Rule(operation="ecr-public.DescribeRepositories", answer={"repositories": [item]})]

    collected = gather(COLLECTORS, rules=rules)

    assert (collected.stores["shown"].country, collected.stores["shown"].public) == ("*", True)
    assert [flow.mechanism for flow in collected.flows] == ["public"]


def test_a_refused_policy_is_a_possible_share() -> None:
    make_repository()

    flows = gather(COLLECTORS, deny=["GetRepositoryPolicy"]).flows

    assert {flow.mechanism for flow in flows} == {"share", "public"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
