"""One sealed bundle for all tests, and a copy of it for each."""

import shutil
from pathlib import Path

import pytest

from tests.fakes_bundle import write_bundle


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that each test copies."""
    return write_bundle(tmp_path_factory.mktemp("sealed") / "bundle")


@pytest.fixture
def bundle(sealed: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(sealed, tmp_path / "copy"))
