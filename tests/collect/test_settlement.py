"""Settling answers: absence from error codes, and secrets that never enter the evidence."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.settlement import DIGEST_PREFIX, settle
from auditor.model import Answer, Outcome
from auditor.spec import Call

CALL = Call(
    operation="Get",
    permission="",
    absent_on=("NotThere",),
    secrets=("Functions.Environment", "Token"),
)


def test_absence_is_read_from_the_code_alone() -> None:
    """A denial is never absence, whatever its words."""
    absent = settle(CALL, Answer(outcome=Outcome.FAILED, code="NotThere", body={"x": 1}), b"k")
    denied = settle(CALL, Answer(outcome=Outcome.DENIED, message="NotThere"), b"k")

    assert (absent.outcome, absent.body) == (Outcome.ABSENT, None)
    assert denied.outcome is Outcome.DENIED


@given(st.text(min_size=6).filter(lambda secret: secret not in DIGEST_PREFIX))
def test_secrets_are_replaced_through_lists_and_objects(secret: str) -> None:
    """No secret value survives; equal secrets stay comparable under one key."""
    body = {
        "Functions": [{"Name": "f", "Environment": {"KEY": secret, "LIST": [secret]}}, {}],
        "Token": secret,
        "Other": "kept",
    }
    settled = settle(CALL, Answer(outcome=Outcome.OK, body=body), b"k").body

    digest = settled["Token"]
    assert digest.startswith(DIGEST_PREFIX)
    assert secret not in digest
    assert settled["Functions"][0]["Environment"]["KEY"] == digest
    assert settled["Functions"][0]["Environment"]["LIST"] != [secret]
    assert settled["Other"] == "kept"
    assert settle(CALL, Answer(outcome=Outcome.OK, body=body), b"other").body["Token"] != digest


def test_a_star_is_every_member_of_an_object() -> None:
    """Members can have names of their owner's choice, such as the methods of an API."""
    call = Call(operation="Get", permission="", secrets=("Methods.*.Header",))
    body = {"Methods": {"GET": {"Header": "hidden", "Name": "kept"}, "PUT": None}}

    settled = settle(call, Answer(outcome=Outcome.OK, body=body), b"k").body

    assert settled["Methods"]["GET"]["Header"].startswith(DIGEST_PREFIX)
    assert settled["Methods"]["GET"]["Name"] == "kept"
    assert settled["Methods"]["PUT"] is None


@given(st.text(min_size=6).filter(lambda secret: secret not in DIGEST_PREFIX))
def test_of_an_address_only_scheme_and_host_are_kept(secret: str) -> None:
    """Whoever has a webhook's address can use it; what is no address is no secret."""
    call = Call(operation="Get", permission="", secrets=("To.@",))
    ends = [f"https://user:{secret}@hooks.example.com/{secret}", "ops@example.com", 5, None]
    body = [{"To": end} for end in ends]

    settled = [
        each["To"] for each in settle(call, Answer(outcome=Outcome.OK, body=body), b"k").body
    ]

    assert DIGEST_PREFIX in settled[0]
    assert secret not in settled[0].replace("https://hooks.example.com/", "")
    assert settled[1:] == ends[1:]


def test_a_plain_address_keeps_its_host() -> None:
    """An auditor may see who gets the data; an address that is none is a secret as a whole."""
    call = Call(operation="Get", permission="", secrets=("To.@",))
    body = [{"To": "https://user:pass@hooks.example.com:8443/key"}, {"To": "https://[/key"}]

    plain, odd = (
        each["To"] for each in settle(call, Answer(outcome=Outcome.OK, body=body), b"k").body
    )

    assert plain.startswith(f"https://hooks.example.com/{DIGEST_PREFIX}")
    assert odd.startswith(DIGEST_PREFIX)


def test_what_is_hashed_leaves_its_digest_alone() -> None:
    """A configuration that was deployed may hold secrets; what vouches for it names its digest."""
    call = Call(operation="Get", permission="", hashed=("Content", "Items.Text"))
    body = {"Content": b"flags: on", "Items": [{"Text": "x"}, {"Text": None}, {"Text": [7]}]}

    settled = settle(call, Answer(outcome=Outcome.OK, body=body), b"key").body

    assert settled["Content"] == f"sha256:{hashlib.sha256(b'flags: on').hexdigest()}"
    assert settled["Items"][0]["Text"] == f"sha256:{hashlib.sha256(b'x').hexdigest()}"
    assert [each["Text"] for each in settled["Items"][1:]] == [None, [None]]
