"""Log Analytics and the buckets that it collects from."""

import pytest

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import TENANCY, collected

KEY = "ocid1.key.oc1.iad.logs"


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


def key_info(kind: str, source: str, key: str | None) -> dict[str, Json]:
    """Return what the service says of a key; null, if it is Oracle's."""
    path: dict[str, Json] = {"namespaceName": "acme"}
    return {"_path": path, "key_type": kind, "key_source": source, "key_id": key}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], ""),
        ([key_info("ALL", "ORACLE_MANAGED", None)], ""),
        ([key_info("ALL", "CUSTOMER_MANAGED", KEY)], KEY),
        ([key_info("ALL", "CUSTOMER_MANAGED", None)], None),
        (
            [
                key_info("ACTIVE_DATA", "CUSTOMER_MANAGED", KEY),
                key_info("ARCHIVAL_DATA", "ORACLE_MANAGED", None),
            ],
            None,
        ),
    ],
)
def test_a_tenancy_may_bring_a_key(keys: list[dict[str, Json]], expected: str | None) -> None:
    """That key decides who can be made to open the logs."""
    answers = {
        "NamespaceSummary": [namespace(onboarded=True, used=True)],
        "EncryptionKeyInfoSummary": keys,
    }
    found = collected({"us-ashburn-1": {"log_analytics": answers}}, kinds="oci.loganalytics")
    (store,) = found.of(Store)

    assert store.key_id == expected or (expected is None and isinstance(store.key_id, Unknown))


def test_a_key_that_may_not_be_read_is_not_oracles() -> None:
    """The permission is named in the reason."""
    answers = {"NamespaceSummary": [namespace(onboarded=True, used=True)]}
    found = collected(
        {"us-ashburn-1": {"log_analytics": answers}},
        denied(".*list_encryption_key_info"),
        kinds="oci.loganalytics",
    )
    (store,) = found.of(Store)

    assert isinstance(store.key_id, Unknown)
    assert store.key_id.permission == "read loganalytics-storage"
