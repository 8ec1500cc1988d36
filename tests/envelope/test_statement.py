"""A statement and its envelope have one form, and any other bytes are refused."""

import base64
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.envelope import dsse
from auditor.envelope.statement import (
    EvidenceSeal,
    Predicate,
    Segment,
    Statement,
    UnsignedReport,
    decode_statement,
    encode_statement,
)
from auditor.errors import SignatureError

STATEMENT = Statement(
    subjects={"results.json": "0" * 64, "audit.json": "1" * 64},
    predicate=Predicate(
        tool="auditor 0.1.0",
        collections=("c-1", "c-2"),
        evidence=EvidenceSeal(
            records=3,
            merkle_root="2" * 64,
            segments=(Segment(name="s", first=0, records=3, leaves_sha256="3" * 64),),
        ),
        report=UnsignedReport(length=5, sha256="4" * 64),
        results_sha256="0" * 64,
        timestamped=False,
        ephemeral_key=True,
    ),
)


def test_what_was_written_can_be_read() -> None:
    """With and without the parts that may be missing."""
    bare = replace(STATEMENT.predicate, report=None, results_sha256=None)

    for statement in (STATEMENT, replace(STATEMENT, predicate=bare)):
        assert decode_statement(encode_statement(statement)) == statement


def test_is_an_in_toto_statement() -> None:
    """As any in-toto tool reads it."""
    read = msgspec.json.decode(encode_statement(STATEMENT))

    assert read["_type"] == "https://in-toto.io/Statement/v1"
    assert read["subject"][0] == {"name": "audit.json", "digest": {"sha256": "1" * 64}}
    assert set(read) == {"_type", "subject", "predicateType", "predicate"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Statement/v1", b"Statement/v0"),
        (b"bundle/v1", b"bundle/v2"),
        (b'"records":3', b'"records":"3"'),
        (b'"records":3', b'"records":3.0'),
        (b'"tool":', b'"tool":"other","tool":'),
        (b'"tool":', b'"unknown":1,"tool":'),
        (b"{", b" {"),
        (b'"timestamped":false,', b""),
        (b'"name":"audit.json"', b'"name":"results.json"'),
        (b'"sha256":"1', b'"sha512":"1'),
    ],
)
def test_any_other_form_is_refused(old: bytes, new: bytes) -> None:
    """Another type, an unknown or repeated field, another spelling of the same."""
    payload = encode_statement(STATEMENT)
    assert old in payload

    with pytest.raises(SignatureError):
        decode_statement(payload.replace(old, new, 1))


@given(st.binary())
def test_no_bytes_end_in_a_traceback(content: bytes) -> None:
    """Neither as a statement nor as an envelope."""
    for read in (decode_statement, dsse.unwrap):
        with pytest.raises(SignatureError):
            read(content)


def test_pre_authentication_encoding_is_that_of_the_specification() -> None:
    """The example of DSSE's protocol.md."""
    encoded = dsse.pre_authentication_encoding(b"hello world", "http://example.com/HelloWorld")

    assert encoded == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@given(st.binary(), st.binary())
def test_an_envelope_gives_back_what_was_put_in(payload: bytes, signature: bytes) -> None:
    """And is one line, so that a reviewer can take it apart with sed."""
    envelope = dsse.wrap(payload, keyid="k", signature=signature)

    assert dsse.unwrap(envelope) == (payload, "k", signature)
    assert envelope.count(b"\n") == 1
    assert envelope.startswith(b'{"payload":"' + base64.b64encode(payload))


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e + b" ",
        lambda e: e.replace(b"in-toto", b"in-tots"),
        lambda e: e.replace(b'"signatures":[', b'"signatures":[{"keyid":"j","sig":""},'),
        lambda e: e.replace(b'{"payload"', b'{"payload":"","payload"'),
        lambda e: e.replace(b"=", b"", 1),
    ],
)
def test_another_form_of_an_envelope_is_refused(change: object) -> None:
    """A second signature, a repeated field, another type, sloppy Base64."""
    assert callable(change)
    envelope = dsse.wrap(b"payload", keyid="k", signature=b"s")

    with pytest.raises(SignatureError):
        dsse.unwrap(change(envelope))
