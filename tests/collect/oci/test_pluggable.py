"""Pluggable databases that differ from their container."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import DATA, Collected, collected

CONTAINER = "ocid1.database.oc1.iad"
KEY = "ocid1.key.oc1.iad.v.k"
CLONE = {"is_refreshable_clone": True}


def pluggable(name: str, *, inside: str = "own", **more: Json) -> dict[str, Json]:
    """Return a pluggable database."""
    return {
        "id": f"ocid1.pluggabledatabase.oc1.iad.{name}",
        "compartment_id": DATA,
        "container_database_id": f"{CONTAINER}.{inside}",
        "pdb_name": name,
        "lifecycle_state": "AVAILABLE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Ordinary ones, ones with keys, and clones."""
    at_customers = {"vm_cluster_id": "ocid1.vmcluster.oc1.iad.c"}
    return collected(
        {
            "us-ashburn-1": {
                "database": {
                    "PluggableDatabase": [
                        pluggable("plain"),
                        pluggable("keyed", kms_key_id=KEY),
                        pluggable("cellar", inside="cellar", kms_key_id=KEY),
                        pluggable("clone", refreshable_clone_config=CLONE),
                        pluggable("keyed-clone", kms_key_id=KEY, refreshable_clone_config=CLONE),
                    ],
                    "Database": [
                        {"id": f"{CONTAINER}.own", "compartment_id": DATA},
                        {"id": f"{CONTAINER}.cellar", "compartment_id": DATA, **at_customers},
                    ],
                }
            }
        },
        kinds="oci.database.pluggable",
    )


def test_one_like_its_container_has_no_row(found: Collected) -> None:
    """The container's row says all of it, and no call is spent on it."""
    assert len(found.of(Store)) == 4
    assert len(found.asked("get_database")) == 3


def test_a_key_of_its_own_counts(found: Collected) -> None:
    """It is where its container is, and of its class."""
    row = found.row(Store, ".keyed")

    assert (row.key_id, row.country, row.source_id) == (KEY, "US", f"{CONTAINER}.own")
    assert isinstance(found.row(Store, ".cellar").country, Unknown)


def test_a_refreshable_clone_is_fed_by_nobody_knows_whom(found: Collected) -> None:
    """The API does not name the source."""
    assert isinstance(found.row(Store, ".clone").source_id, Unknown)
    assert isinstance(found.row(Store, ".clone").country, Unknown)
    assert found.row(Store, ".keyed-clone").country == "US"
