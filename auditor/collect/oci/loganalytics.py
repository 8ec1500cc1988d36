"""OCI Log Analytics: what a tenancy keeps there in each region, and what it collects from buckets.

Rules that collect are asked for in the root compartment only; wherever a rule is, bucket and
Log Analytics are in the rule's region, whose row of ``stores`` does not depend on it.
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.reading import entries, maybe_flag, odd, text
from auditor.collect.oci.service_rows import COLLECTED, PAGE, stand_in, store_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_SEVERAL = Unknown("active data and archive have keys of their own, which a row cannot tell")


def _rows(found: Found) -> Iterator[Store | Flow]:
    if maybe_flag(found, "item.isOnboarded") is False:
        return
    region, namespace = found.place["region"], text(found, "item.namespaceName")
    store = store_of(
        found,
        "loganalytics",
        "namespace",
        id=f"oci:loganalytics:{region}:{namespace}",
        name=namespace,
        key_id=_key(found),
        created_at="",
        tagged=False,
    )
    # Without any data, there is nothing that a namespace could hold.
    if maybe_flag(found, "item.isDataEverIngested") is not False:
        yield store
    rules = found.read("rules")
    if isinstance(rules, Unknown):
        yield possible(stand_in(found, f"{store.id}/rules", rules), "copy", rules)
        return
    for rule in entries(rules):
        enabled = rule.get("isEnabled")
        name = bucket_id(region, str(rule.get("osNamespace")), str(rule.get("osBucketName")))
        active = enabled if isinstance(enabled, bool) else odd("isEnabled", "true or false")
        yield arrival(store, name, "copy", active, region)


def _key(found: Found) -> Maybe[str]:
    """Return the key of what is kept: one for all of it, or for active data and archive each."""
    keys = found.read("keys")
    if isinstance(keys, Unknown):
        return keys
    named = {_key_in(entry) for entry in entries(keys)}
    # "customer owned encryption key info" is what is listed: without any, Oracle's encrypts.
    return named.pop() if len(named) == 1 else _SEVERAL if named else ""


def _key_in(entry: Mapping[str, Json]) -> Maybe[str]:
    source, key = entry.get("keySource"), entry.get("keyId")
    if source == "ORACLE_MANAGED":
        return ""
    if source == "CUSTOMER_MANAGED" and isinstance(key, str) and key:
        return key
    return Unknown(f"the key of Log Analytics is {str(source)[:40]}, without an id")


NAMESPACES = Collector(
    kind="oci.loganalytics.namespace",
    service="log_analytics.LogAnalyticsClient",
    title="Log Analytics, with the buckets that it collects from",
    per=("account", "region"),
    listing=Listing(
        operation="list_namespaces",
        permission="inspect loganalytics-lifecycle",
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    ),
    details=(
        Detail(
            name="rules",
            operation="list_log_analytics_object_collection_rules",
            permission="inspect loganalytics-object-collection-rule",
            parameters={"limit": PAGE},
            bind={"namespace_name": "item.namespaceName", "compartment_id": "place.account"},
            items=COLLECTED,
            when="item.isOnboarded",
        ),
        Detail(
            name="keys",
            operation="list_encryption_key_info",
            permission="read loganalytics-storage",
            bind={"namespace_name": "item.namespaceName"},
            items=COLLECTED,
            when="item.isOnboarded",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/logan-api-spec/20200601/NamespaceSummary/ListNamespaces",
)
