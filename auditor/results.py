"""What ``policy`` concludes and ``report`` shows: ``results.json`` in types.

A *row verdict* speaks of one row of a population, a *control verdict* of the whole control.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from auditor.model import Json


class Verdict(StrEnum):
    """What a control says, of one row or as a whole. Ordered from gravest to mildest."""

    FAIL = "fail"
    INDETERMINATE = "indeterminate"
    WAIVED = "waived"
    PASS_ATTESTED = "pass (attested)"  # rests on a signed statement, not on a test
    PASS = "pass"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One sentence of a control with the expression that tests it, and its counts over rows.

    The counts are of rows in scope, before waivers.
    """

    says: str
    check: str
    passed: int
    failed: int
    indeterminate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Counts over the rows that a control ranges over; they add up to ``total``."""

    table: str
    total: int
    passed: int
    failed: int
    indeterminate: int
    waived: int
    out_of_scope: int

    @property
    def tested(self) -> int:
        """Rows that are, or may be, in scope."""
        return self.total - self.out_of_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One clause that did not pass for one row.

    Attributes:
        clause: index into the control's clauses; -1 stands for the scope (``where``).
        verdict: FAIL or INDETERMINATE.
        seen: column as written in the check ('store.country') -> value, None if unknown.
        reasons: why columns are unknown, one sentence each, with the permission to grant.
    """

    clause: int
    verdict: Verdict
    seen: Mapping[str, Json]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row that did not pass.

    Attributes:
        verdict: FAIL, INDETERMINATE or WAIVED.
        subject: what the row is: its id, name, account, region, kind where the table has them.
        evidence: indexes of the evidence records behind the row.
        waiver: id of the waiver that covers it, '' if none; ``was`` is the verdict without it.
    """

    row_id: str
    verdict: Verdict
    subject: Mapping[str, Json]
    broken: tuple[Broken, ...]
    evidence: tuple[int, ...]
    waiver: str = ""
    was: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One open unit of coverage that keeps a control from passing."""

    coverage_id: str
    outcome: str
    reason: str
    permission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlResult:
    """What one control concluded, and from what.

    Attributes:
        reason: why the control verdict is what it is, in one sentence.
        findings: rows that did not pass, gravest first, then by row id.
        parameters: values used, name -> value.
    """

    id: str
    pack: str
    title: str
    commitment: str
    also: tuple[str, ...]  # further commitments that it bears on
    severity: str
    verdict: Verdict
    reason: str
    population: Population
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    reads: tuple[str, ...]
    parameters: Mapping[str, Json]
    cites: tuple[str, ...]
    why: str
    remedy: str
    place: str  # file:line in the pack


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentResult:
    """The answer to one founding commitment: the gravest verdict of its controls."""

    id: str
    title: str
    verdict: Verdict
    reason: str
    controls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackResult:
    """The policy pack that was applied.

    Attributes:
        digest: SHA-256 over the pack's files, lower-case hex.
        loosened: sentences on parameters that the audit overrode in the loosening direction.
    """

    name: str
    version: str
    title: str
    digest: str
    parameters: Mapping[str, Json]
    loosened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverResult:
    """What became of one waiver on the audit's as-of date."""

    id: str
    control: str
    reason: str
    approvers: tuple[str, ...]
    expires: str
    state: str  # used, unused, expired, over its limit or for an unknown control
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything that the policies say of one audit."""

    audit_id: str
    as_of: str
    tool_version: str
    packs: tuple[PackResult, ...]
    commitments: tuple[CommitmentResult, ...]
    controls: tuple[ControlResult, ...]
    waivers: tuple[WaiverResult, ...]
