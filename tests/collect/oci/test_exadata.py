"""Exadata racks, wherever they stand."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

AWS = "ocid1.subscription.oc1..aws"


def rack(name: str, **more: Json) -> dict[str, Json]:
    """Return a rack."""
    return {
        "id": f"ocid1.rack.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def racks(*faults_: str) -> Collected:
    """One rack of each sort; other clouds are asked about unless a fault says otherwise."""
    subscription: Json = {
        "_path": {"compartmentId": TENANCY},
        "subscription_id": AWS,
        "service_name": "ORACLEDBATAWS",
    }
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "ExadataInfrastructure": [
                        rack("cellar", lifecycle_state="ACTIVE", time_zone="US/Eastern")
                    ],
                    "CloudExadataInfrastructure": [
                        rack("own", lifecycle_state="AVAILABLE"),
                        rack("housed", lifecycle_state="AVAILABLE", subscription_id=AWS),
                    ],
                },
                "multicloud": {"MulticloudSubscriptionSummary": [subscription]},
            }
        },
        *(denied(each) for each in faults_),
        kinds="oci.database",
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """All answers are given."""
    return racks()


def test_a_customers_rack_stands_nobody_knows_where(found: Collected) -> None:
    """Its time zone is no place, and neither is the region that answers."""
    assert isinstance(found.row(Processor, "cellar").country, Unknown)


def test_a_rack_of_oracles_is_in_its_region(found: Collected) -> None:
    """It is asked no further."""
    assert found.row(Processor, "own").country == "US"
    assert len(found.asked("list_multicloud_subscriptions")) == 1


def test_a_rack_at_amazon_is_not_oracles(found: Collected) -> None:
    """Its subscription says whose data centre it is in."""
    row = found.row(Processor, "housed")

    assert row.operator == "Oracle at Amazon Web Services"
    assert isinstance(row.country, Unknown)


def test_a_refusal_leaves_the_place_open() -> None:
    """Any subscription may be of another cloud."""
    row = racks(".*list_multicloud_subscriptions").row(Processor, "housed")

    assert isinstance(row.country, Unknown)
    assert row.country.permission == "inspect multicloud-subscriptions"
