"""Reads, out of the fact tables, the estate of AWS as reasoning about access wants it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import duckdb

from auditor.access.actions import service_of_actions
from auditor.access.documents import read_statements
from auditor.access.endpoints import without_closed
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.statements import Statement
from auditor.facts.aws_endpoints import read_endpoints
from auditor.facts.aws_runners import read_runners
from auditor.model import Unknown

Documents = Mapping[str, tuple[Statement, ...]]
_ORGANIZATION = re.compile(r"arn:[^:]+:organizations::\d{12}:policy/(o-[a-z0-9]+)/")

_ACTORS = """
SELECT id, kind, coalesce(account, ''), coalesce(name, ''), boundary_id, tags, known_as
FROM principals WHERE provider = 'aws' AND kind <> 'resource' ORDER BY id
"""
# A group of IAM that nobody listed holds policies all the same.
_GROUPS = """
SELECT member_id, list(group_id ORDER BY group_id)
FROM memberships LEFT JOIN principals ON principals.id = group_id
WHERE memberships.provider = 'aws' AND (principals.kind = 'group'
    OR principals.id IS NULL AND regexp_matches(group_id, '^arn:[^:]*:iam::[^:]*:group/'))
GROUP BY member_id
"""
_ASSIGNED = """
SELECT DISTINCT group_id, member_id FROM memberships JOIN principals AS role ON role.id = group_id
WHERE memberships.provider = 'aws' AND role.kind = 'role' ORDER BY ALL
"""
_STORES = """
SELECT id, service, kind, account, coalesce(region, ''), tags, key_id
FROM stores WHERE provider = 'aws' ORDER BY id
"""
_KEYS = "SELECT id, account, region FROM keys WHERE provider = 'aws' ORDER BY id"
_DOCUMENTS = """
SELECT p.id, kind, resource_id, document, coalesce(reason, 'it could not be read')
FROM policy_documents AS p LEFT JOIN (
    SELECT row_id, min(reason) AS reason FROM unknowns
    WHERE of_table = 'policy_documents' AND "column" = 'document' GROUP BY row_id
) AS why ON why.row_id = p.id
WHERE provider = 'aws' ORDER BY p.id
"""
_ATTACHED = """
SELECT holder_id, use, list(policy_id ORDER BY policy_id)
FROM attachments WHERE provider = 'aws' GROUP BY ALL ORDER BY ALL
"""
_PLACES = """
SELECT id, kind, parent_id, switched_on FROM hierarchy WHERE provider = 'aws' ORDER BY id
"""
_BOUND = "SELECT id FROM accounts WHERE provider = 'aws' AND NOT management"
# Policies of the organisation bind every account, so that a gap in them is a gap everywhere.
_UNREAD = """
WITH gap AS (
    SELECT min('policies of the organisation: ' || reason) AS reason FROM coverage
    WHERE provider = 'aws' AND open AND service = 'organizations'
        AND list_has_any(tables, ['policy_documents', 'attachments', 'hierarchy'])
    UNION
    SELECT 'to what policies of the organisation are attached is not known' FROM attachments
    WHERE provider = 'aws' AND use = 'control' AND holder_id = '?'
)
SELECT accounts.id, min(gap.reason) FROM accounts, gap
WHERE provider = 'aws' AND gap.reason IS NOT NULL AND management IS DISTINCT FROM true
GROUP BY accounts.id
UNION SELECT hierarchy.id, 'whether it manages its organisation, whose policies then do not bind '
    || 'it, is not known'
FROM hierarchy LEFT JOIN accounts ON accounts.id = hierarchy.id AND accounts.provider = 'aws'
WHERE hierarchy.provider = 'aws' AND hierarchy.kind = 'account' AND management IS NULL
UNION SELECT hierarchy.id, 'which kinds of policies its organisation has switched on is not known'
FROM hierarchy WHERE provider = 'aws' AND kind = 'account' AND EXISTS (FROM hierarchy AS root
    WHERE root.provider = 'aws' AND root.kind = 'organisation root' AND root.switched_on IS NULL)
UNION SELECT DISTINCT group_id, 'its policies could not be read'
FROM memberships LEFT JOIN principals ON principals.id = group_id
WHERE memberships.provider = 'aws' AND principals.id IS NULL
    AND regexp_matches(group_id, '^arn:[^:]*:iam::[^:]*:group/')
ORDER BY ALL
"""
_UNIQUE = re.compile(r"A(?:ID|RO)A[A-Z0-9]{4,}")


def read_estate(database: duckdb.DuckDBPyConnection) -> Estate:
    """Return all that the tables say about who may do what in AWS.

    A resource whose kind can have a policy, but for which no row of policy_documents tells
    whether it has one, has none here: that is unknown.
    """
    reading = _Reading(database)
    actors, sessions = reading.actors(), reading.held("session")
    return Estate(
        actors={**actors, **reading.limited(actors, sessions)},
        resources=reading.resources(),
        identity=reading.held("permissions"),
        boundaries=reading.documents,
        sessions=sessions,
        resource=reading.own(),
        trust=reading.about(("trust",)),
        service_controls=reading.controls("service control"),
        resource_controls=reading.controls("resource control"),
        organization=reading.organizations(),
        organization_paths=reading.organization_paths(),
        runners=read_runners(database),
        unread=reading.unread(),
    )


class _Reading:
    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self.documents: dict[str, tuple[Statement, ...]] = {}
        self._kinds: dict[str, str] = {}
        self._about: dict[str, list[str]] = {}
        for name, kind, resource, text, reason in self._rows(_DOCUMENTS):
            document = Unknown(reason) if text is None else text
            self.documents[name] = read_statements(name, document)
            self._kinds[name] = kind
            self._about.setdefault(resource, []).append(name)
        endpoints = read_endpoints(database, self.about(("endpoint",)))
        for name, statements in self.documents.items():
            self.documents[name] = without_closed(statements, endpoints)
        self._attached: dict[tuple[str, str], list[str]] = {
            (holder, use): policies for holder, use, policies in self._rows(_ATTACHED)
        }

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._database.execute(query).fetchall()

    def actors(self) -> dict[str, Actor]:
        groups = dict(self._rows(_GROUPS))
        return {
            id_: Actor(
                id=id_,
                kind=kind,
                account=account,
                name=name,
                groups=tuple(groups.get(id_, ())),
                boundary=Unknown("its boundary is not known") if boundary is None else boundary,
                tags=_tags(tags),
                user_id=next(filter(_UNIQUE.fullmatch, reversed(known_as or [])), ""),
            )
            for id_, kind, account, name, boundary, tags, known_as in self._rows(_ACTORS)
        }

    def limited(
        self, actors: Mapping[str, Actor], sessions: Mapping[str, object]
    ) -> dict[str, Actor]:
        """Return the roles that somebody acts as within limits, as principals beside the roles."""
        found = [
            replace(actors[role], session=member)
            for role, member in self._rows(_ASSIGNED)
            if member in sessions and role in actors
        ]
        return {each.key: each for each in found}

    def resources(self) -> dict[str, Resource]:
        found = {
            id_: Resource(
                id=id_,
                service=service_of_actions(service),
                kind=kind,
                account=account,
                region=region,
                tags=_tags(tags),
                key_id=Unknown("its key is not known") if key is None else key,
            )
            for id_, service, kind, account, region, tags, key in self._rows(_STORES)
        }
        for id_, account, region in self._rows(_KEYS):
            found[id_] = Resource(id=id_, service="kms", kind="key", account=account, region=region)
        return found

    def held(self, use: str) -> dict[str, tuple[Statement, ...]]:
        return {
            holder: self._statements(policies)
            for (holder, how), policies in self._attached.items()
            if how == use
        }

    def _statements(self, policies: list[str]) -> tuple[Statement, ...]:
        missing = Unknown("the policy is attached, but was not among those that were collected")
        return tuple(
            statement
            for policy in policies
            for statement in self.documents.get(policy, read_statements(policy, missing))
        )

    def about(self, kinds: tuple[str, ...]) -> dict[str, tuple[Statement, ...]]:
        return {
            resource: self._statements(mine)
            for resource, policies in self._about.items()
            if resource and (mine := [each for each in policies if self._kinds[each] in kinds])
        }

    def own(self) -> dict[str, tuple[Statement, ...]]:
        """Return the policies of resources: none where no resource of that kind can have one."""
        known = self.about(("resource", "grant"))
        resources = self.resources()
        can = {("kms", "key")} | {
            (each.service, each.kind) for each in resources.values() if each.id in known
        }
        for each in resources.values():
            if each.id not in known and (each.service, each.kind) not in can:
                known[each.id] = ()
        for start in [name[:-1] for name in known if name.endswith("*")]:  # of log groups, say
            for name in [each for each in resources if each in known and each.startswith(start)]:
                known[name] += known[f"{start}*"]
        return known

    def controls(self, kind: str) -> dict[str, tuple[tuple[Statement, ...], ...]]:
        """Return account -> statements per level, for accounts whose place is known.

        AWS lets no level be without a policy: one without counts as one that allows everything.
        """
        is_bound = {name for (name,) in self._rows(_BOUND)}  # others are free, or in ``unread``
        found: dict[str, tuple[tuple[Statement, ...], ...]] = {}
        for account, chain in self._chains.items():
            switched_on = self._places[chain[0]][3]
            is_on = switched_on is not None and f"{kind} policy" in switched_on
            levels = chain if is_on and account in is_bound else ()
            bound = (self._level(node, kind) for node in levels)
            found[account] = tuple(level for level in bound if level)
        return found

    def organizations(self) -> dict[str, str | Unknown]:
        """Return account -> organisation, which the names of its own policies tell."""
        named = {found[1] for name in self.documents if (found := _ORGANIZATION.match(name))}
        unknown = Unknown("no policy of the organisation names it")
        id_ = named.pop() if len(named) == 1 else unknown
        return dict.fromkeys(self._chains, id_)

    def organization_paths(self) -> dict[str, str]:
        found = {}
        for account, id_ in self.organizations().items():
            if isinstance(id_, str):
                found[account] = "/".join([id_, *self._chains[account][:-1], ""])
        return found

    @cached_property
    def _places(self) -> dict[str, tuple[Any, ...]]:
        return {place[0]: place for place in self._rows(_PLACES)}

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        """Account -> nodes from the root down to it, for accounts whose root was seen."""
        accounts = (place[0] for place in self._places.values() if place[1] == "account")
        chains = {account: _chain(account, self._places) for account in accounts}
        return {account: chain for account, chain in chains.items() if chain}

    def _level(self, node: str, kind: str) -> tuple[Statement, ...]:
        attached = self._attached.get((node, "control"), [])
        return self._statements([each for each in attached if self._kinds.get(each, kind) == kind])

    def unread(self) -> dict[str, str]:
        return dict(self._rows(_UNREAD))


def _tags(tags: Mapping[str, str] | None) -> Mapping[str, str] | Unknown:
    if tags is None:
        return Unknown("its tags are not known")
    return {key.lower(): value for key, value in tags.items()}


def _chain(account: str, places: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
    """Return the nodes from the root down to an account; () if the root was not seen."""
    chain = [account]
    while parent := places[chain[-1]][2]:
        if parent not in places or parent in chain:
            return ()
        chain.append(parent)
    return tuple(reversed(chain)) if places[chain[-1]][1] == "organisation root" else ()
