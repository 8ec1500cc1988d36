"""Sealing is all or nothing, and can be undone to seal again."""

from pathlib import Path

import pytest

from auditor.errors import AuditorError, BundleError, SignatureError
from auditor.sign import TimestampAuthority, seal_bundle, unseal_bundle
from auditor.verify import Trust, verify_bundle
from tests.fakes_bundle import (
    NOW,
    ORIGIN,
    authority,
    company_key,
    stranger_key,
    write_bundle,
    write_unsealed,
)


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    """A signed report without a statement could never be sealed again."""
    bundle = write_unsealed(tmp_path / "bundle")
    before = contents(bundle)
    nobody = TimestampAuthority(url="http://127.0.0.1:9/", timeout=1)

    with pytest.raises(SignatureError):
        seal_bundle(bundle, company_key(), ORIGIN, nobody)

    assert contents(bundle) == before


def test_unsealing_gives_back_every_byte(tmp_path: Path) -> None:
    """So the report that was rendered is still there."""
    before = contents(write_unsealed(tmp_path / "unsealed"))
    bundle = write_bundle(tmp_path / "bundle")

    unseal_bundle(bundle)

    assert contents(bundle) == before


def test_a_bundle_can_be_sealed_again_with_another_key(tmp_path: Path) -> None:
    """From a demonstration's key to the company's."""
    bundle = write_bundle(tmp_path / "bundle", stranger_key())

    with pytest.raises(BundleError, match="sealed already"):
        seal_bundle(bundle, company_key(), ORIGIN)
    unseal_bundle(bundle)
    seal_bundle(bundle, company_key(), ORIGIN)

    steps = verify_bundle(bundle, Trust(roots=(authority("root")[1],)), NOW)
    assert not [step for step in steps if step.held is False]


@pytest.mark.parametrize("lost", ["report.pdf", "SHA256SUMS", "signer.pem"])
def test_a_sealing_that_was_cut_short_can_be_made_again(tmp_path: Path, lost: str) -> None:
    """Whatever had been written by then."""
    unsigned = contents(write_unsealed(tmp_path / "unsealed"))
    bundle = write_bundle(tmp_path / "bundle")
    (bundle / lost).unlink()
    if lost == "report.pdf":
        (bundle / lost).write_bytes(unsigned[lost])

    unseal_bundle(bundle)

    assert contents(bundle) == unsigned


def test_what_is_not_sealed_cannot_be_unsealed(tmp_path: Path) -> None:
    """And a report that is not the one that was signed is not cut to length."""
    with pytest.raises(BundleError, match="not sealed"):
        unseal_bundle(write_unsealed(tmp_path / "unsealed"))

    bundle = write_bundle(tmp_path / "bundle")
    (bundle / "report.pdf").write_bytes(b"other")
    with pytest.raises(SignatureError, match="does not begin with"):
        unseal_bundle(bundle)


@pytest.mark.parametrize("name", ["a b.yaml", "\u202e.yaml", ".hidden", "AUDIT.json"])
def test_a_folder_that_no_verifier_would_accept_is_not_sealed(tmp_path: Path, name: str) -> None:
    """Better now, with the name, than at the reviewer's."""
    bundle = write_unsealed(tmp_path / "bundle")
    (bundle / name).write_bytes(b"x")

    with pytest.raises(BundleError, match="cannot be sealed"):
        seal_bundle(bundle, company_key(), ORIGIN)


def test_links_are_not_sealed(tmp_path: Path) -> None:
    """They would point at something else at the reviewer's."""
    bundle = write_unsealed(tmp_path / "bundle")
    (bundle / "link").symlink_to("/etc/passwd")

    with pytest.raises(AuditorError, match="symbolic link"):
        seal_bundle(bundle, company_key(), ORIGIN)


def test_a_bundle_without_report_and_evidence_can_be_sealed(tmp_path: Path) -> None:
    """What is not there is stated to be not there."""
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "audit.json").write_bytes(b"{}")
    seal_bundle(bundle, company_key(), ORIGIN)

    steps = verify_bundle(bundle, Trust(roots=(authority("root")[1],)), NOW)

    assert [step.held for step in steps] == [True, True, True, True, True, None, True, None]
    (bundle / "report.pdf").write_bytes(b"%PDF")
    assert verify_bundle(bundle)[7].faults == (
        "report.pdf: the statement says that there is no report",
    )
