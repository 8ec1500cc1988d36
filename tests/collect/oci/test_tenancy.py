"""The places: tenancy, regions, compartments."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Outcome, Unknown
from auditor.tables import Account, HierarchyNode, Region
from tests.collect.oci.simulated import DATA, TENANCY, Regions, collected

LEGACY = "ocid1.compartment.oc1..legacy"
PLACES = "oci.identity"


def test_a_tenancy_is_an_account() -> None:
    """It is what boundary lists name."""
    (account,) = collected({}, kinds=PLACES).of(Account)

    assert (account.id, account.name, account.operator) == (TENANCY, "acme", "Oracle")


def test_regions_have_countries_and_say_where_home_is() -> None:
    """A region's name is not its country."""
    regions = collected({}, kinds=PLACES).of(Region)

    assert [(region.region, region.country, region.home) for region in regions] == [
        ("eu-frankfurt-1", "DE", False),
        ("us-ashburn-1", "US", True),
        ("us-phoenix-1", "US", False),
    ]
    assert all(isinstance(region.creation_denied, Unknown) for region in regions)


def test_a_subscription_under_way_is_not_asked_yet() -> None:
    """Nothing can be there before it is ready, and no call would be answered."""
    subscription = {
        "_path": {"tenancyId": TENANCY},
        "region_name": "uk-london-1",
        "region_key": "LHR",
    }
    under_way = {**subscription, "status": "IN_PROGRESS", "is_home_region": False}
    found = collected(_with("RegionSubscription", under_way), kinds="oci.blockvolume")

    assert found.row(Region, "uk-london-1").enabled is False
    assert all(record.request.region != "uk-london-1" for record in found.records)


def test_looks_into_every_compartment_that_exists() -> None:
    """The root has resources too; deleted compartments have none; inaccessible ones may."""
    legacy = {"id": LEGACY, "compartment_id": TENANCY, "name": "legacy", "is_accessible": False}
    gone = {"id": f"{LEGACY}0", "compartment_id": TENANCY, "name": "gone"}
    estate = _with(
        "Compartment",
        {**legacy, "lifecycle_state": "ACTIVE"},
        {**gone, "lifecycle_state": "DELETED"},
    )
    found = collected(
        estate, denied(".*list_buckets", compartment=LEGACY), kinds="oci.objectstorage"
    )

    listings = found.asked("list_buckets")
    assert {r.request.parameters["compartment_id"] for r in listings} == {TENANCY, DATA, LEGACY}
    assert {
        record.request.parameters["compartment_id"]
        for record in listings
        if record.answer.outcome is Outcome.DENIED
    } == {LEGACY}


def _with(model: str, *objects: dict[str, Json]) -> Regions:
    """Return objects of identity beside those that every test tenancy has."""
    return {"global": {"identity": {model: list(objects)}}}


def test_compartments_are_a_tree_below_the_tenancy() -> None:
    """Guardrails and policies of one hold in those below it; what is deleted is no place."""
    gone = {"id": f"{LEGACY}0", "compartment_id": TENANCY, "lifecycle_state": "DELETED"}
    nodes = collected(_with("Compartment", gone), kinds=PLACES).of(HierarchyNode)

    assert {(node.id, node.kind, node.parent_id) for node in nodes} == {
        (TENANCY, "tenancy", ""),
        (DATA, "compartment", TENANCY),
    }
