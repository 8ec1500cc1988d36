"""Backups that the Recovery Service keeps, and the policies that bind them."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Flow, Guardrail, Store
from tests.collect.oci.simulated import DATA, Collected, collected

DATABASE = "ocid1.database.oc1.iad.users"
LOCK = "2024-02-01T00:00:00Z"


def resource(name: str, **more: Json) -> dict[str, Json]:
    """Return a resource of the service."""
    return {
        "id": f"ocid1.recoveryservice.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def protected(name: str, **more: Json) -> dict[str, Json]:
    """Return a database with backups."""
    return resource(name, database_id=DATABASE, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """Backups of databases of Oracle's and at Amazon's, and policies of every sort."""
    return collected(
        {
            "us-ashburn-1": {
                "recovery": {
                    "ProtectedDatabase": [
                        protected("own", backup_cloud_location="OCI"),
                        protected("early"),
                        protected("away", backup_cloud_location="AWS"),
                        protected("locked", policy_locked_date_time=LOCK),
                        protected("gone", lifecycle_state="DELETED"),
                    ],
                    "ProtectionPolicy": [
                        resource("free", must_enforce_cloud_locality=False),
                        resource("bound", must_enforce_cloud_locality=True),
                        resource("held", policy_locked_date_time=LOCK),
                    ],
                }
            }
        },
        kinds="oci.recovery",
    )


def test_backups_of_oracles_databases_are_in_oracle_cloud(found: Collected) -> None:
    """Also those from before there were others."""
    assert found.row(Store, ".own").country == "US"
    assert found.row(Store, ".early").country == "US"
    assert found.row(Store, ".own").source_id == DATABASE
    assert found.row(Flow, ".own").store_id == DATABASE
    assert len(found.of(Store)) == 4


def test_a_policy_may_keep_backups_in_another_cloud(found: Collected) -> None:
    """The list of backups does not say which."""
    assert isinstance(found.row(Store, ".away").country, Unknown)
    assert isinstance(found.row(Flow, ".away").target_country, Unknown)


def test_policies_that_bind_are_guardrails(found: Collected) -> None:
    """One that binds nothing is none; a lock takes effect some days after it was set."""
    bound, held = found.row(Guardrail, "bound/locality"), found.row(Guardrail, "held/lock")

    assert len(found.of(Guardrail)) == 2
    assert (bound.limits, bound.enforced) == (("destinations",), True)
    assert held.limits == ("deletion",)
    assert isinstance(held.enforced, Unknown)


def test_a_retention_lock_may_not_be_in_force_yet(found: Collected) -> None:
    """Left out, there is none."""
    assert found.row(Store, ".own").locked is False
    assert isinstance(found.row(Store, ".locked").locked, Unknown)
