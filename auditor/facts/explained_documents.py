"""The places of statements: policy, number, what they say as written, and their evidence."""

from collections.abc import Iterable, Iterator

import duckdb

from auditor.access.decision import Step
from auditor.access.documents import written
from auditor.access.truth import TRUE
from auditor.facts.explanation import Told, Weighed

_DOCUMENT = "SELECT document, evidence FROM policy_documents WHERE id = ?"
# A share goes to other accounts, so that one to nobody knows whom is none to the store's own.
_HANDED = """
SELECT flows.id, mechanism, active, flows.evidence, target_account
FROM flows JOIN stores ON stores.id = flows.store_id
WHERE store_id = $store AND mechanism IN ('share', 'link', 'public') AND active IS NOT FALSE
    AND target_account IS DISTINCT FROM ''
    AND (target_account IN ($principal, '*')
        OR coalesce(target_account, $account) = $account AND stores.account <> $account)
ORDER BY flows.id
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
        self._known: dict[str, tuple[str, tuple[int, ...]]] = {}

    def weighed(self, steps: Iterable[Step]) -> tuple[Weighed, ...]:
        """Return the steps of one decision with their places."""
        return tuple(self._one(step) for step in steps)

    def _one(self, step: Step) -> Weighed:
        policy, _, number = step.statement.rpartition("#")
        place = int(number) if number else 0
        document, evidence = self._document(policy)
        return Weighed(
            stage=step.stage,
            effect=step.effect,
            applies=Told.of(step.truth if step.statement else TRUE),
            why=step.says,
            written=written(document, place),
            policy=policy,
            number=place,
            evidence=evidence,
        )

    def _document(self, policy: str) -> tuple[str, tuple[int, ...]]:
        """Return the text of a policy, '' if there is none, and its evidence."""
        if policy not in self._known:
            row = self._database.execute(_DOCUMENT, [policy]).fetchone()
            document, evidence = row if row is not None else (None, None)
            self._known[policy] = (document or "", tuple(evidence or ()))
        return self._known[policy]

    def handed_out(self, store: str, principal: str, account: str) -> Iterator[Weighed]:
        """Yield what hands a store out past all policies: shares, links, what anybody may read."""
        values = {"store": store, "principal": principal, "account": account}
        for row in self._database.execute(_HANDED, values).fetchall():
            name, mechanism, active, evidence, target = row
            whom = "whom nobody knows" if target is None else target.replace("*", "anybody")
            reason = ""
            if active is None or target is None:
                reason = f"whether {name} hands it to {principal} is not known"
            elif target not in (principal, "*"):
                reason = f"account {target} decides which of its people may use {name}"
            yield Weighed(
                stage="handed out",
                effect="allow",
                applies=Told(
                    verdict="unknown" if reason else "yes", reasons=(reason,) if reason else ()
                ),
                why=f"it is handed out to {whom}: {mechanism}",
                policy=name,
                evidence=tuple(evidence or ()),
            )

    def gaps(self, provider: str, account: str) -> tuple[str, ...]:
        """Return why policies, or who is in which group, may not all be known of an account."""
        return tuple(
            gap for (gap,) in self._database.execute(_GAPS, [provider, account]).fetchall()
        )
