"""Names on the bill, however they are spelt."""

import pytest

from auditor.collect.oci.billed import BILLABLE, BILLED, services_billed_as
from auditor.demo.oci.usage import BILLED_AS
from auditor.model import Unknown


@pytest.mark.parametrize("name", ["OBJECTSTORE", "OBJECT_STORAGE", "Object Storage"])
def test_spelling_does_not_matter(name: str) -> None:
    """The API, the console and the cost reports each have their own."""
    assert services_billed_as(name) == ("objectstorage",)


def test_one_name_can_be_several_services() -> None:
    """An image in the registry is charged as compute."""
    assert {"compute", "artifacts"} <= set(BILLED["COMPUTE"])


@pytest.mark.parametrize("name", ["", "QUANTUM", "OBJECT", "\u212aMS", "<script>"])
def test_a_strange_name_is_unknown(name: str) -> None:
    """A charge that nobody can assign closes nothing."""
    services = services_billed_as(name)
    assert isinstance(services, Unknown)
    assert services.reason.isascii()


def test_the_simulated_bill_is_understood() -> None:
    """Every name that the demo's bill uses."""
    for name in filter(None, BILLED_AS.values()):
        assert not isinstance(services_billed_as(name), Unknown), name


def test_what_is_billable_is_named_once() -> None:
    """In order, for the evidence to be the same each time."""
    assert list(BILLABLE) == sorted(set(BILLABLE))
