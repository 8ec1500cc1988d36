"""OCI Delegate Access Control: who outside the tenancy may manage its Exadata clusters.

A support operator of a service provider asks; the customer or a rule of theirs says yes.

Source: https://docs.oracle.com/en-us/iaas/delegate-access-control/
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
from auditor.collect.oci.service_rows import compartment_listing
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Guardrail, Maybe, ProviderAccess

KIND = "delegated access"
_SERVICE = "delegate_access_control.DelegateAccessControlClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/delegateaccesscontrol/20230801"
_NO_COUNTRY = Unknown("Delegate Access Control states no country of a support operator")
_NO_EMPLOYER = Unknown("a request names the subscription of its support operator, not the company")
_ON = {"APPLIED": True, "CREATED": False, "APPLYING": False, "APPLY_FAILED": False}
_REFUSED = ("CREATED", "APPROVAL_WAITING", "OPERATOR_ASSIGNMENT_WAITING", "REJECTED")
_GRANTED = (
    *("PREAPPROVED", "APPROVED", "APPROVED_FOR_FUTURE", "DEPLOYED", "UNDEPLOYED", "REVOKED"),
    *("UNDEPLOY_FAILED", "CLOSE_FAILED", "REVOKE_FAILED", "EXPIRY_FAILED", "REVOKING", "COMPLETED"),
    *("EXTENDING", "EXTENDED", "EXTENSION_REJECTED", "EXTENSION_FAILED", "COMPLETING"),
)


def _control_rows(found: Found) -> Iterator[Guardrail]:
    if text(found, "item.lifecycleState") == "DELETED":
        return
    covered = found.read("resources")
    if isinstance(covered, Unknown):
        yield _guardrail(found, "?", covered)
        return
    for each in entries(covered):
        if each.get("resourceStatus") != "DELETED":
            yield _guardrail(found, str(each.get("id") or ""), _applied(each.get("resourceStatus")))


def _applied(status: Json) -> Maybe[bool]:
    known = _ON.get(status) if isinstance(status, str) else None
    return Unknown(f"the state on the resource is {status!r}") if known is None else known


def _guardrail(found: Found, target: str, enforced: Maybe[bool]) -> Guardrail:
    return guardrail(
        found,
        id=f"{text(found, 'item.id')}/{target}",
        name=text(found, "item.displayName"),
        kind=KIND,
        target_id=target,
        region=found.place["region"],
        enforced=enforced,
        limits=LIMITS,
        escapes=_escapes(found),
    )


def _escapes(found: Found) -> Maybe[tuple[str, ...]]:
    """Return what support operators may do without asking."""
    # Both are optional in the reference: what is left out approves nothing.
    actions = found.read("control.preApprovedServiceProviderActionNames", absent=[])
    maintenance = maybe_flag(found, "control.isAutoApproveDuringMaintenance", absent=False)
    return without_asking(actions, {"every action during maintenance": maintenance})


def _request_rows(found: Found) -> Iterator[ProviderAccess]:
    state = maybe_text(found, "item.requestStatus")
    automatic = maybe_flag(found, "item.isAutoApproved")
    approvers = _approvers(found)
    control = maybe_text(found, "item.delegationControlId")
    yield ProviderAccess(
        **asked_by(found, KIND, control, maybe_text(found, "item.resourceId")),
        requester=maybe_text(found, "item.requesterType"),
        requester_country=_NO_COUNTRY,
        employer=_NO_EMPLOYER,
        reason=maybe_text(found, "item.reasonForRequest"),
        state=state,
        closes=ended(found, state, "item.timeUpdated"),
        granted=in_states(state, _GRANTED, _REFUSED),
        approved=_is_approved(state, automatic, approvers),
        automatic=automatic,
        approver=approvers if isinstance(approvers, Unknown) else ", ".join(approvers),
        logged=is_logged(found, state),
    )


def _approvers(found: Found) -> Maybe[tuple[str, ...]]:
    said = found.read("request.approvalInfo", absent=[])
    if isinstance(said, Unknown):
        return said
    agreed = [each for each in entries(said) if each.get("approvalAction") == "APPROVE"]
    return tuple(sorted({str(each.get("approverId", "")) for each in agreed}))


def _is_approved(
    state: Maybe[str], automatic: Maybe[bool], approvers: Maybe[tuple[str, ...]]
) -> Maybe[bool]:
    if automatic is True:
        return True
    if isinstance(state, str) and state in _REFUSED:
        return False
    for value in (automatic, approvers):
        if isinstance(value, Unknown):
            return value
    return bool(approvers)


CONTROLS = Collector(
    kind="oci.delegateaccess.control",
    service=_SERVICE,
    title="What support operators may do to Exadata clusters",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_delegation_controls", "inspect delegation-controls"),
    details=(
        Detail(
            name="control",
            operation="get_delegation_control",
            permission="read delegation-controls",
            bind={"delegation_control_id": "item.id"},
        ),
        Detail(
            name="resources",
            operation="list_delegation_control_resources",
            permission="read delegation-controls",
            parameters={"limit": 100},
            bind={"delegation_control_id": "item.id"},
            items="items",
        ),
    ),
    tables=(Guardrail,),
    rows=_control_rows,
    source=f"{_API}/DelegationControl/ListDelegationControls",
)

_REQUEST = "delegated_resource_access_request"
REQUESTS = Collector(
    kind="oci.delegateaccess.request",
    service=_SERVICE,
    title="Requests of support operators to reach Exadata clusters",
    per=PER_COMPARTMENT,
    listing=compartment_listing(f"list_{_REQUEST}s", "inspect delegated-resource-access-requests"),
    details=(
        Detail(
            name="request",
            operation=f"get_{_REQUEST}",
            permission="read delegated-resource-access-requests",
            bind={f"{_REQUEST}_id": "item.id"},
        ),
        Detail(
            name="report",
            operation=f"get_{_REQUEST}_audit_log_report",
            permission="read delegated-resource-access-requests",
            bind={f"{_REQUEST}_id": "item.id"},
            secrets=("report", "processTree"),  # the commands themselves
        ),
    ),
    tables=(ProviderAccess,),
    rows=_request_rows,
    source=f"{_API}/DelegatedResourceAccessRequest/ListDelegatedResourceAccessRequests",
)
