"""The steps of the GitHub Action, taken from its YAML and run by bash as a runner would."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.action.runner import ACTION, ROOT, Done, Runner, read, steps

WORKFLOWS = sorted((ROOT / ".github").rglob("*.yml"))
# The command line as it is installed, with moto instead of AWS.
COMMAND = f"""\
#!{sys.executable}
import sys
from moto import mock_aws
from auditor.cli.main import main
from auditor.demo.aws.transport import answering
from auditor.demo.aws.witnesses import answering_witnesses
with mock_aws(), answering([]), answering_witnesses():
    sys.exit(main())
"""
CONTROL = """\
- id: A-01
  title: A test
  commitment: A
  severity: high
  every: accounts
  must:
    - says: holds
      check: account.{column} = '{value}'
  why: It is a test.
  cites: [this test]
  remedy: None.
  tests:
    - {{name: holds, given: {{accounts: [{{{column}: {value}}}]}}, expect: pass}}
    - {{name: does not, given: {{accounts: [{{{column}: other}}]}}, expect: fail}}
    - {{name: is unknown, given: {{accounts: [{{}}]}}, expect: indeterminate}}
"""
PACK = """\
name: tiny
version: "1"
title: A test
source: this test
commitments: {A: The test passes.}
"""
AUDIT = """\
agreement: Agreement <script>alert(1)</script>
company: "A | B [c](d)"
period: {start: 2026-01-01, end: 2026-12-31}
aws:
  - name: moto
    regions: [us-east-1]
policies:
  - folder: tiny
signing: {ephemeral: true}
"""
CHECKS = {
    "pass": {"column": "provider", "value": "aws"},
    "fail": {"column": "provider", "value": "oci"},
    "indeterminate": {"column": "name", "value": "known"},
}
CODES = {"pass": 0, "fail": 1, "indeterminate": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An audit as the action runs it, and the runner that it left."""

    runner: Runner
    verdict: str
    done: Done


def _lay_out(folder: Path, verdict: str) -> None:
    controls = folder / "tiny/controls"
    controls.mkdir(parents=True)
    (folder / "audit.yaml").write_text(AUDIT, encoding="utf-8")
    (folder / "tiny/pack.yaml").write_text(PACK, encoding="utf-8")
    (controls / "a.yaml").write_text(CONTROL.format(**CHECKS[verdict]), encoding="utf-8")


@pytest.fixture(scope="module", params=sorted(CHECKS))
def audited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The audit step, run on an AWS account in moto, with a control of each verdict."""
    folder = tmp_path_factory.mktemp("runner")
    _lay_out(folder, request.param)
    runner = Runner(folder=folder, command=COMMAND)
    done = runner.run("Audit", CONFIG="audit.yaml", OUTPUT="audits")
    return Audited(runner=runner, verdict=request.param, done=done)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner in an empty folder."""
    return Runner(folder=tmp_path, command=COMMAND)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_expression_stands_in_a_script(path: Path) -> None:
    """Values from outside are passed by variables: an expression in a script could run."""
    text = path.read_text(encoding="utf-8")
    scripts = _scripts(read(path))
    assert all("${{" not in script for script in scripts)
    assert len(scripts) == len(re.findall(r"^\s*(?:- )?run:", text, flags=re.MULTILINE))


def _scripts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [script for item in value for script in _scripts(item)]
    if isinstance(value, dict):
        own = [value["run"]] if isinstance(value.get("run"), str) else []
        return own + [script for item in value.values() for script in _scripts(item)]
    return []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit(path: Path) -> None:
    """A tag can be moved to other code; a commit cannot."""
    used = re.findall(
        r"^\s*(?:- )?uses: (\S+)(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert used
    for name, comment in used:
        if not name.startswith("./"):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name), name
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), f"{name}: say which version"


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=str)
def test_workflows_ask_for_few_permissions(path: Path) -> None:
    """A workflow may read the repository; only the token for AWS is written."""
    workflow = read(path)
    granted = [
        workflow["permissions"],
        *(j.get("permissions", {}) for j in workflow["jobs"].values()),
    ]
    assert {(k, v) for each in granted for k, v in each.items()} <= {
        ("contents", "read"),
        ("id-token", "write"),
    }


@pytest.mark.parametrize("name", [name for name, step in steps().items() if "run" in step])
def test_every_script_is_bash(name: str) -> None:
    """Bash can read each script, and each says that it is for bash."""
    step = steps()[name]
    assert step["shell"] == "bash"
    subprocess.run(["bash", "-n"], input=step["run"].encode(), check=True)


def test_every_variable_comes_from_an_input_or_an_earlier_step() -> None:
    """No ``env:`` block names an input or an output that does not exist."""
    action = read(ACTION / "action.yml")
    used = re.findall(r"inputs\.([\w-]+)", (ACTION / "action.yml").read_text(encoding="utf-8"))
    assert set(used) == set(action["inputs"])
    assert all("description" in each for each in action["inputs"].values())


@pytest.mark.parametrize("word", ["fail", "indeterminate", "never"])
def test_known_thresholds_are_accepted(runner: Runner, word: str) -> None:
    """The three words of the documentation pass."""
    assert runner.run("Check the inputs", FAIL_ON=word, OUTPUT="audits").code == 0


@pytest.mark.parametrize(
    ("fail_on", "output"),
    [("", "audits"), ("Fail", "audits"), ("$(exit 0)", "audits"), ("fail", "a\nexit-code=0")],
)
def test_wrong_inputs_stop_the_job(runner: Runner, fail_on: str, output: str) -> None:
    """What nobody documented is refused before anything is installed."""
    done = runner.run("Check the inputs", FAIL_ON=fail_on, OUTPUT=output)
    assert done.code == 2
    assert done.log.startswith("::error::")


def test_the_audit_step_gives_the_exit_code_and_never_fails(audited: Audited) -> None:
    """Later steps upload and summarise first; the threshold decides in the end."""
    assert audited.done.code == 0, audited.done.log
    assert audited.done.outputs["exit-code"] == str(CODES[audited.verdict]), audited.done.log
    assert audited.done.outputs["bundle"] == "audits/audit-1234-1"
    assert (audited.runner.folder / "audits/audit-1234-1/report.pdf").is_file()


@pytest.mark.parametrize("code", [0, 1, 4])
def test_a_crash_is_no_verdict(runner: Runner, code: int) -> None:
    """A code of a verdict without a sealed bundle fails the job whatever the threshold."""
    commands = runner.folder / "bin"
    commands.mkdir()
    (commands / "auditor").write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    (commands / "auditor").chmod(0o755)
    done = runner.run("Audit", CONFIG="audit.yaml", OUTPUT="audits")
    assert done.outputs["exit-code"] == "70"


def test_what_the_audit_prints_cannot_command_the_runner(audited: Audited) -> None:
    """Everything printed stands between stop-commands and its random end."""
    lines = audited.done.log.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", token)
    assert lines[-1] == f"::{token}::"


@pytest.mark.parametrize("threshold", ["fail", "indeterminate", "never"])
def test_the_threshold_decides(audited: Audited, threshold: str) -> None:
    """A job fails with the audit's own exit code, or passes."""
    fails = {
        "fail": {"fail"},
        "indeterminate": {"fail", "indeterminate"},
        "never": set[str](),
    }[threshold]
    code = audited.done.outputs["exit-code"]
    done = audited.runner.run("Apply the threshold", EXIT_CODE=code, FAIL_ON=threshold)
    assert done.code == (int(code) if audited.verdict in fails else 0)


@pytest.mark.parametrize("code", ["2", "3", "5", "70", "130", "137"])
@pytest.mark.parametrize("threshold", ["fail", "indeterminate", "never"])
def test_what_is_no_verdict_always_fails(runner: Runner, code: str, threshold: str) -> None:
    """A broken configuration, signature or collection is never let through."""
    done = runner.run("Apply the threshold", EXIT_CODE=code, FAIL_ON=threshold)
    assert done.code == int(code)


def test_the_summary_says_what_the_results_say(audited: Audited) -> None:
    """Answer, counts, doubts, and nothing of what a name would like to be."""
    outputs = audited.done.outputs
    done = audited.runner.run(
        "Write the job summary", BUNDLE=outputs["bundle"], EXIT_CODE=outputs["exit-code"]
    )
    assert done.code == 0, done.log
    word = {"pass": "MET", "fail": "NOT MET", "indeterminate": "CANNOT TELL"}[audited.verdict]
    assert f"| A | The test passes. | {word} |" in done.summary
    assert f"auditor exited with {outputs['exit-code']}:" in done.summary
    assert "names nobody" in done.summary
    assert "<script>" not in done.summary
    assert "[c](d)" not in done.summary
    assert ("| A-01 | high | 1 | 1 |" in done.summary) == (audited.verdict == "fail")


def test_an_audit_without_results_has_a_summary(runner: Runner) -> None:
    """A configuration that does not exist leaves exit code 2 and says where to look."""
    done = runner.run("Audit", CONFIG="nowhere.yaml", OUTPUT="audits")
    assert (done.code, done.outputs["exit-code"]) == (0, "2"), done.log
    bundle = done.outputs["bundle"]
    said = runner.run("Write the job summary", BUNDLE=bundle, EXIT_CODE="2").summary
    assert "wrong usage or configuration" in said
    assert "There are no results" in said


def test_own_policies_are_checked_before_anything_is_collected(runner: Runner) -> None:
    """A pack without faults passes, blank lines are no folders, a misspelt column stops the job."""
    _lay_out(runner.folder, "pass")
    good = runner.run("Check the policies", POLICIES="tiny\n\n")
    assert good.code == 0, good.log
    shutil.rmtree(runner.folder / "tiny")
    (runner.folder / "audit.yaml").unlink()
    _lay_out(runner.folder, "pass")
    control = runner.folder / "tiny/controls/a.yaml"
    control.write_text(CONTROL.format(column="providr", value="aws"), encoding="utf-8")
    bad = runner.run("Check the policies", POLICIES="tiny")
    assert bad.code == 2
    assert "providr" in bad.log
