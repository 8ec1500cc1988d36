from pathlib import Path

from auditor.policy import load_pack, mutate
from tests.policy.test_reader import CONTROL, write_pack

THIN = """\
  tests:
    - name: there
      given: {stores: [{data_classes: [x], country: US}]}
      expect: pass
"""
FULL = (
    THIN
    + """\
    - name: elsewhere
      given: {stores: [{data_classes: [x], country: DE}]}
      expect: fail
    - name: other data
      given: {stores: [{data_classes: [x], country: US}, {data_classes: [], country: DE}]}
      expect: pass
"""
)


def test_thin_cases_let_mutants_live(tmp_path: Path) -> None:
    """Nothing notices that the scope is gone."""
    mutants = mutate(load_pack(write_pack(tmp_path, controls=CONTROL + THIN)))
    assert "scope dropped" in {one.change for one in mutants if one.survived}


def test_full_cases_kill_every_mutant(tmp_path: Path) -> None:
    """Each mutant names the case that noticed it."""
    mutants = mutate(load_pack(write_pack(tmp_path, controls=CONTROL + FULL)))
    assert {one.change for one in mutants} == {
        "scope dropped",
        "scope: negated",
        "is there: negated",
    }
    assert [one for one in mutants if one.survived] == []
