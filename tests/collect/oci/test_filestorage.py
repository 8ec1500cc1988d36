"""File systems, their clones and replicas, and where they are mounted."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

HOME, AWAY = "us-ashburn-1", "eu-frankfurt-1"
SOURCE, COPY = "ocid1.filesystem.oc1.iad.source", "ocid1.filesystem.oc1.eu_frankfurt_1.copy"
MANY, CLONE = "ocid1.filesystem.oc1.iad.many", "ocid1.filesystem.oc1.iad.clone"
HIDDEN = "ocid1.filesystem.oc1.iad.hidden"


def placed(region: str, id_: str, **more: Json) -> dict[str, Json]:
    """Return an active resource of the one availability domain of a region."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "availability_domain": f"x:{region}",
        "display_name": id_,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def domain(region: str) -> list[dict[str, Json]]:
    """Return the availability domains of a region."""
    return [{"id": "ad", "name": f"x:{region}", "compartment_id": TENANCY}]


@pytest.fixture(scope="module")
def found() -> Collected:
    """A file system with a replica in Frankfurt, one with two, a clone, and two exports."""
    ends = {"source_id": SOURCE, "target_id": COPY, "replication_target_id": "target"}
    replication = placed(HOME, "replication", **ends, _path={"fileSystemId": SOURCE})
    others = [
        placed(HOME, name, source_id=MANY, target_id=f"{COPY}2", _path={"fileSystemId": MANY})
        for name in ("first", "second")
    ]
    systems = [
        placed(HOME, SOURCE, metered_bytes=4096, replication_source_count=1),
        placed(HOME, MANY, replication_source_count=2),
        placed(
            HOME,
            CLONE,
            source_details={"parent_file_system_id": SOURCE},
            replication_source_count=0,
        ),
        placed(HOME, HIDDEN),
    ]
    options = {"source": "10.0.0.0/16", "access": "READ_WRITE"}
    export: dict[str, Json] = {
        "_path": {"compartmentId": DATA},
        "file_system_id": SOURCE,
        "export_set_id": "set",
        "lifecycle_state": "ACTIVE",
    }
    exports = [
        {**export, "id": "open", "export_options": [options]},
        {**export, "id": "shut", "export_options": []},
    ]
    replica = placed(AWAY, COPY, is_targetable=False, replication_target_id="target")
    target = placed(AWAY, "target", source_id=SOURCE, target_id=COPY)
    return collected(
        {
            HOME: {
                "identity": {"AvailabilityDomain": domain(HOME)},
                "file_storage": {
                    "FileSystem": systems,
                    "Replication": [replication, *others],
                    "Export": exports,
                },
            },
            AWAY: {
                "identity": {"AvailabilityDomain": domain(AWAY)},
                "file_storage": {"FileSystem": [replica], "ReplicationTarget": [target]},
            },
        },
        denied(".*get_file_system", resource=HIDDEN),
        kinds="oci.filestorage",
    )


def test_a_replication_leads_to_the_region_of_its_target(found: Collected) -> None:
    """The other end's id says where that is."""
    flow = found.row(Flow, f"{SOURCE}/replication/{COPY}")

    assert (flow.target_id, flow.active) == (COPY, True)
    assert (flow.target_region, flow.target_country) == (AWAY, "DE")


def test_a_replica_holds_what_its_source_holds(found: Collected) -> None:
    """The target of the replication names it."""
    row = found.row(Store, COPY)

    assert (row.backup, row.source_id, row.country) == (True, SOURCE, "DE")


def test_a_second_replication_stays_open(found: Collected) -> None:
    """One is read; what others there are, nobody may think away."""
    assert found.row(Flow, f"{MANY}/replication/{COPY}2").active is True
    assert isinstance(found.row(Flow, f"{MANY}/replication/others/?").active, Unknown)


def test_a_clone_names_its_parent(found: Collected) -> None:
    """Somebody may have written more into it since."""
    row = found.row(Store, CLONE)

    assert (row.backup, row.source_id, row.encrypted, row.key_id) == (False, SOURCE, True, "")


def test_a_refused_file_system_may_be_a_replica(found: Collected) -> None:
    """The listing does not say."""
    assert isinstance(found.row(Store, HIDDEN).source_id, Unknown)


def test_only_a_count_of_zero_means_no_replication(found: Collected) -> None:
    """One that is not stated may be any."""
    assert not [flow for flow in found.of(Flow) if flow.store_id == CLONE]
    assert isinstance(found.row(Flow, f"{HIDDEN}/replication/?").active, Unknown)


def test_an_export_without_clients_is_closed(found: Collected) -> None:
    """Such a one is invisible to every client."""
    assert found.row(Flow, "mount/open").active is True
    assert found.row(Flow, "mount/shut").active is False
    assert found.row(Flow, "mount/open").target_account == TENANCY
