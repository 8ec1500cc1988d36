"""Devices with data on them: which country they were sent to."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected


def device(name: str, country: str, **more: Json) -> dict[str, Json]:
    """Return a device that was sent to a country."""
    address = {
        "addressee": "A. Person",
        "address1": "1 Street",
        "city_or_locality": "City",
        "state_or_region": "State",
        "zipcode": "1",
        "country": country,
        "email": "a@example.com",
    }
    return {
        "id": f"ocid1.rovernode.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        "customer_shipping_address": address,
        "unlock_passphrase": "correct horse",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Devices in Germany, in a country with a name only, back at Oracle, and in a cluster."""
    workload = {"id": "ocid1.image.oc1.iad.i", "compartment_id": DATA, "workload_type": "image"}
    devices = [
        device("berlin", "de", node_workloads=[workload]),
        device("texas", "United States"),
        device("returned", "US", time_customer_returned="2025-01-01T00:00:00Z"),
        {**device("clustered", ""), "cluster_id": "cluster", "customer_shipping_address": None},
    ]
    address = {"country": "FR"}
    cluster = {"id": "cluster", "compartment_id": DATA, "customer_shipping_address": address}
    rover: dict[str, list[dict[str, Json]]] = {"RoverNode": devices, "RoverCluster": [cluster]}
    return collected({"us-ashburn-1": {"rover": rover}}, kinds="oci.rover")


def test_a_device_is_where_it_was_sent(found: Collected) -> None:
    """Oracle's region and people have it no longer."""
    row = found.row(Store, "berlin")

    assert (row.country, row.operator) == ("DE", "whoever holds the device")
    assert isinstance(row.region, Unknown)


def test_a_country_without_a_code_and_a_returned_device_are_unknown(found: Collected) -> None:
    """Names of countries are spelled in too many ways to be read."""
    assert isinstance(found.row(Store, "texas").country, Unknown)
    assert isinstance(found.row(Store, "returned").country, Unknown)


def test_a_device_of_a_cluster_is_where_its_cluster_was_sent(found: Collected) -> None:
    """It has no address of its own."""
    assert found.row(Store, "clustered").country == "FR"
    assert len(found.asked("get_rover_cluster")) == 1


def test_what_was_loaded_on_it_left(found: Collected) -> None:
    """It went to the device's country."""
    (flow,) = found.of(Flow)

    assert (flow.store_id, flow.mechanism) == ("ocid1.image.oc1.iad.i", "export")
    assert flow.target_id == found.row(Store, "berlin").id


def test_passphrases_never_enter_the_evidence(found: Collected) -> None:
    """The answer about one device carries them."""
    assert all("correct horse" not in str(r.answer.body) for r in found.asked("get_rover_node"))
