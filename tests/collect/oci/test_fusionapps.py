"""Environments of Fusion Applications: where they are copied, and who may open them."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Unknown
from auditor.tables import Flow, Guardrail, Store
from tests.collect.oci.simulated import DATA, Collected, collected
from tests.collect.oci.things import described

PROD, TEST, STANDBY = (f"ocid1.fusionenvironment.oc1.iad.{name}" for name in ("prod", "test", "dr"))
AWAY = "ocid1.fusionenvironment.oc1.eu-frankfurt-1.prod"
LOCKBOX, TEMPLATE = "ocid1.lockbox.oc1.iad.prod", "ocid1.approvaltemplate.oc1.iad.t"


def estate(*faults: InjectedFault) -> Collected:
    """Collect a production environment with a standby abroad, its test copy, and a standby."""
    role = {
        "current_role": "PRIMARY",
        "standby_environment_region": "eu-frankfurt-1",
        "standby_environment_id": AWAY,
    }
    environments = [
        described(
            PROD,
            kms_key_id="ocid1.key.oc1.iad.k",
            is_break_glass_enabled=True,
            lockbox_id=LOCKBOX,
            environment_role=role,
        ),
        described(TEST, refresh={"source_fusion_environment_id": PROD}),
        described(STANDBY, environment_role={"current_role": "STANDBY"}),
    ]
    locked = {
        "id": LOCKBOX,
        "compartment_id": DATA,
        "display_name": "erp",
        "approval_template_id": TEMPLATE,
    }
    template = {"id": TEMPLATE, "compartment_id": DATA, "auto_approval_state": "ENABLED"}
    objects = {
        "fusion_apps": {"FusionEnvironment": environments},
        "lockbox": {"Lockbox": [locked], "ApprovalTemplate": [template]},
    }
    return collected({"us-ashburn-1": objects}, *faults, kinds="oci.fusionapps")


@pytest.fixture(scope="module")
def found() -> Collected:
    """Everything that can be read."""
    return estate()


def test_a_key_of_the_customers_is_named(found: Collected) -> None:
    """Without one it is Oracle's."""
    assert found.row(Store, "prod").key_id == "ocid1.key.oc1.iad.k"
    assert (found.row(Store, "test").key_id, found.row(Store, "test").encrypted) == ("", True)
    assert found.row(Store, "dr").backup is True


def test_a_standby_is_a_way_out(found: Collected) -> None:
    """Where none is stated there may be one; a standby has none of its own."""
    flows = {row.id: row for row in found.of(Flow)}

    assert flows[f"{PROD}/replication/{AWAY}"].target_country == "DE"
    assert isinstance(flows[f"{TEST}/replication/?"].active, Unknown)
    assert not any(row.store_id == STANDBY for row in flows.values())


def test_a_refresh_copies_into_the_environment(found: Collected) -> None:
    """The source's own listing does not tell."""
    flow = found.row(Flow, f"{PROD}/copy/{TEST}")

    assert (flow.store_id, flow.target_id, flow.target_country) == (PROD, TEST, "US")


def test_a_lockbox_that_opens_by_itself_locks_little(found: Collected) -> None:
    """That is what one gets until somebody changes it."""
    locked, open_ = (
        found.row(Guardrail, "prod/break-glass"),
        found.row(Guardrail, "test/break-glass"),
    )

    assert (locked.enforced, locked.escapes) == (True, ("approved without asking: every request",))
    assert (open_.enforced, open_.escapes) == (False, ("everything: it is not switched on",))


def test_a_refusal_leaves_it_unknown() -> None:
    """Neither the key nor the standby is in the listing."""
    denied = estate(
        InjectedFault(
            operation=".*get_fusion_environment", status=404, code="NotAuthorizedOrNotFound"
        )
    )

    assert isinstance(denied.row(Store, "prod").key_id, Unknown)
    assert isinstance(denied.row(Flow, f"{PROD}/replication/?").target_country, Unknown)
    assert isinstance(denied.row(Flow, f"{PROD}/source/copy/?").target_country, Unknown)
