"""Gateways: what data can pass through, and moves nothing itself."""

from auditor.model import Json
from auditor.tables import Flow, Gateway, Processor
from tests.collect.oci.simulated import DATA, collected


def gateway(kind: str, name: str, **more: Json) -> dict[str, Json]:
    """Return a gateway of a network."""
    return {
        "id": f"ocid1.{kind}.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "vcn_id": "ocid1.vcn.oc1.iad.main",
        "lifecycle_state": "AVAILABLE",
        **more,
    }


def test_only_an_internet_gateway_that_is_on_lets_anybody_in() -> None:
    """The others are called from inside only."""
    found = collected(
        {
            "us-ashburn-1": {
                "core": {
                    "InternetGateway": [
                        gateway("internetgateway", "on", is_enabled=True),
                        gateway("internetgateway", "off", is_enabled=False),
                        {
                            **gateway("internetgateway", "gone", is_enabled=True),
                            "lifecycle_state": "TERMINATED",
                        },
                    ],
                    "NatGateway": [gateway("natgateway", "nat", block_traffic=False)],
                    "ServiceGateway": [gateway("servicegateway", "services", block_traffic=True)],
                }
            }
        },
        kinds="oci.networking",
    )

    assert {row.name: row.public for row in found.of(Processor)} == {
        "on": True,
        "off": False,
        "nat": False,
        "services": False,
    }
    assert found.of(Flow) == []
    assert {row.id.rpartition(".")[2]: (row.kind, row.active) for row in found.of(Gateway)} == {
        "on": ("internet gateway", True),
        "off": ("internet gateway", False),
        "nat": ("NAT gateway", True),
        "services": ("service gateway", False),
    }
