"""What answers prompts, and the regions that it may ask."""

import pytest

from auditor.tables import Flow, Processor, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

CLUSTER = "ocid1.generativeaidedicatedaicluster.oc1.iad.own"


@pytest.fixture(scope="module")
def found() -> Collected:
    """One resource of each kind."""
    endpoint = thing(
        "generativeaiendpoint",
        "chat",
        model_id="ocid1.generativeaimodel.oc1.iad.m",
        dedicated_ai_cluster_id=CLUSTER,
    )
    cluster = thing(
        "generativeaidedicatedaicluster", "own", type="HOSTING", unit_count=1, unit_shape="A10_X1"
    )
    policy = {"allowed_regions": ["us-chicago-1", "eu-frankfurt-1"]}
    profiles = [
        thing("generativeairoutingprofile", "wide", region_routing_policy=policy),
        thing(
            "generativeairoutingprofile",
            "old",
            region_routing_policy=policy,
            lifecycle_state="DELETED",
        ),
    ]
    capable = {"capabilities": ["CHAT"]}
    models = [
        thing("generativeaimodel", "tuned", type="CUSTOM", **capable),
        thing("generativeaimodel", "oracles", type="BASE", **capable),
    ]
    home = {
        "Endpoint": [endpoint],
        "DedicatedAiCluster": [cluster],
        "RoutingProfile": profiles,
        "Model": models,
    }
    bases = {
        "KnowledgeBase": [thing("genaiagentknowledgebase", "manuals")],
        "Agent": [thing("genaiagent", "helper")],
    }
    return collected(
        {"us-ashburn-1": {"generative_ai": home, "generative_ai_agent": bases}},
        kinds="oci.generativeai",
    )


def test_a_profile_asks_any_region_of_its_list(found: Collected) -> None:
    """Prompts leave the region that they were sent to."""
    flows = [flow for flow in found.of(Flow) if ".wide/" in flow.id]

    assert {flow.target_country for flow in flows} == {"US", "DE"}
    assert {flow.mechanism for flow in flows} == {"inference"}


def test_an_endpoint_asks_its_own_cluster(found: Collected) -> None:
    """Which is a processor, too."""
    flow = found.row(Flow, f"chat/inference/{CLUSTER}")

    assert (flow.target_id, flow.target_country) == (CLUSTER, "US")
    assert len(found.of(Processor)) == 4


def test_only_what_the_tenancy_trained_holds_its_data(found: Collected) -> None:
    """The list of models has Oracle's own as well."""
    assert {store.name for store in found.of(Store)} == {"tuned", "manuals"}
