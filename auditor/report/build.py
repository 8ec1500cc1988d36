"""Computes the whole report from results, audit, fact tables and the count of the evidence.

No clock, no randomness, no network: the same inputs give the same report.
"""
# ruff: noqa: RUF001  the marks and quotes are meant

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor.envelope import canonical
from auditor.model import Audit
from auditor.report.access import access_section, activity_section
from auditor.report.accesses import Accesses, take_accesses
from auditor.report.activity import unseen
from auditor.report.clauses import clause_section
from auditor.report.closing import (
    limits_section,
    statement_section,
    verification_section,
    waiver_section,
)
from auditor.report.code import code_section
from auditor.report.code_facts import Code, take_code
from auditor.report.coverage import coverage_section
from auditor.report.fact_tables import open_facts
from auditor.report.findings import control_views
from auditor.report.foremost import stands_out
from auditor.report.front import cannot_tell, commitment_views, coverage_line
from auditor.report.guardrails import guardrail_section
from auditor.report.inventory import Inventory, take_inventory
from auditor.report.model import ControlView, EvidenceSummary, Facets, Report, Section, Text
from auditor.report.places import places_section
from auditor.report.reachers import Question, Reachers, question, take_reachers
from auditor.report.scope import criteria_section, scope_section
from auditor.report.summary import MOST_SINGLE
from auditor.report.ways import ways_section
from auditor.report.witnesses import witness_section
from auditor.report.words import counted, number, sentence
from auditor.report.worldmap import approved_countries, draw_map
from auditor.results import Results

_US_USER_DATA = "us_user_data"
_SHORT_NAME = 60  # characters of the company that stand at the head of a page
_SHORT = 12  # characters of a digest that stand at the foot of a page
_TRANSPORT = "The answers in this report did not come from the providers’ own endpoints:"
_KEY_NOTICE = "Signed with a key made for this run only, which identifies nobody."


def build(
    results: Results,
    audit: Audit,
    facts: Path,
    evidence: EvidenceSummary,
    results_json: bytes | None = None,
) -> Report:
    """Return everything that the report shows.

    Args:
        facts: folder of the fact tables, ``<table>.parquet``.
        results_json: the bytes of the bundle's results.json; made from ``results`` in the
            same encoding when not given.

    Raises:
        ReportError: a fact table cannot be read.
    """
    attachment = _encoded(results) if results_json is None else results_json
    return _report(_take(results, audit, facts, evidence), attachment)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What chapters are made of."""

    results: Results
    audit: Audit
    evidence: EvidenceSummary
    inventory: Inventory
    approved: frozenset[str] | None
    asked: Question
    reachers: Reachers
    accesses: Accesses
    code: Code

    @property
    def line(self) -> Text:
        """How much was answered."""
        return coverage_line(self.inventory, self.evidence)


def _take(results: Results, audit: Audit, facts: Path, evidence: EvidenceSummary) -> _Material:
    protected = _protected_classes(audit)
    parameters = [pack.parameters for pack in results.packs]
    asked = question(audit, protected, parameters)
    with open_facts(facts) as ask:
        reachers, accesses = take_reachers(ask, asked), take_accesses(ask, asked)
        code = take_code(ask, approved_countries(parameters))
    return _Material(
        results=results,
        audit=audit,
        evidence=evidence,
        inventory=take_inventory(facts, audit.boundary_accounts, protected),
        approved=approved_countries(parameters),
        asked=asked,
        reachers=reachers,
        accesses=accesses,
        code=code,
    )


def _report(made: _Material, attachment: bytes) -> Report:
    results, audit = made.results, made.audit
    digest = hashlib.sha256(attachment).hexdigest()
    controls = control_views(results)
    return Report(
        title="Evidence report",
        agreement=audit.agreement,
        company=audit.company,
        period=f"{audit.period_start} to {audit.period_end}",
        as_of=audit.as_of,
        report_id=audit.id,
        running=f"Evidence report · {_short_name(audit.company)}",
        digest=digest,
        short_digest=digest[:_SHORT],
        tool=f"auditor {audit.tool_version}",
        key_notice=_KEY_NOTICE if audit.ephemeral_key else "",
        transport=tuple(sentence(reason) for reason in audit.transport),
        transport_notice=_TRANSPORT if audit.transport else "",
        commitments=commitment_views(results),
        stands_out=stands_out(results),
        cannot_tell=(
            *cannot_tell(results, made.inventory, made.evidence),
            *unseen(made.accesses),
        ),
        coverage=made.line,
        map=draw_map(made.inventory, made.approved),
        opening=_opening(made),
        findings_intro=_findings_intro(results, controls),
        controls=controls,
        closing=_closing(made, digest),
        facets=_facets(controls),
        attachment=attachment,
    )


def _opening(made: _Material) -> tuple[Section, ...]:
    inventory, approved = made.inventory, made.approved
    return (
        scope_section(made.audit, inventory),
        criteria_section(made.results),
        places_section(inventory, approved),
        ways_section(inventory, approved),
        access_section(made.reachers, made.accesses, made.asked, inventory.permissions, approved),
        activity_section(made.accesses, made.asked),
        guardrail_section(inventory.prevention, approved),
        code_section(made.code, approved),
    )


def _closing(made: _Material, digest: str) -> tuple[Section, ...]:
    return (
        waiver_section(made.results),
        statement_section(made.results, made.inventory),
        coverage_section(made.inventory, made.evidence, made.line),
        witness_section(made.inventory.testimony),
        limits_section(made.audit, logs=bool(made.accesses.logs)),
        clause_section(made.results),
        verification_section(made.audit, made.evidence, digest),
    )


def _encoded(results: Results) -> bytes:
    return canonical(msgspec.to_builtins(results)) + b"\n"


def _protected_classes(audit: Audit) -> tuple[str, ...]:
    """Return the data classes that the map counts: US user data, or all if no rule names that."""
    named = {name for rule in audit.classification for name in rule.data_classes}
    return (_US_USER_DATA,) if _US_USER_DATA in named else tuple(sorted(named))


def _short_name(name: str) -> str:
    return name if len(name) <= _SHORT_NAME else f"{name[:_SHORT_NAME]}…"


def _findings_intro(results: Results, controls: tuple[ControlView, ...]) -> tuple[Text, ...]:
    found = sum(len(control.findings) for control in results.controls)
    groups = [finding for control in controls for finding in control.findings]
    shown = sum(len(finding.rows) for finding in groups)
    said = [
        Text(
            text=f"{counted(found, 'row')} did not pass, in {counted(len(groups), 'finding')}: "
            "rows that share control, clauses and values are one finding, to be mended at once."
        )
    ]
    if shown < found or any(finding.summary for finding in groups):
        each = "each row" if shown == found else f"{number(shown)} of the {number(found)} rows"
        said.append(
            Text(
                text=f"Where a finding has more than {MOST_SINGLE} rows they are counted, by place "
                f"or by principal, with the first few of each. report.html shows {each}, "
                "and results.json has every row."
            )
        )
    return tuple(said)


def _facets(controls: tuple[ControlView, ...]) -> Facets:
    rows = [row for c in controls for finding in c.findings for row in finding.rows]
    verdicts = {finding.mark.word for c in controls for finding in c.findings}
    return Facets(
        controls=tuple(control.id for control in controls if control.findings),
        accounts=tuple(sorted({row.account for row in rows} - {""})),
        regions=tuple(sorted({row.region for row in rows} - {""})),
        verdicts=tuple(sorted(verdicts)),
    )
