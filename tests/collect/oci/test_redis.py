"""Cache clusters and their backups."""

import pytest

from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import described

PRIMARY = "ocid1.rediscluster.oc1.iad.primary"


@pytest.fixture(scope="module")
def found() -> Collected:
    """A primary in Ashburn, its secondary in Frankfurt, one that is alone, and a backup."""
    backup = described("backup", source_cluster_id=PRIMARY, backup_size_in_gbs=2)
    return collected(
        {
            "us-ashburn-1": {
                "redis": {
                    "RedisCluster": [
                        described(PRIMARY, cluster_role="PRIMARY"),
                        described("alone", backup_id="backup"),
                    ],
                    "OciCacheBackup": [backup],
                }
            },
            "eu-frankfurt-1": {
                "redis": {
                    "RedisCluster": [
                        described("second", cluster_role="SECONDARY", primary_cluster_id=PRIMARY),
                        described("orphan", cluster_role="SECONDARY"),
                        described("unsaid", primary_cluster_id=PRIMARY),
                    ]
                }
            },
        },
        kinds="oci.redis",
    )


def test_a_secondary_abroad_takes_data_there(found: Collected) -> None:
    """Only the secondary's list names the pair; the primary's OCID says where that is."""
    flow = found.row(Flow, "/replication/second")

    assert (flow.store_id, flow.region) == (PRIMARY, "us-ashburn-1")
    assert flow.target_country == "DE"
    assert found.row(Store, "second").source_id == PRIMARY
    assert isinstance(found.row(Store, "orphan").source_id, Unknown)


def test_who_names_a_primary_is_its_copy(found: Collected) -> None:
    """Also if it does not name its role."""
    store = found.row(Store, "unsaid")

    assert (store.backup, store.source_id) == (True, PRIMARY)
    assert found.row(Flow, "/replication/unsaid").target_country == "DE"


def test_a_cluster_is_filled_from_a_backup(found: Collected) -> None:
    """And a backup from a cluster."""
    assert found.row(Store, "alone").source_id == "backup"
    assert found.row(Store, "backup").source_id == PRIMARY
    assert found.row(Store, "backup").size_bytes == 2**31
    assert found.row(Flow, "/backup/backup").store_id == PRIMARY


def test_encryption_is_not_assumed(found: Collected) -> None:
    """Nothing that Oracle publishes states it."""
    assert isinstance(found.row(Store, "primary").encrypted, Unknown)
