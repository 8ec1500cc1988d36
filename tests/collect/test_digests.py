"""What references to images and hashes say, whoever wrote them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditor.collect.digests import digest_of, is_pinned, named_digest, pinned_digest
from auditor.model import Unknown

DIGEST = "sha256:" + "0f" * 32


@given(some.binary(min_size=32, max_size=32))
def test_a_hash_is_the_same_in_every_spelling(value: bytes) -> None:
    wanted = f"sha256:{value.hex()}"

    assert digest_of(base64.b64encode(value).decode()) == wanted
    assert digest_of(value.hex()) == digest_of(wanted) == wanted


@pytest.mark.parametrize(
    "written",
    [DIGEST, DIGEST.removeprefix("sha256:").upper(), base64.b64encode(bytes([15] * 32)).decode()],
    ids=["prefixed", "bare", "base64"],
)
def test_a_digest_is_read_in_each_of_its_forms(written: str) -> None:
    assert digest_of(written) == DIGEST


@given(some.one_of(some.none(), some.integers(), some.text(max_size=80)))
def test_what_is_read_as_one_has_the_form_of_the_tables(written: str | int | None) -> None:
    found = digest_of(written)

    assert isinstance(found, Unknown) or found.startswith("sha256:")


@given(some.none() | some.integers() | some.text(max_size=60))
def test_anything_else_is_no_hash(value: str | int | None) -> None:
    assert isinstance(digest_of(value), Unknown)


@given(some.text())
def test_only_a_whole_digest_pins(name: str) -> None:
    assert pinned_digest(f"{name}@{DIGEST}") == (DIGEST if name else "")
    assert pinned_digest(f"{name}@{DIGEST}0") == ""
    assert pinned_digest(f"{name}@{DIGEST.upper()}") == ""


def test_what_names_a_tag_has_no_digest() -> None:
    assert isinstance(named_digest("app:1"), Unknown)
    assert named_digest(f"app@{DIGEST}") == DIGEST
    assert is_pinned("app:1") is False


def test_what_is_unknown_stays_unknown() -> None:
    why = Unknown("refused")

    assert named_digest(why) is is_pinned(why) is digest_of(why) is why
