"""The demonstration finds what was planted: nothing missed, nothing extra."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from auditor.demo.aws.planted import PLANTED as PLANTED_IN_AWS
from auditor.demo.builds import PLANTED as PLANTED_IN_BUILDS
from auditor.demo.github.planted import PLANTED as PLANTED_IN_CODE
from auditor.demo.inputs import PLANTED as PLANTED_IN_FILES
from auditor.demo.planted import Planted
from auditor.demo.tenancy.planted import PLANTED as PLANTED_IN_OCI
from auditor.results import Results
from tests.e2e.conftest import Demonstration

PLANTED = (
    *PLANTED_IN_AWS,
    *PLANTED_IN_OCI,
    *PLANTED_IN_CODE,
    *PLANTED_IN_BUILDS,
    *PLANTED_IN_FILES,
)


def seen(results: Results) -> Iterator[tuple[str, str, str]]:
    """Control, row and verdict (before waivers) of everything that did not pass."""
    for control in results.controls:
        for finding in control.findings:
            yield control.id, finding.row_id, str(finding.was or finding.verdict)


SURE = [planted for planted in PLANTED if planted.surely]


@pytest.mark.parametrize("planted", SURE, ids=lambda p: f"{p.control} {p.what}")
def test_nothing_planted_is_missed(demonstration: Demonstration, planted: Planted) -> None:
    """Each planted breach and gap shows, in the row and with the verdict that it must have."""
    assert any(planted.shows(*found) for found in seen(demonstration.results))


def test_nothing_extra_is_reported(demonstration: Demonstration) -> None:
    """Whatever did not pass was planted."""
    extra = [
        found
        for found in seen(demonstration.results)
        if not any(planted.shows(*found) for planted in PLANTED)
    ]

    assert extra == []


def test_enough_is_planted() -> None:
    """At least 25 breaches and 10 gaps, in both clouds and in code."""
    assert len({p.what for p in PLANTED if p.verdict == "fail"}) >= 25
    assert len({p.what for p in PLANTED if p.verdict == "indeterminate"}) >= 10
    assert PLANTED_IN_AWS
    assert PLANTED_IN_OCI
    assert PLANTED_IN_CODE


def test_it_says_what_it_found_and_what_to_open_in_about_ten_lines(
    demonstration: Demonstration,
) -> None:
    """A newcomer reads the answers, the report's path and the next command."""
    lines = demonstration.printed.splitlines()

    assert 8 <= len(lines) <= 12
    assert "report.html" in demonstration.printed
    assert "auditor verify" in demonstration.printed


def test_every_byte_of_the_bundle_can_be_recomputed(demonstration: Demonstration) -> None:
    """Verification with replay holds, offline, in another process."""
    ended = subprocess.run(
        [sys.executable, "-m", "auditor", "verify", str(demonstration.bundle), "--replay"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("equal, byte by byte") == 3


def test_every_answer_says_that_it_came_from_a_simulator(demonstration: Demonstration) -> None:
    """Nobody can take the demonstration for an audit."""
    page = (demonstration.bundle / "report.html").read_text(encoding="utf-8")

    assert "did not come from the providers" in page
    assert "identifies nobody" in page
