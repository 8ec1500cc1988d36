"""Channels into HeatWave MySQL."""

from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, collected

SYSTEM = "ocid1.mysqldbsystem.oc1.iad.users"


def channel(name: str, target: Json, **more: Json) -> dict[str, Json]:
    """Return a channel that reads from a host on some network."""
    source = {"source_type": "MYSQL", "hostname": "db.example.com", "port": 3306}
    return {
        "id": f"ocid1.mysqlchannel.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "source": source,
        "target": target,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def test_a_channel_feeds_its_db_system() -> None:
    """A switched-off one feeds nobody now; a target without a name may be anything."""
    target: Json = {"target_type": "DBSYSTEM", "db_system_id": SYSTEM}
    channels: list[dict[str, Json]] = [
        channel("on", target, is_enabled=True),
        channel("off", target, is_enabled=False),
        channel("odd", {"target_type": "DBSYSTEM"}),
        channel("gone", target, lifecycle_state="DELETED"),
    ]
    found = collected({"us-ashburn-1": {"mysql": {"Channel": channels}}}, kinds="oci.mysql.channel")

    assert [row.name for row in found.of(Processor)] == ["odd", "off", "on"]
    flows = {flow.store_id.rpartition(".")[2]: flow for flow in found.of(Flow)}
    assert (flows["on"].target_id, flows["on"].target_country) == (SYSTEM, "US")
    assert (flows["on"].active, flows["off"].active) == (True, False)
    assert isinstance(flows["odd"].target_id, Unknown)
