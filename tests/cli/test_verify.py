"""verify: what is printed, whom to trust, and exit codes, on a bundle signed by a company's key."""

import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from auditor.cli.main import main
from auditor.verify.trust import fingerprint
from tests.fakes_bundle import authority, company_key, expired_key, write_bundle


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bundle, an archive of it, and certificates."""
    path = tmp_path_factory.mktemp("verify")
    write_bundle(path / "audit-1")
    shutil.make_archive(str(path / "audit-1"), "zip", path, "audit-1")
    root = authority("root")[1]
    (path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    stranger = expired_key().certificate
    (path / "stranger.pem").write_bytes(stranger.public_bytes(Encoding.PEM))
    return path


def step(said: str, number: int) -> object:
    """Return whether a step held, from JSON output."""
    return next(each["held"] for each in json.loads(said)["steps"] if each["number"] == number)


@pytest.mark.parametrize("name", ["audit-1", "audit-1.zip"])
def test_eight_steps_of_a_folder_and_of_an_archive(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is numbered; without anybody to trust, steps 5 and 6 are left open."""
    assert main(["verify", str(folder / name)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2].strip() for line in lines[:8]] == [str(number) for number in range(1, 9)]
    assert lines[4].startswith(" 5  open")
    assert lines[-1].endswith("since the bundle was signed; steps 5 and 6 are left open.")
    assert main(["verify", str(folder / name), "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_whom_to_trust_decides_step_5(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A root or a fingerprint from elsewhere; a stranger's does not do."""
    bundle = str(folder / "audit-1")
    known = fingerprint(company_key().certificate)
    for arguments, held, code in (
        (["--root", str(folder / "root.pem")], True, 0),
        (["--fingerprint", known], True, 0),
        (["--root", str(folder / "stranger.pem")], False, 3),
        (["--fingerprint", "ab" * 32], False, 3),
        (["--root", str(folder / "root.pem"), "--at", "2025-01-01"], False, 3),
        (["--root", str(folder / "root.pem"), "--at", "2026-06-01T00:00:00+02:00"], True, 0),
    ):
        assert main(["verify", bundle, "--json", *arguments]) == code, arguments
        assert step(capsys.readouterr().out, 5) is held


def test_faults_are_listed_and_harmless(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several faults of one step each get a line; names cannot act on the terminal."""
    bundle = tmp_path / "audit-1"
    shutil.copytree(folder / "audit-1", bundle)
    (bundle / "extra\u202egpj").write_text("x")
    (bundle / "extra\x1b[31m").write_text("x")
    (bundle / "results.json").write_text("{}")
    assert main(["verify", str(bundle)]) == 3
    shown = capsys.readouterr().out
    assert " 1  FAILS" in shown
    assert "           - " in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "Do not rely on this bundle: steps 1 and 2" in shown


def test_a_bundle_that_cannot_be_recomputed_fails_step_9(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A replay that breaks off is a fault, never a pass."""
    assert main(["verify", str(folder / "audit-1"), "--replay", "--json"]) == 3
    assert step(capsys.readouterr().out, 9) is False


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["none"], 2),
        (["audit-1", "--root", "none.pem"], 3),
        (["audit-1", "--fingerprint", "short"], 2),
        (["audit-1", "--at", "yesterday"], 2),
        ([], 2),
    ],
)
def test_wrong_usage(
    folder: Path, arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said to hold when the question was wrong."""
    monkeypatch.chdir(folder)
    assert main(["verify", *arguments]) == code
