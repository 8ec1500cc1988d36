"""Zones that others' name servers hold, and users that are led elsewhere."""

from auditor.demo.oci.faults import InjectedFault, denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, Collected, collected


def zone(name: str, *servers: str) -> dict[str, Json]:
    """Return a public zone."""
    return {
        "id": f"ocid1.dns-zone.oc1..{name}",
        "compartment_id": DATA,
        "name": f"{name}.example",
        "zone_type": "PRIMARY",
        "scope": "GLOBAL",
        "lifecycle_state": "ACTIVE",
        "external_downstreams": [{"address": server, "port": 53} for server in servers],
    }


def policy(name: str, *addresses: str) -> dict[str, Json]:
    """Return a policy that leads users by where they are."""
    off = {"name": "old", "rtype": "A", "rdata": "192.0.2.99", "is_disabled": True}
    answers = [{"name": each, "rtype": "A", "rdata": each} for each in addresses]
    return {
        "id": f"ocid1.dnspolicy.oc1..{name}",
        "compartment_id": DATA,
        "display_name": name,
        "template": "ROUTE_BY_GEO",
        "lifecycle_state": "ACTIVE",
        "answers": [*answers, off],
    }


def found_with(*faults: InjectedFault) -> Collected:
    """Collect two zones and a policy."""
    dns = {
        "Zone": [zone("app", "192.0.2.53"), zone("plain")],
        "SteeringPolicy": [policy("near", "192.0.2.1")],
    }
    return collected({"global": {"dns": dns}}, *faults, kinds="oci.dns")


def test_a_zone_is_answered_everywhere_and_copied_to_servers_it_names() -> None:
    """Where such a server stands, nobody says."""
    found = found_with()
    app = found.row(Processor, ".app")
    copies = [flow for flow in found.of(Flow) if flow.mechanism == "replication"]

    assert (app.name, app.country, app.operator) == ("app.example", "*", "Oracle")
    assert [(flow.store_id, flow.active) for flow in copies] == [(app.id, True)]
    assert isinstance(copies[0].target_country, Unknown)


def test_users_are_led_to_answers_that_are_on() -> None:
    """One that is disabled leads nobody anywhere."""
    led = [flow.id.rpartition("/")[2] for flow in found_with().of(Flow) if flow.mechanism == "edge"]

    assert led == ["192.0.2.1"]


def test_a_zone_that_may_not_be_read_may_be_copied_anywhere() -> None:
    """A refusal is no empty list."""
    found = found_with(denied(".*get_zone", resource="ocid1.dns-zone.oc1..plain"))

    (flow,) = (each for each in found.of(Flow) if each.store_id.endswith("plain"))
    assert isinstance(flow.active, Unknown)
