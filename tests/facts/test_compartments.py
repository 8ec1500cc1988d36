"""A gap in a compartment says where that is."""

from dataclasses import replace

from auditor.model import Unknown
from auditor.tables import HierarchyNode
from tests.facts.deriving import Facts
from tests.facts.witnessing import unheard, unit

TENANCY = "ocid1.tenancy.oc1..t"


def _node(name: str, parent: str, label: str | Unknown) -> HierarchyNode:
    return HierarchyNode(
        id=name,
        provider="oci",
        kind="compartment" if parent else "tenancy",
        name=label,
        parent_id=parent,
    )


def test_a_gap_names_the_way_to_its_compartment() -> None:
    """From the tenancy down; a name that is not known, and a circle, do no harm."""
    denied = unheard(unit("oci.boxes.box", provider="oci", account=TENANCY, reason="denied"))
    rows = [
        _node(TENANCY, "", "acme"),
        _node("prod", TENANCY, "prod"),
        _node("data", "prod", Unknown("not told")),
        _node("one", "two", "one"),
        _node("two", "one", "two"),
        *(
            replace(denied, id=where, compartment=where)
            for where in (TENANCY, "prod", "data", "one", "unseen")
        ),
        replace(unit("oci.bags.bag", provider="oci", compartment="prod"), id="whole"),
    ]

    assert dict(Facts(rows).rows("coverage", "id, reason")) == {
        TENANCY: "denied, in compartment acme",
        "prod": "denied, in compartment acme/prod",
        "data": "denied, in compartment acme/prod/?",
        "one": "denied",
        "unseen": "denied",
        "whole": "",
    }
