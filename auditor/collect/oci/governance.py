"""Governance rules: what the parent tenancy of an organisation imposes on its children.

A rule on regions decides to which a child may subscribe. Where it is subscribed already, it can
go on making things: https://docs.oracle.com/en-us/iaas/Content/General/organization/add-governance.htm

API: https://docs.oracle.com/en-us/iaas/api/#/en/governance-rules/20220504/GovernanceRule/
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.guardrail_rows import guardrail, quota_rows
from auditor.collect.oci.reading import entries, maybe_text, odd, text
from auditor.collect.oci.regions import full_name
from auditor.collect.oci.service_rows import COLLECTED, get_detail
from auditor.collect.oci.states import meaning, state_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Guardrail, Maybe

_SERVICE = "governance_rules_control_plane.GovernanceRuleClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/governance-rules/20220504"
_ON, _OFF = frozenset({"ACTIVE"}), frozenset({"DELETED"})
# States of an attachment, of which the reference names none.
_NOT_ATTACHED = frozenset({"DELETED", "DELETING", "FAILED", "INACTIVE"})
_SUBSCRIBED_BEFORE = ("regions to which the tenancy was subscribed before",)


def _rule(found: Found) -> Iterator[Guardrail]:
    """Yield the rule once for each tenancy to which it is attached."""
    if text(found, "item.lifecycleState") == "DELETED":
        return
    id_, name = text(found, "item.id"), text(found, "item.displayName")
    in_force = state_of(found, "item.lifecycleState", _ON, _OFF)
    attachments = found.read("attachments")
    if isinstance(attachments, Unknown):
        yield from _rows(found, "rule", f"{id_}/?", name, "?", attachments)
        return
    for each in entries(attachments):
        tenancy = str(each.get("tenancyId"))
        enforced = meaning(each.get("lifecycleState"), _ON, _NOT_ATTACHED)
        both = in_force if in_force is not True else enforced
        yield from _rows(found, "rule", f"{id_}/{tenancy}", name, tenancy, both)


def _enforced(found: Found) -> Iterator[Guardrail]:
    """Yield a rule that the parent tenancy imposes on this one."""
    id_, name = text(found, "item.id"), text(found, "item.governanceRuleDisplayName")
    enforced = state_of(found, "item.lifecycleState", _ON, _OFF)
    yield from _rows(found, "rule", id_, name, found.place["account"], enforced)


def _rows(
    found: Found, detail: str, id_: str, name: str, tenancy: str, enforced: Maybe[bool]
) -> Iterator[Guardrail]:
    kind = maybe_text(found, "item.type")
    common: dict[str, Any] = {
        "id": id_,
        "name": name,
        "kind": "governance rule",
        "target_id": tenancy,
        "enforced": enforced,
    }
    if kind == "ALLOWED_REGIONS":
        regions = _regions(found.read(f"{detail}.template.regions"))
        yield guardrail(
            found,
            limits=("regions",),
            allowed_regions=regions,
            escapes=_SUBSCRIBED_BEFORE,
            **common,
        )
    elif kind == "QUOTA":
        statements = found.read(f"{detail}.template.statements")
        yield from quota_rows(found, id_, name, tenancy, statements, enforced)
    elif kind == "TAG":
        yield guardrail(found, limits=("tags",), **common)
    else:
        why = kind if isinstance(kind, Unknown) else Unknown(f"rules of type {kind} are not known")
        yield guardrail(
            found, limits=why, allowed_regions=why, denied_regions=why, escapes=why, **common
        )


def _regions(names: Json) -> Maybe[tuple[str, ...]]:
    if isinstance(names, Unknown):
        return names
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return odd("regions", "a list of names")
    return tuple(full_name(name) for name in names)


def _of_the_tenancy(operation: str, permission: str) -> Listing:
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    )


RULES = Collector(
    kind="oci.governance.rule",
    service=_SERVICE,
    title="Rules that this tenancy imposes on the others of its organisation",
    per=("account",),
    listing=_of_the_tenancy("list_governance_rules", "inspect organizations-governance-rules"),
    details=(
        get_detail("rule", "get_governance_rule", "read organizations-governance-rules"),
        Detail(
            name="attachments",
            operation="list_tenancy_attachments",
            permission="read organizations-governance-rules",
            parameters={"limit": 1000},
            bind={"compartment_id": "place.account", "governance_rule_id": "item.id"},
            items=COLLECTED,
        ),
    ),
    tables=(Guardrail,),
    rows=_rule,
    source=f"{_API}/GovernanceRuleCollection/ListGovernanceRules",
)

ENFORCED_RULES = Collector(
    kind="oci.governance.enforcedrule",
    service=_SERVICE,
    title="Rules that the parent tenancy imposes on this one",
    per=("account",),
    listing=_of_the_tenancy(
        "list_enforced_governance_rules", "inspect organizations-enforced-governance-rules"
    ),
    details=(
        Detail(
            name="rule",
            operation="get_enforced_governance_rule",
            permission="read organizations-enforced-governance-rules",
            bind={"enforced_governance_rule_id": "item.id"},
        ),
    ),
    tables=(Guardrail,),
    rows=_enforced,
    source=f"{_API}/EnforcedGovernanceRuleCollection/ListEnforcedGovernanceRules",
)
