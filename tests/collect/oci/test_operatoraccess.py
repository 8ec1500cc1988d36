"""What Oracle's operators may do to dedicated infrastructure, and what they asked for."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Guardrail, ProviderAccess
from tests.collect.oci.simulated import DATA, Collected, collected

STRICT, LOOSE = "ocid1.opctl.oc1.iad.strict", "ocid1.opctl.oc1.iad.loose"
DENIED = "NotAuthorizedOrNotFound"
CREATED, CHANGED = "2026-05-01T08:00:00Z", "2026-05-01T12:00:00Z"


def control(id_: str, **more: Json) -> dict[str, Json]:
    """Return an operator control."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "operator_control_name": id_,
        "is_fully_pre_approved": False,
        **more,
    }


def assignment(name: str, of: str, **more: Json) -> dict[str, Json]:
    """Return an assignment that always holds."""
    return {
        "id": f"ocid1.opctlassignment.oc1.iad.{name}",
        "compartment_id": DATA,
        "op_control_name": name,
        "operator_control_id": of,
        "resource_id": f"ocid1.exadatainfrastructure.oc1.iad.{name}",
        "lifecycle_state": "APPLIED",
        "is_enforced_always": True,
        **more,
    }


def request(name: str, state: str, **more: Json) -> dict[str, Json]:
    """Return a request that one person had to approve, and did."""
    return {
        "id": f"ocid1.opctlaccessrequest.oc1.iad.{name}",
        "compartment_id": DATA,
        "access_reason_summary": "a disk failed",
        "operator_id": "OP-1",
        "resource_id": "ocid1.exadatainfrastructure.oc1.iad.x",
        "opctl_id": STRICT,
        "lifecycle_state": state,
        "is_auto_approved": False,
        "number_of_approvers": 1,
        "number_of_approvers_required": 1,
        "approver_details": [{"approver_id": "ocid1.user.oc1..ann"}],
        "time_of_creation": CREATED,
        "time_of_modification": CHANGED,
        **more,
    }


def report(name: str, status: str) -> dict[str, Json]:
    """Return the report on a request."""
    return {
        "_path": {"accessRequestId": f"ocid1.opctlaccessrequest.oc1.iad.{name}"},
        "audit_report_status": status,
        "report": "cat /etc/shadow",
    }


ESTATE: dict[str, list[dict[str, Json]]] = {
    "OperatorControl": [
        control(STRICT),
        control(LOOSE, pre_approved_op_action_list=["INFRA_FULL", "INFRA_DIAG"]),
    ],
    "OperatorControlAssignment": [
        assignment("strict", STRICT),
        assignment("loose", LOOSE, is_auto_approve_during_maintenance=True),
        assignment("for-a-while", STRICT, is_enforced_always=False),
        assignment("not-applied", STRICT, lifecycle_state="APPLYFAILED"),
        assignment("released", STRICT, lifecycle_state="DELETED"),
    ],
    "AccessRequest": [
        request("asked", "COMPLETED"),
        request(
            "rule", "DEPLOYED", is_auto_approved=True, number_of_approvers=0, approver_details=[]
        ),
        request("nobody", "DEPLOYED", number_of_approvers=0, approver_details=[]),
        request("one-of-two", "DEPLOYED", number_of_approvers_required=2),
        request("refused", "REJECTED", number_of_approvers=0, approver_details=[]),
        request("over", "EXPIRED"),
    ],
    "AuditLogReport": [
        report("asked", "AVAILABLE"),
        report("rule", "NOTAVAILABLE"),
        report("nobody", "NOTAVAILABLE"),
        report("one-of-two", "FAILED"),
        report("refused", "NOTAVAILABLE"),
        report("over", "NOTAVAILABLE"),
    ],
}


def estate(*faults: InjectedFault) -> Collected:
    """Collect the estate."""
    return collected(
        {"us-ashburn-1": {"operator_access_control": ESTATE}}, *faults, kinds="oci.operatoraccess"
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """Everything that can be read."""
    return estate()


def test_a_control_covers_what_it_is_assigned_to(found: Collected) -> None:
    """One that was released covers nothing, and is no row."""
    rows = {row.name: row for row in found.of(Guardrail)}

    assert set(rows) == {"strict", "loose", "for-a-while", "not-applied"}
    assert (rows["strict"].enforced, rows["strict"].escapes) == (True, ())
    assert rows["strict"].target_id == "ocid1.exadatainfrastructure.oc1.iad.strict"
    assert rows["not-applied"].enforced is False
    assert isinstance(rows["for-a-while"].enforced, Unknown)


def test_what_needs_no_question_is_an_escape(found: Collected) -> None:
    """Actions by name, and everything while Oracle maintains the machines."""
    assert found.row(Guardrail, "loose").escapes == (
        "approved without asking: INFRA_DIAG",
        "approved without asking: INFRA_FULL",
        "approved without asking: every action during maintenance",
    )


def test_who_said_yes(found: Collected) -> None:
    """A person, a rule, not enough people, or nobody: then access is given all the same."""
    rows = {row.id.rpartition(".")[2]: row for row in found.of(ProviderAccess)}
    said = {
        name: (row.granted, row.approved, row.automatic)
        for name, row in rows.items()
        if name != "over"
    }

    assert said == {
        "asked": (True, True, False),
        "rule": (True, True, True),
        "nobody": (True, False, False),
        "one-of-two": (True, False, False),
        "refused": (False, False, False),
    }
    assert (rows["asked"].approver, rows["rule"].approver) == ("ocid1.user.oc1..ann", "")
    assert isinstance(rows["over"].granted, Unknown)  # the request, or the access?


def test_no_country_is_made_up(found: Collected) -> None:
    """Oracle's operator is a number; who that is, and where, only Oracle knows."""
    row = found.row(ProviderAccess, "asked")

    assert (row.requester, row.employer, row.reason) == ("OP-1", "Oracle", "a disk failed")
    assert isinstance(row.requester_country, Unknown)
    assert (row.opened, row.closes) == ("2026-05-01T08:00:00.000Z", "2026-05-01T12:00:00.000Z")


def test_a_report_shows_what_was_done(found: Collected) -> None:
    """What may still come is unknown; what never came is not there. Commands are not kept."""
    rows = {row.id.rpartition(".")[2]: row.logged for row in found.of(ProviderAccess)}

    assert (rows["asked"], rows["one-of-two"], rows["over"]) == (True, False, False)
    assert isinstance(rows["rule"], Unknown)
    assert all("shadow" not in str(each.answer.body) for each in found.records)


def test_a_refusal_leaves_it_unknown() -> None:
    """What is pre-approved is in the control, who approved in the request."""
    denied = estate(
        InjectedFault(operation=".*get_operator_control", status=404, code=DENIED),
        InjectedFault(operation=".*get_access_request", status=404, code=DENIED),
    )

    assert isinstance(denied.row(Guardrail, "strict").escapes, Unknown)
    assert isinstance(denied.row(ProviderAccess, "asked").approved, Unknown)
    assert denied.row(ProviderAccess, "rule").approved is True
