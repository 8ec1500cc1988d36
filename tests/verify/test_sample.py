"""The signed sample of an earlier run is still a bundle that holds."""

from datetime import UTC, datetime
from pathlib import Path

from auditor.verify import Trust, verify_bundle

SAMPLE = Path(__file__).parents[2] / "reports/samples/demonstration.tar.gz"
FINGERPRINT = "74913acb7b2d83f1e438600200a237d1e9c45a580e3d5369f17012bc2339eb16"


def test_the_sample_holds_in_every_step_but_the_timestamp() -> None:
    """What was signed once must be readable by every later version."""
    steps = verify_bundle(
        SAMPLE, Trust(fingerprint=FINGERPRINT), at=datetime(2026, 11, 22, 12, tzinfo=UTC)
    )

    assert {step.number for step in steps if step.held} == {1, 2, 3, 4, 5, 7, 8}
    assert [step.number for step in steps if step.held is None] == [6]
