"""Rules of a parent tenancy: on whom they are imposed, and what they leave open."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.oci.simulated import TENANCY, collected

CHILD = "ocid1.tenancy.oc1..child"


def rule(name: str, kind: str, **template: Json) -> dict[str, Json]:
    """Return a rule of this tenancy."""
    return {
        "id": f"ocid1.governancerule.oc1..{name}",
        "compartment_id": TENANCY,
        "display_name": name,
        "type": kind,
        "lifecycle_state": "ACTIVE",
        "template": {"type": kind, **template},
    }


def attached(name: str, tenancy: str, state: str) -> dict[str, Json]:
    """Return the attachment of a rule to a tenancy."""
    return {
        "id": f"ocid1.tenancyattachment.oc1..{name}",
        "compartment_id": TENANCY,
        "governance_rule_id": f"ocid1.governancerule.oc1..{name}",
        "tenancy_id": tenancy,
        "lifecycle_state": state,
    }


ESTATE = {
    "global": {
        "governance_rules_control_plane": {
            "GovernanceRule": [
                rule("home", "ALLOWED_REGIONS", regions=["us-ashburn-1", "PHX"]),
                rule("caps", "QUOTA", statements=["zero streaming quotas in tenancy"]),
                rule("hidden", "TAG"),
            ],
            "TenancyAttachment": [
                attached("home", CHILD, "ACTIVE"),
                attached("home", f"{CHILD}2", "DELETED"),
                attached("caps", CHILD, "NEEDS_ATTENTION"),
            ],
            "EnforcedGovernanceRule": [
                {
                    "id": "ocid1.enforcedgovernancerule.oc1..up",
                    "compartment_id": TENANCY,
                    "governance_rule_display_name": "from above",
                    "type": "ALLOWED_REGIONS",
                    "lifecycle_state": "ACTIVE",
                    "template": {"type": "ALLOWED_REGIONS", "regions": ["us-ashburn-1"]},
                }
            ],
        }
    }
}


def test_a_rule_on_regions_is_about_subscriptions() -> None:
    """Where a tenancy is subscribed already, it goes on."""
    found = collected(ESTATE, kinds="oci.governance")
    row = found.row(Guardrail, f".home/{CHILD}")

    assert (row.target_id, row.enforced) == (CHILD, True)
    assert row.allowed_regions == ("us-ashburn-1", "us-phoenix-1")
    assert row.escapes == ("regions to which the tenancy was subscribed before",)
    assert found.row(Guardrail, f".home/{CHILD}2").enforced is False


def test_a_rule_on_quotas_is_read_as_quotas() -> None:
    """A state of the attachment that nobody documents is unknown."""
    row = collected(ESTATE, kinds="oci.governance").row(Guardrail, f".caps/{CHILD}/1")

    assert (row.kind, row.denied_regions) == ("quota", ("*",))
    assert isinstance(row.enforced, Unknown)


def test_what_is_imposed_from_above_binds_this_tenancy() -> None:
    """Its own administrators cannot lift it."""
    row = collected(ESTATE, kinds="oci.governance").row(Guardrail, ".up")

    assert (row.target_id, row.enforced, row.allowed_regions) == (TENANCY, True, ("us-ashburn-1",))


def test_attachments_that_may_not_be_seen_may_be_any() -> None:
    """The rule is shown, on a tenancy that is not known."""
    hidden = denied(".*list_tenancy_attachments", resource="ocid1.governancerule.oc1..hidden")
    row = collected(ESTATE, hidden, kinds="oci.governance").row(Guardrail, ".hidden/?")

    assert (row.target_id, row.limits) == ("?", ("tags",))
    assert isinstance(row.enforced, Unknown)
