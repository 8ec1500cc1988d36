"""Walks again with the kept answers, and writes what they mean as fact tables."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from auditor.errors import EvidenceError
from auditor.facts.accesses import name_accesses
from auditor.facts.activity import read_activity
from auditor.facts.app_destinations import place_hosts
from auditor.facts.aws_access import fill_aws_access
from auditor.facts.aws_lake_people import find_lake_people
from auditor.facts.chains import follow_chains
from auditor.facts.classification import classify
from auditor.facts.code_branches import guard_branches
from auditor.facts.code_changes import judge_changes
from auditor.facts.code_rights import spread_rights
from auditor.facts.code_scope import judge_scope
from auditor.facts.compartments import COMPARTMENT_PATHS
from auditor.facts.coverage import cover, leave_out, leave_unasked, spare, unvisited
from auditor.facts.exceptions import fill_exceptions
from auditor.facts.exercised import compare_exercise
from auditor.facts.grants import fill_grants
from auditor.facts.identifiers import identifiers
from auditor.facts.joins import JOINS
from auditor.facts.log_keepers import find_log_keepers
from auditor.facts.novelties import Novelties
from auditor.facts.oci_code_rights import find_code_rights
from auditor.facts.oci_databases import tell_why_unknown
from auditor.facts.oci_domain_roles import tell_what_roles_leave_open
from auditor.facts.oci_requests import tie_requests
from auditor.facts.openings import fill_openings
from auditor.facts.own_calls import compare_calls
from auditor.facts.parts import match_parts
from auditor.facts.people import fill_people
from auditor.facts.permission_sets import find_roles
from auditor.facts.provider_statements import fill_stated_access
from auditor.facts.reach import fill_reach
from auditor.facts.reconciliation import reconcile
from auditor.facts.recordings import read_recordings
from auditor.facts.rows import RowWriter
from auditor.facts.statements import read_statements
from auditor.facts.storage import store_tables
from auditor.facts.tags import fill_tags
from auditor.facts.unlisted_commits import find_unlisted
from auditor.facts.vouching import check_signatures
from auditor.model import Audit, Outcome, Record
from auditor.spec import Collector, Found
from auditor.walk import Revealed, Shard, Unit, Walk
from auditor.walk.shards import AXIS as SHARD


def derive(
    audit: Audit,
    collectors: Sequence[Collector],
    evidence: Iterable[tuple[int, Record]],
    *,
    statements: Path,
    facts: Path,
    activity: Path | None = None,
) -> None:
    """Write ``facts/<table>.parquet`` for every table, from evidence and signed statements.

    Args:
        evidence: every record with its index, in order.
        statements: folder of signed statements; may be missing.
        facts: folder to write to; made if missing.
        activity: folder of what was recorded of audit logs; may be missing. None where that is
            not asked for.

    Raises:
        EvidenceError: a record answers what the collectors never ask.
    """
    with tempfile.TemporaryDirectory(prefix="auditor-facts-") as folder:
        with RowWriter(Path(folder)) as writer:
            derivation = _Derivation(audit, collectors, writer)
            derivation.replay(evidence)
            for statement in read_statements(statements, audit):
                writer.write(statement)
        store_tables(
            Path(folder),
            facts,
            lambda database: fill(
                database, audit, collectors, derivation.asked, derivation.listed, activity
            ),
        )


def fill(
    database: duckdb.DuckDBPyConnection,
    audit: Audit,
    collectors: Sequence[Collector],
    asked: Iterable[tuple[str, str]] = (),
    listed: Iterable[str] = (),
    activity: Path | None = None,
) -> None:
    """Fill every derived column; each step reads what the ones before it filled.

    Args:
        asked: account and operation of every record of the evidence.
        listed: identifiers of what was listed, whether or not it made a row.
        activity: folder of what was recorded of audit logs; None where that is not asked for.
    """
    fill_tags(database)
    find_roles(database)
    find_lake_people(database)
    classify(database, audit.classification)
    reconcile(database, audit, collectors, listed)
    if activity is not None:
        read_activity(database, activity, audit)
        read_recordings(database, activity, audit)
    compare_calls(database, asked)
    fill_stated_access(database, audit.as_of)
    for statement in (*JOINS, *COMPARTMENT_PATHS):
        database.execute(statement)
    fill_grants(database, audit.as_of)
    for derive_from_tables in (
        tell_why_unknown,
        tell_what_roles_leave_open,
        fill_aws_access,
        fill_reach,
        fill_openings,
        name_accesses,
    ):
        derive_from_tables(database)
    fill_people(database, audit)
    find_code_rights(database)
    spread_rights(database)
    guard_branches(database, audit)
    tie_requests(database, audit)
    judge_changes(database, audit)
    check_signatures(database)
    match_parts(database)
    place_hosts(database)
    follow_chains(database)
    judge_scope(database, audit)
    find_unlisted(database, audit)
    compare_exercise(database, audit)
    find_log_keepers(database)
    fill_exceptions(database, audit)


class _Derivation:
    def __init__(self, audit: Audit, collectors: Sequence[Collector], writer: RowWriter) -> None:
        self._targets, self._collectors = audit.targets, collectors
        self._walks = _walks(audit, collectors)
        self._writer = writer
        self._novelties = Novelties()
        self.asked: set[tuple[str, str]] = set()
        self.listed: set[str] = set()

    def replay(self, evidence: Iterable[tuple[int, Record]]) -> None:
        for walk in self._walks.values():
            walk.start()
        for index, record in evidence:
            self.asked.add((record.request.place.get("account", ""), record.request.operation))
            walk = self._walk_of(record, index)
            self._write(walk, walk.answer(record.request, record.answer, index))
            self._novelties.take(record, index)
        for walk in self._walks.values():
            self._write_gaps(walk)
        for novelty in self._novelties.rows:
            self._writer.write(novelty)
        for row in unvisited(tuple(self._walks.values()), self._targets):
            self._writer.write(row)
        self._write_switched_off(next(iter(self._walks.values())))

    def _write_switched_off(self, walk: Walk) -> None:
        for collector in self._collectors:
            for target in self._targets:
                if collector.provider == target.provider and (
                    row := leave_unasked(collector, target, walk)
                ):
                    self._writer.write(row)

    def _walk_of(self, record: Record, index: int) -> Walk:
        shard = record.request.place.get(SHARD, "")
        if shard not in self._walks:
            raise EvidenceError(f"record {index} is of shard {shard!r}, which is not of this audit")
        return self._walks[shard]

    def _write(self, walk: Walk, revealed: Revealed) -> None:
        for unit, found in revealed.found:
            self._write_rows(unit, found)
            if unit.collector.types:
                self.listed.update(identifiers(found))
        for unit in revealed.finished:
            self._writer.write(cover(unit, walk))

    def _write_gaps(self, walk: Walk) -> None:
        for unit in walk.unfinished:
            self._writer.write(cover(unit, walk))
        for spared in walk.spared:
            self._writer.write(spare(spared, walk))
        for unit, value in walk.excluded:
            self._writer.write(leave_out(unit, value, walk))

    def _write_rows(self, unit: Unit, found: Found) -> None:
        try:
            rows = tuple(unit.collector.rows(found))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # A cloud may answer with shapes that nobody foresaw: that is a gap, not a crash.
            reason = f"an answer could not be read ({type(error).__name__}: {error})"
            unit.issues.append((Outcome.FAILED, reason, ""))
            unit.evidence.extend(found.evidence)
            return
        for row in rows:
            self._writer.write(row)


def _walks(audit: Audit, collectors: Sequence[Collector]) -> Mapping[str, Walk]:
    """Return a walk for every part of the whole, by its name: one that was not collected is a gap.

    Raises:
        EvidenceError: the audit names parts of different wholes, or none that can be.
    """
    if not audit.shards:
        return {"": Walk(audit.targets, collectors)}
    try:
        shards = [Shard.parse(name) for name in audit.shards]
    except ValueError as error:
        raise EvidenceError(f"the audit names a shard that cannot be: {error}") from error
    if len({shard.of for shard in shards}) != 1:
        raise EvidenceError("the audit names shards of different wholes")
    return {str(each): Walk(audit.targets, collectors, each) for each in shards[0].all}
