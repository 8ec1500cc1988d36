"""What made-up audits are made of: an audit, controls, findings, results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.model import Audit, ClassificationRule, Json, Party, Target
from auditor.report.model import EvidenceSummary
from auditor.results import (
    Broken,
    Clause,
    CommitmentResult,
    ControlResult,
    Finding,
    Gap,
    PackResult,
    Population,
    Results,
    Verdict,
    WaiverResult,
)

AS_OF = "2026-11-21T14:02:00Z"

COMMITMENTS = {
    "A": "US user data is stored with the trusted provider",
    "B": "No foreign government has access",
    "C": "The code is open to review, and what was reviewed is what runs",
    "D": "The user's device and app are protected",
    "E": "The provider uses the data for its purpose only",
    "F": "Content and algorithm keep their integrity",
    "G": "Governance, monitoring and logs hold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One made-up audit, with its fact tables written to a folder."""

    results: Results
    audit: Audit
    facts: Path
    evidence: EvidenceSummary


def audit(**changes: Json) -> Audit:
    """Return an audit as ``audit.json`` would hold it."""
    base = Audit(
        id="audit-2026-11-21-7f3a",
        agreement="National Security Agreement, 19 September 2020",
        company="Example Media LLC",
        as_of=AS_OF,
        period_start="2025-11-21",
        period_end="2026-11-21",
        tool_version="0.1.0",
        targets=(
            Target(name="production", provider="aws", options={"profile": "audit-reader"}),
            Target(name="oracle", provider="oci", options={"profile": "AUDIT"}),
        ),
        parties=(
            Party(
                name="Oracle America, Inc.",
                roles=("trusted provider",),
                operators=("Oracle",),
                country="US",
            ),
            Party(name="Example Media LLC", roles=("company",), country="US"),
            Party(name="Example Holding Ltd.", roles=("excluded",), country="CN"),
        ),
        boundary_accounts=("111122223333", "ocid1.tenancy.oc1..aaaademo"),
        classification=(
            ClassificationRule(
                name="tagged", data_classes=("us_user_data",), tags={"data": "us-user"}
            ),
            ClassificationRule(name="build output", data_classes=(), names=("build-*",)),
        ),
    )
    return replace(base, **changes)


def control(
    name: str,
    verdict: Verdict,
    findings: Sequence[Finding] = (),
    *,
    tested: int = 412,
    table: str = "stores",
    title: str = "US user data at rest is in approved countries, run by the trusted provider",
    severity: str = "critical",
    gaps: tuple[Gap, ...] = (),
    cites: tuple[str, ...] = ("28 CFR 202.1001(b)(1)", "NIST SA-9(5)"),
    clauses: Sequence[tuple[str, str]] = (
        ("is in an approved country", "store.country in $approved_countries"),
        ("is run by a trusted provider", "store.operator in $trusted_providers"),
    ),
) -> ControlResult:
    """Return a control whose counts fit its findings."""
    counts = {kind: sum(f.verdict is kind for f in findings) for kind in Verdict}
    failed, unknown = counts[Verdict.FAIL], counts[Verdict.INDETERMINATE]
    waived = counts[Verdict.WAIVED]
    return ControlResult(
        id=name,
        pack="ttp-2020",
        title=title,
        commitment=name[0],
        also=(),
        severity=severity,
        verdict=verdict,
        reason=f"{failed} rows broke a clause, {unknown} could not be told, {len(gaps)} gaps",
        population=Population(
            table=table,
            total=tested + 88,
            passed=tested - failed - unknown - waived,
            failed=failed,
            indeterminate=unknown,
            waived=waived,
            out_of_scope=88,
        ),
        clauses=tuple(
            Clause(
                says=says,
                check=check,
                passed=tested - failed - unknown,
                failed=failed,
                indeterminate=unknown,
            )
            for says, check in clauses
        ),
        findings=tuple(findings),
        gaps=gaps,
        reads=(table, "coverage"),
        parameters={"approved_countries": ["US"], "trusted_providers": ["Oracle"]},
        cites=cites,
        why="The arrangement promises where the data is and who runs the machines",
        remedy="Move the data to an approved region of the trusted provider, then delete the "
        "original",
        place=f"controls/{name}.yaml:3",
    )


def finding(
    row_id: str,
    verdict: Verdict = Verdict.FAIL,
    *,
    seen: Mapping[str, Json] | None = None,
    name: str = "",
    region: str | None = "eu-central-1",
    clause: int = 0,
    reasons: tuple[str, ...] = (),
    evidence: tuple[int, ...] = (123, 124),
    **more: Json,
) -> Finding:
    """Return a row that did not pass."""
    broken = Verdict.INDETERMINATE if verdict is Verdict.INDETERMINATE else Verdict.FAIL
    return Finding(
        row_id=row_id,
        verdict=verdict,
        subject={
            "id": row_id,
            "name": name or row_id.rpartition(":")[2],
            "account": "111122223333",
            "region": region,
            "kind": "bucket",
        },
        broken=(
            Broken(
                clause=clause,
                verdict=broken,
                seen=seen if seen is not None else {"store.country": "DE"},
                reasons=reasons,
            ),
        ),
        evidence=evidence,
        **more,
    )


def results(controls: Sequence[ControlResult], waivers: tuple[WaiverResult, ...] = ()) -> Results:
    """Return results whose commitments follow from the controls."""
    order = list(Verdict)
    answers = []
    for letter, title in COMMITMENTS.items():
        own = [one for one in controls if one.commitment == letter]
        verdict = min((one.verdict for one in own), key=order.index, default=Verdict.INDETERMINATE)
        answers.append(
            CommitmentResult(
                id=letter,
                title=title,
                verdict=verdict,
                reason=f"{len(own)} controls bear on it; the gravest answer is “{verdict}”"
                if own
                else "no control of the packs bears on it",
                controls=tuple(one.id for one in own),
            )
        )
    return Results(
        audit_id="audit-2026-11-21-7f3a",
        as_of=AS_OF,
        tool_version="0.1.0",
        packs=(
            PackResult(
                name="ttp-2020",
                version="1.0.0",
                title="Trusted technology provider, 2020",
                digest="5a" * 32,
                parameters={
                    "approved_countries": ["US"],
                    "trusted_providers": ["Oracle"],
                    "most_flows": 1000,
                },
                loosened=(),
            ),
        ),
        commitments=tuple(answers),
        controls=tuple(controls),
        waivers=waivers,
    )
