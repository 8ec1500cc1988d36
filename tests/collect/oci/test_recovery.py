"""Backups that the Recovery Service keeps."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

DATABASE = "ocid1.database.oc1.iad.users"
POLICY = "ocid1.recoveryservicepolicy.oc1.iad"


def protected(name: str, policy: str = "free", **more: Json) -> dict[str, Json]:
    """Return a database with its protection policy."""
    return {
        "id": f"ocid1.recoveryserviceprotecteddatabase.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "database_id": DATABASE,
        "protection_policy_id": f"{POLICY}.{policy}",
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def policy(name: str, *, bound: bool) -> dict[str, Json]:
    """Return a protection policy that may hold backups in the cloud of their database."""
    id_ = f"{POLICY}.{name}"
    return {"_path": {"protectionPolicyId": id_}, "id": id_, "must_enforce_cloud_locality": bound}


def kept(*refused: str) -> Collected:
    """Backups of a database of Oracle's, and of two at Amazon's under either kind of policy."""
    amazon: dict[str, Json] = {"backup_cloud_location": "AWS", "subscription_id": "s"}
    return collected(
        {
            "us-ashburn-1": {
                "recovery": {
                    "ProtectedDatabase": [
                        protected("own", backup_cloud_location="OCI"),
                        protected("moved", **amazon),
                        protected("held", "bound", **amazon),
                        protected("locked", policy_locked_date_time="2024-02-01T00:00:00Z"),
                        protected("gone", lifecycle_state="DELETED"),
                    ],
                    "ProtectionPolicy": [policy("free", bound=False), policy("bound", bound=True)],
                }
            }
        },
        *(denied(each) for each in refused),
        kinds="oci.recovery",
    )


@pytest.fixture(scope="module")
def found() -> Collected:
    """Everything is answered."""
    return kept()


def test_backups_are_in_oracle_cloud(found: Collected) -> None:
    """Also those of a database at Amazon's, whose policy does not hold them there."""
    assert found.row(Store, "own").country == "US"
    assert found.row(Store, "moved").country == "US"
    assert found.row(Store, "own").source_id == DATABASE
    assert found.row(Flow, found.row(Store, "own").id).store_id == DATABASE


def test_a_policy_can_hold_backups_in_another_cloud(found: Collected) -> None:
    """Then they are at Amazon's, wherever that is."""
    row = found.row(Store, "held")

    assert row.operator == "Oracle at Amazon Web Services"
    assert isinstance(row.country, Unknown)


def test_policies_are_asked_for_only_where_they_matter(found: Collected) -> None:
    """A database of Oracle's own is backed up to Oracle Cloud under any policy."""
    assert len(found.asked("list_protection_policies")) == 2


def test_a_refused_policy_leaves_the_place_open() -> None:
    """It may hold the backups at Amazon's."""
    assert isinstance(kept(".*list_protection_policies").row(Store, "moved").country, Unknown)


def test_a_retention_lock_may_not_be_in_force_yet(found: Collected) -> None:
    """It takes effect some days after it was set."""
    assert found.row(Store, "own").locked is False
    assert isinstance(found.row(Store, "locked").locked, Unknown)
