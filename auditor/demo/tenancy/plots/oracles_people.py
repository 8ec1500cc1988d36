"""Oracle's own people: what they may do without asking, and what they asked for."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import DATABASES, FRANKFURT, HOME, USER_DATA, Builder, ocid
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_LOCKBOX, _RACK = ocid("lockbox", HOME, "payroll"), ocid("exadatainfrastructure", HOME, "rack-1")
_CLUSTER = ocid("cloudvmcluster", HOME, "rack-1-a")
_CONTROL, _DELEGATION = (
    ocid("opctl", HOME, "ask-first"),
    ocid("delegationcontrol", HOME, "patching"),
)
_PAYROLL = ocid("fusionenvironment", HOME, "payroll")
_TEST = ocid("fusionenvironment", FRANKFURT, "payroll-test")
_APPROVER = "ocid1.user.oc1..ann"
_DELEGATES = "delegate_access_control"
_ASKED, _OVER = "2026-09-01T08:00:00Z", "2026-09-01T20:00:00Z"


def _request(kind: str, name: str) -> str:
    return ocid(kind, HOME, name)


def _build(ground: Ground) -> None:
    _build_fusion(ground)
    _build_lockbox(ground.estate)
    _ask_to_open(ground.estate)
    _build_operators(ground.estate)
    _build_delegates(ground.estate)
    for name, report in (("kept", "AVAILABLE"), ("unrecorded", "NOTAVAILABLE")):
        _delegated_request(ground.estate, name, report)


def _build_fusion(ground: Ground) -> None:
    """Payroll is locked; a copy of it for tests stands in Frankfurt, and nothing locks that."""
    common: dict[str, Json] = {"lifecycle_state": "ACTIVE", "time_created": _ASKED}
    environment = "fusion_apps.FusionEnvironment"
    ground.estate.resource(
        HOME,
        environment,
        "fusionenvironment",
        "payroll",
        USER_DATA,
        display_name="payroll",
        fusion_environment_type="PRODUCTION",
        is_break_glass_enabled=True,
        lockbox_id=_LOCKBOX,
        kms_key_id=ground.keys[HOME],
        environment_role={
            "current_role": "PRIMARY",
            "standby_environment_region": "us-phoenix-1",
            "standby_environment_id": ocid("fusionenvironment", "us-phoenix-1", "payroll"),
        },
        **common,
    )
    ground.estate.resource(
        FRANKFURT,
        environment,
        "fusionenvironment",
        "payroll-test",
        USER_DATA,
        display_name="payroll-test",
        fusion_environment_type="TEST",
        is_break_glass_enabled=False,
        refresh={"source_fusion_environment_id": _PAYROLL, "time_finished": _OVER},
        **common,
    )


def _build_lockbox(estate: Builder) -> None:
    template = ocid("lockboxapprovaltemplate", HOME, "two-levels")
    estate.resource(
        HOME,
        "lockbox.Lockbox",
        "lockbox",
        "payroll",
        {},
        lifecycle_state="ACTIVE",
        display_name="payroll",
        lockbox_partner="FAAAS",
        resource_id=_PAYROLL,
        approval_template_id=template,
        time_created=_ASKED,
    )
    estate.resource(
        HOME,
        "lockbox.ApprovalTemplate",
        "lockboxapprovaltemplate",
        "two-levels",
        {},
        lifecycle_state="ACTIVE",
        display_name="two levels",
        auto_approval_state="DISABLED",
        time_created=_ASKED,
    )


def _ask_to_open(estate: Builder) -> None:
    for name, country, details, action in (
        ("from-home", "US", "APPROVED", "APPROVE"),
        ("from-abroad", "IN", "APPROVED", "APPROVE"),
        ("denied", "IN", "DENIED", "DENY"),
    ):
        estate.add(
            HOME,
            "lockbox",
            "AccessRequest",
            id=_request("lockboxaccessrequest", name),
            lockbox_id=_LOCKBOX,
            display_name=name,
            description="service request 3-1",
            requestor_id="ocid1.user.oc1..support",
            requestor_location=country,
            lifecycle_state="SUCCEEDED",
            lifecycle_state_details=details,
            activity_logs=[{"user_id": _APPROVER, "user_level": "LEVEL1", "action": action}],
            time_created=_ASKED,
            time_expired=_OVER,
        )


def _build_operators(estate: Builder) -> None:
    estate.add(
        HOME,
        "operator_access_control",
        "OperatorControl",
        id=_CONTROL,
        compartment_id=DATABASES,
        operator_control_name="ask-first",
        is_fully_pre_approved=False,
        pre_approved_op_action_list=["INFRA_DIAG"],
    )
    estate.add(
        HOME,
        "operator_access_control",
        "OperatorControlAssignment",
        id=ocid("opctlassignment", HOME, "rack-1"),
        compartment_id=DATABASES,
        operator_control_id=_CONTROL,
        op_control_name="ask-first",
        resource_id=_RACK,
        lifecycle_state="APPLIED",
        is_enforced_always=True,
        is_log_forwarded=True,
    )
    _operator_request(estate, "by-rule", is_auto_approved=True)
    _operator_request(
        estate,
        "asked",
        is_auto_approved=False,
        number_of_approvers=1,
        number_of_approvers_required=1,
        approver_details=[{"approver_id": _APPROVER}],
    )


def _operator_request(estate: Builder, name: str, **more: Json) -> None:
    id_ = _request("opctlaccessrequest", name)
    estate.add(
        HOME,
        "operator_access_control",
        "AccessRequest",
        id=id_,
        compartment_id=DATABASES,
        access_reason_summary="a disk failed",
        operator_id="OP-4711",
        resource_id=_RACK,
        opctl_id=_CONTROL,
        lifecycle_state="COMPLETED",
        time_of_creation=_ASKED,
        time_of_modification=_OVER,
        **more,
    )
    estate.add(
        HOME,
        "operator_access_control",
        "AuditLogReport",
        _path={"accessRequestId": id_},
        audit_report_status="AVAILABLE",
    )


def _build_delegates(estate: Builder) -> None:
    estate.add(
        HOME,
        _DELEGATES,
        "DelegationControl",
        id=_DELEGATION,
        compartment_id=DATABASES,
        display_name="patching",
        lifecycle_state="ACTIVE",
        is_auto_approve_during_maintenance=True,
    )
    estate.add(
        HOME,
        _DELEGATES,
        "DelegationControlResourceSummary",
        _path={"delegationControlId": _DELEGATION},
        id=_CLUSTER,
        resource_status="APPLIED",
    )


def _delegated_request(estate: Builder, name: str, report: str) -> None:
    id_ = _request("delegatedresourceaccessrequest", name)
    estate.add(
        HOME,
        _DELEGATES,
        "DelegatedResourceAccessRequest",
        id=id_,
        compartment_id=DATABASES,
        resource_id=_CLUSTER,
        delegation_control_id=_DELEGATION,
        reason_for_request="quarterly patches",
        requester_type="OPERATOR",
        request_status="COMPLETED",
        is_auto_approved=False,
        approval_info=[{"approval_action": "APPROVE", "approver_id": _APPROVER}],
        time_created=_ASKED,
        time_updated=_OVER,
    )
    estate.add(
        HOME,
        _DELEGATES,
        "DelegatedResourceAccessRequestAuditLogReport",
        _path={"delegatedResourceAccessRequestId": id_},
        audit_report_status=report,
    )


PLOT = Plot(
    build=_build,
    planted=(
        *stays_open("Oracle does not state what its own people reached", B_10b=TENANCY),
        *fails(
            "somebody abroad was let into payroll",
            B_10=_request("lockboxaccessrequest", "from-abroad"),
        ),
        *fails(
            "a rule let an operator in, and nobody was asked",
            B_10=_request("opctlaccessrequest", "by-rule"),
        ),
        *fails(
            "a support operator left no record",
            B_10=_request("delegatedresourceaccessrequest", "unrecorded"),
        ),
        *stays_open(
            "an operator of whom no country is stated",
            B_10=_request("opctlaccessrequest", "asked"),
        ),
        *stays_open(
            "a support operator of whom no country is stated",
            B_10=_request("delegatedresourceaccessrequest", "kept"),
        ),
        *fails("a copy of payroll for tests is in Frankfurt", A_02=_TEST, A_07b=_TEST),
        *stays_open(
            "whether the copy for tests has a standby is not stated",
            A_04=f"{_TEST}/replication/[?]",
            A_04b=f"{_PAYROLL} -> {_TEST}/replication/[?]",
        ),
        *fails(
            "payroll was copied to Frankfurt for tests",
            A_04=f"{_PAYROLL}/copy/{_TEST}",
        ),
    ),
)
