"""What keeps traces, statements and messages."""

from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_warehouse_says_how_much_it_holds() -> None:
    made = thing("opsiwarehouse", "history", "fra", storage_used_in_gbs=2.0)
    found = collected(
        {"eu-frankfurt-1": {"opsi": {"OperationsInsightsWarehouse": [made]}}},
        kinds="oci.opsinsights",
    )

    assert found.row(Store, "history").size_bytes == 2 * 2**30
    assert found.row(Store, "history").country == "DE"
