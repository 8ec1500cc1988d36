"""Desktops and data centers with disks of their own."""

from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_pool_keeps_data_where_it_is_and_a_deleted_one_none() -> None:
    pools = [
        thing("desktoppool", "analysts", "fra"),
        thing("desktoppool", "old", "fra", lifecycle_state="DELETED"),
    ]
    found = collected(
        {"eu-frankfurt-1": {"desktops": {"DesktopPool": pools}}}, kinds="oci.desktops"
    )

    assert [(each.name, each.country) for each in found.of(Store)] == [("analysts", "DE")]
