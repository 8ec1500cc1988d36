"""Whose statement on a provider's own people counts for which accounts."""

from dataclasses import replace

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Account, Statement
from tests.facts.deriving import Facts
from tests.fakes import audit

ORACLE = Account(id="t", provider="oci", operator="Oracle", name="t", active=True)
AMAZON = Account(id="a", provider="aws", operator="Amazon Web Services", name="a", active=True)
SAID = Statement(
    id="s",
    subject="provider-staff-access",
    text="Staff in the United States only.",
    signer="Ann",
    role="officer",
    employer="Oracle",
    valid_from="2000-01-01",
    valid_until="2999-12-31",
    signature_holds=True,
)


def stated(*statements: Statement) -> dict[Json, Json]:
    """Return the column by account."""
    facts = Facts([ORACLE, AMAZON, *statements], audit())
    return dict(facts.rows("accounts", "id, provider_access_stated"))


def test_a_company_speaks_for_its_own_people_only() -> None:
    """Oracle cannot say what Amazon's people do."""
    assert stated(SAID) == {"t": True, "a": False}


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, subject="purpose-limitation"),
        replace(SAID, employer="Northstar Video"),
        replace(SAID, signature_holds=False),
        replace(SAID, valid_until="2000-12-31"),
        replace(SAID, valid_from="2999-01-01"),
    ],
    ids=["of something else", "of the customer", "forged", "run out", "not yet begun"],
)
def test_other_statements_do_not_count(other: Statement) -> None:
    """Nor does one that was good before, or will be."""
    assert stated(other)["t"] is False


def test_a_signature_that_could_not_be_checked_leaves_it_unknown() -> None:
    """It may hold."""
    unsure = replace(SAID, signature_holds=Unknown("not checked"))

    assert stated(unsure) == {"t": None, "a": False}
    assert stated(unsure, replace(SAID, id="other"))["t"] is True
