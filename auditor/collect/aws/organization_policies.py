"""AWS Organizations: policies that bind accounts from above, and to what they are attached.

They never bind the management account, nor service-linked roles.

API: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html
"""

from collections.abc import Callable, Iterator
from typing import Any

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
from auditor.tables import Guardrail, Maybe

_ANYWHERE, _NOWHERE = "?", ""


def _service_control(found: Found) -> Iterator[Guardrail]:
    lock = read_region_lock(found.read("policy.Policy.Content"))
    yield from _guardrails(found, "service control policy", **_columns(lock))


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


def _resource_control(found: Found) -> Iterator[Guardrail]:
    yield from _limiting(found, "resource control policy", read_perimeter)


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
    names = [str(each.get("TargetId") or "") for each in entries(targets)] or [_NOWHERE]
    if isinstance(targets, Unknown):
        names = [_ANYWHERE]
    for name in names:
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


def _collector(kind: str, title: str, filter_name: str, rows: Any) -> Collector:
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
        tables=(Guardrail,),
        rows=rows,
        option="organization_role",
        source="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html",
    )


SERVICE_CONTROL = _collector(
    "service-control-policy",
    "service control policies: what nobody in an account may do",
    "SERVICE_CONTROL_POLICY",
    _service_control,
)
RESOURCE_CONTROL = _collector(
    "resource-control-policy",
    "resource control policies: who may never reach an account's resources",
    "RESOURCE_CONTROL_POLICY",
    _resource_control,
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
