"""Amazon DynamoDB Accelerator: clusters that hold copies of tables in memory.

API: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_DescribeClusters.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, Store


def _cluster(found: Found) -> Iterator[Store]:
    nodes = entries(found.read("item.Nodes"))
    zones = [node.get("AvailabilityZone") for node in nodes]
    yield store_of(
        found,
        id=text(found, "item.ClusterArn"),
        name=text(found, "item.ClusterName"),
        kind="cluster",
        country=country_of_zones(zones, found.place["region"]),
        encrypted=_encrypted(found),
        key_id="",  # the reference: always the service's own key, aws/dax
        public=False,  # reached through its endpoint in a VPC only
        locked=False,
    )


def _encrypted(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.SSEDescription.Status")
    if isinstance(status, Unknown):
        return status
    known = {"ENABLED": True, "DISABLED": False}
    return known.get(status, Unknown(f"its encryption is {status[:100]}"))


CLUSTERS = Collector(
    kind="aws.dax.cluster",
    service="dax",
    title="DynamoDB Accelerator clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClusters",
        permission="dax:DescribeClusters",
        parameters={"MaxResults": 100},
        items="Clusters",
    ),
    tables=(Store,),
    rows=_cluster,
    types=("dax:cache",),
    source=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_DescribeClusters.html"
    ),
)
