"""Clusters of Apache Kafka."""

from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_cluster_keeps_messages_where_it_is() -> None:
    """A deleted one does not. How its disks are encrypted, no answer says."""
    more = {"kafka_version": "3.7.0", "cluster_type": "PRODUCTION"}
    clusters = [
        thing("kafkacluster", "events", **more),
        thing("kafkacluster", "gone", **{**more, "lifecycle_state": "DELETED"}),
    ]
    found = collected(
        {"eu-frankfurt-1": {"managed_kafka": {"KafkaCluster": clusters}}},
        kinds="oci.managedkafka",
    )
    (store,) = found.of(Store)

    assert (store.name, store.country) == ("events", "DE")
    assert isinstance(store.encrypted, Unknown)
