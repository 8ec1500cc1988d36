"""demo: what is printed of a demonstration that worked. tests/e2e runs it for real."""

import json
from pathlib import Path

import pytest

from auditor.cli.main import main
from auditor.collect.door import Progress
from auditor.demo import run as demo
from auditor.verify import Step
from tests.cli.bundles import write_evaluated


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demonstration that is over at once."""
    bundle, results = write_evaluated(tmp_path / "audit-1")

    def run_demo(output: Path, progress: Progress, *, stamp: str = "") -> demo.Outcome:
        progress.update(done=3, waiting=0, throttled=0, refused=1)
        step = Step(number=1, name="Files", held=True, detail="all there")
        return demo.Outcome(bundle=bundle, results=results, steps=(step,))

    monkeypatch.setattr(demo, "run_demo", run_demo)
    return bundle


def test_ten_lines_for_people(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each commitment, the counts, and what to open; exit 0 whatever was found."""
    assert main(["demo"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert len(lines) <= 12
    assert lines[0].startswith("A  NOT MET")
    assert str(ready / "report.html") in lines[-2]
    assert said.err.startswith("3 answers kept, 1 of them a refusal")


def test_json_and_quiet(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code of the results is in the JSON; quiet says nothing at all."""
    assert main(["demo", "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert json.loads(said.out)["exit_code"] == 1
    assert json.loads(said.out)["bundle"] == str(ready)
    assert main(["demo", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
