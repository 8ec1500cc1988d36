"""Oracle Analytics Cloud: instances, which keep data sets and caches of what they show.

Whoever uses one needs an account of its identity domain, also where its endpoint is public:
https://docs.oracle.com/en/cloud/paas/analytics-cloud/acoci/
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import (
    BARE,
    LONG_PAGE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.spec import Collector, Found
from auditor.tables import Store


def _rows(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        # Oracle's reference: without a value, the key is Oracle's.
        key = maybe_text(found, "instance.kmsKeyId", absent="")
        name = text(found, "item.name")
        yield store_of(found, "analytics", "instance", name=name, key_id=key)


INSTANCES = Collector(
    kind="oci.analytics.instance",
    service="analytics.AnalyticsClient",
    title="Analytics instances",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_analytics_instances",
        "inspect analytics-instances",
        items=BARE,
        limit=LONG_PAGE,
    ),
    details=(get_detail("instance", "get_analytics_instance", "read analytics-instances"),),
    tables=(Store,),
    rows=_rows,
    types=("AnalyticsInstance",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/analytics/20190331/AnalyticsInstanceSummary/ListAnalyticsInstances",
)
