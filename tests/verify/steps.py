"""Short questions about a verification."""

from pathlib import Path

from auditor.envelope import files
from auditor.verify import Step, Trust, verify_bundle
from tests.fakes_bundle import NOW, authority

TRUST = Trust(roots=(authority("root")[1],))


def verify(bundle: Path) -> dict[int, Step]:
    """Verify against the company's root, at a time at which its certificate is valid."""
    return {step.number: step for step in verify_bundle(bundle, TRUST, NOW)}


def failed(bundle: Path) -> set[int]:
    """The numbers of the steps that do not hold."""
    return {number for number, step in verify(bundle).items() if step.held is False}


def named(bundle: Path) -> str:
    """All faults of all steps."""
    return "\n".join(fault for step in verify(bundle).values() for fault in step.faults)


def recompute_sums(bundle: Path) -> None:
    """What somebody does who changed files but has no key."""
    present = files.list_files(bundle).files
    sums = {n: files.digest_file(p) for n, p in present.items() if n not in files.NOT_SUMMED}
    (bundle / "SHA256SUMS").write_bytes(files.format_sums(sums))
