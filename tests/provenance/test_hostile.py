"""Files that somebody made to be misread: refused in words, or held to be signed by nobody."""

import copy
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from auditor.errors import ProvenanceError
from auditor.provenance import read_file, statements_of, verify
from tests.provenance.instance import WHEN, instance
from tests.provenance.signing import (
    DIGEST,
    PAYLOAD_TYPE,
    dsse,
    encode,
    envelope,
    pae,
    provenance,
    root_of,
    sign,
)


def raw(payload: bytes) -> str:
    """Return an envelope whose signature holds, of whatever bytes."""
    signatures = [{"sig": encode(sign(pae(payload)))}]
    whole = {"payload": encode(payload), "payloadType": PAYLOAD_TYPE, "signatures": signatures}
    return json.dumps(whole)


def subjects(count: int) -> dict[str, Any]:
    """Return a statement about so many artefacts."""
    several = [{"name": "x", "digest": {"sha256": f"{n:064x}"}} for n in range(count)]
    return provenance() | {"subject": several}


_STATEMENT = json.dumps(provenance()).encode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(json.dumps(envelope({}) | {"payload": "%%%"}), "Base64", id="payload"),
        pytest.param(json.dumps(envelope({}) | {"payload": "YQ"}), "Base64", id="padding"),
        pytest.param(json.dumps(envelope({}) | {"payload": "YQ==YQ=="}), "Base64", id="two texts"),
        pytest.param(
            json.dumps(envelope({}) | {"signatures": [{"sig": "\u00e9"}]}), "Base64", id="signature"
        ),
        pytest.param(json.dumps(envelope({}) | {"payload": 3}), "no DSSE", id="number"),
        pytest.param(
            json.dumps(envelope({}) | {"signatures": [{"sig": ""}] * 65}), "signatures", id="many"
        ),
        pytest.param(dsse(subjects(10_001)), "more than 10000", id="very many subjects"),
        pytest.param((dsse(provenance()) + "\n") * 10_001, "lines", id="very many lines"),
        pytest.param(raw(b'{"_type": 1e999}'), "no JSON", id="number beyond all"),
        pytest.param(raw(_STATEMENT.decode().encode("utf-16")), "no JSON", id="other encoding"),
        pytest.param(raw(b"\xef\xbb\xbf" + _STATEMENT), "no JSON", id="mark of order"),
        pytest.param(raw(_STATEMENT[:-1] + b', "subject": []}'), "twice", id="subject twice"),
        pytest.param(raw(b"[" * 100_000), "JSON", id="deep payload"),
        pytest.param(raw(_STATEMENT + _STATEMENT), "no JSON", id="two statements"),
    ],
)
def test_what_could_be_misread_is_refused(text: str, why: str) -> None:
    """Whoever signed it."""
    with pytest.raises(ProvenanceError, match=why):
        read_file(text, "x.json")


def test_thousands_of_subjects_are_read() -> None:
    """As long as no line of evidence becomes too long."""
    (only,) = statements_of(dsse(subjects(1_000)))
    assert len(only.subjects) == 1_000


def test_a_subject_without_a_digest_of_its_content_is_unknown() -> None:
    """A tree's or a commit's name is not what runs; a word is no digest."""
    several = [{"name": "x", "digest": {"sha256": "not hexadecimal"}}, {"name": "y"}]
    (only,) = statements_of(dsse(provenance() | {"subject": several}))
    assert not any(isinstance(each.digest, str) for each in only.subjects)


def test_an_envelope_in_the_alphabet_of_addresses_is_the_same() -> None:
    """DSSE allows either."""
    text = dsse(provenance(externalParameters={"source": "\u00ff\u00fe?>~~"}))
    other = json.loads(text)
    other["payload"] = other["payload"].replace("+", "-").replace("/", "_")
    assert verify(json.dumps(other), [root_of()]).holds is True


def test_a_bundle_with_two_signatures_is_by_nobody() -> None:
    """Its certificate is of one signer; nobody can say of which."""
    bundle = copy.deepcopy(instance().bundle(provenance()))
    bundle["dsseEnvelope"]["signatures"] *= 2
    assert verify(json.dumps(bundle), [instance().root()]).holds is False


def test_an_entry_about_another_statement_is_none() -> None:
    """Whole and sound as it is."""
    bundle, other = (instance().bundle(provenance(buildType=name)) for name in "xy")
    entries = other["verificationMaterial"]["tlogEntries"]
    bundle["verificationMaterial"]["tlogEntries"] = entries
    assert verify(json.dumps(bundle), [instance().root()]).holds is False


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_certificate_counts_for_its_ten_minutes(hours: int) -> None:
    """Neither before nor after."""
    bundle = instance().bundle(provenance(), logged=WHEN + timedelta(hours=hours))
    assert verify(json.dumps(bundle), [instance().root()]).holds is False


@pytest.mark.parametrize(
    ("part", "window", "holds"),
    [
        ("certificateAuthorities", {"start": "2025-01-01T00:00:00Z"}, False),
        ("certificateAuthorities", {"start": "2023-01-01T00:00:00Z", "end": "2023-12-31"}, False),
        ("certificateAuthorities", {"start": "2023-01-01T00:00:00Z", "end": "2024-02-01"}, True),
        ("tlogs", {"start": "2025-01-01T00:00:00Z"}, False),
        ("tlogs", {"start": "2023-01-01T00:00:00Z", "end": "2023-12-31"}, False),
        ("tlogs", {"start": "2023-01-01T00:00:00Z", "end": "2024-02-01"}, True),
    ],
)
def test_keys_count_while_the_instance_trusted_them(
    part: str, window: dict[str, str], holds: bool
) -> None:
    """Whoever has a retired key can still sign with it; the bundle is of the first day of 2024."""
    root = instance().root()
    content = json.loads(str(root.content))
    (only,) = content[part]
    window = window | ({"end": f"{window['end']}T00:00:00Z"} if "end" in window else {})
    (only["publicKey"] if part == "tlogs" else only)["validFor"] = window
    bundle = json.dumps(instance().bundle(provenance()))
    verdict = verify(bundle, [replace(root, content=json.dumps(content))])
    assert verdict.holds is holds
    assert holds or "in force" in verdict.why


def test_a_digest_is_of_the_subject_that_was_signed() -> None:
    """Not of one that stands beside the envelope."""
    whole = json.loads(dsse(provenance())) | {"subject": [{"digest": {"sha256": "e" * 64}}]}
    (only,) = statements_of(json.dumps(whole))
    assert [each.digest for each in only.subjects] == [f"sha256:{DIGEST}"]
