"""Bastions: from where one may connect, and who is connected."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, Collected, collected


def bastion(name: str, *ranges: str) -> dict[str, Json]:
    """Return a bastion."""
    return {
        "id": f"ocid1.bastion.oc1.iad.{name}",
        "compartment_id": DATA,
        "name": name,
        "bastion_type": "STANDARD",
        "lifecycle_state": "ACTIVE",
        "client_cidr_block_allow_list": list(ranges),
    }


def session(name: str, state: str) -> dict[str, Json]:
    """Return a session through the bastion that is open."""
    return {
        "id": f"ocid1.bastionsession.oc1.iad.{name}",
        "bastion_id": "ocid1.bastion.oc1.iad.open",
        "lifecycle_state": state,
        "session_ttl_in_seconds": 10_800,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Bastions for everybody, for an office, for nobody, and one that is hidden."""
    bastions = [
        bastion("open", "198.51.100.0/24", "::/0"),
        bastion("office", "198.51.100.0/24"),
        bastion("nobody"),
        bastion("odd", "somewhere"),
        bastion("hidden"),
    ]
    sessions = [session("now", "ACTIVE"), session("then", "DELETED"), session("odd", "DELETING")]
    hidden = denied(".*(get_bastion|list_sessions)", resource="ocid1.bastion.oc1.iad.hidden")
    estate = {"us-ashburn-1": {"bastion": {"Bastion": bastions, "Session": sessions}}}
    return collected(estate, hidden, kinds="oci.bastion")


def test_a_range_of_everything_lets_anybody_connect(found: Collected) -> None:
    """In either family of addresses; what is no range is unknown."""
    public = {row.name: row.public for row in found.of(Processor)}

    assert (public["open"], public["office"], public["nobody"]) == (True, False, False)
    assert isinstance(public["odd"], Unknown)
    assert isinstance(public["hidden"], Unknown)


def test_an_open_session_leads_to_somebody_somewhere(found: Collected) -> None:
    """One that ended leads to nobody; sessions that may not be seen may lead to anybody."""
    flows = {flow.id.rpartition("/")[2]: flow for flow in found.of(Flow)}

    assert sorted(flows) == [
        "?",
        "ocid1.bastionsession.oc1.iad.now",
        "ocid1.bastionsession.oc1.iad.odd",
    ]
    assert flows["ocid1.bastionsession.oc1.iad.odd"].active is True
    assert flows["ocid1.bastionsession.oc1.iad.now"].active is True
    assert isinstance(flows["?"].active, Unknown)
