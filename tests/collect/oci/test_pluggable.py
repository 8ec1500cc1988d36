"""Pluggable databases that another database feeds."""

from auditor.model import Json, Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import DATA, collected

KEY = "ocid1.key.oc1.iad.v.k"


def pluggable(name: str, **more: Json) -> dict[str, Json]:
    """Return a pluggable database."""
    return {
        "id": f"ocid1.pluggabledatabase.oc1.iad.{name}",
        "compartment_id": DATA,
        "container_database_id": "ocid1.database.oc1.iad.c",
        "pdb_name": name,
        "lifecycle_state": "AVAILABLE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def test_a_refreshable_clone_is_fed_by_nobody_knows_whom() -> None:
    """The API names neither the source nor the machines; other databases are their container's."""
    clone: dict[str, Json] = {"refreshable_clone_config": {"is_refreshable_clone": True}}
    databases = [
        pluggable("plain"),
        pluggable("keyed", kms_key_id=KEY),
        pluggable("clone", kms_key_id=KEY, **clone),
        pluggable("gone", lifecycle_state="TERMINATED", **clone),
        pluggable("moved", lifecycle_state="RELOCATED", **clone),
    ]
    found = collected(
        {"us-ashburn-1": {"database": {"PluggableDatabase": databases}}}, kinds="oci.database.clone"
    )

    (store,) = found.of(Store)
    assert (store.name, store.kind, store.key_id) == ("clone", "clone", KEY)
    assert isinstance(store.source_id, Unknown)
    assert isinstance(store.country, Unknown)
