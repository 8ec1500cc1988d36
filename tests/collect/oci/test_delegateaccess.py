"""What support operators may do to Exadata clusters, and what they asked for."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Guardrail, ProviderAccess
from tests.collect.oci.simulated import DATA, Collected, collected

CONTROL = "ocid1.delegationcontrol.oc1.iad.c"
CLUSTER, OTHER = "ocid1.vmcluster.oc1.iad.one", "ocid1.vmcluster.oc1.iad.two"


def request(name: str, status: str, *actions: str, **more: Json) -> dict[str, Json]:
    """Return a request that is approved by a person or nobody."""
    return {
        "id": f"ocid1.delegatedresourceaccessrequest.oc1.iad.{name}",
        "compartment_id": DATA,
        "resource_id": CLUSTER,
        "delegation_control_id": CONTROL,
        "reason_for_request": "patching",
        "requester_type": "OPERATOR",
        "request_status": status,
        "is_auto_approved": False,
        "approval_info": [{"approval_action": a, "approver_id": "ann"} for a in actions],
        "time_created": "2026-05-01T08:00:00Z",
        **more,
    }


def covered(id_: str, status: str) -> dict[str, Json]:
    """Return a resource of the control."""
    return {"_path": {"delegationControlId": CONTROL}, "id": id_, "resource_status": status}


def estate(*faults: InjectedFault) -> Collected:
    """Collect a control over two clusters, and three requests."""
    control = {
        "id": CONTROL,
        "compartment_id": DATA,
        "display_name": "patching",
        "lifecycle_state": "ACTIVE",
        "pre_approved_service_provider_action_names": ["VM_DIAG"],
        "is_auto_approve_during_maintenance": False,
    }
    requests = [
        request("asked", "DEPLOYED", "APPROVE"),
        request("rule", "COMPLETED", is_auto_approved=True),
        request("refused", "REJECTED", "REJECT"),
    ]
    reports = [
        {
            "_path": {"delegatedResourceAccessRequestId": each["id"]},
            "audit_report_status": "AVAILABLE",
            "report": "cat /etc/shadow",
        }
        for each in requests
    ]
    objects = {
        "DelegationControl": [control],
        "DelegationControlResourceSummary": [
            covered(CLUSTER, "APPLIED"),
            covered(OTHER, "APPLY_FAILED"),
        ],
        "DelegatedResourceAccessRequest": requests,
        "DelegatedResourceAccessRequestAuditLogReport": reports,
    }
    return collected(
        {"us-ashburn-1": {"delegate_access_control": objects}}, *faults, kinds="oci.delegateaccess"
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """Everything that can be read."""
    return estate()


def test_a_control_covers_each_of_its_clusters(found: Collected) -> None:
    """Where it could not be applied, it covers nothing."""
    rows = {row.target_id: row for row in found.of(Guardrail)}

    assert {target: row.enforced for target, row in rows.items()} == {CLUSTER: True, OTHER: False}
    assert rows[CLUSTER].escapes == ("approved without asking: VM_DIAG",)


def test_who_said_yes(found: Collected) -> None:
    """A person or a rule."""
    rows = {row.id.rpartition(".")[2]: row for row in found.of(ProviderAccess)}

    assert {n: (r.granted, r.approved, r.automatic) for n, r in rows.items()} == {
        "asked": (True, True, False),
        "rule": (True, True, True),
        "refused": (False, False, False),
    }
    assert (rows["asked"].approver, rows["refused"].approver) == ("ann", "")
    assert isinstance(rows["asked"].requester_country, Unknown)


def test_commands_are_not_kept(found: Collected) -> None:
    """That there is a report is what counts."""
    assert all(row.logged is True for row in found.of(ProviderAccess))
    assert all("shadow" not in str(each.answer.body) for each in found.records)


def test_clusters_that_cannot_be_listed_are_one_unknown_row() -> None:
    """What it covers is then not known."""
    denied = estate(
        InjectedFault(
            operation=".*list_delegation_control_resources",
            status=404,
            code="NotAuthorizedOrNotFound",
        )
    )
    (row,) = denied.of(Guardrail)

    assert row.target_id == "?"
    assert isinstance(row.enforced, Unknown)
