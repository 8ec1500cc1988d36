from pathlib import Path

from auditor.policy import load_pack, run_cases
from auditor.results import Verdict
from tests.policy.test_reader import CONTROL, write_pack

TESTS = """\
  tests:
    - name: there
      given: {stores: [{data_classes: [x], country: US}]}
      expect: pass
    - name: elsewhere, under other parameters
      given: {stores: [{data_classes: [x], country: US}]}
      parameters: {approved: [CA]}
      expect: fail
    - name: wrong on purpose
      given: {stores: [{data_classes: [x]}]}
      expect: pass
"""


def test_cases_are_run_one_by_one(tmp_path: Path) -> None:
    """Each sees only its own rows and parameters; one that does not hold says what came."""
    results = run_cases(load_pack(write_pack(tmp_path, controls=CONTROL + TESTS)))
    assert [(one.verdict, one.holds) for one in results] == [
        (Verdict.PASS, True),
        (Verdict.FAIL, True),
        (Verdict.INDETERMINATE, False),
    ]
    assert results[2].reason == "It could not be told for 1 of 1 store."
    assert results[2].case.place == "small/controls/a.yaml:21"
