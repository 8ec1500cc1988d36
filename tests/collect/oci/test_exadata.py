"""Exadata racks, wherever they stand."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Processor
from tests.collect.oci.simulated import DATA, Collected, collected


def rack(name: str, **more: Json) -> dict[str, Json]:
    """Return a rack."""
    return {
        "id": f"ocid1.rack.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One rack of each sort."""
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "ExadataInfrastructure": [
                        rack("cellar", lifecycle_state="ACTIVE", time_zone="US/Eastern"),
                        rack("scrapped", lifecycle_state="DELETED"),
                    ],
                    "CloudExadataInfrastructure": [
                        rack("own", lifecycle_state="AVAILABLE"),
                        rack("housed", lifecycle_state="AVAILABLE", subscription_id="amazon"),
                        rack("returned", lifecycle_state="TERMINATED"),
                    ],
                }
            }
        },
        kinds="oci.database",
    )


def test_a_customers_rack_stands_nobody_knows_where(found: Collected) -> None:
    """Its time zone is no place, and neither is the region that answers."""
    assert isinstance(found.row(Processor, "cellar").country, Unknown)
    assert isinstance(found.row(Processor, "cellar").region, Unknown)


def test_a_rack_of_oracles_is_in_its_region(found: Collected) -> None:
    """What was given back has no row."""
    assert found.row(Processor, "own").country == "US"
    assert len(found.of(Processor)) == 3


def test_a_rack_of_a_subscription_may_be_in_another_cloud(found: Collected) -> None:
    """Oracle Database@AWS and the like have one."""
    assert isinstance(found.row(Processor, "housed").country, Unknown)
