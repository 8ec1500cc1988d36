"""The wheel works by itself: built, installed into an empty environment, and run from nowhere."""

import os
import re
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.facts.shapes import FILES
from tests.docs.readme import README, written

ROOT = Path(__file__).parents[2]
LONGEST = 1200  # seconds: only what hangs should fail, not a busy machine
# Data that is read at run time, and files that are no Python.
DATA = ("policies/**/*.yaml", "reports/templates/**/*", "reports/fonts/*", "reports/map/*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A virtual environment with nothing but the wheel and its dependencies."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin/python"

    def run(self, *words: str | Path, cwd: Path, timeout: int = LONGEST) -> str:
        """Run a command of this environment with few variables; return its standard output."""
        done = subprocess.run(
            [str(self.folder / "bin" / words[0]), *map(str, words[1:])],
            cwd=cwd,
            env={"PATH": os.defpath, "HOME": str(cwd), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[-4000:]
        return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built as a release is."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True, timeout=LONGEST)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An empty environment into which the wheel was installed with its ``demo`` extra.

    What is installed here is offered to it, except this tree itself; nothing is downloaded. pip
    fails if the extra's dependencies are not met by that.
    """
    made = Environment(folder=tmp_path_factory.mktemp("venv"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made.folder], check=True)
    offered = made.folder / "offered"
    offered.mkdir()
    for entry in _installed():
        (offered / entry.name).symlink_to(entry)
    packages = made.folder / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (packages / "offered.pth").write_text(f"{offered}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(made.python)]
    subprocess.run(
        [*pip, "install", "--no-index", "--disable-pip-version-check", f"{wheel}[demo]"],
        check=True,
        capture_output=True,
        timeout=LONGEST,
    )
    return made


def _installed() -> Iterator[Path]:
    """What is installed here, without what makes this tree importable."""
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        name = entry.name.lower()
        if "auditor" not in name and not name.endswith(".pth") and name != "__pycache__":
            yield entry


def _tracked_data() -> set[str]:
    """Paths below the root of all data that an installation needs."""
    found = {path for pattern in DATA for path in ROOT.glob(pattern) if path.is_file()}
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_the_wheel_holds_policies_and_report_data(wheel: Path) -> None:
    """Every file of the data folders is inside, below ``auditor/_data``."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {f"auditor/_data/{name}" for name in _tracked_data()}
    assert len(expected) > 10
    assert expected - names == set()


def test_the_wheel_holds_what_facts_know_of_answers(wheel: Path) -> None:
    """The shapes stand beside the module that reads them."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"auditor/facts/{name}" for name in FILES.values()} <= names


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """Only the package and its metadata; the licence among them."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"auditor"}
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.endswith((".pyc", ".orig", "~")) for name in names)


def test_the_installed_package_is_not_this_tree(environment: Environment, tmp_path: Path) -> None:
    """What runs below is the wheel."""
    place = "import auditor.resources as r; print(r.__file__, r.data_folder('policies'))"
    found = environment.run("python", "-c", place, cwd=tmp_path)
    assert str(ROOT) not in found
    assert "_data" in found


def test_the_built_in_policies_hold_their_cases(environment: Environment, tmp_path: Path) -> None:
    """Policies are found and tested from an empty folder."""
    assert "ttp-2020" in environment.run("auditor", "policy", "list", cwd=tmp_path)
    assert "cases hold" in environment.run("auditor", "policy", "test", cwd=tmp_path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What ``auditor demo`` printed in an empty folder, and the bundle that it left."""

    folder: Path
    said: str
    bundle: Path


@pytest.fixture(scope="module")
def demonstration(
    environment: Environment, tmp_path_factory: pytest.TempPathFactory
) -> Demonstration:
    """The demonstration, run once from the wheel."""
    folder = tmp_path_factory.mktemp("empty")
    said = environment.run("auditor", "demo", cwd=folder)
    (bundle,) = (folder / "build/demo").glob("audit-*")
    return Demonstration(folder=folder, said=said, bundle=bundle)


def test_the_demonstration_runs_from_an_empty_folder(demonstration: Demonstration) -> None:
    """A bundle with both reports is left behind, and what to open is said."""
    assert (demonstration.bundle / "report.html").stat().st_size > 10_000
    assert (demonstration.bundle / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert f"build/demo/{demonstration.bundle.name}/report.html" in demonstration.said


def test_the_readme_shows_what_the_commands_print(
    environment: Environment, demonstration: Demonstration
) -> None:
    """Run ``python -m tests.docs.readme`` when this fails.

    The commands are those of the README, a replay of the bundle among them.
    """

    def run(line: str) -> str:
        if line == "auditor demo":
            return demonstration.said
        return environment.run(*shlex.split(line), cwd=demonstration.folder)

    text = README.read_text(encoding="utf-8")
    assert "verify" in text
    assert written(text, demonstration.bundle.name, run) == text


def test_the_guide_lists_every_file_of_a_bundle(demonstration: Demonstration) -> None:
    """Whoever is handed a bundle finds each of its files and folders explained."""
    guide = (ROOT / "docs/hand-over.md").read_text(encoding="utf-8")
    for path in demonstration.bundle.iterdir():
        assert re.search(rf"(?<![\w.]){re.escape(path.name)}(?![\w.])", guide), path.name
