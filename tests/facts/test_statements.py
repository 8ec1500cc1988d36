"""Signed statements: who is believed, and who is not."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.facts.statements import read_statements
from auditor.model import Signer
from auditor.sign import SigningKey, ephemeral_key
from auditor.sign.attestation import sign_statement
from auditor.tables import Statement
from tests.fakes import audit

KEY = ephemeral_key()


def signed(key: SigningKey = KEY, subject: str = "purpose-limitation") -> bytes:
    """A statement of some subject."""
    return sign_statement(
        key,
        subject=subject,
        text="Nothing else was done.",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 3, 31),
    )


ENVELOPE = signed()  # once: the length of a signature differs from one to the next


def read(folder: Path, envelope: bytes, subjects: tuple[str, ...] = ()) -> Statement:
    """The row of one statement, in an audit that accepts KEY for some subjects."""
    (folder / "one.json").write_bytes(envelope)
    accepted = Signer(
        name="Ann",
        role="officer",
        employer="Oracle",
        fingerprint=KEY.certificate.fingerprint(SHA256()).hex().upper(),
        subjects=subjects or ("purpose-limitation",),
    )
    (row,) = read_statements(folder, audit(signers=(accepted,)))
    return row


def test_an_accepted_signer_is_believed(tmp_path: Path) -> None:
    """The row has the words, the days and the signer as the audit knows them."""
    assert read(tmp_path, signed()) == Statement(
        id="one",
        subject="purpose-limitation",
        text="Nothing else was done.",
        signer="Ann",
        role="officer",
        employer="Oracle",
        valid_from="2026-01-01",
        valid_until="2026-03-31",
        signature_holds=True,
    )


def test_a_stranger_is_shown_and_not_believed(tmp_path: Path) -> None:
    """A valid signature of somebody whom the audit does not name counts for nothing."""
    row = read(tmp_path, signed(ephemeral_key()))

    assert (row.signature_holds, row.signer) == (False, "")


def test_a_signer_speaks_only_to_the_subjects_that_were_agreed(tmp_path: Path) -> None:
    """The contract officer cannot attest the code review."""
    row = read(tmp_path, signed(subject="code-review-access"))

    assert row.signature_holds is False


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """No byte of a statement can change and the statement still be believed."""
    envelope = bytearray(ENVELOPE)
    place = data.draw(st.integers(0, len(envelope) - 1))
    envelope[place] ^= data.draw(st.integers(1, 255))

    row = read(tmp_path_factory.mktemp("changed"), bytes(envelope))

    assert row.signature_holds is False


@given(st.binary(max_size=200))
def test_garbage_is_a_row_that_holds_nothing(
    tmp_path_factory: pytest.TempPathFactory, garbage: bytes
) -> None:
    """A file that is no statement neither crashes nor disappears."""
    row = read(tmp_path_factory.mktemp("garbage"), garbage)

    assert row.signature_holds is False


def test_a_folder_called_like_a_statement_says_nothing(tmp_path: Path) -> None:
    """An empty folder is in no list of files, so a carrier may add one."""
    (tmp_path / "statement.json").mkdir()
    assert list(read_statements(tmp_path, audit())) == []
