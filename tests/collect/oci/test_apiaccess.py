"""Calls that need somebody's approval: for what they do, and what they leave free."""

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Guardrail
from tests.collect.oci.simulated import DATA, collected

CONTROL = "ocid1.privilegedapicontrol.oc1.iad.exadata"
COVERED = "ocid1.cloudvmcluster.oc1.iad.one"
ESTATE = {
    "us-ashburn-1": {
        "apiaccesscontrol": {
            "PrivilegedApiControl": [
                {
                    "id": CONTROL,
                    "compartment_id": DATA,
                    "display_name": "deletions",
                    "lifecycle_state": "ACTIVE",
                    "resource_type": "CLOUDVMCLUSTER",
                    "resources": [COVERED],
                    "number_of_approvers": 2,
                    "privileged_operation_list": [{"api_name": "deleteCloudVmCluster"}],
                }
            ]
        }
    }
}


def test_a_control_holds_on_what_it_names() -> None:
    """Every other call is free."""
    (row,) = collected(ESTATE, kinds="oci.apiaccess").of(Guardrail)

    assert (row.target_id, row.enforced, row.region) == (COVERED, True, "us-ashburn-1")
    assert row.escapes == ("every call for a CLOUDVMCLUSTER but deleteCloudVmCluster",)


def test_a_control_that_may_not_be_read_may_hold_on_anything() -> None:
    """The listing names no resource."""
    found = collected(ESTATE, denied(".*get_privileged_api_control"), kinds="oci.apiaccess")
    (row,) = found.of(Guardrail)

    assert row.target_id == "?"
    assert isinstance(row.enforced, Unknown)
    assert isinstance(row.escapes, Unknown)
