"""Integration instances and their standbys."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

MAIN = "ocid1.integrationinstance.oc1.iad.main"
STANDBY = "ocid1.integrationinstance.oc1.eu-frankfurt-1.main"


def instance(
    name: str, region: str, role: str, other: str, there: str, **more: Json
) -> dict[str, Json]:
    """Return an instance that recovers in another region."""
    details = {"role": role, "id": other, "region": there}
    recovery = {
        "role": role,
        "regional_instance_url": "https://example.com",
        "cross_region_integration_instance_details": details,
    }
    settings = {"is_disaster_recovery_enabled": True, "disaster_recovery_details": recovery}
    return thing("integrationinstance", name, region, **settings, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """A pair of instances, one alone, and one that is refused."""
    main = instance("main", "iad", "PRIMARY", STANDBY, "eu-frankfurt-1")
    hidden = instance("hidden", "iad", "PRIMARY", STANDBY, "eu-frankfurt-1")
    standby = instance("main", "eu-frankfurt-1", "SECONDARY", MAIN, "us-ashburn-1")
    alone = thing("integrationinstance", "alone", is_disaster_recovery_enabled=False)
    unsaid = thing("integrationinstance", "unsaid")
    odd = instance("odd", "iad", "UNKNOWN", STANDBY, "eu-frankfurt-1")
    home = [main, hidden, alone, unsaid, odd]
    return collected(
        {
            "us-ashburn-1": {"integration": {"IntegrationInstance": home}},
            "eu-frankfurt-1": {"integration": {"IntegrationInstance": [standby]}},
        },
        denied("integration.*get_integration_instance", resource=str(hidden["id"])),
        kinds="oci.integration",
    )


def test_the_primary_is_replicated_abroad(found: Collected) -> None:
    """Only it tells so."""
    flows = {flow.store_id: flow for flow in found.of(Flow)}

    assert (flows[MAIN].target_id, flows[MAIN].target_country) == (STANDBY, "DE")
    assert STANDBY not in flows


def test_a_standby_is_a_copy(found: Collected) -> None:
    """Of the instance that it names."""
    store = next(store for store in found.of(Store) if store.id == STANDBY)

    assert (store.backup, store.source_id, store.country) == (True, MAIN, "DE")


def test_an_instance_alone_is_not_asked_for_more(found: Collected) -> None:
    """The list says that it recovers nowhere."""
    assert found.row(Store, "alone").source_id == ""
    assert len(found.asked("get_integration_instance")) == 4


def test_recovery_that_is_refused_may_be_anywhere(found: Collected) -> None:
    """It may be a copy itself."""
    assert isinstance(found.row(Store, "hidden").source_id, Unknown)
    assert isinstance(found.row(Flow, "hidden/replication/?").target_country, Unknown)


@pytest.mark.parametrize("name", ["unsaid", "odd"])
def test_an_instance_whose_part_is_not_known_may_be_a_copy(found: Collected, name: str) -> None:
    """The service itself knows a role that it calls unknown."""
    assert isinstance(found.row(Store, name).source_id, Unknown)
    assert isinstance(found.row(Flow, f"{name}/replication/?").target_country, Unknown)
