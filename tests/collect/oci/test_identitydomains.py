"""Identity domains: where they are mastered, and where copies of them are."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

DEFAULT, PARTNERS = "ocid1.domain.oc1..default", "ocid1.domain.oc1..partners"


def domain(id_: str, compartment: str, home: str, **replicas: str) -> dict[str, Json]:
    """Return a domain with replicas: region with underscores -> state."""
    return {
        "id": id_,
        "compartment_id": compartment,
        "display_name": id_,
        "home_region": home,
        "replica_regions": [
            {"region": region.replace("_", "-"), "state": state}
            for region, state in replicas.items()
        ],
        "time_created": "2024-01-01T00:00:00Z",
        "lifecycle_state": "ACTIVE",
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """The default domain, and one in a compartment."""
    return collected(
        {
            "global": {
                "identity": {
                    "Domain": [
                        domain(
                            DEFAULT,
                            TENANCY,
                            "us-ashburn-1",
                            us_ashburn_1="REPLICATION_ENABLED",
                            eu_frankfurt_1="REPLICATION_ENABLED",
                            us_phoenix_1="DISABLING_REPLICATION",
                        ),
                        domain(
                            PARTNERS, DATA, "eu-frankfurt-1", us_phoenix_1="REPLICATION_DISABLED"
                        ),
                    ]
                }
            }
        },
        kinds="oci.identity.domain",
    )


def test_a_domain_is_where_its_home_is(found: Collected) -> None:
    """Whatever region was asked."""
    home, away = found.row(Store, "default"), found.row(Store, "partners")

    assert (home.country, home.compartment, home.operator) == ("US", TENANCY, "Oracle")
    assert (away.country, away.compartment) == ("DE", DATA)
    assert isinstance(home.encrypted, Unknown)


def test_each_replica_is_a_way_out(found: Collected) -> None:
    """The home is none of them; one that is being switched off may still be there."""
    flows = {
        row.id.partition("/replication/")[2]: row
        for row in found.of(Flow)
        if row.store_id == DEFAULT
    }

    assert set(flows) == {"disaster-recovery", "eu-frankfurt-1", "us-phoenix-1"}
    assert (flows["eu-frankfurt-1"].active, flows["eu-frankfurt-1"].target_country) == (True, "DE")
    assert isinstance(flows["us-phoenix-1"].active, Unknown)
    assert found.row(Flow, f"{PARTNERS}/replication/us-phoenix-1").active is False


def test_the_copy_for_a_disaster_is_somewhere_unknown(found: Collected) -> None:
    """Oracle pairs regions, and no API says how."""
    flow = found.row(Flow, f"{PARTNERS}/replication/disaster-recovery")

    assert all(isinstance(each, Unknown) for each in (flow.active, flow.target_country))
