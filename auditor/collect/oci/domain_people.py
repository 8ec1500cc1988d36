"""People of identity domains: who they are, for whom they work and where, by their directory.

Only what tells that is asked for, neither telephone numbers nor addresses. A domain may be full of
people who use the app: what it holds of them is small, and policies may name their groups, too.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/User/ListUsers
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.directories import entries_of, id_in_domain, in_directory
from auditor.collect.oci.principal_rows import (
    USER,
    names_of,
    principal,
    second_factor,
    texts,
    unseen,
)
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, moment, text
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, Principal

_ORACLES = "urn:ietf:params:scim:schemas:oracle:idcs:extension"
_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_STATE, _FACTORS = f"{_ORACLES}:userState:User", f"{_ORACLES}:mfa:User"
_MAY, _KEYS = f"{_ORACLES}:capabilities:User", f"{_ORACLES}:userCredentials:User"
_HOW = f"{_ORACLES}:user:User"
_WANTED = (
    *("ocid", "userName", "displayName", "active", "emails", "externalId", "title", "userType"),
    *("meta.created", "addresses.country", "addresses.type", _ENTERPRISE, _MAY, _KEYS),
    *(f"{_STATE}:lastSuccessfulLoginDate", f"{_FACTORS}:mfaStatus", f"{_HOW}:isFederatedUser"),
    f"{_HOW}:idcsAppRolesLimitedToGroups",
)
_FACTOR = {"ENROLLED": True, "UN_ENROLLED": False, "DISABLED": False, "IGNORED": False}
_WORDS = {
    "organization": "organization",
    "division": "division",
    "department": "department",
    "costCenter": "cost centre",
    "employeeNumber": "employee number",
}
_NOT_STATED = Unknown("the domain's answer does not state it")
_NO_DATES = Unknown("the list of a domain's people does not state when keys were made")


def people_of(found: Found) -> Iterator[Principal]:
    """Yield the people of a domain, or one of whom nothing is known if they cannot be listed."""
    why = found.read(PEOPLE.name)
    if isinstance(why, Unknown):
        yield unseen(found, USER, f"{text(found, 'item.id')}/person/?", why)
        return
    for each in entries_of(found, PEOPLE.name):
        yield _person(each)


def limits_of(found: Found, role: str) -> tuple[str, ...]:
    """Return the groups, by their names in the domain, to which a person's role is limited."""
    listed = entries(_part(found, _HOW).get("idcsAppRolesLimitedToGroups"))
    return tuple(str(each.get("value")) for each in listed if each.get("idcsAppRoleId") == role)


def _person(found: Found) -> Principal:
    password = _password(found)
    keys = _keys(found)
    signed_in = _part(found, _STATE).get("lastSuccessfulLoginDate")
    return principal(
        found,
        USER,
        id=id_in_domain(found),
        name=maybe_text(found, "item.userName"),
        known_as=_names(found),
        enabled=maybe_flag(found, "item.active"),
        password=password,
        second_factor=second_factor(password, _enrolled(found)),
        lasting_keys=keys,
        oldest_key="" if keys == 0 else _NO_DATES,
        created=moment(found.read("item.meta.created")),
        last_used=moment(signed_in) if signed_in else "",
        attributes=_attributes(found),
        tags=_NOT_STATED,
    )


def _part(found: Found, name: str) -> Mapping[str, Json]:
    """Return an extension of the person's record; its name has dots, so that no path leads there.

    One that has nothing to say is left out.
    """
    part = found.item.get(name) if isinstance(found.item, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _names(found: Found) -> tuple[str, ...]:
    emails = [each.get("value") for each in entries(found.read("item.emails", absent=[]))]
    stated = [text(found, f"item.{each}") for each in ("userName", "externalId", "id")]
    return names_of(*stated, *emails)


def _password(found: Found) -> Maybe[bool]:
    if _part(found, _HOW).get("isFederatedUser") is True:
        return False
    may = _part(found, _MAY)
    allowed = [may.get(each) for each in ("canUseConsolePassword", "canUseConsole")]
    if False in allowed:
        return False
    return True if True in allowed else _NOT_STATED


def _enrolled(found: Found) -> Maybe[bool]:
    status = _part(found, _FACTORS).get("mfaStatus")
    return _FACTOR.get(str(status), _NOT_STATED)


def _keys(found: Found) -> Maybe[int]:
    held = _part(found, _KEYS)
    if not held:
        return _NOT_STATED
    return sum(len(entries(several)) for several in held.values())


def _attributes(found: Found) -> dict[str, str]:
    item = found.item if isinstance(found.item, Mapping) else {}
    told = texts(_part(found, _ENTERPRISE), _WORDS)
    told |= texts(item, {"title": "title", "userType": "user type", "displayName": "display name"})
    places = entries(found.read("item.addresses", absent=[]))
    work = [each for each in places if each.get("type") == "work"] or places
    countries = {str(each["country"]) for each in work if each.get("country")}
    told["domain"] = text(found, "parent.id")
    # Two countries say nothing of where somebody works.
    return told | ({"country": countries.pop()} if len(countries) == 1 else {})


PEOPLE = in_directory("people", "list_users", "inspect users", attributes=",".join(_WANTED))
