"""The estate of ``grants`` as rows of the fact tables, from which an audit reads it."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.statements import Named, Statement
from auditor.facts.aws_access import fill_aws_access
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.model import Json, Unknown
from auditor.tables import (
    Account,
    Attachment,
    HierarchyNode,
    Key,
    Membership,
    PolicyDocument,
    Principal,
    Row,
    Store,
)
from benchmarks.measure import cpu_seconds

_AMAZON, _ROOT = "Amazon Web Services", "r-root"
_OTHER = Unknown("it has no part in this")
_ELEMENTS = {"aws": "AWS", "service": "Service", "federated": "Federated"}


def rows_of(estate: Estate, organization: str) -> Iterator[Row]:
    """Yield the rows that say what an estate says."""
    yield from map(_principal, estate.actors.values())
    yield from map(_holding, estate.resources.values())
    yield from _memberships(estate.actors.values())
    policies: dict[str, PolicyDocument] = {}
    for holder, statements in estate.identity.items():
        for name in _take(policies, statements, "identity"):
            yield _attached(holder, name, "permissions")
    for statements in estate.boundaries.values():
        _take(policies, statements, "identity")
    for actor in estate.actors.values():
        if isinstance(actor.boundary, str) and actor.boundary:
            yield _attached(actor.id, actor.boundary, "boundary")
    yield from policies.values()
    for kind, held in (("resource", estate.resource), ("trust", estate.trust)):
        for about, statements in held.items():
            yield _document(f"{about}#policy", kind, statements, about)
    yield from _organization(estate, organization)


def _principal(actor: Actor) -> Principal:
    return Principal(
        id=actor.id,
        provider="aws",
        account=actor.account,
        kind=actor.kind,
        name=actor.name,
        created="",
        last_used="",
        boundary_id=actor.boundary,
        tags=actor.tags,
    )


def _holding(resource: Resource) -> Row:
    if resource.kind == "key":
        return Key(
            id=resource.id,
            name="",
            provider="aws",
            operator=_AMAZON,
            account=resource.account,
            region=resource.region,
            country="US",
            enabled=True,
            custody="hsm",
            replica_regions=(),
            replica_countries=(),
            principal_accounts=_OTHER,
            rotates=True,
        )
    return Store(
        id=resource.id,
        name=resource.id,
        provider="aws",
        operator=_AMAZON,
        account=resource.account,
        region=resource.region,
        country="US",
        service=resource.service,
        kind=resource.kind,
        backup=False,
        data_classes=("us_user_data",) if len(resource.id) % 2 else (),
        classified_by="a rule",
        encrypted=True,
        key_id=resource.key_id,
        public=_OTHER,
        locked=_OTHER,
        size_bytes=_OTHER,
        created=_OTHER,
        tags=resource.tags,
    )


def _memberships(actors: Iterable[Actor]) -> Iterator[Row]:
    groups = {(group, actor.account) for actor in actors for group in actor.groups}
    for group, account in sorted(groups):
        yield _principal(Actor(id=group, kind="group", account=account, name=group))
    for actor in actors:
        for group in actor.groups:
            name = f"{group}/{actor.id}"
            yield Membership(id=name, provider="aws", group_id=group, member_id=actor.id)


def _take(
    policies: dict[str, PolicyDocument], statements: Sequence[Statement], kind: str
) -> Iterator[str]:
    """Keep the documents that statements come from, and return their names."""
    found = []
    for name, each in groupby(statements, key=lambda statement: statement.policy_id):
        found.append(name)
        if name not in policies:
            policies[name] = _document(name, kind, tuple(each))
    return iter(found)


def _document(
    name: str, kind: str, statements: Sequence[Statement], about: str = ""
) -> PolicyDocument:
    said = [_written(each, trusts=kind == "trust") for each in statements]
    return PolicyDocument(
        id=name,
        provider="aws",
        account="",
        kind=kind,
        resource_id=about,
        document=json.dumps({"Version": "2012-10-17", "Statement": said}) if said else "",
    )


def _written(statement: Statement, *, trusts: bool) -> Json:
    said: dict[str, Json] = {
        "Effect": "Allow" if statement.allows else "Deny",
        "Action": list(statement.actions),
    }
    if not trusts:
        said["Resource"] = list(statement.resources)
    if statement.principals:
        said["Principal"] = _named(statement.principals)
    conditions: dict[str, dict[str, Json]] = {}
    for test in statement.tests:
        conditions.setdefault(test.operator, {})[test.key] = list(test.values)
    return {**said, "Condition": conditions} if conditions else said


def _named(principals: Sequence[Named]) -> Json:
    found: dict[str, Json] = {}
    for kind, each in groupby(principals, key=lambda named: named.kind):
        if kind == "*":
            return "*"
        found[_ELEMENTS[kind]] = [named.name for named in each]
    return found


def _attached(holder: str, policy: str, use: str) -> Attachment:
    return Attachment(
        id=f"{holder}/{use}/{policy}",
        provider="aws",
        policy_id=policy,
        holder_id=holder,
        use=use,
    )


def _organization(estate: Estate, organization: str) -> Iterator[Row]:
    """Yield accounts below one root, with the controls that bind all of them alike."""
    accounts = sorted(estate.service_controls)
    kinds = ("service control policy", "resource control policy")
    yield HierarchyNode(
        id=_ROOT,
        provider="aws",
        kind="organisation root",
        name="Root",
        parent_id="",
        switched_on=kinds,
    )
    yield HierarchyNode(
        id="ou-all", provider="aws", kind="organizational unit", name="all", parent_id=_ROOT
    )
    for kind, held in zip(
        ("service control", "resource control"),
        (estate.service_controls, estate.resource_controls),
        strict=True,
    ):
        for node, level in zip((_ROOT, "ou-all"), held[accounts[0]], strict=False):
            name = f"arn:aws:organizations::999999999999:policy/{organization}/{level[0].policy_id}"
            yield _document(name, kind, level)
            yield _attached(node, name, "control")
    for each in accounts:
        yield HierarchyNode(id=each, provider="aws", kind="account", name=each, parent_id="ou-all")
        yield Account(
            id=each,
            provider="aws",
            operator=_AMAZON,
            name=each,
            active=True,
            management=False,
            provider_access_recorded=_OTHER,
        )


def written_grants(estate: Estate, organization: str) -> tuple[float, dict[str, int]]:
    """Write the grants of an estate that is read from the tables.

    Returns:
        CPU seconds from rows of tables to rows of tables, and how many rows of each there are.
    """
    seconds, counts = 0.0, {}

    def fill(database: duckdb.DuckDBPyConnection) -> None:
        nonlocal seconds
        seconds = cpu_seconds(lambda: fill_aws_access(database))
        for table in ("policy_documents", "grants", "extents", "powers"):
            counts[table] = len(database.execute(f"SELECT 1 FROM {table}").fetchall())

    with tempfile.TemporaryDirectory() as folder:
        rows, facts = Path(folder, "rows"), Path(folder, "facts")
        rows.mkdir()
        with RowWriter(rows) as writer:
            for row in rows_of(estate, organization):
                writer.write(row)
        store_tables(rows, facts, fill)
    return seconds, counts
