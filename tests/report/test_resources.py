"""Data folders: in a clone and in a wheel."""

from pathlib import Path

import pytest

from auditor import resources
from auditor.errors import AuditorError


def test_a_clone_has_them_at_its_root() -> None:
    """Templates, fonts and the map are found."""
    for name in ("reports/templates", "reports/fonts", "reports/map"):
        assert resources.data_folder(name).is_dir()


def test_a_wheel_has_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the wheel carries comes first."""
    inside = tmp_path / "_data"
    (inside / "policies").mkdir(parents=True)
    monkeypatch.setattr(resources, "_ROOTS", (inside, tmp_path))
    assert resources.data_folder("policies") == inside / "policies"


def test_a_missing_folder_is_an_error() -> None:
    """The message says where it was looked for."""
    with pytest.raises(AuditorError, match="nowhere is missing"):
        resources.data_folder("nowhere")
