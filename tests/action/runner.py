"""Runs the scripts of the action as GitHub's runner does: each by bash, with its own variables."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github/actions/audit"
LONGEST = 1200  # seconds: only what hangs should fail, not a busy machine
# GitHub's own command line for "shell: bash".
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


def read(path: Path) -> dict[str, Any]:
    """A YAML file."""
    value: dict[str, Any] = YAML(typ="safe").load(path)
    return value


def steps() -> dict[str, dict[str, Any]]:
    """The steps of the action by name."""
    return {step["name"]: step for step in read(ACTION / "action.yml")["runs"]["steps"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a step left behind."""

    code: int
    log: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A folder with what GitHub's runner gives to a step, and the command line under test."""

    folder: Path
    command: str  # the program that stands for ``auditor``

    def run(self, name: str, **env: str) -> Done:
        """Run one step of the action with the variables of its ``env:`` block."""
        step = steps()[name]
        assert set(step.get("env", {})) == set(env), f"{name} takes other variables"
        script = self.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        output, summary = self.folder / "output", self.folder / "summary"
        for path in (output, summary):
            path.write_text("", encoding="utf-8")
        done = subprocess.run(
            [*BASH, str(script)],
            cwd=self.folder,
            env=self._environment() | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        return Done(
            code=done.returncode,
            log=done.stdout.decode(),
            outputs=dict(line.split("=", 1) for line in lines),
            summary=summary.read_text(encoding="utf-8"),
        )

    def _environment(self) -> dict[str, str]:
        commands = self.folder / "bin"
        if not commands.exists():
            commands.mkdir()
            (commands / "auditor").write_text(self.command, encoding="utf-8")
            (commands / "auditor").chmod(0o755)
        python = str(Path(sys.executable).parent)
        return {
            "PATH": os.pathsep.join([str(commands), python, os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "GITHUB_ACTION_PATH": str(ACTION),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_RUN_ID": "1234",
            "GITHUB_RUN_ATTEMPT": "1",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
        }
