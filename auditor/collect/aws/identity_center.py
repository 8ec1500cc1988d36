"""AWS IAM Identity Center: where people sign in, and what they may act as in which account.

A permission set becomes a role in every account in which somebody is assigned it. AWS names that
role after the set and adds digits that only the account tells, so what is assigned is first called
'<permission set>/<account>', a principal of kind 'role'; ``facts`` puts the role in its place
where the account's roles are known. Policies of a permission set are those of its roles: they are
read there, as they act. An assignment is a membership whose group is that role: whoever is a member
may act as it.

Every account of an organisation sees its instance, and only who owns it may ask about it.

API: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, member, text, texts
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Maybe, Membership, Principal

DIRECTORY = "directory"
ANYWHERE = "?"
# An instance of one account has no permission sets, and says so.
NO_PERMISSION_SETS = ("ValidationException",)
_PREFIX = "AWSReservedSSO_"
_NO_ROLE = Unknown("the role of this permission set was not found in the account")


def store_of(found: Found) -> str:
    """Return the id of the identity store at a place."""
    return str(found.place[DIRECTORY]).partition(" ")[0]


def instance_of(found: Found) -> str:
    """Return the ARN of the instance at a place."""
    return str(found.place[DIRECTORY]).partition(" ")[2]


def assigned(principal_type: str, principal_id: str) -> Detail:
    """Return the question what a person or group is assigned, in all accounts.

    Args:
        principal_type: 'USER' or 'GROUP'.
        principal_id: path of their id.
    """
    return Detail(
        name="assignments",
        service="sso-admin",
        operation="ListAccountAssignmentsForPrincipal",
        permission="sso:ListAccountAssignmentsForPrincipal",
        parameters={"PrincipalType": principal_type},
        bind={"PrincipalId": principal_id},
        compose={"InstanceArn": instance_of},
        items="AccountAssignments",
        absent_on=NO_PERMISSION_SETS,
    )


def assignments(found: Found, principal: str, principal_id: str) -> Iterator[Membership]:
    """Yield what somebody may act as: not what only a group of theirs is assigned.

    Args:
        principal: id of their row.
        principal_id: their id in the identity store.
    """
    several = found.read("assignments")
    groups = [
        f"{member(each, 'PermissionSetArn')}/{member(each, 'AccountId')}"
        for each in entries(several)
        if each.get("PrincipalId") == principal_id
    ]
    for group in [ANYWHERE] if isinstance(several, Unknown) else groups:
        yield joins(group, principal, found.evidence)


def joins(group: str, who: str, evidence: tuple[int, ...]) -> Membership:
    """Return the row of one principal in one group; '?' where the answer was refused."""
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


def _permission_sets(found: Found) -> Iterator[Principal]:
    """Yield the role of a permission set in each account; itself, which cannot act, if in none."""
    accounts = found.read("accounts")
    if isinstance(accounts, Unknown):
        yield _role(found, f"/{ANYWHERE}", accounts)
        return
    numbers = texts(accounts)
    for number in numbers:
        yield _role(found, f"/{number}", number)
    if not numbers:
        yield _role(found, "", found.place["account"], enabled=False)


def _role(found: Found, suffix: str, account: Maybe[str], *, enabled: bool = True) -> Principal:
    name = maybe_text(found, "set.PermissionSet.Name")
    return Principal(
        id=text(found, "item") + suffix,
        evidence=found.evidence,
        provider="aws",
        account=account,
        kind="role",
        name=name if isinstance(name, Unknown) else f"{_PREFIX}{name}",
        enabled=enabled,
        created=maybe_text(found, "set.PermissionSet.CreatedDate"),
        last_used=_NO_ROLE,
        boundary_id=_NO_ROLE,
        attributes={},
        tags=_NO_ROLE,
    )


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
PERMISSION_SETS = Collector(
    kind="aws.sso.permission-set",
    service="sso-admin",
    title="permission sets, and the accounts in which each is a role",
    per=("account", "region", DIRECTORY),
    listing=Listing(
        operation="ListPermissionSets",
        permission="sso:ListPermissionSets",
        parameters={"MaxResults": 100},
        compose={"InstanceArn": instance_of},
        items="PermissionSets",
        absent_on=NO_PERMISSION_SETS,
    ),
    details=(
        Detail(
            name="set",
            operation="DescribePermissionSet",
            permission="sso:DescribePermissionSet",
            bind={"PermissionSetArn": "item"},
            compose={"InstanceArn": instance_of},
        ),
        Detail(
            name="accounts",
            operation="ListAccountsForProvisionedPermissionSet",
            permission="sso:ListAccountsForProvisionedPermissionSet",
            parameters={"MaxResults": 100},
            bind={"PermissionSetArn": "item"},
            compose={"InstanceArn": instance_of},
            items="AccountIds",
        ),
    ),
    tables=(Principal,),
    rows=_permission_sets,
    source="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListPermissionSets.html",
)
