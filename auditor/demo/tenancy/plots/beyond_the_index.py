"""What Resource Search has no name for: next to what it names, and where only the bill speaks.

Kafka clusters are of a type that the demo's index lacks (see ``estate.UNINDEXED``), and Lustre
file systems of one that no index has.
"""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    OPERATIONS,
    PROD,
    USER_DATA,
    WEST,
    compartment_id,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot

WORKSHOP = compartment_id("workshop")  # the index names nothing in it
_KAFKA = "managed_kafka.KafkaCluster", "kafkacluster"
_LUSTRE = "lustre_file_storage.LustreFileSystem", "lustrefilesystem"


def _build(ground: Ground) -> None:
    estate = ground.estate
    for region, name, tags in (
        (FRANKFURT, "reactions", USER_DATA),
        (FRANKFURT, "deployments", OPERATIONS),
        (WEST, "reactions-west", USER_DATA),
    ):
        add_active(estate, region, *_KAFKA, name, tags, compartment_id=PROD)
    estate.add(
        "global",
        "identity",
        "Compartment",
        id=WORKSHOP,
        name="workshop",
        lifecycle_state="ACTIVE",
        is_accessible=True,
        compartment_id=TENANCY,
    )
    for name, tags in (("rehearsal", USER_DATA), ("weather", OPERATIONS)):
        kept = {"compartment_id": WORKSHOP, "capacity_in_gbs": 31_200}
        add_active(estate, FRANKFURT, *_LUSTRE, name, tags, **kept)


_CLUSTER, _CLUSTER_WEST = (
    ocid("kafkacluster", region, name)
    for region, name in ((FRANKFURT, "reactions"), (WEST, "reactions-west"))
)
_FILES = ocid("lustrefilesystem", FRANKFURT, "rehearsal")
PLOT = Plot(
    build=_build,
    planted=(
        *fails("a Kafka cluster that the index does not name is in Frankfurt", A_02=_CLUSTER),
        *stays_open("how a Kafka cluster encrypts is not stated", A_06=_CLUSTER, A_07b=_CLUSTER),
        *stays_open(
            "how a Kafka cluster encrypts is not stated", A_06=_CLUSTER_WEST, A_07b=_CLUSTER_WEST
        ),
        *fails(
            "user data is in Frankfurt in a compartment of which only the bill speaks",
            A_02=_FILES,
            A_07b=_FILES,
        ),
    ),
)
