"""A network that the internet can reach and that calls it, beside one whose rules open nothing."""

from collections.abc import Sequence

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    HOME,
    LONG_AGO,
    OPERATIONS,
    PROD,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

# The plot of joined networks has gateways and peerings of this one.
_MAIN, _LAB = ocid("vcn", HOME, "main"), ocid("vcn", HOME, "lab")
_INTERNET, _NAT = ocid("internetgateway", HOME, "web"), ocid("natgateway", HOME, "out")
_ANYBODY = "0.0.0.0/0"
_JOINT = ocid("localpeeringgateway", HOME, "outside")


def _build(ground: Ground) -> None:
    estate = ground.estate
    for network, name in ((_MAIN, "main"), (_LAB, "lab")):
        _resource(estate, "Vcn", "vcn", name, id=network, cidr_blocks=["10.0.0.0/16"])
    ssh: Json = {
        "protocol": "6",
        "source": _ANYBODY,
        "tcp_options": {"destination_port_range": {"min": 22, "max": 22}},
    }
    anything: Json = {"protocol": "all", "destination": _ANYBODY}
    _subnet(estate, "web", _MAIN, _INTERNET, inward=[ssh], private=False)
    _subnet(estate, "data", _MAIN, _NAT, outward=[anything], private=True)
    # The same rule, where no route leads to the internet.
    _subnet(estate, "lab", _LAB, "", inward=[ssh], outward=[anything], private=False)
    for name in ("web", "lab"):
        add_active(
            estate,
            HOME,
            "load_balancer.LoadBalancer",
            "loadbalancer",
            f"{name}-front",
            OPERATIONS,
            is_private=False,
            backend_sets={},
            subnet_ids=[ocid("subnet", HOME, name)],
            network_security_group_ids=[],
        )
    group = _resource(estate, "NetworkSecurityGroup", "networksecuritygroup", "unused", vcn_id=_LAB)
    estate.add(
        HOME,
        "core",
        "SecurityRule",
        _path={"networkSecurityGroupId": group},
        id="1",
        direction="INGRESS",
        protocol="all",
        source=_ANYBODY,
    )


def _subnet(
    estate: Builder,
    name: str,
    network: str,
    gateway: str,
    *,
    inward: Sequence[Json] = (),
    outward: Sequence[Json] = (),
    private: bool,
) -> None:
    """Add a subnet with a table of routes and a security list of its own."""
    routes = [{"destination": _ANYBODY, "network_entity_id": gateway}] if gateway else []
    table = _resource(estate, "RouteTable", "routetable", name, vcn_id=network, route_rules=routes)
    rules = _resource(
        estate,
        "SecurityList",
        "securitylist",
        name,
        vcn_id=network,
        ingress_security_rules=list(inward),
        egress_security_rules=list(outward),
    )
    _resource(
        estate,
        "Subnet",
        "subnet",
        name,
        vcn_id=network,
        route_table_id=table,
        security_list_ids=[rules],
        prohibit_public_ip_on_vnic=private,
        prohibit_internet_ingress=private,
    )


def _resource(estate: Builder, model: str, kind: str, name: str, **more: Json) -> str:
    fields: dict[str, Json] = {
        "compartment_id": PROD,
        "display_name": name,
        "time_created": LONG_AGO,
        "lifecycle_state": "AVAILABLE",
    }
    return estate.resource(HOME, f"core.{model}", kind, name, OPERATIONS, **{**fields, **more})


PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "anybody on the internet can try to sign in by SSH",
            B_07=f"{ocid('loadbalancer', HOME, 'web-front')}/in/tcp 22/internet",
        ),
        *fails(
            "what stands beside the data can call anything on the internet",
            B_07=f"{_MAIN}/out/{_NAT}/internet",
        ),
        *stays_open(
            "the network is joined with one of a tenancy that nobody names",
            B_07=f"{_MAIN}/*/{_JOINT}",
        ),
    ),
)
