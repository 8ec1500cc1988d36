"""attest: a statement that the audit reads as it was signed."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from auditor.cli.main import main
from auditor.envelope.attestation import open_attestation
from auditor.verify.trust import fingerprint
from tests.fakes_bundle import company_key


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PEM file with an encrypted key and its certificate."""
    signer = company_key()
    path = tmp_path_factory.mktemp("attest") / "jane.pem"
    private = signer.private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"open sesame")
    )
    path.write_bytes(private + signer.pem)
    return path


def arguments(key: Path, output: Path, *extra: str) -> list[str]:
    """Return a complete command line."""
    return [
        "attest", "--subject", "code-review-access", "--valid-until", "2099-12-31",
        "--key", str(key), "--password-env", "JANE", "--output", str(output), *extra,
    ]  # fmt: skip


def test_a_statement_says_who_signed_what(
    key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words, the days and the signer come back; the certificate's digest is shown."""
    monkeypatch.setenv("JANE", "open sesame")
    output = tmp_path / "s.json"
    assert main(arguments(key, output, "--text", " I reviewed it. ")) == 0
    said, signer = open_attestation(output.read_bytes())
    assert said.subject == "code-review-access"
    assert said.text == "I reviewed it."
    assert date.fromisoformat(said.valid_from).year >= 2026
    assert said.valid_until == "2099-12-31"
    assert signer == fingerprint(company_key().certificate)
    assert signer in capsys.readouterr().err
    assert main(arguments(key, output, "--text", "Again.")) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_words_may_come_from_a_file(
    key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long statements are written elsewhere."""
    monkeypatch.setenv("JANE", "open sesame")
    (tmp_path / "words.txt").write_text("Line one.\nLine two.\n")
    output = tmp_path / "s.json"
    extra = ("--text-file", str(tmp_path / "words.txt"), "--valid-from", "2026-01-01", "--quiet")
    assert main(arguments(key, output, *extra)) == 0
    assert open_attestation(output.read_bytes())[0].text == "Line one.\nLine two."


@pytest.mark.parametrize(
    ("extra", "password", "code", "words"),
    [
        (("--text", "x", "--valid-from", "2100-01-01"), "open sesame", 2, "before 2100-01-01"),
        (("--text", "  "), "open sesame", 2, "no words"),
        (("--text", "x"), "wrong", 3, "cannot be read"),
        ((), "open sesame", 2, "required"),
        (("--text", "x", "--text-file", "y"), "open sesame", 2, "not allowed"),
        (("--text-file", "none"), "open sesame", 2, "No such file"),
        (("--text", "x", "--valid-from", "today"), "open sesame", 2, "no day of the calendar"),
    ],
)
def test_a_statement_that_nobody_could_mean_is_refused(
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    extra: tuple[str, ...],
    password: str,
    code: int,
    words: str,
) -> None:
    """Nothing is written."""
    monkeypatch.setenv("JANE", password)
    assert main(arguments(key, tmp_path / "s.json", *extra)) == code
    assert words in capsys.readouterr().err
    assert not (tmp_path / "s.json").exists()
