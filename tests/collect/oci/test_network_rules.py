"""Security lists and network security groups: whom they let in and out."""

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import RuleList
from tests.collect.oci.simulated import DATA, Collected, collected

GROUP = "ocid1.networksecuritygroup.oc1.iad.web"


def listed(*faults: InjectedFault) -> Collected:
    """Collect one list and one group."""
    common = {
        "compartment_id": DATA,
        "lifecycle_state": "AVAILABLE",
        "vcn_id": "ocid1.vcn.oc1.iad.main",
    }
    ports = {"destination_port_range": {"min": 22, "max": 22}}
    security_list = {
        **common,
        "id": "ocid1.securitylist.oc1.iad.web",
        "display_name": "web",
        "ingress_security_rules": [
            {"protocol": "6", "source": "0.0.0.0/0", "tcp_options": ports},
            {"protocol": "1", "source": "10.0.0.0/8", "icmp_options": {"type": 3}},
        ],
        "egress_security_rules": [{"protocol": "all", "destination": "0.0.0.0/0"}],
    }
    rule = {
        "_path": {"networkSecurityGroupId": GROUP},
        "id": "1",
        "direction": "INGRESS",
        "protocol": "17",
        "source": "203.0.113.0/24",
        "udp_options": {"destination_port_range": {"min": 500, "max": 501}},
    }
    group = {**common, "id": GROUP, "display_name": "group"}
    core: dict[str, list[dict[str, Json]]] = {
        "SecurityList": [security_list],
        "NetworkSecurityGroup": [group],
        "SecurityRule": [rule],
    }
    return collected({"us-ashburn-1": {"core": core}}, *faults, kinds="oci.networking")


def test_lists_and_groups_say_whom_they_let_in() -> None:
    rows = {row.kind: row.rules for row in listed().of(RuleList)}

    assert rows == {
        "security list": (
            "in allow icmp 0-65535 10.0.0.0/8",
            "in allow tcp 22-22 0.0.0.0/0",
            "out allow all 0-65535 0.0.0.0/0",
        ),
        "network security group": ("in allow udp 500-501 203.0.113.0/24",),
    }


def test_rules_that_are_refused_are_unknown() -> None:
    fault = InjectedFault(operation=".*list_network_security_group_security_rules", status=404)

    rows = {row.kind: row.rules for row in listed(fault).of(RuleList)}

    assert isinstance(rows["network security group"], Unknown)
