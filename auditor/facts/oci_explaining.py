"""Explains access in Oracle Cloud: the policy statements that are about a principal and a store.

The rows of grants are made again for this store alone, and what they are made from is read.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb

from auditor.access.truth import FALSE, TRUE, Truth, any_of, both, depends, unknown
from auditor.facts.explained_documents import Documents
from auditor.facts.explanation import Explanation, Link, Manner, Told, Weighed, answered
from auditor.facts.grants import fill_grants
from auditor.facts.oci_databases import find_targets

_WORDS = ("read", "write", "administer", "share", "decrypt")
_ONLY = (
    "DELETE FROM stores WHERE id <> ?",
    "DELETE FROM keys WHERE id NOT IN (SELECT key_id FROM stores WHERE key_id IS NOT NULL)",
    "DELETE FROM grants",
    "DELETE FROM extents",
)
# What anybody has, it has; of whom a statement speaks in words that nobody can tell, perhaps it.
_GRANTS = """
SELECT coalesce(access, '?'), given, conditional, depends_on, agreed, coalesce(path, []),
    statements, extent_id, principal_id
FROM grants WHERE (principal_id IN ($who, 'anybody') OR principal_id IS NULL)
    AND statements[1] NOT IN (SELECT id FROM flows)
    AND (extent_id IS NOT NULL OR statements[1] IN (FROM perhaps))
ORDER BY id
"""
# Statements of which something is not known, and which may be about the store: they give nothing
# outside of where their policy is attached.
_PERHAPS = """
CREATE TEMP VIEW perhaps AS
SELECT s.id FROM policy_statements AS s JOIN plots ON plots.account = s.account
WHERE (s.holdings IS NULL OR list_has_any(s.holdings, plots.held))
    AND (coalesce(s.compartment, s.place) = plots.account
        OR plots.compartment NOT IN (SELECT node FROM nested)
        OR (plots.compartment, coalesce(s.compartment, s.place))
            IN (SELECT (node, above) FROM nested))
"""
_ILLEGIBLE = """
SELECT s.id, s.policy_id, s.text FROM policy_statements AS s
WHERE NOT s.parsed AND s.id IN (FROM perhaps) ORDER BY s.id
"""
_PROVIDER = "SELECT provider FROM principals WHERE id = ?"
_WITHIN = "what Data Safe sees of who has an account within the database decides"
_ITS_OWN = "the DB system names the administrator that it was made with"
_UNCLEAR = "over which stores it gives something, or to whom, could not be told"
_UNREADABLE = "could not be read by this version, so that it may give anything to anybody"
_EVIDENCE = "SELECT any_value(evidence) FROM principals WHERE id = $who"
_STATEMENTS = "SELECT text, policy_id, evidence, denies, parsed FROM policy_statements WHERE id = ?"
_HELD = """
SELECT held.statement_id, bool_and(gone IS TRUE), bool_or(coalesce(doubtful, false)),
    bool_or(held.conditional OR coalesce(depends, false)),
    list_distinct(flatten(list(list_concat(held.depends_on, coalesce(more, []))))),
    any_value(path), bool_or(held.access IS NULL), bool_and(agreed IS NOT NULL)
FROM held LEFT JOIN touches ON touches.statement_id = held.statement_id
    AND touches.holder = held.holder AND touches.access IS NOT DISTINCT FROM held.access
WHERE held.holder IN ($who, 'anybody') AND (held.access IS NULL OR held.access = $word)
GROUP BY held.statement_id ORDER BY held.statement_id
"""
_DENIALS = """
SELECT denied.denial, bool_or(whole AND always), bool_or(NOT whole), bool_or(whole AND NOT always),
    list_distinct(flatten(list(more) FILTER (whole AND NOT always))),
    list_sort(list_distinct(list(touching.statement_id)))
FROM denied LEFT JOIN touching ON touching.denial = denied.denial
    AND touching.holder = denied.holder_id
    AND (touching.access IS NULL OR touching.access = $word)
WHERE denied.holder_id IN ($who, 'anybody') GROUP BY denied.denial ORDER BY denied.denial
"""
_OTHERS = """
SELECT DISTINCT s.id FROM policy_statements AS s JOIN speakers ON label = s.account
    AND speakers.principal_kind = s.principal_kind AND speakers.principal = s.principal
    AND speakers.principal_account IS NOT DISTINCT FROM s.principal_account
WHERE NOT denies AND (speakers.id IN ($who, 'anybody')
    OR speakers.id IN (SELECT group_id FROM oci_members WHERE member_id = $who))
ORDER BY s.id
"""
_UNREAD = """
SELECT DISTINCT 'policies of compartment ' || unread.compartment || ' were not all read'
FROM stores JOIN unread ON unread.account IN (stores.account, '')
WHERE unread.compartment IN ('', stores.account)
    OR stores.compartment NOT IN (SELECT node FROM nested)
    OR (stores.compartment, unread.compartment) IN (SELECT (node, above) FROM nested)
UNION
SELECT 'who is in which group was not all read: ' || reason
FROM coverage JOIN stores ON coverage.account IN (stores.account, '')
WHERE open AND coverage.provider = 'oci' AND list_contains(tables, 'memberships')
    AND coverage.compartment IN ('', stores.account)
    AND $who IN (SELECT id FROM principals WHERE kind = 'user')
ORDER BY ALL
"""


def explain_oci(
    database: duckdb.DuckDBPyConnection, principal: str, store: str, as_of: str
) -> Explanation:
    """Explain what a principal has to a store of Oracle Cloud."""
    find_targets(database)
    for statement in _ONLY:
        database.execute(statement, [store] if "?" in statement else None)
    fill_grants(database, as_of)
    database.execute(_PERHAPS)
    return _Explaining(database, principal, store).explanation()


class _Explaining:
    def __init__(self, database: duckdb.DuckDBPyConnection, principal: str, store: str) -> None:
        self._database = database
        self._principal, self._store = principal, store
        self._grants = self._rows(_GRANTS, who=principal)

    def explanation(self) -> Explanation:
        foreign = self._foreign()
        doubts = [each for (each,) in self._rows(_UNREAD, who=self._principal)]
        return Explanation(
            principal=self._principal,
            store=self._store,
            answers=tuple(
                answered(word, self._manners(word), self._illegible() if foreign else doubts)
                for word in _WORDS
            ),
            notes=(foreign,) if foreign else (),
        )

    def _illegible(self) -> list[str]:
        """Say of somebody whom no policy can name which statements might speak of everybody."""
        unread = self._rows(_ILLEGIBLE)
        return [
            f'statement {_number(name)} of policy {policy} could not be read ("{text}"), and '
            "could speak of anybody"
            for name, policy, text in unread
        ]

    def _rows(self, query: str, **values: str) -> list[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall()

    def _foreign(self) -> str:
        """Say that policies of Oracle Cloud do not speak of the principal, if they do not."""
        row = self._database.execute(_PROVIDER, [self._principal]).fetchone()
        of_any_cloud = self._principal.startswith(("anybody", "service:"))
        if of_any_cloud or (row[0] == "oci" if row else self._principal[:6] == "ocid1."):
            return ""
        return (
            f"policies of Oracle Cloud speak of its principals: {self._principal} is none. The "
            "tenancy does not know it, unless a federation lets it in as one of its own: ask for "
            "that one"
        )

    def _manners(self, word: str) -> Iterator[Manner]:
        grants = [each for each in self._grants if each[0] in (word, "?")]
        if self._foreign():  # what speaks of nobody known speaks of none of another cloud
            grants = [each for each in grants if each[-1] == "anybody"]
        truth = any_of(map(_truth, grants))
        weighed = (*self._denials(word), *self._allows(word, grants))
        if truth.unknown:
            doubts = (each.applies.reasons for each in weighed if each.effect != "deny")
            reasons = frozenset(reason for each in doubts for reason in each)
            truth = replace(truth, reasons=reasons or truth.reasons)
        says = f"asks to {word} what {self._store} holds"
        link = Link(by=self._principal, says=says, told=Told.of(truth), weighed=weighed)
        ways = [each[5] for each in grants if truth.possible and _truth(each).value is truth.value]
        yield Manner(told=Told.of(truth), links=(*self._steps(ways), link))
        if word == "read":
            yield from self._handed()

    def _steps(self, ways: list[list[str]]) -> Iterator[Link]:
        """Yield the steps of the shortest way: being in a group is the only one that there is."""
        for says in min(ways, key=len) if ways else ():
            yield Link(by=self._principal, says=says, told=Told.of(TRUE))

    def _handed(self) -> Iterator[Manner]:
        for each in Documents(self._database).handed_out(self._store, self._principal, ""):
            says = "takes what is handed out"
            link = Link(by=self._principal, says=says, told=each.applies, weighed=(each,))
            yield Manner(told=each.applies, links=(link,))

    def _denials(self, word: str) -> Iterator[Weighed]:
        for row in self._rows(_DENIALS, who=self._principal, word=word):
            name, gone, partly, depending, keys, touched = row
            whom = ", ".join(each for each in touched if each)
            if gone:
                yield self._weighed(name, TRUE, f"it takes away what {whom} gives")
            elif depending:
                why = f"whether it takes away what {whom} gives depends on the request"
                yield self._weighed(name, depends(*keys or ()), why)
            elif partly:
                why = f"it may take away some of what {whom} gives"
                yield self._weighed(name, unknown(why), why)
            else:
                why = "it takes away nothing that is given here: it is about other places or things"
                yield self._weighed(name, FALSE, why)

    def _allows(self, word: str, grants: list[tuple[Any, ...]]) -> Iterator[Weighed]:
        seen = set()
        for row in self._rows(_HELD, who=self._principal, word=word):
            name, gone, doubtful, depending, keys, path, vague, agreed = row
            seen.add(name)
            how = f"it gives this{', as it ' + ' and '.join(path) if path else ''}"
            if gone:
                yield self._weighed(name, FALSE, f"{how}, but a denial takes it away")
                continue
            truth = depends(*keys) if depending else TRUE
            for doubt, why in (
                (doubtful, "a denial may take away some of what it gives"),
                (vague, "what it gives could not be told"),
                (not agreed, "the tenancy at the other side is not audited"),
            ):
                truth = both(truth, unknown(why)) if doubt else truth
            yield self._weighed(name, truth, how)
        yield from self._on_paths(grants, seen)
        yield from self._unclear(word, seen)
        for (name,) in self._rows(_OTHERS, who=self._principal):
            if name not in seen:
                why = "it is about other places or things, or gives nothing of this kind there"
                yield self._weighed(name, FALSE, why)

    def _on_paths(self, grants: list[tuple[Any, ...]], seen: set[str]) -> Iterator[Weighed]:
        """Yield what gives something to whom it becomes first, and what Data Safe has seen."""
        for grant in grants:
            path, statements, extent, principal = grant[5:]
            for name in statements if extent is not None and principal is not None else ():
                if name not in seen:
                    seen.add(name)
                    steps = f"it gives this, or a step to it, as it {' and '.join(path)}"
                    own = name == self._store
                    within = _ITS_OWN if own else _WITHIN
                    one = self._weighed(name, _truth(grant), steps if path else within)
                    if not path:
                        ((seen_in,),) = self._rows(_EVIDENCE, who=self._principal)
                        stage = "DB system" if own else "Data Safe"
                        one = replace(one, stage=stage, written={}, number=0)
                        one = replace(one, evidence=tuple(seen_in or ()))
                    yield one

    def _unclear(self, word: str, seen: set[str]) -> Iterator[Weighed]:
        """Yield statements of which nobody knows what or whom they are about."""
        for access, *_, statements, extent, principal in () if self._foreign() else self._grants:
            for name in statements if access in (word, "?") else ():
                if (extent is None or principal is None) and name not in seen:
                    seen.add(name)
                    yield self._weighed(name, unknown(_UNCLEAR), _UNCLEAR)

    def _weighed(self, name: str, truth: Truth, why: str) -> Weighed:
        row = self._database.execute(_STATEMENTS, [name]).fetchone()
        text, policy, evidence, denies, parsed = row or ("", name, (), False, True)
        if not parsed:
            why = f"statement {_number(name)} of policy {policy} {_UNREADABLE}"
            truth = unknown(why)
        return Weighed(
            stage="policy statement",
            effect=("deny" if denies else "allow") if parsed else "",
            applies=Told.of(truth),
            why=why,
            written={"Statement": text},
            policy=policy,
            number=_number(name),
            evidence=tuple(evidence or ()),
        )


def _truth(grant: tuple[Any, ...]) -> Truth:
    access, given, conditional, keys, agreed, _, statements, extent, principal = grant
    if None in (given, conditional, agreed, extent, principal) or access == "?":
        return unknown(f"what {', '.join(statements)} comes to here could not be told")
    return depends(*keys or ()) if conditional else TRUE


def _number(name: str) -> int:
    """Return which statement of its policy it is: ids are 'policy/number'."""
    digits = name.rpartition("/")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
