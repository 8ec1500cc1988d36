"""The action on the demonstration's estates: both clouds, with planted breaches."""

import sys
from datetime import UTC, datetime

import pytest

from auditor.demo.inputs import write_inputs
from auditor.policy import read_results
from auditor.results import Verdict
from tests.action.runner import Done, Runner

# The command line as it is installed, where the two clouds are those of the demonstration.
COMMAND = f"""\
#!{sys.executable}
import sys
from auditor import pipeline
from auditor.cli.main import main
from auditor.demo.run import estates
with estates() as targets:
    door_to = pipeline.door_to
    pipeline.door_to = lambda target: door_to(targets.get(target.name, target))
    sys.exit(main())
"""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner in a checkout that holds the demonstration's audit.yaml."""
    folder = tmp_path_factory.mktemp("runner")
    today = datetime.now(UTC).date()
    write_inputs(folder, output=folder / "unused", today=today)
    return Runner(folder=folder, command=COMMAND)


@pytest.fixture(scope="module")
def audited(runner: Runner) -> Done:
    """The audit step, run once."""
    done = runner.run("Audit", CONFIG="audit.yaml", OUTPUT="audits")
    assert done.code == 0, done.log
    return done


def test_planted_breaches_give_the_code_of_a_failed_control(audited: Done) -> None:
    """The step goes on, and hands the code to the steps that follow."""
    assert audited.outputs["exit-code"] == "1", audited.log


def test_the_summary_lists_every_commitment_and_the_gravest_failures(
    runner: Runner, audited: Done
) -> None:
    """What a reader of the job sees is what the results say."""
    bundle, code = audited.outputs["bundle"], audited.outputs["exit-code"]
    summary = runner.run("Write the job summary", BUNDLE=bundle, EXIT_CODE=code).summary
    results = read_results(runner.folder / bundle / "results.json")
    failed = [control for control in results.controls if control.verdict is Verdict.FAIL]
    assert len(failed) >= 5
    assert f"Of {len(results.controls)} controls {len(failed)} failed" in summary
    assert all(f"\n| {each.id} | " in summary for each in results.commitments)
    assert all(f"| {c.id} | critical |" in summary for c in failed if c.severity == "critical")
    assert "open gaps" in summary


@pytest.mark.parametrize(("threshold", "code"), [("fail", 1), ("indeterminate", 1), ("never", 0)])
def test_the_threshold_decides(runner: Runner, audited: Done, threshold: str, code: int) -> None:
    """A failed control fails the job unless nothing may."""
    exit_code = audited.outputs["exit-code"]
    done = runner.run("Apply the threshold", EXIT_CODE=exit_code, FAIL_ON=threshold)
    assert done.code == code
