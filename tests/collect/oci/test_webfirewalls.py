"""Edge policies, which answer everywhere."""

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_an_edge_policy_answers_everywhere_and_asks_its_origins() -> None:
    """Origins that are refused may be anywhere; a password in an address is not kept in an id."""
    front = thing(
        "waaspolicy", "front", origins={"main": {"uri": "https://me:pass@origin.example/x"}}
    )
    hidden = thing("waaspolicy", "hidden")
    found = collected(
        {"us-ashburn-1": {"waas": {"WaasPolicy": [front, hidden]}}},
        denied("waas.*get_waas_policy", resource=str(hidden["id"])),
        kinds="oci.waf",
    )

    assert found.row(Processor, "front").country == "*"
    assert found.row(Flow, "front/edge/points of presence").target_country == "*"
    assert isinstance(found.row(Flow, "front/stream/origin.example").target_country, Unknown)
    assert isinstance(found.row(Flow, "hidden/stream/?").active, Unknown)
