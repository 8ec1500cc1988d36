"""AWS Organizations: policies that bind accounts from above, and to what they are attached.

They never bind the management account, nor service-linked roles.

API: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html
"""

from collections.abc import Callable, Iterator
from typing import Any

from auditor.collect.aws.iam_policies import attachment, policy_text
from auditor.collect.aws.organization_settings import (
    Limits,
    read_declarations,
    read_opt_outs,
    read_perimeter,
)
from auditor.collect.aws.reading import entries, text
from auditor.collect.aws.region_locks import RegionLock, read_region_lock
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Attachment, Guardrail, Maybe, PolicyDocument, Row

_ANYWHERE, _NOWHERE = "?", ""


def _service_control(found: Found) -> Iterator[Row]:
    lock = read_region_lock(found.read("policy.Policy.Content"))
    yield from _guardrails(found, "service control policy", **_columns(lock))
    yield from _document(found, "service control")


def _columns(lock: Maybe[RegionLock]) -> dict[str, Any]:
    if isinstance(lock, Unknown):
        names = ("limits", "allowed_regions", "denied_regions", "escapes", "exempt_principals")
        return dict.fromkeys(names, lock)
    return {
        "limits": ("regions",) if lock.limits_regions else (),
        "allowed_regions": lock.allowed,
        "denied_regions": lock.denied,
        "escapes": lock.escapes,
        "exempt_principals": lock.exempt,
    }


def _resource_control(found: Found) -> Iterator[Row]:
    yield from _limiting(found, "resource control policy", read_perimeter)
    yield from _document(found, "resource control")


def _document(found: Found, kind: str) -> Iterator[PolicyDocument | Attachment]:
    """Yield the text of a policy, and each node or account that it is attached to."""
    arn = text(found, "item.Arn")
    yield PolicyDocument(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account="",
        kind=kind,
        document=policy_text(found.read("policy.Policy.Content")),
    )
    for node in _target_ids(found):
        yield attachment(arn, node, "control", found.evidence)


def _declarative(found: Found) -> Iterator[Guardrail]:
    yield from _limiting(found, "declarative policy", read_declarations)


def _opt_out(found: Found) -> Iterator[Guardrail]:
    yield from _limiting(found, "AI services opt-out policy", read_opt_outs)


def _limiting(
    found: Found, kind: str, read: Callable[[Json], Maybe[Limits]]
) -> Iterator[Guardrail]:
    limits = read(found.read("policy.Policy.Content"))
    if isinstance(limits, Unknown):
        yield from _guardrails(found, kind, limits=limits, escapes=limits)
    else:
        yield from _guardrails(found, kind, limits=limits.limits, escapes=limits.escapes)


def _guardrails(found: Found, kind: str, **columns: Any) -> Iterator[Guardrail]:
    """Yield one row per place that the policy is attached to; one that binds nobody if to none."""
    policy = text(found, "item.Id")
    targets = found.read("targets")
    for name in _target_ids(found) or [_NOWHERE]:
        yield Guardrail(
            id=f"{policy}/{name}",
            evidence=found.evidence,
            provider="aws",
            account="",
            name=text(found, "item.Name") or policy,
            kind=kind,
            target_id=name,
            enforced=targets if isinstance(targets, Unknown) else name != _NOWHERE,
            **columns,
        )


def _target_ids(found: Found) -> list[str]:
    targets = found.read("targets")
    if isinstance(targets, Unknown):
        return [_ANYWHERE]
    return [str(each.get("TargetId") or "") for each in entries(targets)]


def _collector(
    kind: str, title: str, filter_name: str, rows: Any, more: tuple[type[Row], ...] = ()
) -> Collector:
    return Collector(
        kind=f"aws.organizations.{kind}",
        service="organizations",
        title=title,
        per=(),
        listing=Listing(
            operation="ListPolicies",
            permission="organizations:ListPolicies",
            parameters={"Filter": filter_name},
            items="Policies",
        ),
        details=(
            Detail(
                name="policy",
                operation="DescribePolicy",
                permission="organizations:DescribePolicy",
                bind={"PolicyId": "item.Id"},
            ),
            Detail(
                name="targets",
                operation="ListTargetsForPolicy",
                permission="organizations:ListTargetsForPolicy",
                bind={"PolicyId": "item.Id"},
                items="Targets",
            ),
        ),
        tables=(Guardrail, *more),
        rows=rows,
        option="organization_role",
        source="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html",
    )


SERVICE_CONTROL = _collector(
    "service-control-policy",
    "service control policies: what nobody in an account may do",
    "SERVICE_CONTROL_POLICY",
    _service_control,
    (PolicyDocument, Attachment),
)
RESOURCE_CONTROL = _collector(
    "resource-control-policy",
    "resource control policies: who may never reach an account's resources",
    "RESOURCE_CONTROL_POLICY",
    _resource_control,
    (PolicyDocument, Attachment),
)
DECLARATIVE = _collector(
    "declarative-policy",
    "declarative policies for EC2: settings that an account cannot change",
    "DECLARATIVE_POLICY_EC2",
    _declarative,
)
AI_OPT_OUT = _collector(
    "ai-opt-out-policy",
    "opt-outs from the use of content by AI services, which may move it to other regions",
    "AISERVICES_OPT_OUT_POLICY",
    _opt_out,
)
