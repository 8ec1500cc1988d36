"""The organisation is the account in which everything else is looked for."""

from typing import cast

from auditor.collect.github.organization import ORGANIZATION
from auditor.tables import Account
from tests.collect.github.finding import found, rows


def test_the_organisation_is_an_account() -> None:
    item = {"login": "acme", "name": None, "archived_at": None}
    (row,) = rows(ORGANIZATION, item)

    assert ORGANIZATION.axis is not None
    assert ORGANIZATION.axis.values_of(found(ORGANIZATION, item)) == ("acme",)
    assert (row.id, cast(Account, row).active, cast(Account, row).name) == ("acme", True, "acme")
