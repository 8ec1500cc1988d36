"""The hierarchy of an organisation: what is below what."""

import boto3
import pytest

from auditor.collect.aws.organization_hierarchy import HIERARCHY
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Target
from auditor.tables import HierarchyNode
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

TARGET = Target(name="here", provider="aws", options={"organization_role": "reader"})

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def units() -> list[str]:
    """An organisation with a unit in a unit in the root: their ids, from the root down."""
    organizations = boto3.client("organizations", HOME)
    organizations.create_organization(FeatureSet="ALL")
    ids = [str(organizations.list_roots()["Roots"][0]["Id"])]
    for name in ("outer", "inner"):
        made = organizations.create_organizational_unit(ParentId=ids[-1], Name=name)
        ids.append(str(made["OrganizationalUnit"]["Id"]))
    return ids


def nodes(collected: Collected) -> dict[str, HierarchyNode]:
    return {row.id: row for row in collected.rows if isinstance(row, HierarchyNode)}


def test_finds_units_within_units(units: list[str]) -> None:
    """A policy on the outermost binds the innermost."""
    found = nodes(gather((IDENTITY, HIERARCHY), TARGET))
    root, outer, inner = units

    assert found[root].parent_id == ""
    assert (found[outer].parent_id, found[inner].parent_id) == (root, outer)
    assert found[ACCOUNT].parent_id == root
    assert found[root].kind == "organisation root"


def test_a_refused_listing_of_accounts_leaves_them_out(units: list[str]) -> None:
    """They then have no root, so that no guardrail is claimed to bind them."""
    found = nodes(gather((IDENTITY, HIERARCHY), TARGET, deny=["ListAccountsForParent"]))

    assert set(found) == set(units)
