"""OCI Operator Access Control: when Oracle's operators may reach dedicated infrastructure.

A control is assigned to a resource: Exadata infrastructure, an autonomous cluster. Infrastructure
without an assignment is open to Oracle's operators without a request. A request names its operator
by an identifier that only Oracle can resolve, and no country.

Source: https://docs.oracle.com/en/cloud/paas/operator-access-control/exops/toc.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.people import (
    LIMITS,
    asked_by,
    ended,
    in_states,
    is_logged,
    without_asking,
)
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, text
from auditor.collect.oci.regions import ORACLE
from auditor.collect.oci.service_rows import compartment_listing
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Guardrail, Maybe, ProviderAccess

KIND = "operator access control"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/operatoraccesscontrol/20200630"
_NO_COUNTRY = Unknown(
    "Operator Access Control names an operator by an identifier that only Oracle can resolve, and "
    "states no country"
)
_HOLDS = {"APPLIED": True, "CREATED": False, "APPLYFAILED": False}
_REFUSED = ("CREATED", "APPROVALWAITING", "MOREINFO", "INREVIEW", "REJECTED")
_GRANTED = (
    *("PREAPPROVED", "APPROVED", "APPROVEDFORFUTURE", "DEPLOYED", "UNDEPLOYED", "UNDEPLOYFAILED"),
    *("CLOSEFAILED", "REVOKEFAILED", "EXPIRYFAILED", "REVOKING", "REVOKED", "COMPLETING"),
    *("COMPLETED", "EXTENDING", "EXTENDED", "EXTENSIONREJECTED"),
)


def _control_rows(found: Found) -> Iterator[Guardrail]:
    if text(found, "item.lifecycleState") == "DELETED":
        return
    yield guardrail(
        found,
        id=text(found, "item.id"),
        name=text(found, "item.opControlName"),
        kind=KIND,
        target_id=text(found, "item.resourceId"),
        region=found.place["region"],
        enforced=_is_enforced(found),
        limits=LIMITS,
        escapes=_escapes(found),
    )


def _is_enforced(found: Found) -> Maybe[bool]:
    state = maybe_text(found, "item.lifecycleState")
    if isinstance(state, Unknown):
        return state
    if _HOLDS.get(state) is False:
        return False
    always = maybe_flag(found, "item.isEnforcedAlways")
    if isinstance(always, Unknown):
        return always
    if not always:
        start, end = (text(found, f"item.timeAssignment{word}") for word in ("From", "To"))
        return Unknown(f"it holds from {start} to {end} only")
    return _HOLDS.get(state, Unknown(f"the assignment's state is {state}"))


def _escapes(found: Found) -> Maybe[tuple[str, ...]]:
    """Return what Oracle's operators may do without asking."""
    # Optional in the reference: what is left out approves nothing.
    actions = found.read("control.preApprovedOpActionList", absent=[])
    maintenance = maybe_flag(found, "assignment.isAutoApproveDuringMaintenance", absent=False)
    everything = maybe_flag(found, "control.isFullyPreApproved")
    return without_asking(
        actions, {"every action": everything, "every action during maintenance": maintenance}
    )


def _request_rows(found: Found) -> Iterator[ProviderAccess]:
    state = maybe_text(found, "item.lifecycleState")
    automatic = maybe_flag(found, "item.isAutoApproved")
    control, resource = (maybe_text(found, path) for path in ("request.opctlId", "item.resourceId"))
    yield ProviderAccess(
        **asked_by(found, KIND, control, resource, created="item.timeOfCreation"),
        requester=maybe_text(found, "request.operatorId"),
        requester_country=_NO_COUNTRY,
        employer=ORACLE,
        reason=maybe_text(found, "item.accessReasonSummary"),
        state=state,
        closes=ended(found, state, "item.timeOfModification"),
        granted=in_states(state, _GRANTED, _REFUSED),
        approved=_is_approved(found, state, automatic),
        automatic=automatic,
        approver=_approver(found),
        logged=is_logged(found, state),
    )


def _is_approved(found: Found, state: Maybe[str], automatic: Maybe[bool]) -> Maybe[bool]:
    """Return whether enough people said yes, or a rule: the state alone does not name either."""
    if automatic is True:
        return True
    if isinstance(state, str) and state in _REFUSED:
        return False
    had = found.read("request.numberOfApprovers")
    needed = found.read("request.numberOfApproversRequired", absent=1)
    for value in (automatic, had, needed):
        if isinstance(value, Unknown):
            return value
    if not isinstance(had, int) or not isinstance(needed, int):
        return Unknown("the provider's answer counts approvers in something that is no number")
    return had >= max(needed, 1)


def _approver(found: Found) -> Maybe[str]:
    said = found.read("request.approverDetails", absent=[])
    if isinstance(said, Unknown):
        return said
    return ", ".join(sorted({str(each.get("approverId", "")) for each in entries(said)}))


CONTROLS = Collector(
    kind="oci.operatoraccess.assignment",
    service="operator_access_control.OperatorControlAssignmentClient",
    title="What Oracle's operators may do to dedicated infrastructure",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_operator_control_assignments", "inspect operator-control-assignment"
    ),
    details=(
        Detail(
            name="assignment",
            operation="get_operator_control_assignment",
            permission="read operator-control-assignment",
            bind={"operator_control_assignment_id": "item.id"},
        ),
        Detail(
            name="control",
            service="operator_access_control.OperatorControlClient",
            operation="get_operator_control",
            shared=True,
            permission="inspect operator-control",
            bind={"operator_control_id": "item.operatorControlId"},
        ),
    ),
    tables=(Guardrail,),
    rows=_control_rows,
    source=f"{_API}/OperatorControlAssignment/ListOperatorControlAssignments",
)

REQUESTS = Collector(
    kind="oci.operatoraccess.request",
    service="operator_access_control.AccessRequestsClient",
    title="Requests of Oracle's operators to reach dedicated infrastructure",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_access_requests", "inspect operator-control-accessrequest"),
    details=(
        Detail(
            name="request",
            operation="get_access_request",
            permission="read operator-control-accessrequest",
            bind={"access_request_id": "item.id"},
        ),
        Detail(
            name="report",
            operation="get_audit_log_report",
            permission="read operator-control-accessrequest",
            bind={"access_request_id": "item.id"},
            secrets=("report", "processTree"),  # the commands themselves
        ),
    ),
    tables=(ProviderAccess,),
    rows=_request_rows,
    source=f"{_API}/AccessRequest/ListAccessRequests",
)
