"""Writes who can do what to the stores of AWS: principals that policies name, grants, extents."""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import msgspec

from auditor.access.estate import Actor, Estate, without_session
from auditor.access.extents import Extents
from auditor.access.grants import Grant, Granting, direct_grants
from auditor.access.keys import freely_chosen
from auditor.access.outsiders import outsiders
from auditor.access.paths import Paths
from auditor.access.powers import Powers
from auditor.access.routes import Routes
from auditor.access.sets import collected, first_of, members
from auditor.access.truth import Truth
from auditor.access.ways import Ways
from auditor.columns import columns, one_file
from auditor.facts.aws_estate import read_estate
from auditor.facts.aws_extents import write_extents
from auditor.tables import Grant as GrantRow
from auditor.tables import Power as PowerRow
from auditor.tables import Row, UnknownFact

_Line = Mapping[str, object]
_MOST_REASONS = 3

# Handing out is not the work of policies: shares, links, and what anybody may read. In an account
# that is audited its root user can take it.
_BY_FLOWS = """
INSERT INTO grants BY NAME
SELECT concat_ws('/', flows.id, 'read') AS id, flows.evidence, 'aws' AS provider, stores.account,
    CASE WHEN target_account = '*' THEN 'anybody' ELSE coalesce(root.id, target_account) END
        AS principal_id,
    'read' AS access, 'extent-' || md5(concat(stores.id, ' ', stores.id)) AS extent_id,
    1 AS stores, stores.id AS store_id, CASE WHEN flows.active THEN true END AS given,
    false AS conditional, [] AS depends_on,
    ['it is handed out: ' || mechanism] AS path, [] AS through, [flows.id] AS statements,
    true AS agreed, coalesce(stores.data_classes, []) AS data_classes,
    CASE WHEN stores.data_classes IS NULL THEN NULL ELSE false END AS more_classes
FROM flows JOIN stores ON stores.id = flows.store_id
LEFT JOIN principals AS root ON root.kind = 'root' AND root.account = target_account
    AND root.provider = 'aws'
WHERE stores.provider = 'aws' AND mechanism IN ('share', 'link', 'public')
    AND flows.active IS NOT FALSE
    AND target_account IS DISTINCT FROM '' AND target_account IS DISTINCT FROM stores.account
"""
_FLOW_EXTENTS = """
INSERT INTO extents BY NAME
SELECT DISTINCT concat_ws('/', extent_id, store_id) AS id, []::BIGINT[] AS evidence, extent_id,
    store_id AS first_store, store_id AS last_store, 1 AS stores
FROM grants WHERE provider = 'aws' AND extent_id NOT IN (SELECT extent_id FROM extents)
"""
# Named by policies and shares only: accounts that are not audited, services, anybody.
_STRANGERS = """
INSERT INTO principals BY NAME
SELECT id, [] AS evidence, 'aws' AS provider,
    CASE WHEN id = 'anybody' THEN '*' WHEN starts_with(id, 'service:') THEN ''
        WHEN regexp_full_match(id, '[0-9]{12}|(o|r|ou)-.*') THEN id
        ELSE nullif(regexp_extract(id, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1), '') END
        AS account,
    CASE WHEN id = 'anybody' THEN 'anybody' WHEN starts_with(id, 'service:') THEN 'service'
        WHEN regexp_matches(id, '^arn:[^:]*:iam::[0-9]*:(saml|oidc)-provider/')
            OR contains(id, '.') AND NOT starts_with(id, 'arn:') THEN 'federation'
        ELSE 'account' END AS kind,
    replace(id, 'service:', '') AS name, [] AS known_as, true AS enabled, false AS password,
    false AS second_factor, 0 AS lasting_keys, '' AS oldest_key, '' AS created, '' AS last_used,
    '' AS boundary_id, MAP {} AS attributes, MAP {} AS tags
FROM (SELECT principal_id AS id FROM grants WHERE provider = 'aws'
    UNION SELECT principal_id FROM powers WHERE provider = 'aws')
WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM principals)
"""
_STORES = """
SELECT id, account, data_classes FROM stores ORDER BY id
"""
# Of directories: groups, and roles that are assigned; of users and roles of IAM only the latter.
# Groups of IAM count as policies of their members.
_MEMBERS = """
SELECT member_id, list(group_id ORDER BY group_id) FROM memberships
WHERE provider = 'aws' AND (NOT regexp_matches(member_id, '^arn:[^:]*:iam:')
    OR regexp_matches(group_id, '^arn:[^:]*:iam::[^:]*:role/'))
GROUP BY member_id
"""
_MANAGING = "SELECT id FROM accounts WHERE provider = 'aws' AND management"
_AUDITED = "SELECT DISTINCT account FROM principals WHERE kind = 'root' AND provider = 'aws'"
# Where not all users and roles were read, the account as a whole stands for those that were not.
# How users sign in gives and takes no right.
_UNREAD = """
SELECT DISTINCT account FROM coverage
WHERE provider = 'aws' AND open AND account <> '' AND list_contains(tables, 'attachments')
    AND NOT regexp_full_match(reason, '((GetLoginProfile|ListMFADevices|ListAccessKeys|'
        || 'ListSSHPublicKeys|ListServiceSpecificCredentials) [^;]*(; )?)+')
"""


def fill_aws_access(database: duckdb.DuckDBPyConnection) -> None:
    """Fill grants and extents over the stores of AWS, once stores have their classes."""
    if not database.execute("SELECT id FROM stores WHERE provider = 'aws' LIMIT 1").fetchone():
        return
    estate = read_estate(database)
    holdings = _Holdings(database.execute(_STORES).fetchall())
    audited = {account for (account,) in database.execute(_AUDITED).fetchall()}
    unread = {account for (account,) in database.execute(_UNREAD).fetchall()}
    # Users and roles of an account that was read are asked about one by one.
    whole = audited - unread
    own = [
        each
        for each in estate.actors.values()
        if not each.session and (each.kind != "account" or each.account not in whole)
    ]
    actors = [*own, *outsiders(estate, audited, unread)]
    routes = Routes(estate, Ways(estate, directory_members(database)))
    managing = {account for (account,) in database.execute(_MANAGING).fetchall()}
    folder = tempfile.TemporaryDirectory(prefix="auditor-grants-")
    with folder as name, _Lines(Path(name)) as lines:
        for grant in _grants(estate, actors, holdings, routes):
            lines.write(GrantRow, holdings.row(grant))
            for line in _reasons("grants", _name(grant), grant.truth):
                lines.write(UnknownFact, line)
        for row, truth in _powers(estate, actors, sorted(audited), routes, managing):
            lines.write(PowerRow, row)
            for line in _reasons("powers", str(row["id"]), truth):
                lines.write(UnknownFact, line)
        lines.load(database)
        write_extents(database, holdings.extents, Path(name))
    for statement in (_BY_FLOWS, _FLOW_EXTENTS, _STRANGERS):
        database.execute(statement)


def directory_members(database: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[str, ...]]:
    """Return member -> groups of directories that it is in, and roles that it is assigned."""
    return {member: tuple(of) for member, of in database.execute(_MEMBERS).fetchall()}


def _grants(
    estate: Estate,
    actors: Iterable[Actor],
    holdings: "_Holdings",
    routes: Routes,
) -> Iterator[Grant]:
    granting = Granting(estate, holdings.extents)
    paths = Paths(routes, granting.totals)
    for actor in actors:
        totals = granting.totals(actor)
        for grant in (*direct_grants(actor, totals), *paths.grants(actor, totals)):
            yield _by_hand(grant)


def _by_hand(grant: Grant) -> Grant:
    """Return what a service has that acts for an account as what the account has."""
    service = grant.actor
    if service.kind != "service" or not service.account:
        return grant
    account = Actor(id=service.account, kind="account", account=service.account)
    return replace(
        grant,
        actor=account,
        path=(f"has {service.id.partition(':')[2]} act for it", *grant.path),
        through=(service.id, *grant.through),
    )


def _powers(
    estate: Estate,
    actors: Iterable[Actor],
    accounts: Sequence[str],
    routes: Routes,
    managing: set[str],
) -> Iterator[tuple[_Line, Truth]]:
    powers = Powers(estate, accounts, managing)
    paths = Paths(routes, powers.totals)
    for actor in actors:
        totals = powers.totals(actor)
        for grant in (*direct_grants(actor, totals), *paths.grants(actor, totals)):
            for place in members(grant.stores):
                yield _power(_by_hand(grant), accounts[place]), grant.truth


def _power(grant: Grant, account: str) -> _Line:
    return {
        "id": f"{account}/{_name(grant)}",
        "evidence": [],
        "provider": "aws",
        "account": account,
        "principal_id": grant.actor.id,
        "power": grant.access,
        **_manner(grant),
    }


class _Holdings:
    """All stores, by place, and what the rows of grants say of sets of them."""

    def __init__(self, stores: list[tuple[Any, ...]]) -> None:
        self.extents = Extents([id_ for id_, _, _ in stores])
        self._accounts = [account for _, account, _ in stores]
        accounts: dict[str, list[int]] = {}
        classes: dict[tuple[str, ...] | None, list[int]] = {}
        for place, (_, account, held) in enumerate(stores):
            accounts.setdefault(account, []).append(place)
            classes.setdefault(None if held is None else tuple(held), []).append(place)
        self._by_account = {account: collected(places) for account, places in accounts.items()}
        self._by_classes = {held: collected(places) for held, places in classes.items()}

    def row(self, grant: Grant) -> _Line:
        """Return a grant as a row."""
        bits = grant.stores
        first = first_of(bits)
        held = [names for names, places in self._by_classes.items() if places & bits]
        account = self._accounts[first]
        return {
            "id": _name(grant),
            "evidence": [],
            "provider": "aws",
            "account": "*" if bits & ~self._by_account[account] else account,
            "principal_id": grant.actor.id,
            "access": grant.access,
            "extent_id": self.extents.name(bits),
            "stores": bits.bit_count(),
            "store_id": self.extents.ids[first],
            **_manner(grant),
            "agreed": True,
            "data_classes": sorted({name for names in held for name in names or ()}),
            "more_classes": None if None in held else False,
        }


def _manner(grant: Grant) -> _Line:
    """Return how something is given: what rows of grants and of powers have in common."""
    return {
        "given": None if grant.truth.unknown else True,
        "conditional": not all(map(freely_chosen, grant.truth.depends_on)),
        "depends_on": sorted(grant.truth.depends_on),
        "path": grant.path,
        "through": [without_session(each) for each in grant.through],
        "statements": grant.statements,
    }


def _name(grant: Grant) -> str:
    """Name a row by what tells it from the others of its principal."""
    keys = " ".join(sorted(grant.truth.depends_on))
    how = f"unknown {keys}".strip() if grant.truth.unknown else keys or "always"
    return "/".join([grant.actor.id, grant.access, how, *grant.path])


def _reasons(table: str, row: str, truth: Truth) -> Iterator[_Line]:
    """Yield why a row's ``given`` is unknown."""
    if truth.unknown:
        reasons = sorted(truth.reasons)
        more = len(reasons) - _MOST_REASONS
        told = [*reasons[:_MOST_REASONS], *([f"and {more} more"] if more > 0 else [])]
        yield {
            "id": f"{table}/{row}/given",
            "evidence": [],
            "of_table": table,
            "row_id": row,
            "column": "given",
            "reason": "; ".join(told),
            "permission": "",
        }


class _Lines(contextlib.ExitStack):
    """Rows of several tables on their way into the database, kept in files of a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._encoder = msgspec.json.Encoder()
        self._files: dict[type[Row], BinaryIO] = {}
        self._names: dict[type[Row], frozenset[str]] = {}

    def write(self, table: type[Row], line: _Line) -> None:
        """Take one row; all rows of a table have the same columns."""
        if table not in self._files:
            path = self._folder / f"{table.table}.jsonl"
            self._files[table] = self.enter_context(path.open("wb", buffering=2**20))
            self._names[table] = frozenset(line)
        self._files[table].write(self._encoder.encode(line) + b"\n")

    def load(self, database: duckdb.DuckDBPyConnection) -> None:
        """Insert all rows."""
        self.close()
        for table, names in self._names.items():
            path = self._folder / f"{table.table}.jsonl"
            types = {each.name: each.type for each in columns(table) if each.name in names}
            database.execute(
                f"INSERT INTO {table.table} BY NAME FROM read_json({one_file(path)}, "
                "columns := ?, format := 'newline_delimited', hive_partitioning := false)",
                [types],
            )
