"""What each principal can become in one step: by acting as it, changing it, or running code."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.access import identities
from auditor.access.estate import Actor, Estate, within
from auditor.access.layers import identity_of
from auditor.access.rights import Reasoner, Right
from auditor.access.runners import COMMAND, Runners
from auditor.access.sets import members
from auditor.access.spread import Spread, joined, met
from auditor.access.truth import TRUE, Truth, both, unknown

# Kind of step -> the step in words.
SAYS = {
    identities.ASSUME: "acts as {}",
    identities.RETRUST: "changes who may act as {}, and acts as it",
    identities.BECOME: "makes itself credentials of {}",
    identities.JOIN: "puts itself into {}",
}
# Kind of what hands out roles -> the service that does it, which the role must trust.
_HANDED_OUT_BY = {
    "rolesanywhere:profile": "rolesanywhere.amazonaws.com",
    "eks:podidentityassociation": "pods.eks.amazonaws.com",
}
_HANDS_OUT = re.compile(r"arn:[^:]+:([^:]+):[^:]*:[^:]*:([^/]+)/.+", re.DOTALL)
# Groups of all users and roles of an account, and whether Lake Formation lends to them.
_LENT_TO_ALL = (
    ("IAMPrincipals", TRUE),
    (
        "IAM_ALLOWED_PRINCIPALS",
        unknown("whether Lake Formation lends what it leaves to policies of IAM is not known"),
    ),
)
_NOBODY = Actor(id="", kind="", account="")


@dataclass(frozen=True, slots=True)
class Way:
    """One step to another principal.

    Attributes:
        target: id of the principal that it can act as.
        says: the step in words.
        truth: whether it is given: certain, conditional or unknown.
    """

    target: str
    says: str
    truth: Truth = TRUE


class Ways:
    """Finds the steps that each principal can take."""

    def __init__(self, estate: Estate, memberships: Mapping[str, tuple[str, ...]]) -> None:
        """Index roles and their trust policies.

        Args:
            memberships: principal -> groups of a directory that it is in, and roles that it may
                act as because somebody assigned them.
        """
        self._estate, self._memberships = estate, memberships
        resources = tuple(identities.identities_of(estate))
        self._reasoner = Reasoner(
            identities.without_policies(estate, resources),
            resources,
            identities.access_of,
            identities.scopes_of,
        )
        self._known: dict[tuple[object, ...], tuple[Way, ...]] = {}
        self._equal: dict[tuple[Way, ...], tuple[Way, ...]] = {}
        self._trusting: dict[str, Spread] = {}
        self._roles: Mapping[str, int] = {}
        for service in (*identities.LAUNCHERS, *_HANDED_OUT_BY.values()):
            actor = Actor(id=f"service:{service}", kind="service", account="")
            for right in self._reasoner.rights(actor):
                if right.access == identities.ASSUME:
                    self._trusting[service] = right.given.spread
                    self._roles = right.segment.places
        names = tuple(self._roles)
        self._runners = Runners(
            estate,
            {
                service: frozenset(names[place] for place in members(spread.known_of))
                for service, spread in self._trusting.items()
            },
        )

    def of(self, actor: Actor) -> tuple[Way, ...]:
        """Return the steps that a principal can take; principals with the same get one tuple."""
        # What a service may act as, it does on behalf of those who set it up: see launching.
        is_own = actor.kind == "service" and not actor.account
        rights = [] if is_own else list(self._reasoner.rights(actor))
        if actor.kind != "user":  # nothing else can be in a group
            rights = [each for each in rights if each.access != identities.JOIN]
        emptied = self._empowered(actor, rights)
        member = self._memberships.get(actor.id, ())
        lent = tuple(self._lent(actor, rights))
        key = (
            emptied,
            member,
            lent,
            _handed_out_by(actor),
            actor.id if actor.id in self._estate.sessions else "",
            *((right.access, id(right.given)) for right in rights),
        )
        found = self._known.get(key)
        if found is None:
            found = (
                *(way for each in member for way in self._assigned(actor, each)),
                *lent,
                *emptied,
                *(way for right in rights for way in _ways(right)),
                *self._launched(rights),
                *self._commanded(rights),
            )
            found = (*found, *self._empowering(found, rights))
            found = tuple(dict.fromkeys(found))
            found = self._known[key] = self._equal.setdefault(found, found)
        return found

    def _assigned(self, member: Actor, group: str) -> Iterator[Way]:
        actor = self._estate.actors.get(group)
        verb = "acts as" if actor is not None and actor.kind == "role" else "is in group"
        truth: Truth | None = TRUE
        if service := _handed_out_by(member):
            place, trusted = self._roles.get(group), self._trusting.get(service, Spread())
            truth = None if place is None else _truth_at(trusted, place)
        if truth is not None:
            # Under limits of the sessions that it gets, a role is less than the role.
            limited = within(group, member.id)
            target = limited if limited in self._estate.actors else group
            yield Way(target, f"{verb} {target}", truth)

    def _lent(self, actor: Actor, rights: list[Right]) -> Iterator[Way]:
        """Yield roles that Lake Formation lends to all users and roles of an account that ask."""
        asking = [each for each in rights if each.access == identities.BORROW]
        if actor.kind not in ("user", "role") or not asking:
            return
        place = asking[0].segment.places.get(f"{identities.LAUNCH}/{actor.account}")
        truth = None if place is None else _truth_at(asking[0].given.spread, place)
        for holder, doubt in _LENT_TO_ALL if truth else ():
            name = f"{actor.account}:{holder}"
            for role in self._memberships.get(name, ()):
                target = within(role, name)
                if target in self._estate.actors:
                    yield Way(target, f"acts as {target}", both(truth or TRUE, doubt))

    def _empowered(self, actor: Actor, rights: list[Right]) -> tuple[Way, ...]:
        """Return the step to everything in its account, if it can change its own policies."""
        if actor.kind not in ("user", "role"):
            return ()
        changing = [each for each in rights if each.access == identities.EMPOWER]
        if not changing:
            return ()
        policies = {each.policy_id for each in identity_of(self._estate, actor)}
        return tuple(self._changed({actor.id, *actor.groups, *policies}, actor.account, changing))

    def _empowering(self, ways: tuple[Way, ...], rights: list[Right]) -> Iterator[Way]:
        """Yield the step to everything in the account of one that it can act as and change."""
        changing = [each for each in rights if each.access == identities.EMPOWER]
        for right in changing:
            for account in sorted(right.segment.accounts):
                theirs = {each.target for each in ways if f"::{account}:" in each.target}
                yield from self._changed(theirs, account, [right])

    def _changed(self, names: set[str], account: str, changing: list[Right]) -> Iterator[Way]:
        """Yield the step to an account's root user, if one of some policies can be changed."""
        root = f"arn:aws:iam::{account}:root"
        if root not in self._estate.actors:
            return
        for right in changing:
            places = right.segment.places
            for name in sorted(names & places.keys()):
                truth = _truth_at(right.given.spread, places[name])
                if truth is not None:
                    bounded = self._estate.actors.get(name, _NOBODY).boundary
                    limit = " within its permissions boundary" if bounded else ""
                    yield Way(root, f"gives {name} any right{limit}", truth)
                    return

    def _launched(self, rights: list[Right]) -> Iterator[Way]:
        """Yield roles that it can hand to code of its own."""
        passed = [each for each in rights if each.access == identities.PASS]
        launches = {each.access: each for each in rights if each.segment.kind == identities.LAUNCH}
        if not passed or not launches:
            return
        right = passed[0]
        for service, launch in sorted(launches.items()):
            trusted = self._trusting.get(service)
            if trusted is None:
                continue
            spread = met(right.given.spread, Spread(trusted.known_of))
            here = Spread()
            for place in members(launch.given.spread.known_of):
                account = launch.segment.resources[place].account
                here = joined(here, spread.within(right.segment.accounts.get(account, 0)))
            yield from _each(right, here, f"hands {{}} to what it starts at {service}")

    def _commanded(self, rights: list[Right]) -> Iterator[Way]:
        """Yield the roles of things that run code, and that it can put code of its own into."""
        for right in rights:
            if right.access == COMMAND:
                for each in self._runners.acted_as(right):
                    yield Way(each.role, each.says, each.truth)


def _handed_out_by(actor: Actor) -> str:
    """Return the service by which a principal gets its roles; '' if it needs none."""
    found = _HANDS_OUT.fullmatch(actor.id) if actor.kind == "federation" else None
    return _HANDED_OUT_BY.get(f"{found[1]}:{found[2]}", "") if found else ""


def member_of(actor: Actor) -> Actor:
    """Return somebody who has what a group has, for a group of IAM; else the same principal."""
    if actor.kind != "group" or not actor.id.startswith("arn:"):
        return actor
    return Actor(id=f"{actor.id}/member", kind="user", account=actor.account, groups=(actor.id,))


def _ways(right: Right) -> Iterator[Way]:
    if right.access in SAYS:
        yield from _each(right, right.given.spread, SAYS[right.access])


def _each(right: Right, spread: Spread, says: str) -> Iterator[Way]:
    for truth, bits in ((TRUE, spread.certain), *spread.unclear):
        for place in members(bits):
            target = right.segment.resources[place].id
            yield Way(target, says.format(target), truth)


def _truth_at(spread: Spread, place: int) -> Truth | None:
    if spread.certain >> place & 1:
        return TRUE
    return next((truth for truth, bits in spread.unclear if bits >> place & 1), None)
