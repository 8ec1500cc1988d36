"""The language of quotas: what is read is what was written, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.quotas import Quota, Where, bans, parse
from auditor.model import Unknown

WORDS = st.text("abcdefghijklmnopqrstuvwxyz-0123456789", min_size=1, max_size=12)
KEYWORDS = {"in", "to", "where", "set", "zero", "unset", "quota", "quotas", "any", "all"}
NAMES = WORDS.filter(lambda word: word not in KEYWORDS)


def quota(text: str) -> Quota:
    """Return a statement that must be understood."""
    found = parse(text)
    assert isinstance(found, Quota), found
    return found


# Statements as in https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/sample_quotas.htm
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zero email-delivery quotas in compartment MyCompartment",
            ("zero", "email-delivery", (), 0, "MyCompartment", Where()),
        ),
        (
            "set database quota /*exadata*/ to 1 in tenancy",
            ("set", "database", ("/*exadata*/",), 1, "", Where()),
        ),
        (
            "unset compute-core quota standard2-core-count in compartment a:b",
            ("unset", "compute-core", ("standard2-core-count",), -1, "a:b", Where()),
        ),
        (
            "ZERO compute-core quotas in tenancy where request.region = phx",
            ("zero", "compute-core", (), 0, "", Where(within=("us-phoenix-1",))),
        ),
        (
            "zero compute-core quotas in tenancy where request.region != 'us-ashburn-1'",
            ("zero", "compute-core", (), 0, "", Where(without=("us-ashburn-1",))),
        ),
        (
            "zero vcn quotas a, b in tenancy where any {request.region=x-1, request.region=y-1}",
            ("zero", "vcn", ("a", "b"), 0, "", Where(within=("x-1", "y-1"))),
        ),
        (
            "zero vcn quotas in tenancy where all {request.region != x-1, request.region != y-1}",
            ("zero", "vcn", (), 0, "", Where(without=("x-1", "y-1"))),
        ),
        (
            "zero vcn quotas in tenancy where request.ad = 'Uocm:PHX-AD-1'",
            ("zero", "vcn", (), 0, "", Where(partly=True)),
        ),
    ],
)
def test_reads_statements(text: str, expected: tuple[object, ...]) -> None:
    """Keywords in any case; regions by key or by name."""
    found = quota(text)

    read = (found.action, found.family, found.names, found.amount, found.compartment, found.where)
    assert read == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zero",
        "allow group a to manage quotas in tenancy",
        "zero compute-core in tenancy",
        "zero compute-core quotas in region us-phoenix-1",
        "set compute-core quota x to many in tenancy",
        "set compute-core quota x to -1 in tenancy",
        "zero compute-core quotas in tenancy where request.user.name = 'x'",
        "zero compute-core quotas in tenancy where request.region = ",
        "zero compute-core quotas in tenancy where any {request.region != a, request.region != b}",
        "zero compute-core quotas in tenancy where request.region = 'x",
        "zero compute-core quotas in tenancy; unset compute-core quotas in tenancy",
        7,
        None,
    ],
)
def test_does_not_guess(text: object) -> None:
    """What is not understood forbids nothing for certain."""
    assert isinstance(parse(text), Unknown)
    (ban,) = bans(["zero compute-core quotas in tenancy", text])
    assert isinstance(ban.denied_regions, Unknown)
    assert isinstance(ban.escapes, Unknown)


@given(st.text())
def test_never_breaks(text: str) -> None:
    """Whatever somebody writes."""
    assert isinstance(parse(text), Quota | Unknown)


@given(NAMES, st.lists(NAMES, max_size=3), NAMES, st.sampled_from(["=", "!="]), NAMES)
def test_reads_what_was_written(
    family: str, names: list[str], place: str, sign: str, region: str
) -> None:
    """Any family, names, compartment and region."""
    which = ", ".join(names)
    text = (
        f"zero {family} quotas {which} in compartment {place} where request.region {sign} r{region}"
    )
    found = quota(text)

    where = Where(within=(f"r{region}",)) if sign == "=" else Where(without=(f"r{region}",))
    assert (found.family, found.names, found.compartment) == (family, tuple(names), place)
    assert found.where == where


def test_statements_of_one_place_are_one_ban() -> None:
    """What they leave out, and what others lift again, escapes it."""
    (ban,) = bans(
        [
            "zero object-storage quotas in tenancy where request.region != us-ashburn-1",
            "zero database quotas in tenancy where request.region != us-ashburn-1",
            "set database quota adw-ocpu-count to 2 in compartment lab",
        ]
    )

    assert (ban.allowed_regions, ban.denied_regions) == (("us-ashburn-1",), ())
    assert isinstance(ban.escapes, tuple)
    assert ban.escapes[0] == "everything but database, object-storage"
    assert "compartment lab" in ban.escapes[1]


def test_an_amount_is_no_ban() -> None:
    """Less is not none, but none is: zero by another word."""
    assert bans(["set vcn quota vcn-count to 5 in tenancy"]) == []
    (ban,) = bans(["set vcn quota vcn-count to 0 in tenancy"])
    assert (ban.denied_regions, ban.escapes) == (("*",), ("everything but vcn (vcn-count)",))
