"""Load balancers and where they lead."""

from auditor.model import Json, Unknown
from auditor.tables import Flow, Interface, Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def backends(*addresses: str) -> dict[str, Json]:
    """Return the backend sets of a balancer."""
    each: list[Json] = [{"name": one, "ip_address": one, "port": 443} for one in addresses]
    return {"all": {"backends": each}}


def test_a_balancer_leads_out_only_to_public_addresses() -> None:
    """Where a public address is, nobody can tell; what is no address may be anywhere, too."""
    front = thing(
        "loadbalancer",
        "front",
        is_private=False,
        backend_sets=backends("10.0.0.4", "203.0.114.9", "not an address"),
    )
    found = collected(
        {"us-ashburn-1": {"load_balancer": {"LoadBalancer": [front]}}}, kinds="oci.loadbalancer"
    )

    assert found.row(Processor, "front").public is True
    assert [each.id.rpartition("/")[2] for each in found.of(Flow)] == [
        "203.0.114.9",
        "not an address",
    ]
    assert all(isinstance(each.target_country, Unknown) for each in found.of(Flow))


def test_a_private_network_balancer_without_backends_leads_nowhere() -> None:
    inner = thing("networkloadbalancer", "inner", is_private=True)
    found = collected(
        {"us-ashburn-1": {"network_load_balancer": {"NetworkLoadBalancer": [inner]}}},
        kinds="oci.loadbalancer",
    )

    assert found.row(Processor, "inner").public is False
    assert found.of(Flow) == []


def test_a_balancer_stands_in_its_subnets_with_its_groups() -> None:
    """A network load balancer has one."""
    front = thing(
        "loadbalancer",
        "front",
        is_private=False,
        subnet_ids=["ocid1.subnet.b", "ocid1.subnet.a"],
        network_security_group_ids=["ocid1.networksecuritygroup.web"],
    )
    inner = thing("networkloadbalancer", "inner", is_private=True, subnet_id="ocid1.subnet.a")
    found = collected(
        {
            "us-ashburn-1": {
                "load_balancer": {"LoadBalancer": [front]},
                "network_load_balancer": {"NetworkLoadBalancer": [inner]},
            }
        },
        kinds="oci.loadbalancer",
    )

    rows = [(row.subnet_id, row.public, row.lists) for row in found.of(Interface)]

    groups = ("ocid1.networksecuritygroup.web",)
    assert rows == [
        ("ocid1.subnet.a", True, groups),
        ("ocid1.subnet.b", True, groups),
        ("ocid1.subnet.a", False, ()),
    ]
