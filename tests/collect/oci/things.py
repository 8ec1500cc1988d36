"""Resources of services that describe theirs alike, for small simulated tenancies."""

from auditor.model import Json
from tests.collect.oci.simulated import DATA


def thing(kind: str, name: str, region: str = "iad", /, **more: Json) -> dict[str, Json]:
    """Return an active resource of any kind.

    Args:
        kind: as it stands in the OCID.
        region: likewise.
    """
    return {
        "id": f"ocid1.{kind}.oc1.{region}.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2025-01-01T00:00:00Z",
        **more,
    }


def named(kind: str, name: str, region: str = "iad", /, **more: Json) -> dict[str, Json]:
    """Return an active resource of a kind that calls its display name a name."""
    resource = thing(kind, name, region, name=name, **more)
    del resource["display_name"]
    return resource


def described(id_: str, **more: Json) -> dict[str, Json]:
    """Return an active resource by its OCID, which is its display name, too."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }
