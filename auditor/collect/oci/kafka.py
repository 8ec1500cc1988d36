"""OCI Streaming with Apache Kafka: clusters, whose brokers keep messages on their own disks.

Brokers are in subnets of the customer's, and ask whoever connects for credentials:
https://docs.oracle.com/en-us/iaas/Content/kafka/overview.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Store

_DISKS = Unknown("the API does not say how the disks of brokers are encrypted")


def _rows(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "managedkafka", "cluster", encrypted=_DISKS, key_id=_DISKS)


CLUSTERS = Collector(
    kind="oci.managedkafka.cluster",
    service="managed_kafka.KafkaClusterClient",
    title="Clusters of Apache Kafka",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_kafka_clusters", "inspect kafka-clusters"),
    tables=(Store,),
    rows=_rows,
    types=("KafkaCluster",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/kafka/20240901/KafkaClusterCollection/ListKafkaClusters",
)
