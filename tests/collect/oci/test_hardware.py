"""Databases whose machines stand in others' data centres."""

import pytest

from auditor.collect.oci.hardware import cluster, held_on, held_on_cluster
from auditor.model import Answer, Json, Outcome, Place, Unknown
from auditor.spec import Found
from auditor.tables import Maybe

PLACE: Place = {"target": "t", "account": "a", "region": "us-ashburn-1", "compartment": "c"}


def country_of(**item: Json) -> Maybe[str]:
    """Return the country of a resource that states its subscription and its infrastructure."""
    found = Found(place=PLACE, item=item, records={"item": (0,)})
    columns = held_on(
        found, subscription="item.subscriptionId", infrastructure="item.infrastructureType"
    )
    assert isinstance(columns["region"], Unknown) == isinstance(columns["country"], Unknown)
    country: Maybe[str] = columns["country"]
    return country


def country_on(kind: str, described: Json, outcome: Outcome = Outcome.OK) -> Maybe[str]:
    """Return the country of a database on a VM cluster, as the cluster's description has it."""
    found = Found(
        place=PLACE,
        item={"vmClusterId": f"ocid1.{kind}.oc1.iad.c"},
        answers={"cluster": (Answer(outcome=outcome, body=described),)},
        records={"item": (0,), "cluster": (1,)},
        details={"cluster": cluster("item.vmClusterId")},
    )
    country: Maybe[str] = held_on_cluster(found, "item.vmClusterId")["country"]
    return country


def test_what_belongs_to_no_subscription_is_in_its_region() -> None:
    """It is Oracle's own."""
    assert country_of() == "US"
    assert country_of(infrastructureType="CLOUD") == "US"


def test_a_subscription_may_have_it_in_another_cloud() -> None:
    """The region only answers for it."""
    country = country_of(subscriptionId="ocid1.subscription.oc1..s")

    assert isinstance(country, Unknown)
    assert "ocid1.subscription.oc1..s" in country.reason


@pytest.mark.parametrize("kind", ["CLOUD_AT_CUSTOMER", "SOMETHING_NEW", 5])
def test_what_is_at_a_customers_has_no_known_country(kind: Json) -> None:
    """Nor has what this version never heard of."""
    assert isinstance(country_of(infrastructureType=kind), Unknown)


def test_a_database_is_where_its_cluster_is() -> None:
    """The cluster knows its subscription; a database does not."""
    assert country_on("cloudvmcluster", {"id": "c"}) == "US"
    assert isinstance(country_on("cloudvmcluster", {"id": "c", "subscriptionId": "s"}), Unknown)
    assert isinstance(country_on("cloudvmcluster", None, Outcome.DENIED), Unknown)


@pytest.mark.parametrize("kind", ["vmcluster", "exadbvmcluster", "odd"])
def test_other_clusters_stand_nobody_knows_where(kind: str) -> None:
    """A customer's cluster says so by its OCID."""
    assert isinstance(country_on(kind, {"id": "c"}), Unknown)
