"""Racks and computers that do not stand in the region that answers for them."""

import pytest

from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


@pytest.mark.parametrize(
    ("service", "model", "kinds"),
    [
        ("compute_cloud_at_customer", "CccInfrastructure", "oci.computecloud"),
        ("datacc", "Infrastructure", "oci.databasecloud"),
        ("mngdmac", "MacOrder", "oci.managedmac"),
    ],
)
def test_where_it_stands_is_not_the_region_that_answers(
    service: str, model: str, kinds: str
) -> None:
    """Oracle's region would be a wrong country that passes."""
    found = collected({"us-ashburn-1": {service: {model: [thing("rack", "one")]}}}, kinds=kinds)

    assert isinstance(found.row(Store, "one").country, Unknown)
    assert isinstance(found.row(Store, "one").region, Unknown)
