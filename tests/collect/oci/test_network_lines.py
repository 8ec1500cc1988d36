"""VPNs, FastConnect and mirrors of traffic: lines out of Oracle Cloud."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import DATA, Collected, collected

CPE = "ocid1.cpe.oc1.iad.office"


def resource(kind: str, name: str, state: str, **more: Json) -> dict[str, Json]:
    """Return what all of these have."""
    return {
        "id": f"ocid1.{kind}.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": state,
        "time_created": "2025-01-01T00:00:00Z",
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One of each kind."""
    tunnel = {"cpe_id": CPE, "drg_id": "ocid1.drg.oc1.iad.hub", "static_routes": ["10.0.0.0/8"]}
    keys = [{"bgp_md5_auth_key": "hush", "vlan": 200}]
    return collected(
        {
            "us-ashburn-1": {
                "core": {
                    "Cpe": [{"id": CPE, "compartment_id": DATA, "ip_address": "192.0.2.7"}],
                    "IPSecConnection": [resource("ipsecconnection", "vpn", "AVAILABLE", **tunnel)],
                    "VirtualCircuit": [
                        resource(
                            "virtualcircuit",
                            "azure",
                            "PROVISIONED",
                            provider_name="Microsoft Azure",
                            provider_remote_region="germanywestcentral",
                            remote_account_id="subscription-9",
                            cross_connect_mappings=keys,
                        ),
                        resource("virtualcircuit", "ordered", "PENDING_PROVIDER"),
                    ],
                    "Vtap": [
                        resource(
                            "vtap",
                            "spy",
                            "AVAILABLE",
                            vcn_id="ocid1.vcn.oc1.iad.main",
                            target_ip="203.0.113.9",
                            is_vtap_enabled=True,
                        ),
                        resource("vtap", "off", "AVAILABLE", target_id="ocid1.vnic.oc1.iad.sink"),
                    ],
                }
            }
        },
        kinds="oci.networking",
    )


def out_of(found: Collected, name: str) -> Flow:
    """Return the flow out of a resource."""
    (flow,) = (each for each in found.of(Flow) if each.store_id.endswith(f".{name}"))
    return flow


def test_a_vpn_names_the_device_it_ends_at(found: Collected) -> None:
    """An address has no country."""
    flow = out_of(found, "vpn")

    assert (flow.mechanism, flow.active) == ("mount", True)
    assert isinstance(flow.target_country, Unknown)
    assert "192.0.2.7" in flow.target_country.reason


def test_a_circuit_states_the_other_cloud_and_not_the_country(found: Collected) -> None:
    """The other cloud's region is its own word; what it means is not Oracle's to say."""
    flow = out_of(found, "azure")

    assert (flow.target_region, flow.target_account) == ("germanywestcentral", "subscription-9")
    assert isinstance(flow.target_country, Unknown)
    assert out_of(found, "ordered").active is False


def test_a_mirror_is_on_or_off(found: Collected) -> None:
    """What was left out is off: that is its default."""
    spy, off = out_of(found, "spy"), out_of(found, "off")

    assert (spy.mechanism, spy.active, off.active) == ("stream", True, False)
    assert isinstance(spy.target_account, Unknown)
    assert (off.target_id, off.target_country) == ("ocid1.vnic.oc1.iad.sink", "US")


def test_the_secret_of_a_line_is_not_kept(found: Collected) -> None:
    """It authenticates whoever speaks for the other end."""
    assert "hush" not in repr(found.records)
