"""What is known of a request: by who asks and for what, and never more than that."""

from dataclasses import replace

import pytest

from auditor.access.estate import Actor, Estate
from auditor.access.given import Known
from auditor.access.keys import freely_chosen, speaks_of
from auditor.access.patterns import covers
from auditor.access.variables import OPEN, Open
from auditor.model import Unknown
from tests.access.case_files import ACTORS, HOME, OUTSIDE, case_of

SERVICE = Actor(id="service:logs.amazonaws.com", kind="service", account="")
ACTING = {**ACTORS, "service": SERVICE}
ESTATE: Estate = case_of("-", {"because": "-", "expect": "allow"}).estate
PHOTOS = ESTATE.resources["arn:aws:s3:::photos"]
KEYS = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltype",
    "aws:principaltag/team",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:username",
    "aws:userid",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:multifactorauthpresent",
    "kms:calleraccount",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:resourceorgpaths",
    "aws:resourcetag/env",
    "s3:resourceaccount",
    "aws:requestedregion",
    "aws:sourceip",
    "aws:sourcevpce",
    "aws:currenttime",
    "aws:securetransport",
    "s3:prefix",
    "some:thing",
]


def _value(who: str, key: str) -> tuple[str, ...] | Unknown | Open | None:
    return Known(ESTATE, ACTING[who], PHOTOS).value(key)


@pytest.mark.parametrize(
    ("who", "key", "value"),
    [
        ("ana", "aws:principalarn", (f"arn:aws:iam::{HOME}:user/ana",)),
        ("app", "aws:principalarn", (f"arn:aws:iam::{HOME}:role/app",)),
        ("root", "aws:principalarn", (f"arn:aws:iam::{HOME}:root",)),
        ("outside", "aws:principalarn", Open(f"arn:*:*::{OUTSIDE}:*")),
        ("service", "aws:principalarn", None),
        ("outside", "aws:principalaccount", (OUTSIDE,)),
        ("service", "aws:principalaccount", None),
        ("ana", "aws:principalorgid", ("o-acme",)),
        ("lone", "aws:principalorgid", None),
        ("service", "aws:principalorgid", None),
        ("ana", "aws:principalorgpaths", ("o-acme/r-1/ou-data/",)),
        ("lone", "aws:principalorgpaths", None),
        ("ana", "aws:username", ("ana",)),
        ("app", "aws:username", None),
        ("outside", "aws:username", OPEN),
        ("root", "aws:userid", (HOME,)),
        ("app", "aws:userid", Open("AROAAPP:*")),
        ("ana", "aws:principaltag/team", ("data",)),
        ("ana", "aws:principaltag/level", None),
        ("root", "aws:principaltag/team", None),
        ("outside", "aws:principaltag/team", OPEN),
        ("service", "aws:principalisawsservice", ("true",)),
        ("service", "aws:principalservicename", ("logs.amazonaws.com",)),
        ("ana", "aws:principalservicename", None),
        ("ana", "aws:sourcearn", None),
        ("service", "aws:sourcearn", OPEN),
        ("ana", "aws:multifactorauthpresent", OPEN),
        ("service", "aws:multifactorauthpresent", None),
        ("ana", "aws:resourceaccount", (HOME,)),
        ("ana", "aws:resourcetag/env", ("prod",)),
        ("ana", "aws:resourcetag/none", None),
        ("ana", "aws:requestedregion", ("us-east-1",)),
        ("ana", "aws:sourceip", OPEN),
        ("ana", "aws:securetransport", ("true",)),
        ("login", "saml:aud", OPEN),
    ],
)
def test_values(who: str, key: str, value: tuple[str, ...] | Open | None) -> None:
    """Known, known to be absent, or decided by the request."""
    assert _value(who, key) == value


@pytest.mark.parametrize("key", KEYS)
def test_keys_hang_on_what_they_speak_of_only(key: str) -> None:
    """So that they can be asked once per principal, or once per resource."""
    elsewhere = replace(
        PHOTOS, id="arn:aws:s3:::music", account=OUTSIDE, region="eu-west-1", tags={"env": "x"}
    )
    by_actor = {str(Known(ESTATE, actor, PHOTOS).value(key)) for actor in ACTING.values()}
    by_resource = {
        str(Known(ESTATE, ACTING["ana"], resource).value(key)) for resource in (PHOTOS, elsewhere)
    }
    assert len(by_actor) == 1 or speaks_of(key) == "principal"
    assert len(by_resource) == 1 or speaks_of(key) == "resource"


def test_strangers_are_like_nobody_here() -> None:
    """No account, organisation or user of ours is what a stranger may be."""
    value = _value("anybody", "aws:principalarn")
    assert isinstance(value, Open)
    assert not covers(value.like, f"arn:aws:iam::{HOME}:user/ana")
    assert _value("anybody", "aws:principalaccount") != (HOME,)
    assert _value("anybody", "aws:principalorgid") != ("o-acme",)


def test_what_is_not_known_says_why() -> None:
    """Accounts of which nobody knows the organisation, users without their unique id."""
    nowhere = replace(ESTATE, organization={}, organization_paths={})
    ana = replace(ACTING["ana"], user_id="")
    for key in ("aws:principalorgid", "aws:principalorgpaths", "aws:userid", "aws:resourceorgid"):
        assert isinstance(Known(nowhere, ana, PHOTOS).value(key), Unknown)


@pytest.mark.parametrize(
    ("key", "free"),
    [
        ("aws:securetransport", True),
        ("s3:x-amz-acl", True),
        ("kms:encryptioncontext:app", True),
        ("aws:requesttag/cost", True),
        ("aws:sourceip", False),
        ("aws:sourcevpce", False),
        ("aws:multifactorauthpresent", False),
        ("aws:principaltag/team", False),
        ("aws:currenttime", False),
        ("kms:viaservice", False),
        ("sts:externalid", False),
    ],
)
def test_some_keys_are_freely_chosen(key: str, free: bool) -> None:
    """What callers set as they like keeps nobody out."""
    assert freely_chosen(key) is free
