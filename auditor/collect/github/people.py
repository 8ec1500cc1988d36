"""Members of an organisation: who they are, and what membership itself gives them.

API: https://docs.github.com/en/graphql/reference/objects#organization
"""

from collections.abc import Iterator, Mapping

from auditor.collect.github.calls import ORGANIZATION
from auditor.collect.github.reading import PAGE, flag, held_by, moment, text, user_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Maybe, Principal, RepositoryRight

_PERMISSION = "members:read"
_OWNERS_ONLY = "organization_administration:read"
_BASE = {"none": "", "read": "read", "write": "write", "admin": "administer"}
_KEYS_UNTOLD = Unknown("GitHub shows nobody the classic tokens and keys of a member")
_UNUSED = Unknown("GitHub does not state when somebody was last here")


def _rows(found: Found) -> Iterator[Principal | RepositoryRight]:
    member = found.read("item.node", absent={})
    yield from user_row(
        found,
        member,
        account=found.place["account"],
        known_as=_known_as(found, str(dig(member, "login")).lower()),
        second_factor=_second_factor(found),
    )
    yield from _rights(found, user_of(found, dig(member, "login")))


def _second_factor(found: Found) -> Maybe[bool]:
    """Return whether a member has one; an organisation that requires it has no member without."""
    own = found.read("item.hasTwoFactorEnabled", absent=None)
    if own is None and found.read("parent.two_factor_requirement_enabled", absent=None) is True:
        return True
    return flag(own, "who has a second factor", _OWNERS_ONLY)


def _rights(found: Found, member: Maybe[str]) -> Iterator[RepositoryRight]:
    """Yield what membership gives: to owners everything, to others the base permission."""
    role = found.read("item.role", absent=None)
    base = found.read("parent.default_repository_permission", absent=None)
    if role == "ADMIN":
        given: Maybe[str] = "administer"
    elif str(base) in _BASE:
        given = _BASE[str(base)]
    else:
        given = Unknown("GitHub does not show what members may do by default", _OWNERS_ONLY)
    if given == "":
        return
    via = "owner" if role == "ADMIN" else "member"
    yield RepositoryRight(
        id=f"{member}/{via}/{found.place['account']}",
        **held_by(found),
        repository_id="*",
        principal_id=member,
        access=given,
        via=via,
    )


def _known_as(found: Found, login: str) -> Maybe[tuple[str, ...]]:
    """Return the login, addresses that the organisation checked, and single sign-on's names."""
    identities = found.read("identities", absent=[])
    if isinstance(identities, Unknown):
        return identities
    checked = found.read("item.node.organizationVerifiedDomainEmails", absent=[])
    listed = checked if isinstance(checked, list) else []
    names = {login, *(each for each in listed if isinstance(each, str))}
    for each in identities if isinstance(identities, list) else ():
        if str(dig(each, "user.login")).lower() == login:
            names |= _stated(dig(each, "samlIdentity")) | _stated(dig(each, "scimIdentity"))
    return tuple(sorted(names))


def _stated(identity: Json) -> set[str]:
    emails = dig(identity, "emails")
    names = [dig(identity, "nameId"), dig(identity, "username")]
    names += [dig(each, "value") for each in (emails if isinstance(emails, list) else ())]
    return {each for each in names if isinstance(each, str) and each}


def user_row(
    found: Found,
    user: Mapping[str, Json],
    *,
    account: str,
    known_as: Maybe[tuple[str, ...]] = (),
    second_factor: Maybe[bool] | None = None,
) -> Iterator[Principal]:
    """Yield the row of a user, none if he has no name.

    Args:
        account: organisation whose member he is, or his own name: a stranger's is his own.
    """
    who = user_of(found, dig(user, "login"))
    if isinstance(who, Unknown):
        return
    login = str(user["login"]).lower()
    yield Principal(
        id=who,
        evidence=found.evidence,
        provider="github",
        account=account,
        kind="user",
        name=login,
        known_as=known_as or (login,),
        password=Unknown("GitHub does not state how somebody signs in"),
        second_factor=Unknown("GitHub shows it of members only")
        if second_factor is None
        else second_factor,
        lasting_keys=_KEYS_UNTOLD,
        oldest_key=_KEYS_UNTOLD,
        created=moment(user["createdAt"]) if user.get("createdAt") else text(None, "since when"),
        last_used=_UNUSED,
        attributes={},
        tags={},
    )


MEMBERS = Collector(
    kind="github.members.member",
    service="graphql",
    title="Members and owners, with their names in single sign-on",
    per=ORGANIZATION,
    parent=Listing(
        service="rest",
        operation="GET /orgs/{org}",
        permission=_OWNERS_ONLY,
        items="",
        bind={"org": "place.account"},
    ),
    listing=Listing(
        operation="Members",
        permission=_PERMISSION,
        items="data.organization.membersWithRole.edges",
        parameters={"first": PAGE},
        bind={"organization": "place.account"},
    ),
    details=(
        Detail(
            name="identities",
            operation="Identities",
            permission=_PERMISSION,
            items="data.organization.samlIdentityProvider.externalIdentities.nodes",
            parameters={"first": PAGE},
            bind={"organization": "place.account"},
            shared=True,
        ),
    ),
    tables=(Principal, RepositoryRight),
    rows=_rows,
    source="https://docs.github.com/en/graphql/reference/objects#organization",
)
