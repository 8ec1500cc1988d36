"""docs/dependencies.md names every dependency, and nothing that is none."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
_OPTIONAL = {"chdb"}  # the group for benchmarks, which tests do not install
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _declared() -> set[str]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = project["dependency-groups"]
    lines = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for extra in extras.values() for line in extra),
        *(line for group in groups.values() for line in group if isinstance(line, str)),
    ]
    names = {match[0].lower() for line in lines if (match := _NAME.match(line))}
    return names - {"auditor"}


def _rows() -> list[list[str]]:
    """Cells of every table that has a column ``why``."""
    rows: list[list[str]] = []
    counts = False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            counts = False
        elif "why" in cells:
            counts = True
        elif counts and not cells[0].startswith("---"):
            rows.append(cells)
    return rows


def _documented() -> set[str]:
    return {name.strip() for cells in _rows() for name in cells[0].split(",")}


def test_every_dependency_of_pyproject_has_a_line() -> None:
    """Nobody can add a dependency without saying why it is there."""
    assert _declared() - _documented() == set()


def test_no_line_outlives_its_dependency() -> None:
    """A dependency that was dropped leaves the page, too."""
    assert _documented() - _declared() == set()


def test_every_line_says_why() -> None:
    """Each reason is a sentence, and a licence follows it."""
    for cells in _rows():
        reason = next(cell for cell in cells if cell.endswith("."))
        assert len(reason.split()) >= 2, cells
        assert cells[cells.index(reason) + 1], cells


@pytest.mark.parametrize("cells", _rows(), ids=lambda cells: str(cells[0]))
def test_the_licence_is_the_one_that_the_package_states(cells: list[str]) -> None:
    """What stands on the page does not contradict the package's own metadata."""
    licence = next(cell for i, cell in enumerate(cells) if i and cells[i - 1].endswith("."))
    for name in cells[0].split(","):
        if name.strip() in _OPTIONAL:
            pytest.importorskip(name.strip())
        about = metadata(name.strip())
        fields = ("License-Expression", "License", "Classifier")
        said = " ".join(str(v) for field in fields for v in about.get_all(field) or ())
        family = re.split(r"[-0-9 ]", licence)[0]
        word = {"UPL": "Universal Permissive", "Apache": "Apache"}.get(family, family)
        assert word in said or not said.strip(), f"{name}: {licence}, but it says {said}"


def test_the_demo_installs_the_embedded_cloud_that_the_tests_use() -> None:
    """What moto plays hangs on its extras: with fewer, the demo crashes where every test passes."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    demo = project["project"]["optional-dependencies"]["demo"]
    tested = project["dependency-groups"]["dev"]

    assert [each for each in demo if each.startswith("moto")] == [
        each for each in tested if isinstance(each, str) and each.startswith("moto")
    ]
