"""A timestamp is asked for at one door, and no answer but the right one is taken."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.errors import SignatureError
from auditor.sign import TimestampAuthority
from auditor.verify import Step, Trust, verify_bundle
from tests.fakes_bundle import (
    NOW,
    authority,
    company_key,
    stranger_key,
    write_bundle,
)
from tests.fakes_tsa import running_tsa, tsa_roots
from tests.sign.test_instructions import run

ROOTS = (authority("root")[1],)


@pytest.fixture(scope="module")
def tsa() -> Iterator[TimestampAuthority]:
    """One authority for all tests here."""
    with running_tsa() as running:
        yield running


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory, tsa: TimestampAuthority) -> Path:
    """A bundle that was sealed with timestamps."""
    return write_bundle(tmp_path_factory.mktemp("stamped") / "bundle", company_key(), tsa)


def step(bundle: Path, number: int, trust: Trust, at: datetime | None = None) -> Step:
    """One step of a verification."""
    return verify_bundle(bundle, trust, at)[number - 1]


def test_a_timestamp_of_a_trusted_authority_holds(stamped: Path) -> None:
    """And then its time is the one at which the signer's certificate must be valid."""
    steps = verify_bundle(stamped, Trust(roots=ROOTS, timestamp_roots=tsa_roots()))

    assert all(s.held for s in steps), [s for s in steps if not s.held]
    assert "the statement was signed by" in steps[5].detail
    stamped_at = datetime.fromisoformat(steps[5].detail.split(" by ")[1])
    assert datetime.now(UTC) - stamped_at < timedelta(minutes=5)


def test_without_trust_in_the_authority_the_time_stays_open(stamped: Path) -> None:
    """Anybody can run an authority."""
    sixth = step(stamped, 6, Trust(roots=ROOTS), NOW)

    assert sixth.held is None
    assert "its authority was not checked" in sixth.detail


def test_a_timestamp_of_another_authority_does_not_hold(stamped: Path) -> None:
    """Certificates that come inside the answer are not trusted for being there."""
    sixth = step(stamped, 6, Trust(roots=ROOTS, timestamp_roots=stranger_key().chain))

    assert sixth.held is False
    assert "its authority is not trusted" in sixth.faults[0]


def test_a_timestamp_of_something_else_does_not_hold(
    stamped: Path, tmp_path: Path, tsa: TimestampAuthority
) -> None:
    """Even from the right authority."""
    bundle = shutil.copytree(stamped, tmp_path / "copy")
    (bundle / "timestamps" / "statement.dsse.json.tsr").write_bytes(tsa.stamp(b"other"))

    assert step(bundle, 6, Trust()).faults == (
        "timestamps/statement.dsse.json.tsr: was given for other bytes",
    )


@pytest.mark.parametrize("content", [None, b"", b"\x30\x03\x02\x01\x00", b"junk" * 100])
def test_a_removed_or_broken_timestamp_is_found(
    stamped: Path, tmp_path: Path, content: bytes | None
) -> None:
    """The statement says that there is one, so leaving it out does not help."""
    bundle = shutil.copytree(stamped, tmp_path / "copy")
    path = bundle / "timestamps" / "statement.dsse.json.tsr"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)

    sixth = step(bundle, 6, Trust(roots=ROOTS), NOW)

    assert sixth.held is False
    assert "timestamps/statement.dsse.json.tsr" in sixth.faults[0]


def test_a_reviewer_can_check_the_timestamp_with_openssl(stamped: Path, tmp_path: Path) -> None:
    """The commands of VERIFY.txt say so."""
    done = run(stamped, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "Time stamp:" in done.stdout
    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("reply", "status", "says"),
    [
        (b"", 200, "no timestamp"),
        (b"<html>no</html>", 200, "no timestamp"),
        (b"\x30\x05\x30\x03\x02\x01\x02", 200, "refused"),
        (b"x" * (2**20 + 1), 200, "excessive length"),
        (b"gone", 500, "HTTP Error 500"),
    ],
)
def test_any_other_answer_is_an_error(reply: bytes, status: int, says: str) -> None:
    """It names the authority; nothing is sealed."""
    with running_tsa(reply, status) as tsa, pytest.raises(SignatureError, match=says):
        tsa.stamp(b"data")


def test_an_old_answer_is_not_taken_again(tsa: TimestampAuthority) -> None:
    """The nonce differs from one request to the next."""
    old = tsa.stamp(b"data")

    with running_tsa(old) as replaying, pytest.raises(SignatureError, match="another request"):
        replaying.stamp(b"data")


def test_an_authority_that_does_not_answer_leaves_the_bundle_unsealed(tmp_path: Path) -> None:
    """Nothing that looks sealed, and the reason."""
    nobody = TimestampAuthority(url="http://127.0.0.1:9/", timeout=1)

    with pytest.raises(SignatureError, match="failed"):
        write_bundle(tmp_path / "bundle", company_key(), nobody)

    assert not (tmp_path / "bundle" / "SHA256SUMS").exists()


def test_only_http_addresses_are_asked() -> None:
    """A file is not an authority."""
    with pytest.raises(SignatureError, match="not an http"):
        TimestampAuthority(url="file:///etc/passwd").stamp(b"data")
