"""Each command in VERIFY.txt works with the tools that a reviewer has, and notices a change."""

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from auditor.sign import SigningKey
from tests.fakes_bundle import authority, company_key, rsa_key, stranger_key, write_bundle


def commands(bundle: Path) -> list[str]:
    """The lines of VERIFY.txt that begin with a dollar sign, with their continuations."""
    text = (bundle / "VERIFY.txt").read_text("utf-8").replace("\\\n", "")
    return [line.strip()[2:] for line in text.splitlines() if line.strip().startswith("$ ")]


def run(bundle: Path, scratch: Path, instead_of_root: str = "") -> subprocess.CompletedProcess[str]:
    """Run all commands of VERIFY.txt in one shell that stops at the first failure."""
    root = scratch / "root.pem"
    root.write_bytes(authority("root")[1].public_bytes(Encoding.PEM))
    environment = {**os.environ, "ROOT": str(root), "TSA_ROOT": str(root), "TMPDIR": str(scratch)}
    script = "set -e\n" + "\n".join(commands(bundle))
    script = script.replace(instead_of_root, "") if instead_of_root else script
    return subprocess.run(
        ["sh", "-c", script],
        cwd=bundle,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("key", [company_key, rsa_key, stranger_key])
def test_every_command_succeeds_on_an_untouched_bundle(tmp_path: Path, key: object) -> None:
    """A reviewer needs openssl, sha256sum and pdfsig, and nothing of ours."""
    assert callable(key)
    signing_key = key()
    assert isinstance(signing_key, SigningKey)
    bundle = write_bundle(tmp_path / "bundle", signing_key)

    done = run(bundle, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Verified OK" in done.stdout
    assert "CMS Verification successful" in done.stderr
    assert "Signature is Valid." in done.stdout
    assert len(commands(bundle)) > 12


@pytest.mark.parametrize(
    "name",
    ["results.json", "signer.pem", "statement.dsse.json", "SHA256SUMS", "SHA256SUMS.p7s"],
)
def test_a_removed_file_stops_the_commands(tmp_path: Path, name: str) -> None:
    """What our own verifier finds, a reviewer's tools find too."""
    bundle = write_bundle(tmp_path / "bundle")
    (bundle / name).unlink()

    assert run(bundle, tmp_path).returncode != 0


def test_an_added_file_stops_the_commands(tmp_path: Path) -> None:
    """sha256sum alone does not see added files."""
    bundle = write_bundle(tmp_path / "bundle")
    (bundle / "evidence" / "000009.jsonl.zst").write_bytes(b"")

    done = run(bundle, tmp_path)

    assert done.returncode != 0
    assert "000009" in done.stdout


def test_another_signer_stops_the_commands(tmp_path: Path) -> None:
    """A bundle that a stranger sealed holds in itself, but not against the root."""
    bundle = write_bundle(tmp_path / "bundle", stranger_key())

    done = run(bundle, tmp_path, instead_of_root="ROOT=signer.pem; ")

    assert done.returncode != 0
    assert "unable to get local issuer certificate" in done.stderr
