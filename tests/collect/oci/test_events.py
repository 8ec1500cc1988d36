"""Event rules and what they call."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

FUNCTION, STREAM = "ocid1.fnfunc.oc1.iad.f", "ocid1.stream.oc1.eu-frankfurt-1.s"


def rule(name: str, *actions: dict[str, Json], enabled: bool = True) -> dict[str, Json]:
    """Return a rule with actions."""
    more = {"condition": "{}", "is_enabled": enabled, "actions": {"actions": list(actions)}}
    return thing("eventrule", name, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """A rule with two actions, one that is disabled, and one that is refused."""
    calls = {"id": "call", "action_type": "FAAS", "is_enabled": True, "function_id": FUNCTION}
    keeps = {"id": "keep", "action_type": "OSS", "is_enabled": True, "stream_id": STREAM}
    rules = [
        rule("both", calls, {**keeps, "is_enabled": False}),
        rule("away", keeps),
        rule("off", calls, enabled=False),
        rule("hidden", calls),
    ]
    return collected(
        {"us-ashburn-1": {"events": {"Rule": rules}}},
        denied("events.*get_rule", resource=str(rules[3]["id"])),
        kinds="oci.events",
    )


def test_each_action_is_a_way_out(found: Collected) -> None:
    """It is open only while rule and action are enabled."""
    flows = {flow.id.rpartition("both/stream/")[2]: flow for flow in found.of(Flow)}

    assert (flows["call"].target_id, flows["call"].active) == (FUNCTION, True)
    assert (flows["keep"].target_id, flows["keep"].active) == (STREAM, False)


def test_the_id_of_a_stream_says_that_it_is_abroad(found: Collected) -> None:
    """Even if it is in a region that nobody collects."""
    assert found.row(Flow, "away/stream/keep").target_country == "DE"


def test_a_disabled_rule_is_not_asked_for_its_actions(found: Collected) -> None:
    """Nothing leaves it."""
    assert not [flow for flow in found.of(Flow) if ".off/" in flow.id]
    assert len(found.asked("get_rule")) == 3
    assert len(found.of(Processor)) == 4


def test_actions_that_are_refused_may_lead_anywhere(found: Collected) -> None:
    """Not knowing is not the same as having none."""
    assert isinstance(found.row(Flow, "hidden/stream/?").target_country, Unknown)
