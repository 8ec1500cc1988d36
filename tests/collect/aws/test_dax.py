"""What we claim to know about accelerators, given what AWS answered."""

import pytest

from auditor.collect.aws.dax import CLUSTERS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ARN = f"arn:aws:dax:{HOME}:{ACCOUNT}:cache/fast"

pytestmark = pytest.mark.usefixtures("cloud")


def cluster_of(**members: Json) -> Store:
    answer = {"Clusters": [{"ClusterName": "fast", "ClusterArn": ARN, **members}]}
    rule = Rule(operation="dax.DescribeClusters", answer=answer)
    return gather((IDENTITY, REGIONS, CLUSTERS), rules=[rule]).stores["fast"]


def test_a_cluster_is_where_its_nodes_are() -> None:
    nodes = [{"AvailabilityZone": f"{HOME}a"}, {"AvailabilityZone": f"{HOME}b"}]

    store = cluster_of(Nodes=nodes, SSEDescription={"Status": "ENABLED"})

    assert (store.id, store.country, store.encrypted, store.key_id) == (ARN, "US", True, "")


@pytest.mark.parametrize("status", ["ENABLING", "DISABLING"])
def test_half_encrypted_is_unknown(status: str) -> None:
    assert isinstance(cluster_of(SSEDescription={"Status": status}).encrypted, Unknown)


def test_without_nodes_it_is_nowhere() -> None:
    store = cluster_of(SSEDescription={"Status": "DISABLED"})

    assert store.encrypted is False
    assert isinstance(store.country, Unknown)
