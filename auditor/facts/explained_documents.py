"""The places of statements: policy, number, what they say as written, and their evidence."""

from collections.abc import Iterable, Iterator

import duckdb

from auditor.access.decision import Step
from auditor.access.documents import written
from auditor.facts.explanation import Told, Weighed

_DOCUMENT = "SELECT document, evidence FROM policy_documents WHERE id = ?"
_HANDED = """
SELECT id, mechanism, active, evidence, target_account FROM flows
WHERE store_id = ? AND mechanism IN ('share', 'link', 'public') AND active IS NOT FALSE
    AND target_account IS DISTINCT FROM ''
    AND (target_account IS NULL OR target_account IN (?, ?, '*'))
ORDER BY id
"""
_GAPS = """
SELECT DISTINCT concat(coverage.id, ': ', reason) FROM coverage
WHERE provider = ? AND open AND account IN (?, '')
    AND list_has_any(tables, ['attachments', 'memberships', 'policy_statements'])
ORDER BY ALL
"""


class Documents:
    """Tells of statements what explanations show of them."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        """Read from the tables of one bundle."""
        self._database = database

    def weighed(self, steps: Iterable[Step]) -> tuple[Weighed, ...]:
        """Return the steps of one decision with their places."""
        return tuple(self._one(step) for step in steps)

    def _one(self, step: Step) -> Weighed:
        policy, _, number = step.statement.rpartition("#")
        place = int(number) if number else 0
        row = self._database.execute(_DOCUMENT, [policy]).fetchone()
        document, evidence = row if row is not None else (None, None)
        return Weighed(
            stage=step.stage,
            effect=step.effect,
            applies=Told.of(step.truth),
            why=step.says,
            written=written(document, place) if document else {},
            policy=policy,
            number=place,
            evidence=tuple(evidence or ()),
        )

    def handed_out(self, store: str, principal: str, account: str) -> Iterator[Weighed]:
        """Yield what hands a store out past all policies: shares, links, what anybody may read."""
        rows = self._database.execute(_HANDED, [store, principal, account]).fetchall()
        for name, mechanism, active, evidence, target in rows:
            whom = "whom nobody knows" if target is None else target.replace("*", "anybody")
            known = active is not None and target is not None
            reasons = () if known else (f"whether {name} hands it to {principal} is not known",)
            yield Weighed(
                stage="handed out",
                effect="allow",
                applies=Told(verdict="yes" if known else "unknown", reasons=reasons),
                why=f"it is handed out to {whom}: {mechanism}",
                policy=name,
                evidence=tuple(evidence or ()),
            )

    def gaps(self, provider: str, account: str) -> tuple[str, ...]:
        """Return why policies, or who is in which group, may not all be known of an account."""
        return tuple(
            gap for (gap,) in self._database.execute(_GAPS, [provider, account]).fetchall()
        )
