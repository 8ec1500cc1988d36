"""What follows the findings: exceptions, statements, coverage, limits, index, verification."""
# ruff: noqa: RUF001  the marks and quotes are meant

from collections.abc import Mapping

from auditor.model import Audit
from auditor.report.anchors import control_anchor
from auditor.report.inventory import Inventory
from auditor.report.model import Cell, Column, EvidenceSummary, Grid, Section, Text
from auditor.report.words import counted, listed, number, sentence
from auditor.results import Results, Verdict


def waiver_section(results: Results) -> Section:
    """Return every waiver and what became of it on the audit's date."""
    body = tuple(
        (
            Cell(text=waiver.id),
            Cell(text=waiver.control, anchor=_known_control(results, waiver.control)),
            Cell(text=waiver.state),
            Cell(text=waiver.expires),
            Cell(text=sentence(waiver.reason)),
            Cell(text=listed(waiver.approvers)),
            Cell(text=number(waiver.rows)),
        )
        for waiver in results.waivers
    )
    said = f"The audit lists {counted(len(body), 'waiver')}." if body else "No waiver is recorded."
    more = (
        " A waived row keeps what it was; an expired waiver, or one over its limit, covers nothing."
    )
    return Section(
        anchor="waivers",
        title="Waivers",
        paragraphs=(Text(text=said + (more if body else "")),),
        grids=(
            Grid(
                columns=(
                    Column(title="Waiver", share=2),
                    Column(title="Control", share=0),
                    Column(title="State", share=2),
                    Column(title="Until", share=0),
                    Column(title="Reason", share=5),
                    Column(title="Approved by", share=3),
                    Column(title="Rows", kind="number", share=0),
                ),
                rows=body,
            ),
        ),
    )


def _known_control(results: Results, control: str) -> str:
    known = any(one.id == control for one in results.controls)
    return control_anchor(control) if known else ""


def statement_section(results: Results, inventory: Inventory) -> Section:
    """Return the signed statements, in their signers' words."""
    body = tuple(
        (
            Cell(text=str(row["subject"])),
            Cell(text=str(row["text"])),
            Cell(text=_signer(row)),
            Cell(text=f"{row['valid_from']} to {row['valid_until']}"),
            Cell(
                text={True: "holds", False: "does not hold"}.get(row["signature_holds"], "unknown")
            ),
        )
        for row in inventory.statements
    )
    attested = [c.id for c in results.controls if c.verdict is Verdict.PASS_ATTESTED]
    said = (
        f"{listed(attested)} rest on what somebody states. " if attested else ""
    ) + "A statement is shown with its signer and its days; it was not independently tested."
    if not body:
        said = "No signed statement was given."
    return Section(
        anchor="statements",
        title="Attested results",
        paragraphs=(Text(text=said),),
        grids=(
            Grid(
                columns=(
                    Column(title="Subject", share=2),
                    Column(title="Stated", share=6),
                    Column(title="By", share=3),
                    Column(title="Valid", share=2),
                    Column(title="Signature", share=0),
                ),
                rows=body,
            ),
        ),
    )


def _signer(row: Mapping[str, object]) -> str:
    named = [str(row[key]) for key in ("signer", "role", "employer") if row[key]]
    return ", ".join(named) or "unknown"


def limits_section(audit: Audit, *, logs: bool) -> Section:
    """Return the inherent limits of what such a tool can tell.

    Args:
        logs: whether an audit log was read.
    """
    hours = " and in the hours of the logs that were read" if logs else ""
    between = (
        "shows only where a log that was read recorded it: which hours those are, and what no log "
        "records, stands in “What logs show of access”."
        if logs
        else "does not show: no audit log was read."
    )
    said = [
        f"The answers show how things stood when they were given, around {audit.as_of}. What was "
        f"different between two audits, and changed back, {between}",
        "A negative promise, such as “never shared”, can be proved neither from configuration nor "
        "from logs. This report says that nothing was found within its scope, by its method, at "
        f"its moment{hours}.",
        "What the staff of a cloud provider can do beneath its interfaces is not visible to its "
        "customers in ordinary public regions. Nothing that is read of AWS shows it. Oracle Cloud "
        "shows requests to reach dedicated infrastructure and Fusion Applications, and the country "
        "that somebody asked from for Fusion Applications alone.",
        "A region's country is the one that its provider states. Places such as Local Zones can "
        "lie in another country than the region that they belong to.",
        "What a store holds is known by the audit's classification rules, not by reading the data. "
        "A store that no rule names counts as possibly holding protected data.",
        "Access is judged as ability: that logs show no use does not answer whether use was "
        "possible. What logs do show is told beside it, and is judged by controls of its own.",
        "Statements by people are shown as statements. They were not independently tested.",
        "Statutes ask for more than a tool can give: interviews, observation, and the judgement of "
        "an independent auditor. This is an evidence report, not that judgement.",
        "Characters that cannot be seen are written as their code point, such as ‹U+202E›; exact "
        "text is in results.json.",
    ]
    return Section(
        anchor="limits", title="Limits", paragraphs=tuple(Text(text=text) for text in said)
    )


def verification_section(audit: Audit, evidence: EvidenceSummary, digest: str) -> Section:
    """Return what holds the bundle together, and the commands that check it offline."""
    body = (
        ("Evidence records", number(evidence.records)),
        ("Root of the Merkle tree over them (RFC 9162)", evidence.root),
        ("SHA-256 of results.json", digest),
        ("Written by", f"auditor {audit.tool_version}"),
    )
    return Section(
        anchor="verify",
        title="Verification kit",
        paragraphs=(
            Text(
                text="The bundle can be checked on a computer without a network and without trust "
                "in whoever sent it. Evidence numbers (E-000000) are positions in the bundle's "
                "evidence, counted from 0. results.json is also attached to the PDF."
            ),
        ),
        grids=(
            Grid(
                columns=(
                    Column(title="What", share=3),
                    Column(title="Value", kind="code", share=7),
                ),
                rows=tuple((Cell(text=what), Cell(text=found)) for what, found in body),
            ),
        ),
        commands=(
            "auditor verify audit-*/",
            "auditor verify --replay audit-*/",
            "sha256sum -c SHA256SUMS",
            "openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS "
            "-CAfile root.crt -out /dev/null",
            "pdfsig report.pdf",
        ),
    )
