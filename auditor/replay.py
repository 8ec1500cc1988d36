"""Recomputes a bundle from its evidence and policies, and compares every byte."""

import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from auditor import pipeline
from auditor.config.audit_file import read_audit
from auditor.envelope.files import list_files
from auditor.errors import BundleError
from auditor.verify import Step

_FIRST = 9  # the steps of ``verify`` come before


def replay(bundle: Path) -> tuple[Step, ...]:
    """Return the steps in which facts, results and reports were recomputed from a bundle.

    Raises:
        AuditorError: the bundle cannot be recomputed at all.
    """
    if faults := list_files(bundle).faults:  # a pipe would be waited on, a link lead elsewhere
        raise BundleError("; ".join(faults))
    with tempfile.TemporaryDirectory(prefix="auditor-replay-") as folder:
        again = Path(folder)
        pipeline.recompute(bundle, again)
        names = ("Facts, recomputed", "Results, recomputed", "Reports, recomputed")
        found = (
            list(_compare_folder(bundle, again, "facts")),
            list(_compare(bundle, again, "results.json")),
            [
                *_compare(bundle, again, "report.html"),
                *_compare_pdf(bundle, again),
                *_compare(bundle, again, "results.sarif"),
            ],
        )
    other = _other_version(bundle)
    return tuple(
        Step(
            number=number,
            name=name,
            held=not faults,
            detail=f"{faults[0]}{other}" if faults else "equal, byte by byte",
            faults=tuple(faults),
        )
        for number, (name, faults) in enumerate(zip(names, found, strict=True), _FIRST)
    )


def _other_version(bundle: Path) -> str:
    made, here = read_audit(bundle / pipeline.AUDIT).tool_version, version("auditor")
    return "" if made == here else f"; made by version {made}, recomputed by {here}"


def _compare_folder(bundle: Path, again: Path, name: str) -> Iterator[str]:
    files = {path.name for root in (bundle, again) for path in (root / name).glob("*")}
    for file in sorted(files):
        yield from _compare(bundle, again, f"{name}/{file}")


def _compare(bundle: Path, again: Path, name: str) -> Iterator[str]:
    kept, recomputed = bundle / name, again / name
    if not kept.is_file() or not recomputed.is_file():
        yield f"{name} is only in the {'recomputation' if recomputed.is_file() else 'bundle'}"
    elif kept.read_bytes() != recomputed.read_bytes():
        yield f"{name} differs from what the evidence and the policies give"


def _compare_pdf(bundle: Path, again: Path) -> Iterator[str]:
    """The signature is appended to the report: what stands before it must be equal."""
    name = "report.pdf"
    if not (bundle / name).is_file() or not (again / name).is_file():
        yield from _compare(bundle, again, name)
        return
    recomputed = (again / name).read_bytes()
    if (bundle / name).read_bytes()[: len(recomputed)] != recomputed:
        yield f"{name} differs, before its signature, from what the evidence and policies give"
