"""How long a report of 2,000 rows takes to print, and how much memory."""

import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

from auditor.report import EvidenceSummary, Report, build, render_html, render_pdf
from auditor.results import Verdict
from benchmarks.measure import Measure, cpu_seconds
from tests.report.facts import common, write_facts
from tests.report.parts import audit, control, finding, results
from tests.report.samples import large

ROWS = 2_000
PATIENCE = 300.0  # seconds


def run() -> list[Measure]:
    """Measure the PDF of 2,000 rows, and what 50,000 findings cost."""
    with tempfile.TemporaryDirectory() as name:
        report = _rows(Path(name), ROWS)
        shown = sum(len(f.rows) for one in report.controls for f in one.findings)
        seconds = _children(lambda: render_pdf(report, PATIENCE))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        many = large(Path(name) / "large")
        built = cpu_seconds(lambda: build(many.results, many.audit, many.facts, many.evidence))
        big = build(many.results, many.audit, many.facts, many.evidence)
        html = cpu_seconds(lambda: render_html(big))
        pdf = _children(lambda: render_pdf(big, PATIENCE))
    return [
        Measure(name="report: rows left out of a 2,000-row PDF", value=ROWS - shown, limit=0),
        Measure(name="report: 2,000-row PDF", value=seconds, limit=5, unit=" CPU-s"),
        Measure(name="report: its memory", value=memory, limit=800, unit=" MB"),
        Measure(name="report: build of 50,000 findings", value=built, limit=15, unit=" CPU-s"),
        Measure(name="report: their HTML", value=html, limit=5, unit=" CPU-s"),
        Measure(name="report: their PDF", value=pdf, limit=10, unit=" CPU-s"),
    ]


def _rows(folder: Path, count: int) -> Report:
    names = (f"arn:aws:s3:::tenant-{n:06d}-uploads-and-thumbnails-of-users" for n in range(count))
    found = [finding(name, evidence=(n,)) for n, name in enumerate(names)]
    made = results([control("A-02", Verdict.FAIL, found, tested=count)])
    evidence = EvidenceSummary(records=count, root="ab" * 32, denied=0, failed=0)
    return build(made, audit(), write_facts(folder / "rows", common()), evidence)


def _children(work: Callable[[], object]) -> float:
    """CPU time of this process and of those that it starts while ``work`` runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = cpu_seconds(work)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own + (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
