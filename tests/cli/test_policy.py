"""The policy command, on the built-in pack and on one with faults."""

import json
import shutil
from pathlib import Path

import pytest

from auditor.cli.main import main
from auditor.resources import data_folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the built-in pack with one misspelt column."""
    folder = tmp_path / "mine"
    shutil.copytree(data_folder("policies") / "ttp-2020", folder)
    path = folder / "controls" / "a-storage.yaml"
    path.write_text(path.read_text().replace("store.country in $app", "store.contry in $app", 1))
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A pack with the governance controls only, whose cases run fast."""
    folder = tmp_path / "small"
    shutil.copytree(data_folder("policies") / "ttp-2020", folder)
    for path in folder.glob("controls/*.yaml"):
        if path.name != "g-governance.yaml":
            path.unlink()
    return folder


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Every control, for people and for programs."""
    assert main(["policy", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert all(set(each) == {"id", "pack", "title", "severity", "commitment"} for each in found)
    assert {"A-02", "G-10"} <= {each["id"] for each in found}
    assert main(["policy", "list"]) == 0
    assert "US user data at rest" in capsys.readouterr().out


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    """A control in words and as data; a pack likewise; a misspelt name gets a hint."""
    assert main(["policy", "show", "a-02"]) == 0
    assert "store.country in $approved_countries" in capsys.readouterr().out
    assert main(["policy", "show", "A-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["must"][0]["says"]
    assert main(["policy", "show", "ttp-2020"]) == 0
    assert "approved_countries" in capsys.readouterr().out
    assert main(["policy", "show", "ttp-2020", "--json"]) == 0
    assert "holds_us_user_data" in json.loads(capsys.readouterr().out)["terms"]
    assert main(["policy", "show", "A-o2"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_lint_names_the_place_of_a_fault(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line and column, and a suggestion."""
    assert main(["policy", "lint", str(broken)]) == 2
    said = capsys.readouterr().err
    assert "a-storage.yaml:" in said
    assert "contry" in said
    assert main(["policy", "lint", str(broken), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)[0]["line"] > 1
    assert main(["policy", "list", "--folder", str(broken)]) == 2
    assert main(["policy", "list", "--folder", str(broken / "none")]) == 2


def test_cases_run_and_a_surprise_fails(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 when all cases hold, 1 when one does not."""
    assert main(["policy", "test", str(small)]) == 0
    assert "cases hold." in capsys.readouterr().out
    path = small / "controls" / "g-governance.yaml"
    path.write_text(path.read_text().replace("expect: fail", "expect: pass", 1))
    assert main(["policy", "test", str(small)]) == 1
    assert "expected pass, got fail" in capsys.readouterr().out
    assert main(["policy", "test", str(small), "--json"]) == 1
    cases = json.loads(capsys.readouterr().out)["cases"]
    assert sum(not case["holds"] for case in cases) == 1


def test_a_change_that_no_case_notices_fails(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--mutate holds the cases to the rules."""
    assert main(["policy", "test", str(small), "--mutate", "--json"]) == 0
    mutants = json.loads(capsys.readouterr().out)["mutants"]
    assert mutants
    assert all(mutant["killed_by"] for mutant in mutants)


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """One schema for each kind of file."""
    assert main(["policy", "schema"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"pack.yaml", "controls/*.yaml"}
