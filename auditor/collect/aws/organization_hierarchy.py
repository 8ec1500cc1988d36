"""AWS Organizations: root, organizational units, and which account is in which.

Policies of the organisation are attached to these, and everything below inherits them.

API: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import HierarchyNode, Maybe

_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_ENABLED = "ENABLED"
KINDS = {
    "SERVICE_CONTROL_POLICY": "service control policy",
    "RESOURCE_CONTROL_POLICY": "resource control policy",
    "DECLARATIVE_POLICY_EC2": "declarative policy",
    "AISERVICES_OPT_OUT_POLICY": "AI services opt-out policy",
}


def _rows(found: Found) -> Iterator[HierarchyNode]:
    is_root = found.parent is None
    yield HierarchyNode(
        id=text(found, "item.Id"),
        evidence=found.evidence,
        provider="aws",
        kind="organisation root" if is_root else "organizational unit",
        name=maybe_text(found, "item.Name"),
        parent_id="" if is_root else maybe_text(found, "parent.Id"),
        switched_on=_switched_on(found) if is_root else (),
    )
    for account in entries(found.read("accounts")):
        number = str(account.get("Id"))
        if not _ACCOUNT.fullmatch(number):
            continue  # it is bound by nothing that we know of, as if it had not been listed
        yield HierarchyNode(
            id=number,
            evidence=found.evidence,
            provider="aws",
            kind="account",
            name=_name(account),
            parent_id=text(found, "item.Id"),
        )


def _switched_on(found: Found) -> Maybe[tuple[str, ...]]:
    types = found.read("item.PolicyTypes", absent=[])
    if isinstance(types, Unknown):
        return types
    on = {str(each.get("Type")) for each in entries(types) if each.get("Status") == _ENABLED}
    return tuple(sorted(kind for name, kind in KINDS.items() if name in on))


def _name(account: Json) -> Maybe[str]:
    name = dig(account, "Name")
    return name if isinstance(name, str) else Unknown("the account has no name")


HIERARCHY = Collector(
    kind="aws.organizations.hierarchy",
    service="organizations",
    title="root and organizational units, with the accounts in each",
    per=(),
    listing=Listing(operation="ListRoots", permission="organizations:ListRoots", items="Roots"),
    below=Listing(
        operation="ListOrganizationalUnitsForParent",
        permission="organizations:ListOrganizationalUnitsForParent",
        bind={"ParentId": "parent.Id"},
        items="OrganizationalUnits",
    ),
    details=(
        Detail(
            name="accounts",
            operation="ListAccountsForParent",
            permission="organizations:ListAccountsForParent",
            bind={"ParentId": "item.Id"},
            items="Accounts",
        ),
    ),
    tables=(HierarchyNode,),
    rows=_rows,
    option="organization_role",
    source="https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html",
)
