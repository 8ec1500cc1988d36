"""Reads, out of the fact tables, what runs code in AWS and the roles that it acts as."""

from collections.abc import Mapping

import duckdb

from auditor.access.estate import Actor, Runner
from auditor.access.runners import runner_of
from auditor.model import Unknown

_THINGS = """
SELECT member_id, account, tags, list(DISTINCT group_id ORDER BY group_id)
FROM memberships JOIN principals ON principals.id = member_id
WHERE memberships.provider = 'aws' AND kind = 'resource' GROUP BY ALL ORDER BY ALL
"""
_ROLES = """
SELECT id, account, name FROM principals
WHERE provider = 'aws' AND kind = 'role' AND account IS NOT NULL ORDER BY id DESC
"""
_PROFILE = ":instance-profile/"


def read_runners(database: duckdb.DuckDBPyConnection) -> Mapping[str, Runner]:
    """Return ARN -> what runs code with a role, and that somebody can put code into.

    An instance has a profile, whose roles are the instance's; a role that is told by its name has
    whatever path the role of that name has.
    """
    rows = database.execute(_THINGS).fetchall()
    acts = {name: tuple(roles) for name, _, _, roles in rows}
    roles = database.execute(_ROLES).fetchall()
    named = {(account, name): id_ for id_, account, name in roles}
    known = {id_ for id_, _, _ in roles}
    found = {}
    for name, account, tags, _ in rows:
        unknown = Unknown("its tags are not known")
        folded = unknown if tags is None else {key.lower(): tags[key] for key in tags}
        resource = runner_of(Actor(id=name, kind="resource", account=account or "", tags=folded))
        if resource is not None:
            told = [each for role in acts[name] for each in _of_profile(role, acts)]
            ids = (
                each if each in known else named.get((account, each.rpartition("/")[2]), each)
                for each in told
            )
            found[name] = Runner(resource=resource, roles=tuple(dict.fromkeys(ids)))
    return found


def _of_profile(role: str, acts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return acts.get(role, ()) if _PROFILE in role else (role,)
