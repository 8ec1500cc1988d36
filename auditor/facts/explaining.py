"""Explains, from the fact tables of one bundle, why a principal can or cannot reach a store."""

import duckdb

from auditor.errors import EvidenceError
from auditor.facts.aws_explaining import explain_aws
from auditor.facts.explanation import Explanation
from auditor.facts.oci_explaining import explain_oci

# What the reasoning reads, besides why policy documents are unknown (``unknowns``).
EXPLAINED_FROM = (
    "accounts",
    "attachments",
    "coverage",
    "extents",
    "flows",
    "gateways",
    "grants",
    "guardrails",
    "hierarchy",
    "keys",
    "memberships",
    "networks",
    "policy_documents",
    "policy_statements",
    "powers",
    "principals",
    "processors",
    "stores",
    "trails",
)


def explain_access(
    database: duckdb.DuckDBPyConnection, principal: str, store: str, as_of: str
) -> Explanation:
    """Explain what a principal has to a store.

    Args:
        database: the tables of ``EXPLAINED_FROM`` and ``unknowns``, for nothing else: some of
            their rows are gone afterwards.
        principal: row of principals; of AWS also a service, an account or 'anybody' without one.
        store: row of stores.
        as_of: the moment that the audit speaks of.

    Raises:
        EvidenceError: the store is of no provider that has policies.
    """
    row = database.execute("SELECT provider FROM stores WHERE id = ?", [store]).fetchone()
    match row[0] if row is not None else None:
        case "aws":
            return explain_aws(database, principal, store)
        case "oci":
            return explain_oci(database, principal, store, as_of)
    raise EvidenceError(f"the store {store} is of no cloud whose policies are known")
