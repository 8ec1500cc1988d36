"""Whom a statement names: what a Principal element means for one principal that asks.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from auditor.access.estate import Actor
from auditor.access.statements import Named, Statement
from auditor.access.truth import (
    FALSE,
    TRUE,
    Truth,
    any_of,
    depends,
    either,
    known,
    negated,
    unknown,
)
from auditor.model import Unknown

_ROOT = re.compile(r"arn:[^:]+:iam::(\d{12}):root")
_SESSION = re.compile(r"arn:[^:]+:sts::(\d{12}):(assumed-role|federated-user)/([^/]+)(/.*)?")
_SESSION_NAME = "sts:rolesessionname"
_LOCAL = ("user", "role", "root")


class Reach(IntEnum):
    """In which way a statement names a principal: what else must then agree differs."""

    ACCOUNT = 1  # its account: policies of its own must allow it too
    ROLE = 2  # the role: its boundary still limits it
    DIRECT = 3  # the user, the session or everybody: nothing else limits it


def reached(statement: Statement, actor: Actor) -> Iterator[tuple[Reach, Truth]]:
    """Yield the ways in which an Allow of a resource's policy gives to a principal."""
    if statement.not_principals:
        listed = any_of(truth for name in statement.principals for _, truth in _ways(name, actor))
        yield Reach.DIRECT, negated(listed)
        return
    for name in statement.principals:
        yield from _ways(name, actor)


def refused(statement: Statement, actor: Actor) -> Truth:
    """Whether a Deny of a resource's policy is about a principal."""
    if statement.not_principals:
        return either(_bounded(actor), negated(_exempt(statement.principals, actor)))
    return any_of(
        truth
        for name in statement.principals
        if actor.kind != "account" or name.kind != "aws" or _is_root_of(name.name, actor.account)
        for _, truth in _ways(name, actor)
    )


def _ways(name: Named, actor: Actor) -> Iterator[tuple[Reach, Truth]]:
    if name.kind == "*":
        yield Reach.DIRECT, TRUE
    elif name.kind == "aws":
        yield from _of_account(name.name, actor)
    elif name.kind == "canonicaluser":
        if name.name == actor.id:
            yield Reach.DIRECT, TRUE
        elif actor.kind in (*_LOCAL, "account"):
            yield (
                Reach.ACCOUNT,
                unknown(f"nobody knows which account has the canonical id {name.name[:80]!a}"),
            )
    elif name.kind == "service" and actor.kind == "service":
        yield Reach.DIRECT, known(name.name in ("*", actor.id.removeprefix("service:")))
    elif name.kind == "federated" and actor.kind == "federation":
        yield Reach.DIRECT, known(name.name in ("*", actor.id))


def _of_account(name: str, actor: Actor) -> Iterator[tuple[Reach, Truth]]:
    own = Reach.ROLE if actor.kind == "role" else Reach.DIRECT
    if actor.kind == "account":
        yield (
            own,
            known(name == actor.id or (bool(actor.account) and f"::{actor.account}:" in name)),
        )
    elif actor.kind not in _LOCAL:
        return
    elif name == actor.id or (actor.user_id and name == actor.user_id):
        yield own, TRUE
    elif _is_root_of(name, actor.account):
        yield Reach.ACCOUNT, TRUE
    else:
        yield Reach.DIRECT, _session(name, actor)


def _is_root_of(name: str, account: str) -> bool:
    found = _ROOT.fullmatch(name)
    return found is not None and found[1] == account


def _session(name: str, actor: Actor) -> Truth:
    """Tell whether a principal can have the session that is named."""
    found = _SESSION.fullmatch(name)
    if not found or found[1] != actor.account:
        return FALSE
    if found[2] == "assumed-role":
        same = actor.kind == "role" and actor.id.rpartition("/")[2] == found[3]
        return depends(_SESSION_NAME) if same else FALSE
    if actor.kind == "role":
        return FALSE
    return unknown(f"{actor.id} may be able to take the federated session {found[3][:80]!a}")


def _exempt(names: tuple[Named, ...], actor: Actor) -> Truth:
    """Whether NotPrincipal spares a principal: all that makes it up should be listed."""
    if any(name.kind == "*" for name in names):
        return TRUE
    if actor.kind not in ("user", "role"):
        return any_of(truth for name in names for _, truth in _ways(name, actor))
    if not any(name.name in (actor.id, actor.user_id or actor.id) for name in names):
        return FALSE
    if not any(_is_root_of(name.name, actor.account) for name in names):
        return unknown(f"NotPrincipal spares {actor.id} but not its account: AWS may deny it")
    if actor.kind == "user":
        return TRUE
    sessions = any_of(_session(name.name, actor) for name in names)
    unlisted = unknown(f"NotPrincipal spares {actor.id} but no session of it: AWS may deny it")
    return sessions if sessions.possible else unlisted


def _bounded(actor: Actor) -> Truth:
    """Whether a permissions boundary keeps NotPrincipal from sparing a principal at all."""
    if isinstance(actor.boundary, Unknown):
        return unknown(actor.boundary.reason)
    return known(actor.kind in ("user", "role") and bool(actor.boundary))
