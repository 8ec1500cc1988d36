"""All controls of some packs over the facts of one audit."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.errors import ConfigError, Fault
from auditor.model import Audit, Json
from auditor.policy.conclusion import answer, conclude, population
from auditor.policy.database import load_reasons, load_table, lock, open_database
from auditor.policy.findings import columns_to_load
from auditor.policy.judgement import Judgement, judge
from auditor.policy.pack import Control, Pack
from auditor.policy.parameters import Settings, settings_of
from auditor.policy.vocabulary import column_types
from auditor.policy.waivers import Waived, apply_waivers
from auditor.results import (
    CommitmentResult,
    ControlResult,
    PackResult,
    Results,
    Verdict,
)

_COVERAGE = ("id", "outcome", "open", "reason", "permission", "tables")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    pack: Pack
    control: Control
    judgement: Judgement
    parameters: Mapping[str, Json]


def evaluate(facts: Path, packs: Sequence[Pack], audit: Audit) -> Results:
    """Hold the facts against every control of the packs.

    Args:
        facts: folder with ``<table>.parquet`` for every fact table.

    Raises:
        ConfigError: the audit overrides a parameter wrongly, or two packs share a name.
        EvidenceError: a fact table is missing or damaged.
    """
    _refuse_twins(packs)
    settings = {pack.name: settings_of(pack, audit) for pack in packs}
    with open_database() as connection:
        _load(connection, facts, packs)
        lock(connection)
        judged = [
            _Judged(
                pack=pack,
                control=control,
                judgement=judge(connection, control, settings[pack.name].values),
                parameters=settings[pack.name].values,
            )
            for pack in packs
            for control in pack.controls
        ]
    return _results(judged, packs, settings, audit)


def _refuse_twins(packs: Sequence[Pack]) -> None:
    for name, number in Counter(pack.name for pack in packs).items():
        if number > 1:
            message = f"policy pack {name} is there twice"
            raise ConfigError([Fault(path="audit.json", line=1, column=1, message=message)])


def _load(connection: duckdb.DuckDBPyConnection, facts: Path, packs: Sequence[Pack]) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    wanted["coverage"].update(_COVERAGE)
    for pack in packs:
        for control in pack.controls:
            for table, names in columns_to_load(control).items():
                wanted[table] |= names
    columns: dict[str, list[str]] = {
        table: [name for name in column_types(table) if name in wanted[table]]
        for table in sorted(wanted)
    }
    for table, picked in columns.items():
        load_table(connection, facts, table, picked)
    load_reasons(connection, facts, columns)


def _results(
    judged: Sequence[_Judged],
    packs: Sequence[Pack],
    settings: Mapping[str, Settings],
    audit: Audit,
) -> Results:
    found = {(one.pack.name, one.control.id): one.judgement.findings for one in judged}
    waived = apply_waivers(audit.waivers, found, audit.as_of[:10])
    controls = tuple(_control_result(one, waived) for one in judged)
    return Results(
        audit_id=audit.id,
        as_of=audit.as_of,
        tool_version=audit.tool_version,
        packs=tuple(_pack_result(pack, settings[pack.name]) for pack in packs),
        commitments=_commitments(packs, controls),
        controls=controls,
        waivers=waived.waivers,
    )


def _control_result(one: _Judged, waived: Waived) -> ControlResult:
    control, judgement = one.control, one.judgement
    findings = waived.findings[one.pack.name, control.id]
    covered = sum(finding.verdict is Verdict.WAIVED for finding in findings)
    verdict, reason = conclude(control, judgement, covered)
    used = {name for written in control.expressions for name in written.parameters}
    return ControlResult(
        id=control.id,
        pack=one.pack.name,
        title=control.title,
        commitment=control.commitment,
        also=control.also,
        severity=control.severity,
        verdict=verdict,
        reason=reason,
        population=population(control, judgement, covered),
        clauses=judgement.clauses,
        findings=findings,
        gaps=judgement.gaps,
        reads=control.reads,
        parameters={name: one.parameters.get(name) for name in sorted(used)},
        cites=control.cites,
        why=control.why,
        remedy=control.remedy,
        place=control.place,
    )


def _pack_result(pack: Pack, settings: Settings) -> PackResult:
    return PackResult(
        name=pack.name,
        version=pack.version,
        title=pack.title,
        digest=pack.digest,
        parameters={name: settings.values[name] for name in sorted(settings.values)},
        loosened=settings.loosened,
    )


def _commitments(
    packs: Sequence[Pack], controls: Sequence[ControlResult]
) -> tuple[CommitmentResult, ...]:
    titles: dict[str, str] = {}
    for pack in packs:
        for commitment in pack.commitments:
            titles.setdefault(commitment.id, commitment.title)
    return tuple(
        answer(
            id_,
            title,
            [control for control in controls if id_ in (control.commitment, *control.also)],
        )
        for id_, title in sorted(titles.items())
    )
