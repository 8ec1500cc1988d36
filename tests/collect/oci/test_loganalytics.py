"""Log Analytics and the buckets that it collects from."""

from auditor.collect.oci.objectstorage import bucket_id
from auditor.model import Json
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import TENANCY, collected


def namespace(*, onboarded: bool, used: bool) -> dict[str, Json]:
    """Return what a region says of the tenancy."""
    return {
        "namespace_name": "acme",
        "compartment_id": TENANCY,
        "is_onboarded": onboarded,
        "is_log_set_enabled": False,
        "is_data_ever_ingested": used,
        "is_archiving_enabled": False,
    }


def rule(name: str, **more: Json) -> dict[str, Json]:
    """Return a rule that collects from a bucket of another namespace."""
    return {
        "_path": {"namespaceName": "acme"},
        "id": f"ocid1.loganalyticsobjectcollectionrule.oc1.iad.{name}",
        "name": name,
        "compartment_id": TENANCY,
        "os_namespace": "others",
        "os_bucket_name": name,
        "collection_type": "LIVE",
        "lifecycle_state": "ACTIVE",
        "is_enabled": True,
        **more,
    }


def test_only_regions_that_were_set_up_hold_logs() -> None:
    """There, buckets that are collected from lose their logs to Log Analytics."""
    rules = [rule("logs"), rule("old", is_enabled=False)]
    home = {
        "NamespaceSummary": [namespace(onboarded=True, used=True)],
        "LogAnalyticsObjectCollectionRuleSummary": rules,
    }
    found = collected(
        {
            "us-ashburn-1": {"log_analytics": home},
            "us-phoenix-1": {
                "log_analytics": {"NamespaceSummary": [namespace(onboarded=True, used=False)]}
            },
            "eu-frankfurt-1": {
                "log_analytics": {"NamespaceSummary": [namespace(onboarded=False, used=False)]}
            },
        },
        kinds="oci.loganalytics",
    )
    flows = {flow.store_id: flow for flow in found.of(Flow)}

    assert [store.id for store in found.of(Store)] == ["oci:loganalytics:us-ashburn-1:acme"]
    assert flows[bucket_id("us-ashburn-1", "others", "logs")].active is True
    assert flows[bucket_id("us-ashburn-1", "others", "old")].active is False
    assert len(found.asked("list_log_analytics_object_collection_rules")) == 2
