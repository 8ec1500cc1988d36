"""The settings about what vouches for builds, and files that are served."""

from pathlib import Path

import pytest

from auditor.config.loader import load_config
from auditor.errors import ConfigError

_SETTINGS = """\
agreement: TTP
company: Acme
period: {start: 2026-01-01, end: 2026-06-30}
provenance:
  - name: builds
    folder: records
    keys: [{name: release, file: release.pem}]
    served:
      - name: flags
        kind: configuration
        file: flags.json
        address: https://config.example.com/flags.json
      - {name: ranking, kind: model, file: ranking.onnx}
policies:
  - pack: ttp-2020
signing: {ephemeral: true}
"""


def written(folder: Path, text: str = _SETTINGS) -> Path:
    """Write a configuration with everything that it names, and return its path."""
    (folder / "records").mkdir()
    for name in ("release.pem", "flags.json", "ranking.onnx"):
        (folder / name).write_text("x")
    path = folder / "audit.yaml"
    path.write_text(text)
    return path


def test_what_is_served_is_named_with_where_it_was_fetched(tmp_path: Path) -> None:
    """Paths start from the file's folder."""
    (target,) = load_config(written(tmp_path)).targets
    assert target.provider == "provenance"
    assert target.options == {
        "folder": str(tmp_path / "records"),
        "key release": str(tmp_path / "release.pem"),
        "served": "asked",
        "configuration flags": str(tmp_path / "flags.json"),
        "address flags": "https://config.example.com/flags.json",
        "model ranking": str(tmp_path / "ranking.onnx"),
    }


def test_without_such_files_nobody_asks(tmp_path: Path) -> None:
    """What is served is then not known."""
    before, _, rest = _SETTINGS.partition("    served:\n")
    text = before + "policies" + rest.partition("policies")[2]
    (target,) = load_config(written(tmp_path, text)).targets
    assert set(target.options) == {"folder", "key release"}


@pytest.mark.parametrize(
    ("before", "after", "line", "why"),
    [
        ("kind: model", "kind: modle", 13, "model"),
        ("name: ranking", "name: flags", 13, "flags"),
        ("ranking.onnx", "gone.onnx", 13, "gone.onnx"),
        ("https://config", "ftp://config", 12, "http"),
    ],
)
def test_mistakes_are_named_with_their_line(
    tmp_path: Path, before: str, after: str, line: int, why: str
) -> None:
    """A name must be unique: it becomes the row's."""
    with pytest.raises(ConfigError) as caught:
        load_config(written(tmp_path, _SETTINGS.replace(before, after)))
    (fault,) = caught.value.faults
    assert fault.line == line
    assert why in f"{fault.message} {fault.hint}"
