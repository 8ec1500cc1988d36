"""OCI Big Data Service: clusters, and the regions whose buckets their keys reach.

A cluster keeps data on its own volumes; who reads it needs an account of the cluster:
https://docs.oracle.com/en-us/iaas/Content/bigdata/home.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import GONE, entries, maybe_text, odd
from auditor.collect.oci.service_rows import (
    BARE,
    PAGE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/bigdata/20190531"


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    # Left out, Oracle's own key encrypts the volumes.
    cluster = store_of(
        found, "bigdata", "cluster", key_id=maybe_text(found, "cluster.kmsKeyId", absent="")
    )
    yield cluster
    keys = found.read("keys")
    if isinstance(keys, Unknown):
        yield possible(cluster, "sync", keys)
        return
    for number, key in enumerate(entries(keys)):
        region = key.get("defaultRegion")
        stated = region if isinstance(region, str) else odd("defaultRegion", "text")
        if key.get("lifecycleState") not in GONE:
            yield to_region(cluster, "sync", "", stated, name=str(key.get("id", number)))


CLUSTERS = Collector(
    kind="oci.bigdata.cluster",
    service="bds.BdsClient",
    title="Big Data clusters, with the regions whose buckets they reach",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_bds_instances", "inspect bds-instances", items=BARE),
    details=(
        get_detail("cluster", "get_bds_instance", "read bds-instances", "bootstrapScriptUrl"),
        Detail(
            name="keys",
            operation="list_bds_api_keys",
            permission="inspect bds-instances",
            parameters={"limit": PAGE},
            bind={"bds_instance_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    source=f"{_API}/BdsInstanceSummary/ListBdsInstances",
)
