"""Step 7: the evidence records are those that were sealed, in that order."""

from collections.abc import Iterator
from pathlib import Path

from auditor.envelope.segments import EVIDENCE, seal_evidence
from auditor.envelope.statement import EvidenceSeal, Segment
from auditor.errors import EvidenceError
from auditor.verify.steps import Step, fails, holds

_LONGEST_NAME = 40


def check_records(folder: Path, sealed: EvidenceSeal) -> Step:
    """Recompute the Merkle root over all records, and name the segments that differ."""
    try:
        found = seal_evidence(folder)
    except (EvidenceError, OSError) as error:
        return fails(7, (str(error),))
    faults = list(_differences(sealed, found))
    if found.merkle_root != sealed.merkle_root or found.records != sealed.records:
        faults.append(
            f"the Merkle root over {found.records} records is {found.merkle_root}; "
            f"sealed were {sealed.records} records with {sealed.merkle_root}"
        )
    if faults:
        return fails(7, faults)
    segments = "1 segment" if len(found.segments) == 1 else f"{len(found.segments)} segments"
    return holds(7, f"{found.records} records in {segments}, Merkle root {found.merkle_root}")


def _differences(sealed: EvidenceSeal, found: EvidenceSeal) -> Iterator[str]:
    before = {segment.name: segment for segment in sealed.segments}
    now = {segment.name: segment for segment in found.segments}
    for name in sorted({*before, *now}):
        if name not in now:
            yield f"{EVIDENCE}/{name[:_LONGEST_NAME]}: missing: {_range(before[name])}"
        elif name not in before:
            yield f"{EVIDENCE}/{name}: was not there when the evidence was sealed"
        elif now[name] != before[name]:
            yield (
                f"{EVIDENCE}/{name}: changed: holds {_range(now[name])}, "
                f"sealed were {_range(before[name])}"
            )


def _range(segment: Segment) -> str:
    if not segment.records:
        return "no records"
    return f"records {segment.first} to {segment.first + segment.records - 1}"
