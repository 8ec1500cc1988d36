"""What Lake Formation lends to users and roles of the account: read and write where tables lie.

It hands out credentials of the role that a location is registered with, limited to the tables that
a permission names: policies of the bucket see that role, and policies of the user or role only that
it asks Lake Formation. So whoever has a permission acts as the role, within a session policy.
People and groups of Identity Center are named without their directory, which ``facts`` finds; all
users and roles of the account are a holder of that name.

Source: https://docs.aws.amazon.com/lake-formation/latest/dg/how-vending-works.html and
https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from auditor.collect.aws.reading import entries, member, text, texts
from auditor.collect.aws.regions import partition_of
from auditor.collect.aws.resource_policies import written
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found, dig
from auditor.tables import Attachment, Maybe, Membership, PolicyDocument, Principal

Rows = Iterator[Principal | Membership | PolicyDocument | Attachment]
_IDENTITY = re.compile(r"arn:[^:]+:iam::(\d{12}):(?:user|role)/.+", re.ASCII | re.DOTALL)
_PERSON = re.compile(r"arn:[^:]+:identitystore:::(user|group)/[^/]+", re.ASCII | re.DOTALL)
# The group that tables have by default; a grant to the other one names all users and roles as well.
IAM_ALLOWS, _EVERY = "IAM_ALLOWED_PRINCIPALS", ":IAMPrincipals"
_LEFT_TO_IAM = Unknown(
    "whether Lake Formation lends what it leaves to policies of IAM is not known"
)
_BUCKET = re.compile(r"s3[an]?://([^/]+)(/.*)?", re.DOTALL)
_READ, _WRITE = ("s3:GetObject",), ("s3:PutObject", "s3:DeleteObject")
_GIVES: Mapping[str, tuple[str, ...]] = {
    "SELECT": _READ,
    "INSERT": ("s3:PutObject",),
    "DELETE": ("s3:DeleteObject",),
    "ALL": _READ + _WRITE,
    "SUPER_USER": _READ + _WRITE,
    # Whoever may make tables there reads and writes through them.
    "DATA_LOCATION_ACCESS": _READ + _WRITE,
}
_TABLES = ("Table", "TableWithColumns")
_SEVERAL = ("DataCellsFilter", "LFTagPolicy")
_ALL_TABLES = "ALL_TABLES"
_UNNAMED = Unknown("where the tables lie that the permission is about was not asked for each")
_SECRETS = (
    "Table.ViewOriginalText",
    "Table.ViewExpandedText",
    "Table.ViewDefinition",
    "Table.Parameters",
    "Table.StorageDescriptor.Parameters",
    "Table.StorageDescriptor.SerdeInfo.Parameters",
)

REGISTERED = Detail(
    name="locations",
    operation="ListResources",
    permission="lakeformation:ListResources",
    parameters={"MaxResults": 1000},
    items="ResourceInfoList",
    when="item.Permissions",
    shared=True,
)


def _table(kind: str) -> Detail:
    return Detail(
        name=kind,
        service="glue",
        operation="GetTable",
        permission="glue:GetTable",
        bind={
            "DatabaseName": f"item.Resource.{kind}.DatabaseName",
            "Name": f"item.Resource.{kind}.Name",
        },
        when=f"item.Resource.{kind}.Name",
        absent_on=("EntityNotFoundException",),
        secrets=_SECRETS,
    )


PLACES = (REGISTERED, *(_table(kind) for kind in _TABLES))


def lent(found: Found) -> Rows:
    """Yield what one permission lends, if it is one of the account's own user or role."""
    who = text(found, "item.Principal.DataLakePrincipalIdentifier")
    granted = texts(found.read("item.Permissions", absent=[]))
    actions = list(dict.fromkeys(each for name in granted for each in _GIVES.get(name, ())))
    if not actions or not _is_own(who, found.place["account"]):
        return
    name = "/".join([_subject(found.read("item.Resource", absent={})), *sorted(granted)])
    yield from _lending(found, who, name, actions, _places(found))


def lent_to_administrators(found: Found) -> Rows:
    """Yield what administrators of the data lake can give themselves: all that is registered."""
    admins = entries(found.read("item.DataLakeSettings.DataLakeAdmins", absent=[]))
    for who in dict.fromkeys(member(each, "DataLakePrincipalIdentifier") for each in admins):
        if _is_own(who, found.place["account"]):
            every = tuple(place for place, _ in _registered(found))
            yield from _lending(found, who, "administrator", [*_READ, *_WRITE], every)


def _is_own(who: str, account: str) -> bool:
    found = _IDENTITY.fullmatch(who)
    if found is not None:
        return found[1] == account
    return who in (IAM_ALLOWS, f"{account}{_EVERY}") or is_of_directory(who)


def is_of_directory(who: str) -> bool:
    """Whether a principal is a person or group of Identity Center."""
    return _PERSON.fullmatch(who) is not None


def _person(found: Found, who: str) -> Iterator[Principal]:
    """Yield somebody of a directory, until ``facts`` finds which one it is."""
    if match := _PERSON.fullmatch(who):
        unseen = Unknown("its directory was not found among those that were read")
        yield Principal(
            id=who,
            evidence=found.evidence,
            provider="aws",
            account=unseen,
            kind="person" if match[1] == "user" else "group",
            name=unseen,
            enabled=unseen,
            created=unseen,
            last_used=unseen,
            attributes=unseen,
            tags={},
        )


def _subject(resource: Json) -> str:
    """Name what a permission is about, so that it is told from others of one principal."""
    location = member(resource, "DataLocation.ResourceArn")
    named = [location] if location else []
    for kind in (*_TABLES, *_SEVERAL):
        about = dig(resource, kind)
        if isinstance(about, Mapping):
            named += [kind, *(str(about[key]) for key in sorted(about) if key != "ColumnNames")]
    return "/".join(named)


def _places(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the ARNs of what a permission is about, as far as it is in S3."""
    location = text(found, "item.Resource.DataLocation.ResourceArn")
    if location:
        return (location,)
    if any(found.read(f"item.Resource.{kind}", absent=None) for kind in _SEVERAL):
        return _UNNAMED
    for kind in _TABLES:
        name = text(found, f"item.Resource.{kind}.Name")
        if name == _ALL_TABLES or found.read(f"item.Resource.{kind}.TableWildcard", absent=None):
            return _UNNAMED
        if name:
            storage = found.read(f"{kind}.Table.StorageDescriptor", absent={})
            if isinstance(storage, Unknown):
                return storage
            several = [dig(storage, "Location"), *texts(dig(storage, "AdditionalLocations"))]
            matches = [_BUCKET.fullmatch(each) for each in texts(several)]
            start = f"arn:{partition_of(found.place['region'])}:s3:::"
            return tuple(f"{start}{each[1]}{each[2] or ''}" for each in matches if each)
    return ()


def _registered(found: Found) -> Iterator[tuple[str, str]]:
    """Yield each registered location with its role; a listing that was refused is a gap."""
    listed = found.read("locations", absent=[])
    for each in entries([] if isinstance(listed, Unknown) else listed):
        location, role = member(each, "ResourceArn"), member(each, "RoleArn")
        if location and role:
            yield location, role


def _lending(
    found: Found, who: str, name: str, actions: Iterable[str], places: Maybe[tuple[str, ...]]
) -> Rows:
    roles: dict[str, list[str]] = {}
    for location, role in _registered(found):
        inside = () if isinstance(places, Unknown) else _within(places, location)
        if inside or isinstance(places, Unknown):
            roles.setdefault(role, []).extend(inside)
    if roles:
        yield from _person(found, who)
    if who == IAM_ALLOWS:
        who = f"{found.place['account']}:{who}"
    for number, (role, lies) in enumerate(sorted(roles.items())):
        document = PolicyDocument(
            id=f"{who}#lake/{found.place['region']}/{name}/{number}",
            evidence=found.evidence,
            provider="aws",
            account=found.place["account"],
            kind="session",
            document=places if isinstance(places, Unknown) else _session(actions, lies),
        )
        yield document
        yield Membership(
            id=f"{role}/{who}",
            evidence=found.evidence,
            provider="aws",
            group_id=role,
            member_id=who,
        )
        yield Attachment(
            id=f"{who}/session/{document.id}",
            evidence=found.evidence,
            provider="aws",
            policy_id=document.id,
            holder_id=who,
            use="session",
        )


def _within(places: Iterable[str], location: str) -> tuple[str, ...]:
    """Return what of some places is in a registered location."""
    start = location.rstrip("/") + "/"
    return tuple(each for each in places if f"{each.rstrip('/')}/".startswith(start))


def _session(actions: Iterable[str], places: Iterable[str]) -> str:
    objects = sorted({f"{each.rstrip('/')}/*" for each in places})
    through = {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}
    return written(
        [
            {"Effect": "Allow", "Action": [*actions], "Resource": objects},
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                "Resource": "*",
                "Condition": through,
            },
        ]
    )
