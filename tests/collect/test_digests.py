"""Digests as answers of clouds write them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.digests import digest_of
from auditor.model import Unknown

DIGEST = "sha256:" + "ab" * 32


@pytest.mark.parametrize(
    "written",
    [DIGEST, "AB" * 32, base64.b64encode(bytes.fromhex("ab" * 32)).decode()],
    ids=["prefixed", "bare", "base64"],
)
def test_a_digest_is_read_in_each_of_its_forms(written: str) -> None:
    assert digest_of(written) == DIGEST


@given(st.one_of(st.none(), st.integers(), st.text(max_size=80)))
def test_nothing_else_is_a_digest(written: str | int | None) -> None:
    """Whatever is read as one has the form that the tables state."""
    found = digest_of(written)

    assert isinstance(found, Unknown) or found.startswith("sha256:")


def test_why_there_is_none_is_kept() -> None:
    why = Unknown("refused")

    assert digest_of(why) is why
