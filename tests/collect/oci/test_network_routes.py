"""Tables of routes: where each destination leads."""

from auditor.tables import RouteTable
from tests.collect.oci.simulated import DATA, collected


def test_a_table_has_its_routes() -> None:
    """Old rules name the block of addresses by another member."""
    table = {
        "id": "ocid1.routetable.oc1.iad.web",
        "compartment_id": DATA,
        "display_name": "web",
        "vcn_id": "ocid1.vcn.oc1.iad.main",
        "lifecycle_state": "AVAILABLE",
        "route_rules": [
            {
                "destination": "0.0.0.0/0",
                "destination_type": "CIDR_BLOCK",
                "network_entity_id": "ocid1.internetgateway.oc1.iad.web",
            },
            {"cidr_block": "10.9.0.0/16", "network_entity_id": "ocid1.drg.oc1.iad.hub"},
        ],
    }
    found = collected({"us-ashburn-1": {"core": {"RouteTable": [table]}}}, kinds="oci.networking")

    (row,) = found.of(RouteTable)
    assert (row.network_id, row.main, row.subnets) == ("ocid1.vcn.oc1.iad.main", False, ())
    assert row.routes == (
        "0.0.0.0/0 ocid1.internetgateway.oc1.iad.web",
        "10.9.0.0/16 ocid1.drg.oc1.iad.hub",
    )
