"""Networks and subnets: what a subnet prohibits, and what binds it."""

from auditor.tables import Interface, Network, Subnet
from tests.collect.oci.simulated import DATA, TENANCY, collected

COMMON = {"compartment_id": DATA, "lifecycle_state": "AVAILABLE"}
VCN = "ocid1.vcn.oc1.iad.main"


def test_a_subnet_names_its_routes_and_lists_and_what_it_prohibits() -> None:
    """What stands in it counts as one thing, which lets nobody of the internet in."""
    subnet = {
        **COMMON,
        "id": "ocid1.subnet.oc1.iad.web",
        "display_name": "web",
        "vcn_id": VCN,
        "route_table_id": "ocid1.routetable.oc1.iad.web",
        "security_list_ids": ["ocid1.securitylist.oc1.iad.b", "ocid1.securitylist.oc1.iad.a"],
        "prohibit_public_ip_on_vnic": True,
        "prohibit_internet_ingress": False,
    }
    network = {**COMMON, "id": VCN, "display_name": "main", "cidr_blocks": ["10.0.0.0/16"]}
    gone = {**subnet, "id": "ocid1.subnet.oc1.iad.gone", "lifecycle_state": "TERMINATED"}
    found = collected(
        {"us-ashburn-1": {"core": {"Vcn": [network], "Subnet": [subnet, gone]}}},
        kinds="oci.networking",
    )

    (main,) = found.of(Network)
    assert (main.name, main.account, main.country) == ("main", TENANCY, "US")
    assert main.blocks == ("10.0.0.0/16",)
    (web,) = found.of(Subnet)
    assert (web.network_id, web.route_table_id) == (VCN, "ocid1.routetable.oc1.iad.web")
    assert web.lists == ("ocid1.securitylist.oc1.iad.a", "ocid1.securitylist.oc1.iad.b")
    assert (web.public_addresses, web.inbound) == (False, True)
    (inside,) = found.of(Interface)
    assert (inside.subnet_id, inside.lists, inside.public) == (web.id, (), False)
