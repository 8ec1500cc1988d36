"""Disaster recovery groups: what is to come up again, and where."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import DATA, Collected, collected

INSTANCE = "ocid1.instance.oc1.iad.i"


def group(name: str, **more: Json) -> dict[str, Json]:
    """Return a primary group with an instance, a bucket and a load balancer."""
    bucket = {"namespace_name": "acme", "bucket_name": "user-data", "member_id": "ocid1.bucket.x"}
    return {
        "id": name,
        "compartment_id": DATA,
        "lifecycle_state": "ACTIVE",
        "role": "PRIMARY",
        "peer_id": "peer",
        "peer_region": "eu-frankfurt-1",
        "members": [
            {"member_type": "COMPUTE_INSTANCE_MOVABLE", "member_id": INSTANCE},
            {"member_type": "OBJECT_STORAGE_BUCKET", **bucket},
            {"member_type": "LOAD_BALANCER", "member_id": "ocid1.loadbalancer.oc1.iad.l"},
        ],
        **more,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """A primary group, a standby, one without a peer, and one that nobody may read."""
    alone = group("alone", role="UNCONFIGURED")
    del alone["peer_id"]
    groups = [group("primary"), group("standby", role="STANDBY"), alone, group("hidden")]
    return collected(
        {"us-ashburn-1": {"disaster_recovery": {"DrProtectionGroup": groups}}},
        denied(".*get_dr_protection_group", resource="hidden"),
        kinds="oci.disasterrecovery",
    )


def test_members_of_a_primary_group_go_to_its_peer(found: Collected) -> None:
    """A load balancer holds nothing that could go."""
    flows = [flow for flow in found.of(Flow) if flow.id.endswith("/primary")]

    assert [flow.store_id for flow in flows] == [
        "oci:objectstorage:us-ashburn-1:acme/user-data",
        INSTANCE,
    ]
    assert {(flow.target_country, flow.active) for flow in flows} == {("DE", True)}


def test_a_group_that_receives_or_is_alone_sends_nothing(found: Collected) -> None:
    """Its peer says what comes; and without one, nothing is asked."""
    assert len(found.of(Processor)) == 4
    assert len(found.of(Flow)) == 3
    assert len(found.asked("get_dr_protection_group")) == 3


def test_refused_members_may_be_anything(found: Collected) -> None:
    """Some of them may hold data."""
    assert isinstance(found.row(Flow, "hidden/replication/?").active, Unknown)
