"""What works on user data in Frankfurt, service by service."""

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.abroad import worked_on_abroad
from auditor.demo.tenancy.active import add_active, add_named
from auditor.demo.tenancy.builder import FRANKFURT, USER_DATA, ocid
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_NAME = "abroad"
_NETWORK, _HUB = ocid("vcn", FRANKFURT, _NAME), ocid("drg", FRANKFURT, _NAME)
_AVAILABLE: dict[str, Json] = {"lifecycle_state": "AVAILABLE"}
_WORKERS: dict[str, tuple[str, dict[str, Json]]] = {  # kind in OCIDs -> model, what it states
    "apideployment": (
        "apigateway.Deployment",
        {
            "gateway_id": ocid("apigateway", FRANKFURT, _NAME),
            "path_prefix": "/",
            "specification": {"routes": []},
        },
    ),
    "disworkspace": ("data_integration.Workspace", {}),
    "drgattachment": (
        "core.DrgAttachment",
        {
            "_path": {"attachmentType": "ALL"},
            "drg_id": _HUB,
            "lifecycle_state": "ATTACHED",
            "is_cross_tenancy": True,
            "network_details": {"type": "VCN", "id": _NETWORK},
        },
    ),
    "drprotectiongroup": (
        "disaster_recovery.DrProtectionGroup",
        {"role": "UNCONFIGURED", "members": []},
    ),
    "eventrule": (
        "events.Rule",
        {"condition": "{}", "is_enabled": True, "actions": {"actions": []}},
    ),
    "localpeeringgateway": (
        "core.LocalPeeringGateway",
        {
            **_AVAILABLE,
            "vcn_id": _NETWORK,
            "is_cross_tenancy_peering": False,
            "peering_status": "NEW",
        },
    ),
    "virtualcircuit": (
        "core.VirtualCircuit",
        {"lifecycle_state": "PENDING_PROVIDER", "type": "PRIVATE", "provider_name": "A carrier"},
    ),
    "volumegroup": ("core.VolumeGroup", {**_AVAILABLE, "volume_ids": []}),
    "vtap": (
        "core.Vtap",
        {
            **_AVAILABLE,
            "vcn_id": _NETWORK,
            "target_ip": "10.0.0.4",
            "is_vtap_enabled": False,
        },
    ),
}


def _build(ground: Ground) -> None:
    estate = ground.estate
    for kind, (model, stated) in _WORKERS.items():
        add_active(estate, FRANKFURT, model, kind, _NAME, USER_DATA, **stated)
    for kind, model, name in (
        ("emaildomain", "email.EmailDomain", "eu.northstar.example"),
        ("bastion", "bastion.Bastion", _NAME),
    ):
        add_named(estate, FRANKFURT, model, kind, name, USER_DATA)


_MAIL = ocid("emaildomain", FRANKFURT, "eu.northstar.example")
PLOT = Plot(
    build=_build,
    planted=(
        *(each for kind in (*_WORKERS, "bastion") for each in worked_on_abroad(kind, kind, _NAME)),
        *worked_on_abroad("emaildomain", "emaildomain", "eu.northstar.example"),
        *fails(
            "a network of nobody knows whom is attached to a hub in Frankfurt",
            A_04=f"{ocid('drgattachment', FRANKFURT, _NAME)}/mount/*",
        ),
        *stays_open("mail goes to mailboxes that are anywhere", A_04=f"{_MAIL}/stream/e-mail"),
    ),
)
