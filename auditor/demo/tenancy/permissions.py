"""What the demo tenancy lets its auditors do: what an audit needs, and not in every compartment."""

from auditor.collect.oci.permissions import least_privilege
from auditor.collect.registry import load_collectors
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.builder import LEGACY, LONG_AGO, Builder

AUDITORS = "Auditors"
_OPEN = f"target.compartment.id != '{LEGACY}'"


def build_permissions(estate: Builder) -> None:
    """Add a policy with what ``auditor permissions oci`` prints.

    One compartment is left out, as somebody might who has forgotten what is in it.
    """
    collectors = [each for each in load_collectors() if each.provider == "oci"]
    estate.add(
        "global",
        "identity",
        "Policy",
        id="ocid1.policy.oc1..auditors",
        compartment_id=TENANCY,
        name="auditors",
        statements=[_limit(each) for each in least_privilege(collectors, AUDITORS)],
        lifecycle_state="ACTIVE",
        time_created=LONG_AGO,
    )


def _limit(statement: str) -> str:
    """Return a statement that leaves the forgotten compartment out."""
    granted, _, condition = statement.partition(" where ")
    return f"{granted} where " + (f"all {{{condition}, {_OPEN}}}" if condition else _OPEN)
