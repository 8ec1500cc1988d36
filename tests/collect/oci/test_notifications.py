"""Topics and their subscriptions."""

import pytest

from auditor.model import Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, Collected, collected

TOPIC = "ocid1.onstopic.oc1.iad.alarms"
FUNCTION = "ocid1.fnfunc.oc1.phx.f"


@pytest.fixture(scope="module")
def found() -> Collected:
    """A topic with a subscriber of several kinds."""
    topic = {
        "topic_id": TOPIC,
        "name": "alarms",
        "compartment_id": DATA,
        "lifecycle_state": "ACTIVE",
        "time_created": "2025-01-01T00:00:00Z",
        "api_endpoint": "https://example.com",
    }
    addresses = {
        "EMAIL": "ops@example.com",
        "CUSTOM_HTTPS": "https://user:pass@hooks.example.com/secret",
        "ORACLE_FUNCTIONS": FUNCTION,
        "SLACK": "https://hooks.slack.com/services/a",
    }
    subscriptions = [
        {
            "id": f"ocid1.onssubscription.oc1.iad.{protocol}",
            "topic_id": TOPIC,
            "protocol": protocol,
            "endpoint": endpoint,
            "lifecycle_state": "PENDING" if protocol == "SLACK" else "ACTIVE",
            "compartment_id": DATA,
        }
        for protocol, endpoint in addresses.items()
    ]
    ons = {"NotificationTopicSummary": [topic], "SubscriptionSummary": subscriptions}
    return collected({"us-ashburn-1": {"ons": ons}}, kinds="oci.notifications")


def test_a_topic_passes_on_what_it_gets(found: Collected) -> None:
    """It keeps nothing; its subscriptions are ways out of it."""
    assert found.row(Processor, TOPIC).name == "alarms"
    assert {flow.store_id for flow in found.of(Flow)} == {TOPIC}


def test_a_function_is_where_its_id_says(found: Collected) -> None:
    """It can be in another region."""
    flow = found.row(Flow, "ORACLE_FUNCTIONS")

    assert (flow.target_id, flow.target_region) == (FUNCTION, "us-phoenix-1")


def test_an_address_is_anywhere(found: Collected) -> None:
    """The reason names the host and none of the secrets around it."""
    country = found.row(Flow, "CUSTOM_HTTPS").target_country

    assert isinstance(country, Unknown)
    assert "hooks.example.com" in country.reason
    assert "user:pass" not in repr(found.records)
    assert "/services/a" not in repr(found.records)
    assert isinstance(found.row(Flow, "EMAIL").target_account, Unknown)


def test_nothing_is_sent_before_it_is_confirmed(found: Collected) -> None:
    """A pending subscription gets no messages."""
    assert found.row(Flow, "SLACK").active is False
    assert found.row(Flow, "EMAIL").active is True
