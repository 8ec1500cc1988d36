"""From evidence to report: linear in stores, and at least 5,000 resources per CPU-second."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from auditor import pipeline
from auditor.config.audit_file import write_audit
from auditor.envelope import seal_evidence
from auditor.policy import write_results
from auditor.report import EvidenceSummary, build, render_html
from auditor.resources import data_folder
from benchmarks.measure import Measure, cpu_seconds
from benchmarks.synthetic import collect_synthetic, synthetic_audit

SMALL, LARGE = 10_000, 100_000


def run() -> Iterator[Measure]:
    """Measure both estates in one run."""
    with tempfile.TemporaryDirectory() as folder:
        small = _measure(Path(folder) / "small", SMALL)
        derive, whole = _measure(Path(folder) / "large", LARGE)
    yield Measure(
        name="facts + evaluate + report.html, 100,000 stores against 10,000",
        value=whole / small[1],
        limit=12,
        unit="x",
    )
    yield Measure(
        name="CPU seconds of facts for 5,000 resources", value=derive / LARGE * 5000, limit=1
    )


def _measure(bundle: Path, stores: int) -> tuple[float, float]:
    """CPU seconds of deriving facts alone, and of everything up to report.html."""
    audit = synthetic_audit()
    shutil.copytree(data_folder("policies"), bundle / pipeline.POLICIES)
    write_audit(audit, bundle / pipeline.AUDIT)
    collect_synthetic(bundle, stores)
    derive = cpu_seconds(lambda: pipeline.derive(bundle))

    def rest() -> None:
        results = pipeline.evaluate(bundle)
        write_results(results, bundle / pipeline.RESULTS)
        sealed = seal_evidence(bundle)
        summary = EvidenceSummary(
            records=sealed.records, root=sealed.merkle_root, denied=0, failed=0
        )
        (bundle / "report.html").write_bytes(
            render_html(build(results, audit, bundle / pipeline.FACTS, summary))
        )

    return derive, derive + cpu_seconds(rest)
