"""Who signed the statements on builds: each envelope is held against every root that is trusted.

A root that could not be read leaves unknown what no other root vouches for. A statement by nobody
whom the audit trusts has no signer: its own words about who signed it count for nothing.
"""

import duckdb

from auditor.provenance import Root, Roots, Verdict

_TRUSTED = "SELECT kind, name, content FROM trust_roots ORDER BY kind, name, id"

_WAITING = """
SELECT sha256(envelope), any_value(envelope) FROM attestations
WHERE signature_holds IS NULL AND envelope IS NOT NULL GROUP BY ALL
"""

_TOLD = """
CREATE TEMP TABLE verdicts AS
SELECT unnest(?::VARCHAR[]) AS envelope, unnest(?::BOOLEAN[]) AS holds,
    unnest(?::VARCHAR[]) AS signer, unnest(?::VARCHAR[]) AS issuer
"""

# One that is not trusted by the roots that were read may be, by one that was not.
_GAPS = "SELECT count(*) > 0 FROM coverage WHERE open AND list_contains(tables, 'trust_roots')"

_FILL = """
UPDATE attestations SET signature_holds = verdicts.holds, signer = verdicts.signer,
    issuer = verdicts.issuer
FROM verdicts WHERE verdicts.envelope = sha256(attestations.envelope)
    AND attestations.signature_holds IS NULL
"""

_UNTOLD = "whether its signature holds could not be told: no key or root that was read vouches"
VOUCHING_REASONS = {
    ("attestations", "signature_holds"): f"{_UNTOLD} for it, or none is named",
    ("attestations", "signer"): f"{_UNTOLD} for it, or none is named",
    ("attestations", "issuer"): f"{_UNTOLD} for it, or none is named",
}


def check_signatures(database: duckdb.DuckDBPyConnection) -> None:
    """Fill who signed each attestation; each distinct envelope is checked once."""
    trusted = [
        Root(kind=kind, name=name, content=content)
        for kind, name, content in database.execute(_TRUSTED).fetchall()
    ]
    if not trusted:
        return
    (gaps,) = database.execute(_GAPS).fetchone() or (True,)
    roots = Roots(trusted)
    told: list[tuple[str, Verdict]] = []
    waiting = database.execute(_WAITING)
    while row := waiting.fetchone():  # one by one: an envelope may hold a whole SBOM
        verdict = roots.verify(row[1])
        if verdict.holds or (verdict.holds is False and not gaps):
            told.append((row[0], verdict))
    columns = (
        [name for name, _ in told],
        [verdict.holds for _, verdict in told],
        [verdict.signer for _, verdict in told],
        [verdict.issuer for _, verdict in told],
    )
    database.execute(_TOLD, columns)
    database.execute(_FILL)
