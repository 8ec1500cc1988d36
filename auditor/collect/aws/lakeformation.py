"""AWS Lake Formation: permissions, readers outside AWS, and registered locations.

API: https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_ListPermissions.html
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import exits, flow_from, in_place, nowhere, to_outside
from auditor.collect.aws.flows import shares
from auditor.collect.aws.lake_rights import (
    IAM_ALLOWS,
    PLACES,
    REGISTERED,
    is_of_directory,
    lent,
    lent_to_administrators,
)
from auditor.collect.aws.principals import Party, account_of, joined
from auditor.collect.aws.reading import entries, maybe_text, member, optional, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Attachment, Flow, Maybe, Membership, PolicyDocument, Principal, Processor

_REFERENCE = "https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_"
_ABOUT = "item.DataLakeSettings"
_GROUP = re.compile(r"(\d{12}):IAMPrincipals", re.ASCII)
_DATABASES = (
    "Database.Name",
    "Table.DatabaseName",
    "TableWithColumns.DatabaseName",
    "DataCellsFilter.DatabaseName",
)


def _party(principal: Json, own: str) -> Party:
    """Return the account of a principal as Lake Formation names them."""
    if principal == IAM_ALLOWS:  # whom of the own account its policies allow
        return own
    if isinstance(principal, str):
        if is_of_directory(principal):
            return own
        match = _GROUP.fullmatch(principal)
        if match:
            return match[1]
        if ":organizations:" in principal:
            return Unknown("it is granted to accounts of an organisation, which are not named")
    return account_of(principal)


def _permission(
    found: Found,
) -> Iterator[Flow | Principal | Membership | PolicyDocument | Attachment]:
    """Yield what a permission lends, or a share of what it is about if it is another account's."""
    yield from lent(found)
    own = found.place["account"]
    principal = maybe_text(found, "item.Principal.DataLakePrincipalIdentifier")
    party = principal if isinstance(principal, Unknown) else _party(principal, own)
    if party == own:
        return
    where = found.place["region"]
    who = principal if isinstance(principal, str) else "?"
    source, part = _resource(found)
    if isinstance(party, Unknown):
        columns = {**nowhere(party), "active": party}
    else:
        columns = in_place(party, where)
    yield flow_from(found, source, "share", f"{who}/{part}" if part else who, **columns)


def _resource(found: Found) -> tuple[str, str]:
    """Return the id of what is granted, and which part of it."""
    location = text(found, "item.Resource.DataLocation.ResourceArn")
    if location:
        return location.partition("/")[0], location.partition("/")[2]
    name = next((name for name in (_named(found, each) for each in _DATABASES) if name), "")
    part = [_named(found, f"{each}.Name") for each in ("Table", "TableWithColumns")]
    resource = f"database/{name}" if name else "catalog"
    source = arn("glue", found.place["region"], found.place["account"], resource)
    return source, next((each for each in part if each), "")


def _named(found: Found, path: str) -> str:
    return text(found, f"item.Resource.{path}")


def _unseen(found: Found) -> Unknown | None:
    """Return why permissions may be there that were not listed; None if they were.

    AWS lists what the caller may see. Who administers the data lake, or may read as if, sees all;
    where nobody does, nobody has set it up.
    """
    caller = maybe_text(found, "caller.Arn")
    if isinstance(caller, Unknown):
        return caller
    path = "item.DataLakeSettings.{}Admins"
    lists = [found.read(path.format(kind), absent=[]) for kind in ("DataLake", "ReadOnly")]
    admins = [member(each, "DataLakePrincipalIdentifier") for one in lists for each in entries(one)]
    if not admins or _principal(caller) in {_principal(each) for each in admins}:
        return None
    return Unknown(
        "Lake Formation lists permissions to those whom it lets see them; make the auditing role a "
        "read-only administrator of the data lake"
    )


def _principal(name: str) -> tuple[str, str]:
    """Return the account and name of a user or role; of a session, those of its role."""
    resource = name.rpartition(":")[2].split("/")
    of_session = resource[0] == "assumed-role" and len(resource) > 1
    return account_in(name), resource[1] if of_session else resource[-1]


def _settings(
    found: Found,
) -> Iterator[Processor | Flow | Principal | Membership | PolicyDocument | Attachment]:
    """Yield the catalogue as a door, if engines outside AWS may read through it."""
    yield from lent_to_administrators(found)
    filtered = _setting(found, "AllowExternalDataFiltering")
    whole = _setting(found, "AllowFullTableExternalDataAccess")
    unseen = _unseen(found)
    if not filtered and not whole and unseen is None:
        return
    account = found.place["account"]
    row = processor_of(
        found,
        id=arn("glue", found.place["region"], account, "catalog"),
        name="catalog",
        kind="data lake",
        public=False,  # read with credentials of AWS only
    )
    yield row
    if unseen is not None:
        yield possible(row, "share", unseen, "permissions")
    if whole:
        why = "engines outside AWS get credentials for whole tables, wherever they run"
        active = True if whole is True else whole
        yield to_outside(row, "share", "full table access", why, active=active)
    if isinstance(filtered, Unknown):
        yield possible(row, "share", filtered)
    elif filtered:
        listed = entries(
            found.read("item.DataLakeSettings.ExternalDataFilteringAllowList", absent=[])
        )
        parties = [_party(each.get("DataLakePrincipalIdentifier"), account) for each in listed]
        yield from shares(row, joined(parties))


def _setting(found: Found, name: str) -> Maybe[bool]:
    """Return whether a setting is on; one that is left out is off."""
    value = optional(found, f"{_ABOUT}.{name}", _ABOUT, False)
    return value if isinstance(value, bool | Unknown) else Unknown(f"{name} is no truth value")


def _location(found: Found) -> Iterator[Processor | Flow]:
    """Yield a registered location: what stands there is read through Lake Formation."""
    resource = text(found, "item.ResourceArn")
    region, account = found.place["region"], found.place["account"]
    row = processor_of(
        found,
        id=arn("lakeformation", region, account, f"resource/{resource}"),
        name=resource,
        kind="data location",
        public=False,  # read with credentials of AWS only
    )
    yield row
    yield from exits(row, "mount", [resource.partition("/")[0]])


PERMISSIONS = Collector(
    kind="aws.lakeformation.permission",
    service="lakeformation",
    title="what Lake Formation grants",
    per=("account", "region"),
    listing=Listing(
        operation="ListPermissions",
        permission="lakeformation:ListPermissions",
        parameters={"MaxResults": 1000},
        items="PrincipalResourcePermissions",
    ),
    details=PLACES,
    tables=(Flow, Principal, Membership, PolicyDocument, Attachment),
    rows=_permission,
    source=_REFERENCE + "ListPermissions.html",
)

SETTINGS = Collector(
    kind="aws.lakeformation.settings",
    service="lakeformation",
    title="whether engines outside AWS may read the data lake",
    per=("account", "region"),
    listing=Listing(
        operation="GetDataLakeSettings",
        permission="lakeformation:GetDataLakeSettings",
    ),
    details=(
        Detail(
            name="caller",
            service="sts",
            operation="GetCallerIdentity",
            permission="",  # cannot be denied, the reference says
        ),
        replace(REGISTERED, when="item.DataLakeSettings.DataLakeAdmins"),
    ),
    tables=(Processor, Flow, Principal, Membership, PolicyDocument, Attachment),
    rows=_settings,
    source=_REFERENCE + "GetDataLakeSettings.html",
)

LOCATIONS = Collector(
    kind="aws.lakeformation.location",
    service="lakeformation",
    title="locations that are registered with Lake Formation",
    per=("account", "region"),
    listing=Listing(
        operation="ListResources",
        permission="lakeformation:ListResources",
        parameters={"MaxResults": 1000},
        items="ResourceInfoList",
    ),
    tables=(Processor, Flow),
    rows=_location,
    source=_REFERENCE + "ListResources.html",
)
