"""Databases whose shards are spread."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

ID = "ocid1.distributeddatabase.oc1.iad"
FRANKFURT = "ocid1.database.oc1.eu-frankfurt-1.shard"
ASHBURN = "ocid1.database.oc1.iad.shard"


def shard(database: str) -> dict[str, Json]:
    """Return a shard that is a database of its own."""
    return {
        "source": "EXISTING_DB_HOME",
        "name": "shard",
        "db_home_id": "home",
        "vm_cluster_id": "cluster",
        "container_database_id": database,
    }


def spread(name: str, **more: Json) -> dict[str, Json]:
    """Return a distributed database."""
    return {
        "id": f"{ID}.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One by spaces of the user's, one by Data Guard, and one that cannot be read."""
    space = {
        "name": "europe",
        "original_replica": {"name": "a", "database": shard(ASHBURN)},
        "data_guard_replicas": [{"name": "b", "database": shard(FRANKFURT)}],
    }
    system = {
        "original_replica": {"name": "a", "databases": [shard(ASHBURN)]},
        "data_guard_replicas": [],
    }
    shapeless = {key: value for key, value in shard("").items() if key != "container_database_id"}
    unnamed = {"name": "x", "original_replica": {"name": "a", "database": shapeless}}
    remote = {"is_remote_backup_enabled": True, "remote_region": "eu-frankfurt-1"}
    return collected(
        {
            "us-ashburn-1": {
                "distributed_database": {
                    "DistributedDatabase": [
                        spread("spaces", user_shard_spaces=[space]),
                        spread(
                            "guarded", system_data_guard_databases=system, db_backup_config=remote
                        ),
                        spread("hidden"),
                        spread("unnamed", user_shard_spaces=[unnamed]),
                    ],
                    "DistributedAutonomousDatabase": [spread("autonomous")],
                }
            }
        },
        denied(".*get_distributed_database", resource=f"{ID}.hidden"),
        kinds="oci.globaldatabase",
    )


def test_every_shard_and_replica_is_an_end(found: Collected) -> None:
    """Its OCID says where it is."""
    ends = {flow.target_id: flow.target_country for flow in found.of(Flow) if "spaces" in flow.id}

    assert ends == {ASHBURN: "US", FRANKFURT: "DE"}


def test_a_shard_without_an_id_may_be_anywhere(found: Collected) -> None:
    """It is not the same as no shard."""
    flow = found.row(Flow, f"{ID}.unnamed/replication/unnamed")

    assert isinstance(flow.target_country, Unknown)


def test_remote_backups_are_a_switch_of_their_own(found: Collected) -> None:
    """They name a region, and no destination."""
    assert found.row(Flow, f"{ID}.guarded/backup/remote").target_country == "DE"


def test_what_cannot_be_read_may_lead_anywhere(found: Collected) -> None:
    """Shards may be in any region."""
    for mechanism in ("replication", "backup"):
        assert isinstance(found.row(Flow, f"{ID}.hidden/{mechanism}/?").target_country, Unknown)


def test_a_listing_covers_every_compartment(found: Collected) -> None:
    """Each is asked about by itself, in each region, so that a refusal shows."""
    assert found.row(Processor, "autonomous").compartment == DATA
    asked = found.asked("list_distributed_autonomous_databases")
    assert {each.request.place["compartment"] for each in asked} == {TENANCY, DATA}
