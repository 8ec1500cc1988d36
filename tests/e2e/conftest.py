"""One run of the demonstration, from the command line, for all tests that look at it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.policy import read_results
from auditor.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What ``auditor demo`` left behind."""

    bundle: Path
    printed: str
    results: Results


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Run ``auditor demo`` as a user would: in a process of its own, without credentials."""
    folder = tmp_path_factory.mktemp("demo")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    ended = subprocess.run(
        [sys.executable, "-m", "auditor", "demo", "--output", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=plain,
    )
    assert ended.returncode == 0, ended.stderr
    (bundle,) = folder.glob("audit-*")
    return Demonstration(
        bundle=bundle, printed=ended.stdout, results=read_results(bundle / "results.json")
    )
