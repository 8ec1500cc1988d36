"""What the index of a region names, and what is listed because of it."""

import pytest

from auditor.collect.oci.resource_search import RESOURCES
from auditor.demo.oci.faults import denied
from auditor.model import Json
from auditor.tables import Sighting, Witness
from tests.collect.oci.simulated import DATA, TENANCY, Collected, Regions, collected

VOLUME: dict[str, Json] = {
    "id": "ocid1.volume.oc1.iad.v",
    "compartment_id": DATA,
    "display_name": "v",
    "lifecycle_state": "AVAILABLE",
    "freeform_tags": {"data-class": "us-user-data"},
    "size_in_gbs": 50,
    "time_created": "2024-01-01T00:00:00Z",
}
GONE: dict[str, Json] = {
    **VOLUME,
    "id": "ocid1.volume.oc1.iad.gone",
    "lifecycle_state": "TERMINATED",
}
BUCKET: dict[str, Json] = {"name": "photos", "namespace": "acme", "compartment_id": DATA}
REGIONS: Regions = {
    "us-ashburn-1": {
        "core": {"Volume": [VOLUME, GONE]},
        "object_storage": {"Bucket": [BUCKET]},
    }
}


@pytest.fixture(scope="module")
def found() -> Collected:
    """A volume, one that is gone, and a bucket."""
    return collected(REGIONS, kinds="oci.")


def test_the_index_names_what_exists(found: Collected) -> None:
    """With its tags, and by the id that its row has in other tables."""
    seen = {row.resource_id: row for row in found.of(Sighting) if row.region == "us-ashburn-1"}

    assert seen[VOLUME["id"]].type == "Volume"
    assert seen[VOLUME["id"]].tags == {"data-class": "us-user-data"}
    assert "oci:objectstorage:us-ashburn-1:/photos" in seen
    assert GONE["id"] not in seen


def test_types_that_the_index_can_name_are_witnessed(found: Collected) -> None:
    (volume,) = (
        row for row in found.of(Witness) if row.name == "Volume" and row.region == "us-ashburn-1"
    )

    assert volume.complete is True


def test_volumes_are_listed_where_the_index_names_one_and_in_the_root(found: Collected) -> None:
    """Nothing is there in Frankfurt: the root alone is asked, to show that it may be."""
    asked = {
        (r.request.place["region"], r.request.place["compartment"])
        for r in found.asked("list_volumes")
    }

    assert asked == {
        ("us-ashburn-1", DATA),
        ("us-ashburn-1", TENANCY),
        ("us-phoenix-1", TENANCY),
        ("eu-frankfurt-1", TENANCY),
    }


def test_a_region_whose_index_refuses_is_listed_everywhere() -> None:
    """AccessDenied is no silence."""
    refused = denied(".*[.]search_resources", region="eu-frankfurt-1")
    found = collected(REGIONS, refused, kinds="oci.")
    asked = {
        r.request.place["compartment"]
        for r in found.asked("list_volumes")
        if r.request.place["region"] == "eu-frankfurt-1"
    }

    assert asked == {DATA, TENANCY}


def test_the_query_is_sent_as_a_body() -> None:
    assert RESOURCES.listing.parameters["search_details"]["query"] == "query all resources"
