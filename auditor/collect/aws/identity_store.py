"""AWS Identity Store: the people and groups of Identity Center.

What is said of a person is what the directory behind it says. How they sign in, AWS does not
state. Ids are 'identitystore/<store>/user/<id>' and 'identitystore/<store>/group/<id>'. What they
may act as, ``identity_center`` says.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.identity_center import (
    ANYBODY,
    DIRECTORY,
    joins,
    person_or_group,
    store_of,
)
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Membership, Principal

_ENTERPRISE = "aws:identitystore:enterprise"
_UNSTATED = Unknown("Identity Center does not state how and when people sign in")
_PLAIN = {
    "title": "Title",
    "type": "UserType",
    "locale": "Locale",
    "language": "PreferredLanguage",
    "timezone": "Timezone",
}
_OF_WORK = ("organization", "division", "department", "costCenter", "employeeNumber")


def _people(found: Found) -> Iterator[Principal]:
    names = (text(found, "item.DisplayName"), text(found, "item.UserName"))
    yield Principal(
        id=person_or_group("user", text(found, "item.UserId"), found),
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="person",
        name=next(filter(None, names), maybe_text(found, "item.UserName")),
        known_as=_known_as(found),
        # A directory that knows of no such state has disabled nobody.
        enabled=text(found, "item.UserStatus") != "DISABLED",
        password=_UNSTATED,
        second_factor=_UNSTATED,
        created=maybe_text(found, "item.CreatedAt", absent=""),
        last_used=_UNSTATED,
        attributes=dict(_attributes(found)),
        tags={},
    )


def _known_as(found: Found) -> tuple[str, ...]:
    names = [text(found, "item.UserName"), text(found, "item.UserId")]
    names += [member(each, "Value") for each in entries(found.read("item.Emails", absent=[]))]
    names += [member(each, "Id") for each in entries(found.read("item.ExternalIds", absent=[]))]
    return tuple(dict.fromkeys(filter(None, names)))


def _attributes(found: Found) -> Iterator[tuple[str, str]]:
    for name, source in _PLAIN.items():
        if value := text(found, f"item.{source}"):
            yield name, value
    addresses = entries(found.read("item.Addresses", absent=[]))
    first = sorted(addresses, key=lambda each: each.get("Primary") is not True)
    countries = filter(None, (member(each, "Country") for each in first))
    if country := next(countries, ""):
        yield "country", country
    work = dig(found.read("item.Extensions", absent={}), _ENTERPRISE)
    yield from _of_work(work)


def _of_work(work: Json) -> Iterator[tuple[str, str]]:
    if isinstance(work, Mapping):
        for name in _OF_WORK:
            if isinstance(value := work.get(name), str) and value:
                yield name, value


def _groups(found: Found) -> Iterator[Principal | Membership]:
    group = person_or_group("group", text(found, "item.GroupId"), found)
    yield Principal(
        id=group,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="group",
        name=maybe_text(found, "item.DisplayName", absent=""),
        created=maybe_text(found, "item.CreatedAt", absent=""),
        last_used="",
        attributes={},
        tags={},
    )
    several = found.read("members")
    numbers = [member(each, "MemberId.UserId") for each in entries(several)]
    members = [person_or_group("user", number, found) for number in numbers]
    for who in [ANYBODY] if isinstance(several, Unknown) else members:
        yield joins(group, who, found.evidence)


PEOPLE = Collector(
    kind="aws.identitystore.user",
    service="identitystore",
    title="people of Identity Center",
    per=("account", "region", DIRECTORY),
    listing=Listing(
        operation="ListUsers",
        permission="identitystore:ListUsers",
        parameters={"MaxResults": 100, "Extensions": [_ENTERPRISE]},
        compose={"IdentityStoreId": store_of},
        items="Users",
        # No audit needs to know them.
        secrets=(
            "Users.PhoneNumbers.Value",
            "Users.Addresses.StreetAddress",
            "Users.Addresses.Formatted",
            "Users.Birthdate",
            "Users.Photos.Value",
        ),
    ),
    tables=(Principal,),
    rows=_people,
    source="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html",
)
GROUPS = Collector(
    kind="aws.identitystore.group",
    service="identitystore",
    title="groups of Identity Center, and who is in each",
    per=("account", "region", DIRECTORY),
    listing=Listing(
        operation="ListGroups",
        permission="identitystore:ListGroups",
        parameters={"MaxResults": 100},
        compose={"IdentityStoreId": store_of},
        items="Groups",
    ),
    details=(
        Detail(
            name="members",
            operation="ListGroupMemberships",
            permission="identitystore:ListGroupMemberships",
            parameters={"MaxResults": 100},
            bind={"GroupId": "item.GroupId"},
            compose={"IdentityStoreId": store_of},
            items="GroupMemberships",
        ),
    ),
    tables=(Principal, Membership),
    rows=_groups,
    source="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroups.html",
)
