"""AWS IAM Identity Center: where people sign in, and what they may act as in which account.

A permission set becomes a role in every account in which somebody is assigned it. AWS names that
role after the set and adds digits that only the account tells, so it is first called
'<permission set>/<account>', a principal of kind 'role'; ``facts`` puts the account's role in its
place where that is known. Policies of a permission set are those of its roles: they are read there,
as they act. An assignment is a membership whose group is that role: whoever is a member may act as
it. Ids of people and groups are those of ``identity_store``.

Every account of an organisation sees its instance, and only who owns it is asked about it.

API: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignments.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Membership, Principal

DIRECTORY = "directory"
ANYBODY = "?"
_PREFIX = "AWSReservedSSO_"
_NO_ROLE = Unknown("the role of this permission set was not found in the account")


def store_of(found: Found) -> str:
    """Return the id of the identity store at a place."""
    return str(found.place[DIRECTORY]).partition(" ")[0]


def instance_of(found: Found) -> str:
    """Return the ARN of the instance at a place."""
    return str(found.place[DIRECTORY]).partition(" ")[2]


def person_or_group(kind: str, number: str, found: Found) -> str:
    """Return the id of a person or group at a place.

    Args:
        kind: 'user' or 'group'.
        number: their id in the identity store.
    """
    return f"identitystore/{store_of(found)}/{kind}/{number}"


def joins(group: str, who: str, evidence: tuple[int, ...]) -> Membership:
    """Return the row of one principal in one group or role; '?' for whom we may not know."""
    return Membership(
        id=f"{group}/{who}", evidence=evidence, provider="aws", group_id=group, member_id=who
    )


def _instances(found: Found) -> Iterator[Principal]:
    yield Principal(
        id=text(found, "item.InstanceArn"),
        evidence=found.evidence,
        provider="aws",
        account=maybe_text(found, "item.OwnerAccountId"),
        kind="federation",
        name=maybe_text(found, "item.Name", absent=""),
        created=maybe_text(found, "item.CreatedDate", absent=""),
        last_used="",
        attributes={"identity store": text(found, "item.IdentityStoreId")},
        tags=Unknown("tags of an instance are not asked for"),
    )


def _owned(found: Found) -> str | None:
    store, instance = text(found, "item.IdentityStoreId"), text(found, "item.InstanceArn")
    owner = text(found, "item.OwnerAccountId") or found.place["account"]
    if owner != found.place["account"] or not store or not instance:
        return None
    return f"{store} {instance}"


def _assignments(found: Found) -> Iterator[Principal | Membership]:
    name = maybe_text(found, "set.PermissionSet.Name")
    role = f"{text(found, 'parent')}/{text(found, 'item')}"
    yield Principal(
        id=role,
        evidence=found.evidence,
        provider="aws",
        account=text(found, "item"),
        kind="role",
        name=name if isinstance(name, Unknown) else f"{_PREFIX}{name}",
        created=maybe_text(found, "set.PermissionSet.CreatedDate"),
        last_used=_NO_ROLE,
        boundary_id=_NO_ROLE,
        attributes={},
        tags=_NO_ROLE,
    )
    several = found.read("assignments")
    members = [
        person_or_group(member(each, "PrincipalType").lower(), member(each, "PrincipalId"), found)
        for each in entries(several)
    ]
    for who in [ANYBODY] if isinstance(several, Unknown) else members:
        yield joins(role, who, found.evidence)


INSTANCES = Collector(
    kind="aws.sso.instance",
    service="sso-admin",
    title="instances of Identity Center, where people sign in",
    per=("account", "region"),
    listing=Listing(
        operation="ListInstances",
        permission="sso:ListInstances",
        items="Instances",
    ),
    tables=(Principal,),
    rows=_instances,
    axis=Axis(name=DIRECTORY, value=_owned, optional=True),
    source="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html",
)
ASSIGNMENTS = Collector(
    kind="aws.sso.assignment",
    service="sso-admin",
    title="accounts in which a permission set is a role, and who may act as it",
    per=("account", "region", DIRECTORY),
    parent=Listing(
        operation="ListPermissionSets",
        permission="sso:ListPermissionSets",
        parameters={"MaxResults": 100},
        compose={"InstanceArn": instance_of},
        items="PermissionSets",
        # An instance of one account has no permission sets, and says so.
        absent_on=("ValidationException",),
    ),
    listing=Listing(
        operation="ListAccountsForProvisionedPermissionSet",
        permission="sso:ListAccountsForProvisionedPermissionSet",
        parameters={"MaxResults": 100},
        bind={"PermissionSetArn": "parent"},
        compose={"InstanceArn": instance_of},
        items="AccountIds",
    ),
    details=(
        Detail(
            name="set",
            operation="DescribePermissionSet",
            permission="sso:DescribePermissionSet",
            bind={"PermissionSetArn": "parent"},
            compose={"InstanceArn": instance_of},
            shared=True,
        ),
        Detail(
            name="assignments",
            operation="ListAccountAssignments",
            permission="sso:ListAccountAssignments",
            parameters={"MaxResults": 100},
            bind={"PermissionSetArn": "parent", "AccountId": "item"},
            compose={"InstanceArn": instance_of},
            items="AccountAssignments",
        ),
    ),
    tables=(Principal, Membership),
    rows=_assignments,
    source="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListAccountAssignments.html",
)
