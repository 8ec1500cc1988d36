"""The words that a policy may use: aliases, columns, functions and built-in parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from auditor.columns import columns
from auditor.tables import TABLES, Row

TEXT: Final = "VARCHAR"
NUMBER: Final = "BIGINT"
YES_NO: Final = "BOOLEAN"
TEXTS: Final = "VARCHAR[]"

TABLES_BY_NAME: Final[Mapping[str, type[Row]]] = {table.table: table for table in TABLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One row reached from another: the row of ``table`` whose id is in ``column``."""

    alias: str
    column: str
    table: str


POPULATIONS: Final[Mapping[str, str]] = {
    "accounts": "account",
    "regions": "region",
    "stores": "store",
    "processors": "processor",
    "flows": "flow",
    "reach": "reach",
    "openings": "opening",
    "keys": "key",
    "policy_statements": "policy_statement",
    "principals": "principal",
    "grants": "granted",
    "powers": "power",
    "accesses": "accessed",
    "recordings": "recording",
    "guardrails": "guardrail",
    "provider_accesses": "request",
    "trails": "trail",
    "retentions": "retention",
    "sightings": "sighting",
    "spend": "spend",
    "calls": "recorded",
    "statements": "statement",
    "repositories": "repository",
    "repository_rights": "code_right",
    "branches": "branch",
    "code_events": "code_event",
    "alerts": "alert",
    "changes": "change",
    "commits": "revision",
    "reviews": "review",
    "throughput": "reviewing",
    "builders": "builder",
    "artifacts": "artifact",
    "components": "component",
    "deployments": "deployment",
    "chains": "chain",
    "apps": "app",
    "app_permissions": "app_permission",
    "app_components": "app_component",
    "app_libraries": "app_library",
    "app_destinations": "app_destination",
    "app_loaders": "app_loader",
    "coverage": "coverage",
}
"""Tables that a control may range over -> alias of the row itself."""

_ACCOUNT = Reference(alias="account", column="account", table="accounts")
_STORE = Reference(alias="store", column="store_id", table="stores")
_KEY = Reference(alias="key", column="key_id", table="keys")
_TARGET = Reference(alias="target", column="target_id", table="stores")
_PRINCIPAL = Reference(alias="principal", column="principal_id", table="principals")
_ROOT = Reference(alias="root", column="root_id", table="principals")
_DESTINATION = Reference(alias="destination", column="destination_id", table="stores")

_REPOSITORY = Reference(alias="repository", column="repository_id", table="repositories")
_BRANCH = Reference(alias="branch", column="branch_id", table="branches")
_CHANGE = Reference(alias="change", column="change_id", table="changes")
_DEPLOYMENT = Reference(alias="deployment", column="deployment_id", table="deployments")
_APP = Reference(alias="app", column="app_id", table="apps")
_AUTHOR = Reference(alias="author", column="author_id", table="principals")
_SIGNER = Reference(alias="signing", column="signer_id", table="principals")
_REVIEWER = Reference(alias="reviewer", column="reviewer_id", table="principals")

REFERENCES: Final[Mapping[str, tuple[Reference, ...]]] = {
    "regions": (_ACCOUNT,),
    "stores": (_ACCOUNT, _KEY),
    "processors": (_ACCOUNT,),
    "flows": (_ACCOUNT, _STORE, _TARGET),
    "reach": (_STORE,),
    "openings": (_ACCOUNT,),
    "keys": (_ACCOUNT,),
    "policy_statements": (_ACCOUNT,),
    "principals": (_ACCOUNT,),
    "grants": (_ACCOUNT, _PRINCIPAL, _STORE),
    "powers": (_ACCOUNT, _PRINCIPAL),
    "accesses": (_ACCOUNT, _PRINCIPAL, _ROOT, _STORE),
    "recordings": (_ACCOUNT,),
    "provider_accesses": (_ACCOUNT,),
    "trails": (_ACCOUNT, _DESTINATION),
    "retentions": (_ACCOUNT, _STORE),
    "repository_rights": (_REPOSITORY, _PRINCIPAL),
    "branches": (_REPOSITORY,),
    "code_events": (_REPOSITORY, _PRINCIPAL),
    "alerts": (_REPOSITORY,),
    "changes": (_REPOSITORY, _BRANCH, _AUTHOR),
    "commits": (_REPOSITORY, _CHANGE, _AUTHOR, _SIGNER),
    "reviews": (_REPOSITORY, _CHANGE, _REVIEWER),
    "throughput": (_REPOSITORY,),
    "builders": (_REPOSITORY,),
    "chains": (_DEPLOYMENT, _REPOSITORY, _CHANGE),
    "app_permissions": (_APP,),
    "app_components": (_APP,),
    "app_libraries": (_APP,),
    "app_destinations": (_APP,),
    "app_loaders": (_APP,),
    "sightings": (_ACCOUNT,),
    "spend": (_ACCOUNT,),
    "calls": (_ACCOUNT,),
}
"""Table -> rows that its rows lead to. An id that finds no row leads to unknown."""

SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "reach": ("flows", "stores"),
    "openings": ("networks", "subnets", "route_tables", "rule_lists", "interfaces", "gateways"),
    "grants": (
        "principals",
        "memberships",
        "policy_documents",
        "attachments",
        "policy_statements",
        "stores",
    ),
    "powers": (
        "principals",
        "memberships",
        "policy_documents",
        "attachments",
        "policy_statements",
    ),
    "recordings": ("accesses",),
    "branches": ("branches", "branch_rules"),
    "changes": ("changes", "commits", "reviews"),
    "throughput": ("changes", "commits", "reviews", "repositories"),
    "artifacts": ("artifacts", "attestations"),
    "chains": (
        "deployments",
        "artifacts",
        "attestations",
        "repositories",
        "changes",
        "commits",
        "reviews",
    ),
}
"""Tables that are computed from others, in part or wholly -> tables whose gaps are theirs."""

EITHER: Final = frozenset({"policy_documents", "attachments", "policy_statements"})
"""Tables of which each provider has its own: to ask for one is to ask for what a policy says."""

BUILT_IN_PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "as_of": (TEXT, "Day that the audit speaks of, ISO 8601 date, UTC."),
    "trusted_providers": (
        TEXTS,
        "Cloud operators of the parties whose role is 'trusted provider'; "
        "unknown when the audit names none.",
    ),
    "boundary_accounts": (
        TEXTS,
        "Accounts and tenancies inside the boundary; unknown when the audit names none.",
    ),
    "excluded_accounts": (
        TEXTS,
        "Accounts and tenancies of the parties whose role is 'excluded'; "
        "unknown when the audit names no such party.",
    ),
    "excluded_parties": (
        TEXTS,
        "Names of the parties whose role is 'excluded', as employers are called; "
        "unknown when the audit names no such party.",
    ),
    "trusted_parties": (
        TEXTS,
        "Names of the parties whose role is 'trusted provider', as employers are called; "
        "unknown when the audit names none.",
    ),
}
"""Parameters that every audit gives -> type and meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function that policies may call. Unknown in any argument gives unknown."""

    name: str
    arguments: tuple[str, ...]
    result: str
    meaning: str


FUNCTIONS: Final[Mapping[str, Function]] = {
    function.name: function
    for function in (
        Function(
            name="list_contains",
            arguments=(TEXTS, TEXT),
            result=YES_NO,
            meaning="The list has that entry.",
        ),
        Function(
            name="list_has_all",
            arguments=(TEXTS, TEXTS),
            result=YES_NO,
            meaning="The first list has every entry of the second; true if the second is empty.",
        ),
        Function(
            name="list_has_any",
            arguments=(TEXTS, TEXTS),
            result=YES_NO,
            meaning="The lists have an entry in common.",
        ),
        Function(
            name="len", arguments=(TEXTS,), result=NUMBER, meaning="Number of entries of the list."
        ),
        Function(name="length", arguments=(TEXT,), result=NUMBER, meaning="Number of characters."),
        Function(name="lower", arguments=(TEXT,), result=TEXT, meaning="In lower case."),
        Function(name="upper", arguments=(TEXT,), result=TEXT, meaning="In upper case."),
        Function(
            name="starts_with",
            arguments=(TEXT, TEXT),
            result=YES_NO,
            meaning="The first text begins with the second.",
        ),
        Function(
            name="ends_with",
            arguments=(TEXT, TEXT),
            result=YES_NO,
            meaning="The first text ends with the second.",
        ),
        Function(
            name="contains",
            arguments=(TEXT, TEXT),
            result=YES_NO,
            meaning="The first text has the second in it.",
        ),
    )
}


def aliases(table: str) -> dict[str, str]:
    """Alias -> table of everything that a control over ``table`` can read."""
    reached = {reference.alias: reference.table for reference in REFERENCES.get(table, ())}
    return {POPULATIONS[table]: table, **reached}


def all_aliases() -> dict[str, str]:
    """Alias -> table over all populations; an alias means the same table everywhere."""
    return {alias: table for name in POPULATIONS for alias, table in aliases(name).items()}


def column_types(table: str) -> dict[str, str]:
    """Column -> DuckDB type, in stored order."""
    row: Any = TABLES_BY_NAME[table]  # mypy takes a dataclass type for unhashable
    return {column.name: column.type for column in columns(row)}
