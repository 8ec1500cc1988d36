from pathlib import Path

import pytest

from auditor.policy import lint
from tests.policy.test_mutation import FULL
from tests.policy.test_reader import CONTROL, PACK, write_pack

UNKNOWN = """\
    - name: nobody knows where
      given: {stores: [{data_classes: [x]}]}
      expect: indeterminate
"""


def test_a_good_pack_has_no_faults(tmp_path: Path) -> None:
    """Nothing to say of it."""
    assert lint(write_pack(tmp_path, controls=CONTROL + FULL + UNKNOWN)) == []


def test_a_pack_that_cannot_be_read(tmp_path: Path) -> None:
    """Its faults are returned, not raised."""
    assert lint(tmp_path)[0].path.endswith("pack.yaml")


@pytest.mark.parametrize(
    ("pack", "controls", "expected"),
    [
        (PACK, CONTROL + FULL, "control A-01 has no case that expects indeterminate"),
        (PACK, CONTROL, "control A-01 has no case that expects pass"),
        (PACK, (CONTROL + FULL).replace("title: In", "title: Secure, in"), "A-01 says 'Secure'"),
        (PACK, CONTROL + FULL + UNKNOWN.replace("indeterminate", "fail"), "not 'fail': It could"),
        (
            PACK + "  spare: {type: number, default: 1, meaning: M., tightens: larger}\n",
            CONTROL,
            "no control uses parameter spare",
        ),
        (
            PACK.replace("{A: Data stays.}", "{A: Data stays., B: More.}"),
            CONTROL,
            "no control tests commitment B",
        ),
    ],
)
def test_faults_beyond_reading(tmp_path: Path, pack: str, controls: str, expected: str) -> None:
    """Missing cases, cases that do not hold, words too sure, and what nothing uses."""
    found = [str(fault) for fault in lint(write_pack(tmp_path, pack=pack, controls=controls))]
    assert any(expected in fault for fault in found), found
