"""Peerings: the region and the tenancy on the other side."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Gateway, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

FAR = "ocid1.tenancy.oc1..far"


def peering(name: str, status: str, **more: Json) -> dict[str, Json]:
    """Return a remote peering connection."""
    return {
        "id": f"ocid1.remotepeeringconnection.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "drg_id": "ocid1.drg.oc1.iad.hub",
        "lifecycle_state": "AVAILABLE",
        "peering_status": status,
        "is_cross_tenancy_peering": False,
        "time_created": "2025-01-01T00:00:00Z",
        **more,
    }


def attachment(name: str, kind: str, **more: Json) -> dict[str, Json]:
    """Return an attachment of something to a dynamic routing gateway."""
    return {
        "_path": {"attachmentType": "ALL"},
        "id": f"ocid1.drgattachment.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "drg_id": "ocid1.drg.oc1.iad.hub",
        "lifecycle_state": "ATTACHED",
        "network_details": {"type": kind, "id": f"ocid1.vcn.oc1.iad.{name}"},
        **more,
    }


def gateway(name: str, *, crosses: bool) -> dict[str, Json]:
    """Return a local peering gateway."""
    return {
        "id": f"ocid1.localpeeringgateway.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "vcn_id": "ocid1.vcn.oc1.iad.main",
        "lifecycle_state": "AVAILABLE",
        "is_cross_tenancy_peering": crosses,
        "peering_status": "PEERED",
        "peer_id": f"ocid1.localpeeringgateway.oc1.iad.{name}-peer",
        "time_created": "2025-01-01T00:00:00Z",
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One of each kind."""
    away = {"peer_region_name": "eu-frankfurt-1", "peer_id": "ocid1.remotepeeringconnection.far"}
    return collected(
        {
            "us-ashburn-1": {
                "core": {
                    "RemotePeeringConnection": [
                        peering("own", "PEERED", **away, peer_tenancy_id=TENANCY),
                        peering("far", "PEERED", **away, peer_tenancy_id=FAR),
                        peering("new", "NEW"),
                        peering("revoked", "REVOKED", **away, peer_tenancy_id=FAR),
                    ],
                    "LocalPeeringGateway": [
                        gateway("inside", crosses=False),
                        gateway("outside", crosses=True),
                    ],
                    "DrgAttachment": [
                        attachment("ours", "VCN", is_cross_tenancy=False),
                        attachment("theirs", "VCN", is_cross_tenancy=True),
                        attachment("circuit", "VIRTUAL_CIRCUIT", is_cross_tenancy=True),
                        attachment("line", "VIRTUAL_CIRCUIT", is_cross_tenancy=False),
                        attachment("unsaid", "VIRTUAL_CIRCUIT"),
                    ],
                }
            }
        },
        kinds="oci.networking",
    )


def test_a_remote_peering_leads_where_its_peer_is(found: Collected) -> None:
    """Region and tenancy are both stated, once it is peered."""
    ends = {
        flow.store_id.rpartition(".")[2]: (flow.target_account, flow.target_country, flow.active)
        for flow in found.of(Flow)
        if ".remotepeeringconnection." in flow.store_id
    }

    assert ends == {
        "own": (TENANCY, "DE", True),
        "far": (FAR, "DE", True),
        "revoked": (FAR, "DE", False),
    }


def test_a_local_peering_does_not_name_another_tenancy(found: Collected) -> None:
    """That there is one, it says: so it is unknown, and not ours."""
    inside, outside = (
        next(flow for flow in found.of(Flow) if flow.store_id.endswith(f".{name}"))
        for name in ("inside", "outside")
    )

    assert (inside.target_account, inside.target_country) == (TENANCY, "US")
    assert isinstance(outside.target_account, Unknown)


def test_only_attachments_of_other_tenancies_are_rows(found: Collected) -> None:
    """Own lines and peerings are rows of their own; own networks lead nowhere."""
    rows = [row.name for row in found.of(Processor) if "drgattachment" in row.id]

    assert rows == ["circuit", "theirs"]
    assert all(
        r.request.parameters["attachment_type"] == "ALL"
        for r in found.asked("list_drg_attachments")
    )


def test_what_joins_networks_is_a_gateway_of_its_own(found: Collected) -> None:
    """Own networks are at a hub; what leads on from it names the tenancy there, or nobody does."""
    rows = {row.id.rpartition(".")[2]: row for row in found.of(Gateway)}

    assert {name: row.kind for name, row in rows.items()} == {
        "own": "peering",
        "far": "peering",
        "revoked": "peering",
        "inside": "peering",
        "outside": "peering",
        "ours": "hub",
        "theirs": "other",
    }
    assert (rows["far"].hub_id, rows["far"].peer_account) == ("ocid1.drg.oc1.iad.hub", FAR)
    assert rows["revoked"].active is False
    assert (rows["inside"].network_id, rows["inside"].hub_id) == ("ocid1.vcn.oc1.iad.main", "")
    assert rows["ours"].network_id == "ocid1.vcn.oc1.iad.ours"
    assert isinstance(rows["theirs"].peer_account, Unknown)
