"""Quotas as guardrails: where nothing may be made, of what."""

from auditor.demo.oci.faults import InjectedFault, denied
from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.oci.simulated import TENANCY, Collected, collected


def quota(name: str, *statements: str) -> dict[str, Json]:
    """Return a policy of quotas."""
    return {
        "id": f"ocid1.quota.oc1..{name}",
        "compartment_id": TENANCY,
        "name": name,
        "statements": list(statements),
        "lifecycle_state": "ACTIVE",
    }


def found_with(*quotas: dict[str, Json], fault: InjectedFault | None = None) -> Collected:
    """Collect quotas."""
    faults = (fault,) if fault else ()
    return collected({"global": {"limits": {"Quota": list(quotas)}}}, *faults, kinds="oci.limits")


def test_a_zero_forbids_a_family_outside_a_region() -> None:
    """Whatever else there is can be made."""
    text = "zero object-storage quotas in tenancy where request.region != us-ashburn-1"
    (row,) = found_with(quota("home", text)).of(Guardrail)

    assert (row.target_id, row.limits, row.enforced) == (TENANCY, ("regions",), True)
    assert (row.allowed_regions, row.denied_regions) == (("us-ashburn-1",), ())
    assert row.escapes == ("everything but object-storage",)


def test_each_compartment_has_its_row() -> None:
    """A quota names it by path."""
    rows = found_with(
        quota(
            "two",
            "zero database quotas in compartment prod:data where request.region = fra",
            "zero database quotas in tenancy where request.region = eu-madrid-1",
        )
    ).of(Guardrail)

    assert [(row.target_id, row.denied_regions) for row in rows] == [
        (f"{TENANCY}/compartment/prod:data", ("eu-frankfurt-1",)),
        (TENANCY, ("eu-madrid-1",)),
    ]


def test_an_amount_limits_no_region() -> None:
    """It is shown as what it is."""
    (row,) = found_with(quota("some", "set vcn quota vcn-count to 5 in tenancy")).of(Guardrail)

    assert row.limits == ("amounts",)


def test_a_quota_that_may_not_be_read_is_unknown() -> None:
    """The listing has no statements."""
    hidden = denied(".*get_quota")
    (row,) = found_with(quota("hidden", "zero vcn quotas in tenancy"), fault=hidden).of(Guardrail)

    assert row.id.endswith("/?")
    assert isinstance(row.denied_regions, Unknown)
    assert isinstance(row.limits, Unknown)
