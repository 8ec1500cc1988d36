"""OpenSearch clusters, who reads them, and backups."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import described

ID = "ocid1.opensearchcluster.oc1.iad"
READER = "ocid1.opensearchcluster.oc1.eu-frankfurt-1.reader"


def outbound(mode: str) -> dict[str, Json]:
    """Return the setting of a cluster that reads another."""
    seed = {"display_name": "seed", "seed_cluster_id": f"{ID}.read", "mode": mode}
    return {"outbound_cluster_config": {"is_enabled": True, "outbound_clusters": [seed]}}


@pytest.fixture(scope="module")
def found() -> Collected:
    """A cluster that another region reads, one that follows, one that searches, one hidden."""
    return collected(
        {
            "us-ashburn-1": {
                "opensearch": {
                    "OpensearchCluster": [
                        described(
                            f"{ID}.read",
                            inbound_cluster_ids=[READER],
                            security_master_user_password_hash="hunter2",
                        ),
                        described(f"{ID}.follower", **outbound("REPLICATION_ONLY")),
                        described(f"{ID}.searcher", **outbound("SEARCH_ONLY")),
                        described(f"{ID}.hidden"),
                    ],
                    "OpensearchClusterBackup": [
                        described("backup", source_cluster_id=f"{ID}.read")
                    ],
                }
            }
        },
        denied(".*get_opensearch_cluster", resource=f"{ID}.hidden"),
        kinds="oci.opensearch",
    )


def test_a_reader_abroad_takes_data_there(found: Collected) -> None:
    """The cluster that is read knows who reads it, even from a place that is not scanned."""
    flow = found.row(Flow, f"{ID}.read/sync/{READER}")

    assert (flow.target_country, flow.active) == ("DE", True)
    assert isinstance(found.row(Flow, f"{ID}.hidden/sync/?").target_country, Unknown)


def test_a_follower_is_a_copy_and_a_searcher_is_not(found: Collected) -> None:
    """Whoever only searches keeps nothing."""
    assert found.row(Store, ".follower").source_id == f"{ID}.read"
    assert found.row(Store, ".searcher").source_id == ""


def test_a_backup_comes_from_its_cluster(found: Collected) -> None:
    """It is a store of its own."""
    assert found.row(Store, "backup").source_id == f"{ID}.read"
    assert found.row(Flow, "/backup/backup").store_id == f"{ID}.read"


def test_the_hash_of_a_password_is_not_kept(found: Collected) -> None:
    """It could be tried out offline."""
    assert "hunter2" not in repr(found.records)
