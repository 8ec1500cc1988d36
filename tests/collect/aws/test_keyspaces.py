"""What we claim to know about keyspaces, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.keyspaces import KEYSPACES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:cassandra:{HOME}:{ACCOUNT}:/keyspace/events/"

pytestmark = pytest.mark.usefixtures("cloud")


def keyspace_of(name: str = "events", **members: Json) -> Collected:
    answer = {"keyspaces": [{"keyspaceName": name, "resourceArn": ARN, **members}]}
    rule = Rule(operation="keyspaces.ListKeyspaces", answer=answer)
    return gather((IDENTITY, REGIONS, KEYSPACES), rules=[rule])


def test_a_keyspace_replicates_to_its_other_regions() -> None:
    collected = keyspace_of(
        replicationStrategy="MULTI_REGION", replicationRegions=[HOME, "eu-west-1"]
    )

    (flow,) = collected.flows

    assert collected.stores["events"].encrypted is True
    assert flow.target_id == f"arn:aws:cassandra:eu-west-1:{ACCOUNT}:/keyspace/events/"
    assert flow.target_country == "IE"


def test_a_keyspace_of_one_region_stays() -> None:
    assert keyspace_of(replicationStrategy="SINGLE_REGION").flows == []


def test_regions_that_are_not_named_may_be_anywhere() -> None:
    (flow,) = keyspace_of(replicationStrategy="MULTI_REGION").flows

    assert isinstance(flow.target_country, Unknown)


def test_the_catalogue_of_the_service_is_no_store() -> None:
    assert keyspace_of("system_schema", replicationStrategy="SINGLE_REGION").stores == {}
