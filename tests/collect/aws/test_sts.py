"""The account of the credentials is found without any permission."""

import pytest

from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from auditor.tables import Account
from tests.collect.aws.walking import ACCOUNT, gather

pytestmark = pytest.mark.usefixtures("cloud")


def test_finds_its_own_account() -> None:
    """Its name is not told here, so it is not made up."""
    (row,) = gather([IDENTITY]).rows

    assert isinstance(row, Account)
    assert (row.id, row.active) == (ACCOUNT, True)
    assert isinstance(row.name, Unknown)
