"""Explains the steps by which one principal of AWS comes to act as another."""

import re
from collections.abc import Iterable
from dataclasses import replace

import duckdb

from auditor.access import identities
from auditor.access.decision import decide
from auditor.access.estate import Actor, Estate, Resource, session_in, without_session
from auditor.access.runners import COMMAND, commanded
from auditor.access.ways import SAYS
from auditor.facts.explained_documents import Documents
from auditor.facts.explanation import Link, Manner, Told, Weighed, answered

_MEMBERSHIP = "SELECT evidence FROM memberships WHERE member_id = ? AND group_id = ?"
_GIVES = re.compile(r"gives (.*) any right(?: within its permissions boundary)?", re.DOTALL)
_HANDS = re.compile(r"hands (.*) to what it starts at (.*)", re.DOTALL)


def with_actor(estate: Estate, actor: Actor) -> Estate:
    """Return the estate with a principal that no table has, such as a member of a group."""
    if actor.key in estate.actors:
        return estate
    return replace(estate, actors={**estate.actors, actor.key: actor})


class Steps:
    """Explains each step by the statements that allow it."""

    def __init__(
        self, estate: Estate, documents: Documents, database: duckdb.DuckDBPyConnection
    ) -> None:
        """Take the estate whose statements decide."""
        self._estate, self._documents, self._database = estate, documents, database
        self._resources = {(each.kind, each.id): each for each in identities.identities_of(estate)}

    def link(self, by: Actor, says: str, target: str) -> Link:
        """Explain one step in the words of ``auditor.access.ways``.

        Args:
            target: principal that it comes to act as.
        """
        assigned = self._assigned(by, says, target)
        if assigned is not None:
            return assigned
        asked = [
            self._asked(by, action, about)
            for about, wanted in self._questions(says, target)
            for action, word in identities.access_of("", about.kind).items()
            if word == wanted
        ]
        best = answered("", (Manner(told=each.told, links=(each,)) for each in asked))
        if not best.manners:
            return Link(by=by.id, says=says, told=best.told)
        (link,) = best.manners[0].links
        more = self._launch(by, says) if _HANDS.fullmatch(says) else ()
        return replace(link, says=says, weighed=link.weighed + tuple(more))

    def _assigned(self, by: Actor, says: str, target: str) -> Link | None:
        group = without_session(target)
        member = session_in(target) or by.id  # or a group of all, of which it is one
        row = self._database.execute(_MEMBERSHIP, [member, group]).fetchone()
        if row is None or not says.startswith(("acts as ", "is in group ")):
            return None
        yes = Told(verdict="yes")
        one = Weighed(
            stage="directory",
            effect="allow",
            applies=yes,
            why=f"a directory has {member} as a member of {group}",
            policy=group,
            evidence=tuple(row[0] or ()),
        )
        return Link(by=by.id, says=says, told=yes, weighed=(one,))

    def _questions(self, says: str, target: str) -> Iterable[tuple[Resource, str]]:
        """Return the resources that a step asks for, each with what it does to them."""
        words = [word for word, text in SAYS.items() if says == text.format(target)]
        name = target
        if found := _GIVES.fullmatch(says):
            words, name = [identities.EMPOWER], found[1]
        elif found := _HANDS.fullmatch(says):
            words, name = [identities.PASS], found[1]
        elif thing := commanded(says):
            words, name = [COMMAND], thing
        if words:
            known = (each for (_, id_), each in self._resources.items() if id_ == name)
            return [(about, word) for about in known for word in words]
        return [  # something that runs code as the target
            (about, word)
            for (_, id_), about in self._resources.items()
            if f" {id_}, " in says
            for word in set(identities.access_of("", about.kind).values())
        ]

    def _asked(self, by: Actor, action: str, about: Resource) -> Link:
        alone = identities.without_policies(with_actor(self._estate, by), [about])
        bare = replace(alone, resources={about.id: about})
        decision = decide(bare, by.key, action, about.id, identities.scopes_of)
        return Link(
            by=by.id,
            says="",
            action=action,
            told=Told.of(decision.truth),
            weighed=self._documents.weighed(decision.steps),
        )

    def _launch(self, by: Actor, says: str) -> Iterable[Weighed]:
        """Return what lets it start code at the service, and the service act as the role."""
        found = _HANDS.fullmatch(says)
        role, service = (found[1], found[2]) if found else ("", "")
        places = [each for (kind, _), each in self._resources.items() if kind == identities.LAUNCH]
        starts = [
            self._asked(by, action, place)
            for place in places
            for action, launcher in identities.access_of("", identities.LAUNCH).items()
            if launcher == service and place.account == role.split(":")[4]
        ]
        best = answered("", (Manner(told=each.told, links=(each,)) for each in starts))
        if best.manners:
            yield from best.manners[0].links[0].weighed
        trusting = self._resources.get(("role", role))
        if trusting is not None:
            starter = Actor(id=f"service:{service}", kind="service", account="")
            yield from self._asked(starter, "sts:assumerole", trusting).weighed
