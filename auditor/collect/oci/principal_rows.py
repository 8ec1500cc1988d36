"""Rows of principals and memberships that the lists of people and groups have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditor.collect.oci.reading import entries, moment
from auditor.collect.oci.states import state_of
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, Membership, Principal

GROUP, DYNAMIC_GROUP, USER, FEDERATION = "group", "dynamic group", "user", "federation"
DEFAULT = "Default"  # the domain that policies may leave out
_ON, _OFF = frozenset({"ACTIVE"}), frozenset({"INACTIVE", "CREATING", "DELETING", "DELETED"})
_UNSEEN = Unknown("who is in the group could not be read")


def principal(found: Found, kind: str, **columns: Any) -> Principal:
    """Return somebody of the tenancy; what is not stated is as for one that never signs in."""
    settled = {
        "evidence": found.evidence,
        "provider": "oci",
        "account": found.place["account"],
        "last_used": "",
        "attributes": {},
    }
    return Principal(kind=kind, **{**settled, **columns})


def membership(found: Found, group: str, member: str) -> Membership:
    """Return a member's place in a group."""
    return Membership(
        id=f"{group}/{member}",
        evidence=found.evidence,
        provider="oci",
        group_id=group,
        member_id=member,
    )


def somebody_in(found: Found, group: str, why: Unknown = _UNSEEN) -> tuple[Principal, Membership]:
    """Return the rows that stand for members of a group whom nobody could list."""
    member = unseen(found, USER, f"{group}/member/?", why)
    return member, membership(found, group, member.id)


def unseen(found: Found, kind: str, id_: str, why: Unknown) -> Principal:
    """Return the row that stands for those whom nobody could list."""
    signing_in = ("enabled", "password", "second_factor", "lasting_keys", "oldest_key")
    described = ("name", "known_as", "created", "last_used", "attributes", "tags")
    unknown: dict[str, Any] = dict.fromkeys((*signing_in, *described), why)
    return principal(found, kind, id=id_, **unknown)


def is_active(found: Found) -> Maybe[bool]:
    """Say by its lifecycle state whether somebody can act."""
    return state_of(found, "item.lifecycleState", _ON, _OFF)


def names_of(*names: Json) -> tuple[str, ...]:
    """Return the names that are texts, each once, in the order given."""
    return tuple(dict.fromkeys(each for each in names if isinstance(each, str) and each))


def lasting(found: Found, details: Iterable[str], unending: str) -> tuple[Maybe[int], Maybe[str]]:
    """Return how many credentials of a user do not end by themselves, and since when the oldest.

    Args:
        details: names of the details that list them.
        unending: the one of them whose credentials cannot end.
    """
    made: list[str] = []
    for name in details:
        listed = found.read(name)
        if isinstance(listed, Unknown):
            return listed, listed
        for each in entries(listed):
            ends = name != unending and each.get("timeExpires")
            if ends or each.get("lifecycleState") not in (None, "ACTIVE"):
                continue
            since = moment(each.get("timeCreated"))
            if isinstance(since, Unknown):
                return len(made) + 1, since
            made.append(since)
    return len(made), min(made, default="")


def second_factor(password: Maybe[bool], enrolled: Maybe[bool]) -> Maybe[bool]:
    """Return whether a sign-in takes a second factor; without a password there is none to take."""
    return False if password is False else enrolled


def texts(members: Mapping[str, Json], names: Mapping[str, str]) -> dict[str, str]:
    """Return the members that are texts, under other names."""
    found = {new: members.get(old) for old, new in names.items()}
    return {name: value for name, value in found.items() if isinstance(value, str) and value}
