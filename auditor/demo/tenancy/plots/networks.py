"""Networks: joined with other regions and tenancies, lines out, mirrors, bastions and names."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    PROD,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_STRANGER = "ocid1.tenancy.oc1..far"
_CREATED = LONG_AGO
_CPE = ocid("cpe", HOME, "office")
_AZURE = "subscription-of-a-partner"
_ZONE, _STEERING = "ocid1.dns-zone.oc1..app", "ocid1.dnspolicy.oc1..nearest"


def _peering(name: str, region: str = HOME) -> str:
    return ocid("remotepeeringconnection", region, name)


def _build(ground: Ground) -> None:
    _build_peerings(ground.estate)
    _build_joints(ground.estate)
    _build_lines(ground.estate)
    _build_mirrors(ground.estate)
    _build_doors(ground.estate)
    _build_names(ground.estate)


def _build_peerings(estate: Builder) -> None:
    _peer(estate, "to-frankfurt", FRANKFURT, USER_DATA)
    _peer(estate, "to-phoenix", WEST, USER_DATA)
    _peer(estate, "metrics", FRANKFURT, OPERATIONS)
    _add_peering(estate, HOME, "to-farshore", USER_DATA, WEST, "x", _STRANGER)


def _peer(estate: Builder, name: str, region: str, tags: dict[str, Json]) -> None:
    """Add both sides of a peering within the tenancy."""
    _add_peering(estate, HOME, name, tags, region, name, TENANCY)
    _add_peering(estate, region, name, tags, HOME, name, TENANCY)


def _add_peering(
    estate: Builder,
    region: str,
    name: str,
    tags: dict[str, Json],
    other: str,
    peer: str,
    tenancy: str,
) -> None:
    _resource(
        estate,
        region,
        "RemotePeeringConnection",
        name,
        tags,
        drg_id=ocid("drg", region, "hub"),
        peering_status="PEERED",
        peer_id=_peering(peer, other),
        peer_region_name=other,
        peer_tenancy_id=tenancy,
        is_cross_tenancy_peering=tenancy != TENANCY,
    )


def _build_joints(estate: Builder) -> None:
    """Add what joins networks of one region: of the tenancy, and of tenancies nobody names."""
    for name, crosses in (("inside", False), ("outside", True)):
        _resource(
            estate,
            HOME,
            "LocalPeeringGateway",
            name,
            USER_DATA,
            vcn_id=ocid("vcn", HOME, "main"),
            is_cross_tenancy_peering=crosses,
            peering_status="PEERED",
            peer_id=ocid("localpeeringgateway", HOME, f"{name}-peer"),
        )
        _resource(
            estate,
            HOME,
            "DrgAttachment",
            name,
            USER_DATA,
            _path={"attachmentType": "ALL"},
            drg_id=ocid("drg", HOME, "hub"),
            lifecycle_state="ATTACHED",
            is_cross_tenancy=crosses,
            network_details={"type": "VCN", "id": ocid("vcn", HOME, name)},
        )


def _build_lines(estate: Builder) -> None:
    estate.add(HOME, "core", "Cpe", id=_CPE, compartment_id=PROD, ip_address="192.0.2.7")
    for name, tags in (("office", USER_DATA), ("monitoring", OPERATIONS)):
        drg = ocid("drg", HOME, "hub")
        _resource(estate, HOME, "IPSecConnection", name, tags, cpe_id=_CPE, drg_id=drg)
    for name, state in (("partner", "PROVISIONED"), ("ordered", "PENDING_PROVIDER")):
        _resource(
            estate,
            HOME,
            "VirtualCircuit",
            name,
            USER_DATA,
            lifecycle_state=state,
            type="PRIVATE",
            provider_name="Microsoft Azure",
            provider_remote_region="germanywestcentral",
            remote_account_id=_AZURE,
        )


def _build_mirrors(estate: Builder) -> None:
    for name, running in (("watcher", True), ("asleep", False)):
        _resource(
            estate,
            HOME,
            "Vtap",
            name,
            USER_DATA,
            vcn_id=ocid("vcn", HOME, "main"),
            source_id=ocid("subnet", HOME, "main"),
            target_ip="203.0.113.9",
            is_vtap_enabled=running,
        )


def _build_doors(estate: Builder) -> None:
    for region in (HOME, FRANKFURT):
        network = ocid("vcn", region, "main")
        _resource(
            estate, region, "InternetGateway", "web", USER_DATA, vcn_id=network, is_enabled=True
        )
        for model, name in (("NatGateway", "out"), ("ServiceGateway", "services")):
            _resource(estate, region, model, name, OPERATIONS, vcn_id=network, block_traffic=False)
    for name, tags in (("databases", USER_DATA), ("builds", OPERATIONS)):
        bastion = ocid("bastion", HOME, name)
        estate.add(
            HOME,
            "bastion",
            "Bastion",
            id=bastion,
            name=name,
            compartment_id=PROD,
            lifecycle_state="ACTIVE",
            bastion_type="STANDARD",
            client_cidr_block_allow_list=["0.0.0.0/0"],
            time_created=_CREATED,
            **tags,
        )
        estate.add(
            HOME,
            "bastion",
            "Session",
            id=ocid("bastionsession", HOME, name),
            bastion_id=bastion,
            lifecycle_state="ACTIVE",
            session_ttl_in_seconds=10_800,
        )


def _build_names(estate: Builder) -> None:
    """Add names that are answered from everywhere, and led to or copied to other servers."""
    common: dict[str, Json] = {
        "compartment_id": PROD,
        "lifecycle_state": "ACTIVE",
        "time_created": _CREATED,
    }
    for id_, name, tags in (
        (_ZONE, "uploads.northstar.example", USER_DATA),
        (f"{_ZONE}2", "status.northstar.example", OPERATIONS),
    ):
        estate.add(
            "global",
            "dns",
            "Zone",
            id=id_,
            name=name,
            zone_type="PRIMARY",
            scope="GLOBAL",
            external_downstreams=[{"address": "192.0.2.53", "port": 53}],
            **common,
            **tags,
        )
    for id_, name, tags in ((_STEERING, "app", USER_DATA), (f"{_STEERING}2", "docs", OPERATIONS)):
        estate.add(
            "global",
            "dns",
            "SteeringPolicy",
            id=id_,
            display_name=name,
            template="ROUTE_BY_GEO",
            answers=[{"name": "nearest", "rtype": "A", "rdata": "198.51.100.4"}],
            **common,
            **tags,
        )


def _resource(
    estate: Builder, region: str, model: str, name: str, tags: dict[str, Json], **more: Json
) -> str:
    common = {"compartment_id": PROD, "display_name": name, "time_created": _CREATED}
    fields = {**common, **more}
    return estate.resource(region, f"core.{model}", model.lower(), name, tags, **fields)


_FAR_SIDE = _peering("to-frankfurt", FRANKFURT)
_PLANTED = (
    *fails(
        "a network of user data is joined with one in Frankfurt",
        A_04=f"{_peering('to-frankfurt')}/mount/{_FAR_SIDE}",
    ),
    *fails("the other side of that joint is in Frankfurt", A_10=_FAR_SIDE),
    *fails(
        "a network of user data is joined with one of Farshore's",
        A_04=f"{_peering('to-farshore')}/mount/*",
    ),
    *stays_open(
        "a network of user data is joined with one of a tenancy that nobody names",
        A_04=f"{ocid('localpeeringgateway', HOME, 'outside')}/mount/*",
    ),
    *stays_open(
        "a network of a tenancy that nobody names is attached to the hub of user data",
        A_04=f"{ocid('drgattachment', HOME, 'outside')}/mount/*",
    ),
    *stays_open(
        "a VPN of user data ends at a device that stands nobody knows where",
        A_04=f"{ocid('ipsecconnection', HOME, 'office')}/mount/{_CPE}",
    ),
    *fails(
        "a line of user data ends in a partner's account in another cloud",
        A_04=f"{ocid('virtualcircuit', HOME, 'partner')}/mount/circuit",
    ),
    *stays_open(
        "packets of user data are mirrored to an address",
        A_04=f"{ocid('vtap', HOME, 'watcher')}/stream/203.0.113.9",
    ),
    *fails(
        "user data passes a gateway in Frankfurt", A_10=ocid("internetgateway", FRANKFURT, "web")
    ),
    *stays_open(
        "somebody is connected to the databases of users through a bastion",
        A_04=f"{ocid('bastion', HOME, 'databases')}/mount/*",
    ),
    *fails("a zone that carries user data is answered everywhere", A_10=_ZONE),
    *stays_open("that zone is copied to another's server", A_04=f"{_ZONE}/replication/*"),
    *fails("users are steered from everywhere", A_10=_STEERING),
    *stays_open("they are led to an address", A_10b=f"{_STEERING}/edge/*"),
)

PLOT = Plot(build=_build, planted=_PLANTED)
