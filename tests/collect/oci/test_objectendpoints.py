"""Private endpoints: which tenancies' buckets a network reaches through them."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Guardrail, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected


def endpoint(name: str, *namespaces: str) -> dict[str, Json]:
    """Return an endpoint that leads to namespaces."""
    targets = [{"namespace": each, "compartment_id": "*", "bucket": "*"} for each in namespaces]
    return {
        "name": name,
        "namespace": "acme",
        "compartment_id": DATA,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        "access_targets": targets,
        "freeform_tags": {"data-class": "us-user-data"},
        "_path": {"peName": name},
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One that leads home, one that leads anywhere, and one that nobody may read."""
    endpoints = [endpoint("home", "acme"), endpoint("open", "*"), endpoint("hidden", "acme")]
    return collected(
        {"us-ashburn-1": {"object_storage": {"PrivateEndpoint": endpoints}}},
        denied(".*get_private_endpoint", resource="hidden"),
        kinds="oci.objectstorage.privateendpoint",
    )


def test_an_endpoint_that_leads_home_limits_destinations(found: Collected) -> None:
    """What passes through it stays in the tenancy and the region."""
    row, flow = found.row(Processor, "/home"), found.row(Flow, "mount/acme")

    assert (row.kind, row.public, row.country) == ("private endpoint", False, "US")
    assert row.tags == {"data-class": "us-user-data"}
    assert (flow.target_account, flow.target_region) == (TENANCY, "us-ashburn-1")
    assert found.row(Guardrail, "home/targets").limits == ("destinations",)


def test_a_wildcard_leads_to_anybody(found: Collected) -> None:
    """So that it limits nothing."""
    assert found.row(Flow, "mount/*").target_account == "*"
    assert found.row(Guardrail, "open/targets").limits == ()


def test_targets_that_are_refused_are_unknown(found: Collected) -> None:
    """They may be anybody's."""
    assert isinstance(found.row(Flow, "hidden/mount/?").target_account, Unknown)
    assert isinstance(found.row(Guardrail, "hidden/targets").limits, Unknown)
    assert isinstance(found.row(Processor, "/hidden").tags, Unknown)
