"""Prints the job summary of an audit as Markdown: python summary.py BUNDLE EXIT_CODE."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from auditor.cli.commands import EXIT_CODES
from auditor.cli.terminal import plain
from auditor.config.audit_file import read_audit
from auditor.errors import AuditorError
from auditor.model import Audit
from auditor.policy import read_results
from auditor.report.words import MARKS
from auditor.results import ControlResult, Results, Verdict

_MOST = 10
_LONGEST = 300
_SEVERITIES = ("critical", "high", "medium", "low")
_ACTIVE = re.compile(r"[^A-Za-z0-9 ,.:;/()'-]")


def main() -> None:
    """Print the summary; an audit without results has a short one."""
    bundle, code = Path(sys.argv[1]), int(sys.argv[2])
    sys.stdout.write("\n".join(summary(bundle, code)) + "\n")


def summary(bundle: Path, code: int) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield "## Evidence report"
    yield ""
    yield f"auditor exited with {code}: {EXIT_CODES.get(code, 'it was stopped')}."
    yield ""
    try:
        audit = read_audit(bundle / "audit.json")
        results = read_results(bundle / "results.json")
    except (AuditorError, OSError):
        yield "There are no results; the log of the step says why."
        return
    yield from _answers(audit, results)
    yield from _failures(results)
    yield from _doubts(audit, results)
    yield ""
    yield "The artifact holds `report.html`, `report.pdf` and the evidence. To check it:"
    yield "`auditor verify ARTIFACT.zip --fingerprint FINGERPRINT --replay`"


def _answers(audit: Audit, results: Results) -> Iterator[str]:
    yield f"{_text(audit.agreement)}, {_text(audit.company)}, as of {_text(results.as_of)}."
    yield ""
    yield "| | commitment | answer | because |"
    yield "|---|---|---|---|"
    for each in results.commitments:
        cells = (each.id, each.title, MARKS[each.verdict].word, each.reason)
        yield f"| {' | '.join(map(_text, cells))} |"


def _failures(results: Results) -> Iterator[str]:
    failed = [c for c in results.controls if c.verdict is Verdict.FAIL]
    untold = sum(c.verdict is Verdict.INDETERMINATE for c in results.controls)
    yield ""
    of = len(results.controls)
    yield f"Of {of} controls {len(failed)} failed and {untold} could not be told."
    if not failed:
        return
    yield ""
    yield "| control | severity | failed | tested | what it asks |"
    yield "|---|---|--:|--:|---|"
    most = max(_MOST, sum(control.severity == "critical" for control in failed))
    for control in sorted(failed, key=_gravity)[:most]:
        counts = control.population
        cells = (control.id, control.severity, f"{counts.failed:,}", f"{counts.tested:,}")
        yield f"| {' | '.join(map(_text, (*cells, control.title)))} |"
    if len(failed) > most:
        yield ""
        yield f"… and {len(failed) - most} more."


def _gravity(control: ControlResult) -> tuple[int, str]:
    rank = _SEVERITIES.index(control.severity) if control.severity in _SEVERITIES else 9
    return rank, control.id


def _doubts(audit: Audit, results: Results) -> Iterator[str]:
    gaps = len({gap.coverage_id for control in results.controls for gap in control.gaps})
    yield ""
    if gaps:
        yield f"- {gaps:,} units of coverage are open gaps: what is there was not seen."
    if audit.ephemeral_key:
        yield "- The key was made for this run: it shows that nothing changed, and names nobody."
    for sentence in audit.transport:
        yield f"- {_text(sentence)}"
    for pack in results.packs:
        for sentence in pack.loosened:
            yield f"- {_text(sentence)}"


def _text(value: str) -> str:
    """A text in which nothing is Markdown, HTML, or acts on the reader's screen."""
    shown = plain(value[:_LONGEST]) + ("…" if len(value) > _LONGEST else "")
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", shown)


if __name__ == "__main__":
    main()
