"""Databases whose machines stand in others' data centres."""

from typing import Any

import pytest

from auditor.collect.oci.hardware import held_on, held_on_cluster, subscriptions
from auditor.model import Answer, Json, Outcome, Place, Unknown
from auditor.spec import Detail, Found

PLACE: Place = {"target": "t", "account": "a", "region": "us-ashburn-1", "compartment": "c"}
AWS: dict[str, Json] = {"subscriptionId": "s", "serviceName": "ORACLEDBATAWS"}


def seen(item: dict[str, Json], *listed: Json, cluster: Json = None, ok: bool = True) -> Found:
    """Return a resource, the subscriptions of its tenancy, and its VM cluster."""
    answers = {"subscriptions": Answer(outcome=Outcome.OK, body={"items": list(listed)})}
    if cluster or not ok:
        outcome = Outcome.OK if ok else Outcome.DENIED
        answers["cluster"] = Answer(outcome=outcome, body=cluster)
    details: dict[str, Detail] = {
        "subscriptions": subscriptions("item.subscriptionId"),
        "cluster": Detail(name="cluster", operation="get_cloud_vm_cluster", permission=""),
    }
    return Found(
        place=PLACE,
        item=item,
        answers={name: (answer,) for name, answer in answers.items()},
        records={"item": (0,), **dict.fromkeys(answers, (1,))},
        details=details,
    )


def held(found: Found) -> dict[str, Any]:
    """Return the columns of a resource that states its subscription and its infrastructure."""
    return held_on(
        found, subscription="item.subscriptionId", infrastructure="item.infrastructureType"
    )


@pytest.mark.parametrize("item", [{}, {"infrastructureType": "CLOUD"}, {"subscriptionId": "other"}])
def test_what_is_oracles_own_is_in_its_region(item: dict[str, Json]) -> None:
    """Also under a subscription of Oracle's own."""
    columns = held(seen(item, AWS))

    assert (columns["country"], columns["operator"]) == ("US", "Oracle")


@pytest.mark.parametrize(
    ("service", "operator"),
    [
        ("ORACLEDBATAWS", "Oracle at Amazon Web Services"),
        ("ORACLEDBATAZURE", "Oracle at Microsoft Azure"),
        ("ORACLEDBATGOOGLE", "Oracle at Google Cloud"),
        ("ORACLEDBATMARS", "Oracle at the cloud that ORACLEDBATMARS names"),
    ],
)
def test_a_subscription_of_another_cloud_is_not_in_oracles_region(
    service: str, operator: str
) -> None:
    """The region only answers for it, and the operator is not Oracle alone."""
    columns = held(seen({"subscriptionId": "s"}, {**AWS, "serviceName": service}))

    assert columns["operator"] == operator
    assert isinstance(columns["country"], Unknown)
    assert isinstance(columns["region"], Unknown)


@pytest.mark.parametrize("kind", ["CLOUD_AT_CUSTOMER", "SOMETHING_NEW"])
def test_what_is_at_a_customers_has_no_known_country(kind: str) -> None:
    """Nor has what this version never heard of."""
    assert isinstance(held(seen({"infrastructureType": kind}))["country"], Unknown)


def test_a_database_is_where_its_cluster_is() -> None:
    """The cluster knows its subscription; a database does not."""
    mine = {"vmClusterId": "ocid1.cloudvmcluster.oc1.iad.c"}
    own = seen(mine, AWS, cluster={"id": "c"})
    housed = seen(mine, AWS, cluster={"id": "c", "subscriptionId": "s"})
    refused = seen(mine, AWS, ok=False)

    assert held_on_cluster(own, "item.vmClusterId")["country"] == "US"
    assert isinstance(held_on_cluster(housed, "item.vmClusterId")["country"], Unknown)
    assert isinstance(held_on_cluster(refused, "item.vmClusterId")["country"], Unknown)


@pytest.mark.parametrize("kind", ["vmcluster", "exadbvmcluster", "odd"])
def test_other_clusters_stand_nobody_knows_where(kind: str) -> None:
    """A customer's cluster says so by its OCID."""
    found = seen({"vmClusterId": f"ocid1.{kind}.oc1.iad.c"}, cluster={"id": "c"})

    assert isinstance(held_on_cluster(found, "item.vmClusterId")["country"], Unknown)
