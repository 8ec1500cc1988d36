"""GoldenGate deployments, their standbys and backups."""

import pytest

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected
from tests.collect.oci.things import thing

PRIMARY = "ocid1.goldengatedeployment.oc1.iad.main"
STANDBY = "ocid1.goldengatedeployment.oc1.eu-frankfurt-1.main"


def peer(of: str, deployment: str, region: str, role: str) -> dict[str, Json]:
    """Return a peer of a deployment."""
    return {
        "_path": {"deploymentId": of},
        "deployment_id": deployment,
        "region": region,
        "availability_domain": "Uocm:AD-1",
        "fault_domain": "FAULT-DOMAIN-1",
        "display_name": role,
        "peer_type": "REMOTE",
        "peer_role": role,
        "lifecycle_state": "ACTIVE",
        "time_created": "2025-01-01T00:00:00Z",
        "time_updated": "2025-01-01T00:00:00Z",
        "time_role_changed": "2025-01-01T00:00:00Z",
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A deployment with a standby abroad and a backup, and one whose peers are refused."""
    main = thing(
        "goldengatedeployment",
        "main",
        deployment_role="PRIMARY",
        is_public=True,
        storage_utilization_in_bytes=4096,
    )
    hidden = thing("goldengatedeployment", "hidden", deployment_role="PRIMARY")
    standby = thing("goldengatedeployment", "main", "eu-frankfurt-1", deployment_role="STANDBY")
    azure = "ocid1.clusterplacementgroup.oc1.iad.azure"
    housed = thing("goldengatedeployment", "housed", cluster_placement_group_id=azure)
    backup = thing(
        "goldengatedeploymentbackup",
        "nightly",
        deployment_id=PRIMARY,
        namespace_name="acme",
        bucket_name="backups",
        object_name="nightly",
        size_in_bytes=10,
    )
    housed_there = {"cluster_placement_group_id": azure}
    both = (("us-ashburn-1", PRIMARY, "PRIMARY"), ("eu-frankfurt-1", STANDBY, "STANDBY"))
    peers = {
        asked: [peer(of, id_, region, role) for region, id_, role in both] for asked, of, _ in both
    }
    home = {
        "Deployment": [main, hidden, housed],
        "DeploymentPeerSummary": [
            *peers["us-ashburn-1"],
            {**peer(str(housed["id"]), "away", "us-phoenix-1", "STANDBY"), **housed_there},
            peer(str(housed["id"]), str(housed["id"]), "us-ashburn-1", "PRIMARY"),
        ],
        "DeploymentBackup": [backup],
    }
    away = {"Deployment": [standby], "DeploymentPeerSummary": peers["eu-frankfurt-1"]}
    return collected(
        {"us-ashburn-1": {"golden_gate": home}, "eu-frankfurt-1": {"golden_gate": away}},
        denied("golden_gate.*list_deployment_peers", resource=str(hidden["id"])),
        kinds="oci.goldengate",
    )


def test_a_standby_abroad_is_a_replication(found: Collected) -> None:
    """The primary tells; it is among its own peers, which is no way out."""
    (flow,) = (each for each in found.of(Flow) if each.id.startswith(f"{PRIMARY}/replication"))

    assert (flow.target_id, flow.target_country) == (STANDBY, "DE")


def test_a_standby_is_a_copy_of_its_primary(found: Collected) -> None:
    """It tells of no way out itself."""
    store = next(store for store in found.of(Store) if store.id == STANDBY)

    assert (store.kind, store.backup, store.source_id) == ("replica", True, PRIMARY)
    assert not [flow for flow in found.of(Flow) if flow.store_id == STANDBY]


def test_a_backup_goes_to_a_bucket(found: Collected) -> None:
    """Whose bucket it is, is for the bucket to say."""
    bucket = bucket_id("us-ashburn-1", "acme", "backups")
    flow = next(flow for flow in found.of(Flow) if flow.mechanism == "backup")

    assert (flow.store_id, flow.target_id) == (PRIMARY, bucket)
    assert found.row(Store, "nightly").source_id == PRIMARY


def test_peers_that_are_refused_may_be_anywhere(found: Collected) -> None:
    """Not knowing is not the same as having none."""
    assert isinstance(found.row(Flow, "hidden/replication/?").target_country, Unknown)


def test_what_a_deployment_keeps_may_not_be_encrypted(found: Collected) -> None:
    """Its owner decides; backups are objects, and always are."""
    store = next(store for store in found.of(Store) if store.id == PRIMARY)

    assert (store.size_bytes, store.public, store.compartment) == (4096, False, DATA)
    assert isinstance(store.encrypted, Unknown)
    assert found.row(Store, "nightly").encrypted is True


def test_what_stands_in_another_clouds_data_centre_is_in_no_known_country(
    found: Collected,
) -> None:
    """A region of Oracle Cloud answers for it; its standby may stand there, too."""
    store = found.row(Store, "deployment.oc1.iad.housed")
    (flow,) = (each for each in found.of(Flow) if each.store_id == store.id)

    assert isinstance(store.country, Unknown)
    assert flow.target_id == "away"
    assert isinstance(flow.target_country, Unknown)


def test_a_backup_has_the_key_of_its_bucket(found: Collected) -> None:
    """Which need not be Oracle's."""
    assert isinstance(found.row(Store, "nightly").key_id, Unknown)
