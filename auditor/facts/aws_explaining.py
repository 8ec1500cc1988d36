"""Explains access in AWS: the statements of every action that gives it, and of every step to it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb

from auditor.access.actions import access_of, closed_to_iam
from auditor.access.decision import Decision, Step, actor_of, decide
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.extents import Extents
from auditor.access.grants import CHANGES_KEYS, Grant, Granting, direct_grants
from auditor.access.layers import layers_of
from auditor.access.paths import Paths
from auditor.access.rights import ACTING
from auditor.access.routes import Routes
from auditor.access.truth import FALSE, unknown
from auditor.access.ways import Ways, member_of
from auditor.facts.aws_access import directory_members
from auditor.facts.aws_estate import read_estate
from auditor.facts.aws_steps import Steps, with_actor
from auditor.facts.explained_documents import Documents
from auditor.facts.explanation import Answer, Explanation, Link, Manner, Told, answered
from auditor.model import Unknown

_HOLDERS = ("user", "role", "person", "group")
_ORDER = ("read", "write", "administer", "share", "decrypt")


def explain_aws(database: duckdb.DuckDBPyConnection, principal: str, store: str) -> Explanation:
    """Explain what a principal has to a store of AWS."""
    return _Explaining(database, principal, store).explanation()


class _Explaining:
    def __init__(self, database: duckdb.DuckDBPyConnection, principal: str, store: str) -> None:
        whole = read_estate(database)
        self._members = directory_members(database)
        self._documents = Documents(database)
        self._store = whole.resources[store]
        self._key = self._store.key_id
        wanted = {store, self._key} if isinstance(self._key, str) else {store}
        here = {name: each for name, each in whole.resources.items() if name in wanted}
        self._estate = replace(whole, resources=here)
        nobody = Actor(id=principal, kind="", account="")
        self._actor = actor_of(self._estate, principal) or nobody
        self._steps = Steps(self._estate, self._documents, database)

    def explanation(self) -> Explanation:
        words = set(access_of(self._store.service, self._store.kind).values())
        if self._key != "":
            words.add("decrypt")
        found: dict[str, list[Manner]] = {word: [] for word in _ORDER if word in words}
        for word, manners in found.items():
            manners += (_alone(link) for link in self._direct(self._actor, word))
        found.setdefault("read", []).extend(self._handed_out())
        for grant in self._indirect():
            found.setdefault(grant.access, []).append(self._path(grant))
        doubts = self._doubts()
        answers = tuple(answered(word, manners, doubts) for word, manners in found.items())
        return Explanation(
            principal=self._actor.id,
            store=self._store.id,
            answers=answers,
            notes=tuple(self._notes(answers)),
        )

    def _doubts(self) -> tuple[str, ...]:
        """Return why it may have policies, groups or roles that nobody saw."""
        if self._actor.kind not in _HOLDERS:
            return ()
        return self._documents.gaps("aws", self._actor.account)

    def _direct(self, actor: Actor, word: str) -> Iterator[Link]:
        """Yield a link for all actions of one kind of access that are decided alike."""
        if actor.kind not in ACTING:
            return
        about = self._about(word)
        if isinstance(about, Unknown):
            told = Told.of(unknown(about.reason))
            yield Link(by=actor.id, says=f"decrypts {self._store.id}", told=told)
            return
        actions = access_of(about.service, about.kind)
        yield from self._asked(
            actor, about, [name for name, each in actions.items() if each == word]
        )

    def _about(self, word: str) -> Resource | Unknown:
        own = word in access_of(self._store.service, self._store.kind).values()
        if word != "decrypt" or own or not self._key:
            return self._store
        if isinstance(self._key, Unknown):
            return self._key
        missing = Unknown(f"its key {self._key} was not among those that were collected")
        return self._estate.resources.get(self._key, missing)

    def _asked(self, actor: Actor, about: Resource, actions: list[str]) -> Iterator[Link]:
        estate = with_actor(self._estate, actor)
        alike: dict[Any, list[tuple[str, Decision]]] = defaultdict(list)
        for action in actions:
            decision = decide(estate, actor.key, action, about.id)
            applied = (each for each in decision.steps if each.truth.possible)
            steps = tuple((each.statement, each.stage, each.truth) for each in applied)
            alike[decision.truth, steps].append((action, decision))
        for group in sorted(alike.values(), key=_telling):
            action, decision = min(group, key=lambda each: (len(each[0]), each[0]))
            yield Link(
                by=actor.id,
                says=f"asks for {action} on {about.id}",
                action=action,
                alike=tuple(name for name, _ in group if name != action),
                told=Told.of(decision.truth),
                weighed=(
                    *self._documents.weighed(decision.steps),
                    *self._documents.weighed(_others(self._estate, actor, about, decision)),
                ),
            )

    def _handed_out(self) -> Iterator[Manner]:
        actor = self._actor
        for each in self._documents.handed_out(self._store.id, actor.id, actor.account):
            link = Link(by=actor.id, says="takes what is handed out", told=each.applies)
            yield _alone(replace(link, weighed=(each,)))

    def _indirect(self) -> Iterator[Grant]:
        """Yield what it reaches by acting as others, or by changing who uses the key."""
        granting = Granting(self._estate, Extents([self._store.id]))
        totals = granting.totals(self._actor)
        yield from (each for each in direct_grants(self._actor, totals) if each.path)
        routes = Routes(self._estate, Ways(self._estate, self._members))
        paths = Paths(routes, granting.totals)
        yield from paths.grants(self._actor, totals)

    def _path(self, grant: Grant) -> Manner:
        links: list[Link] = []
        by = self._actor
        for says, target in zip(grant.path, grant.through, strict=False):
            links.append(self._steps.link(by, says, target))
            by = member_of(actor_of(self._estate, target) or by)
        if CHANGES_KEYS in grant.path:
            links.append(self._changed(by))
        else:
            last = answered("", (_alone(each) for each in self._direct(by, grant.access)))
            links += last.manners[0].links if last.manners else ()
        links += (
            Link(by=self._actor.id, says=says, told=Told.of(grant.truth))
            for says in grant.path[len(grant.through) :]
            if says != CHANGES_KEYS
        )
        return Manner(told=Told.of(grant.truth), links=tuple(links))

    def _changed(self, by: Actor) -> Link:
        """Return the step of changing who may use the key."""
        key = self._about("decrypt")
        if isinstance(key, Unknown):
            return Link(by=by.id, says=CHANGES_KEYS, told=Told.of(unknown(key.reason)))
        changing = [name for name, each in access_of("kms", "key").items() if each != "decrypt"]
        links = list(self._asked(by, key, changing))
        first = answered("", map(_alone, links)).manners[0].links[0]
        return replace(first, says=f"{CHANGES_KEYS} {key.id}")

    def _notes(self, answers: tuple[Answer, ...]) -> Iterator[str]:
        actor, kind = self._actor, self._actor.kind
        if kind == "":
            yield f"policies of AWS speak of its principals: {actor.id} is none"
        elif kind not in ACTING:
            yield f"a {kind} asks for nothing by itself: what acts for it or as it decides"
        elif kind == "account" and f"arn:aws:iam::{actor.id}:root" in self._estate.actors:
            yield "the account is audited: this is what it may give its people, asked one by one"
        if kind == "role":
            yield "callers may give a session policies that narrow it: this is the most it can do"
        if closed := closed_to_iam(self._store.service, self._store.kind):
            yield f"no action of IAM reads what it holds: {closed}"
        reads = any(each.access == "read" and each.told.verdict != "no" for each in answers)
        if reads and any(each.access == "decrypt" for each in answers):
            yield "reading also needs the key, if what is read is encrypted with it: see decrypt"


def _others(estate: Estate, actor: Actor, about: Resource, decision: Decision) -> Iterator[Step]:
    """Yield what binds the principal or the resource too, and is about other actions."""
    seen = {step.statement for step in decision.steps}
    layers = layers_of(estate, actor, about)
    stages = (
        *(("resource control policy", level) for level in layers.resource_controls),
        *(("service control policy", level) for level in layers.service_controls),
        ("resource policy", layers.resource),
        ("identity policy", layers.identity),
        ("permissions boundary", layers.boundary or ()),
        ("session policy", layers.session or ()),
    )
    for stage, statements in stages:
        for each in statements:
            if each.id not in seen:
                effect = "allow" if each.allows else "deny"
                says = "it is about other actions"
                yield Step(stage=stage, truth=FALSE, says=says, statement=each.id, effect=effect)


def _telling(group: list[tuple[str, Decision]]) -> tuple[int, int]:
    """Put first what most statements bear on, then what stands for most actions."""
    _, decision = group[0]
    return -sum(step.truth.possible for step in decision.steps), -len(group)


def _alone(link: Link) -> Manner:
    return Manner(told=link.told, links=(link,))
