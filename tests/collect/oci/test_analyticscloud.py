"""Analytics instances and their keys."""

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named

KEY = "ocid1.key.oc1.iad.k"


def test_an_instance_states_its_key_only_when_asked_for_by_itself() -> None:
    """Without a value, it is Oracle's."""
    more = {"feature_set": "ENTERPRISE_ANALYTICS", "license_type": "LICENSE_INCLUDED"}
    instances = [
        named("analyticsinstance", "keyed", kms_key_id=KEY, **more),
        named("analyticsinstance", "plain", **more),
        named("analyticsinstance", "hidden", **more),
    ]
    found = collected(
        {"us-phoenix-1": {"analytics": {"AnalyticsInstance": instances}}},
        denied("analytics.*get_analytics_instance", resource=str(instances[2]["id"])),
        kinds="oci.analytics",
    )

    assert found.row(Store, "keyed").key_id == KEY
    assert found.row(Store, "plain").key_id == ""
    assert isinstance(found.row(Store, "hidden").key_id, Unknown)
