"""Channels into HeatWave MySQL."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, collected

SYSTEM = "ocid1.mysqldbsystem.oc1.iad"


def channel(name: str, **more: Json) -> dict[str, Json]:
    """Return a channel that reads from a host on some network."""
    return {
        "id": f"ocid1.mysqlchannel.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "source": {"source_type": "MYSQL", "hostname": "db.example.com", "port": 3306},
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def system(name: str, *channels: Json) -> dict[str, Json]:
    """Return a DB system with channels."""
    return {
        "id": f"{SYSTEM}.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "channels": list(channels),
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
    }


def test_a_channel_feeds_its_db_system() -> None:
    """One that is switched off feeds nobody now; where the answer is refused, any may be."""
    channels = (
        channel("on", is_enabled=True),
        channel("off", is_enabled=False),
        channel("gone", lifecycle_state="DELETED"),
    )
    systems = [system("users", *channels), system("hidden")]
    found = collected(
        {"us-ashburn-1": {"mysql": {"DbSystem": systems}}},
        denied(".*get_db_system", resource=f"{SYSTEM}.hidden"),
        kinds="oci.mysql.database",
    )

    assert [row.name for row in found.of(Processor)] == ["off", "on", "channel ?"]
    flows = {flow.store_id.rpartition(".")[2]: flow for flow in found.of(Flow)}
    assert (flows["on"].target_id, flows["on"].target_country) == (f"{SYSTEM}.users", "US")
    assert (flows["on"].active, flows["off"].active) == (True, False)
    assert isinstance(found.row(Processor, "?").tags, Unknown)
