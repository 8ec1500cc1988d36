"""Security zones: what their recipes forbid, and where; and where findings are worked on."""

from auditor.demo.oci.faults import InjectedFault, denied
from auditor.model import Json, Unknown
from auditor.tables import Guardrail, Processor
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

BELOW = "ocid1.compartment.oc1..below"
ZONE = "ocid1.securityzone.oc1..prod"


def policy(name: str) -> dict[str, Json]:
    """Return one of Oracle's policies."""
    common = {"compartment_id": TENANCY, "owner": "ORACLE", "lifecycle_state": "ACTIVE"}
    return {**common, "id": name, "friendly_name": f"deny {name}"}


def found_with(*faults: InjectedFault, chosen: tuple[str, ...]) -> Collected:
    """Collect one zone, whose recipe has some policies."""
    recipe = "ocid1.securityzonessecurityrecipe.oc1..r"
    names = ("public_buckets", "buckets_without_vault_key", "instance_without_sanctioned_image")
    moves = "bucket_in_security_zone_move_to_compartment_not_in_security_zone"
    common: dict[str, Json] = {"compartment_id": DATA, "lifecycle_state": "ACTIVE"}
    zone = {"id": ZONE, "display_name": "prod", "security_zone_recipe_id": recipe}
    guard = {
        "SecurityZone": [{**common, **zone, "inherited_by_compartments": [BELOW]}],
        "SecurityRecipe": [{**common, "id": recipe, "security_policies": list(chosen)}],
        "SecurityPolicy": [policy(name) for name in (*names, moves)],
        "Configuration": [
            {
                "_path": {"compartmentId": TENANCY},
                "reporting_region": "eu-frankfurt-1",
                "status": "ENABLED",
            }
        ],
    }
    return collected({"global": {"cloud_guard": guard}}, *faults, kinds="oci.cloudguard")


def test_a_zone_limits_what_its_recipe_names() -> None:
    """In its compartment, and in those that inherit it."""
    moves = "bucket_in_security_zone_move_to_compartment_not_in_security_zone"
    chosen = ("public_buckets", "buckets_without_vault_key", moves)
    rows = found_with(chosen=chosen).of(Guardrail)

    assert {row.target_id for row in rows} == {DATA, BELOW}
    assert {row.limits for row in rows} == {("destinations", "provider keys", "public access")}
    assert all(row.enforced is True and row.kind == "security zone" for row in rows)


def test_a_policy_of_another_kind_limits_nothing_of_ours() -> None:
    """Images that are sanctioned say nothing of data."""
    rows = found_with(chosen=("instance_without_sanctioned_image",)).of(Guardrail)

    assert {row.limits for row in rows} == {()}


def test_a_policy_that_nobody_names_leaves_it_unknown() -> None:
    """It may limit anything."""
    rows = found_with(chosen=("public_buckets", "mystery")).of(Guardrail)

    assert all(isinstance(row.limits, Unknown) for row in rows)


def test_a_zone_that_may_not_be_read_may_reach_further() -> None:
    """Which compartments inherit it is in its details."""
    found = found_with(denied(".*get_security_zone"), chosen=("public_buckets",))

    assert {row.target_id for row in found.of(Guardrail)} == {DATA, "?"}


def test_findings_are_worked_on_in_one_region() -> None:
    """They name resources and addresses of all regions."""
    (row,) = found_with(chosen=()).of(Processor)

    assert (row.region, row.country, row.service) == ("eu-frankfurt-1", "DE", "cloudguard")
