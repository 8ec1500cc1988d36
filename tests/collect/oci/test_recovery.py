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


def kept(name: str, of: str, **more: Json) -> dict[str, Json]:
    """Return a long-term backup of a protected database."""
    return resource(name, protected_database_id=str(resource(of)["id"]), **more)


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
                        protected("unsaid", subscription_id="ocid1.subscription.oc1..aws"),
                        protected("locked", policy_locked_date_time=LOCK),
                        protected("gone", lifecycle_state="DELETED"),
                    ],
                    "LongTermBackup": [
                        kept("yearly", "own"),
                        kept("abroad", "away"),
                        kept("lost", "forgotten"),
                        kept("dropped", "own", lifecycle_state="DELETED"),
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
    assert len([row for row in found.of(Store) if row.kind == "backup"]) == 5


def test_a_policy_may_keep_backups_in_another_cloud(found: Collected) -> None:
    """The list of backups does not say which."""
    assert isinstance(found.row(Store, ".away").country, Unknown)
    assert isinstance(found.row(Store, ".unsaid").country, Unknown)
    assert isinstance(found.row(Flow, ".away").target_country, Unknown)


def test_long_term_backups_are_where_their_database_may_be(found: Collected) -> None:
    """Their list does not say of which cloud it is; one call for each database does."""
    rows = {row.name: row for row in found.of(Store) if row.kind == "long-term backup"}

    assert sorted(rows) == ["abroad", "lost", "yearly"]
    assert (rows["yearly"].country, rows["yearly"].backup) == ("US", True)
    assert rows["yearly"].source_id == found.row(Store, ".own").id
    assert isinstance(rows["abroad"].country, Unknown)
    assert isinstance(rows["lost"].country, Unknown)
    assert isinstance(rows["yearly"].locked, Unknown)


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
