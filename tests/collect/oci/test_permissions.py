"""The policy that collection needs."""

from auditor.collect.oci.permissions import least_privilege
from auditor.collect.registry import load_collectors


def test_a_stronger_verb_stands_for_the_weaker_one() -> None:
    """Reading a bucket includes listing it."""
    collectors = [each for each in load_collectors() if each.provider == "oci"]
    statements = least_privilege(collectors, "Auditors")

    assert "Allow group Auditors to read buckets in tenancy" in statements
    assert "Allow group Auditors to inspect buckets in tenancy" not in statements
    assert "Allow group Auditors to inspect compartments in tenancy" in statements
    assert list(statements) == sorted(set(statements))


def test_permissions_without_a_verb_keep_their_condition() -> None:
    """Listing pre-authenticated requests needs the permission to manage them: for listing only."""
    collectors = [each for each in load_collectors() if each.kind == "oci.objectstorage.bucket"]

    assert (
        "Allow group 'Default'/'Auditors' to {PAR_MANAGE} in tenancy"
        " where request.operation = 'ListPreauthenticatedRequests'"
    ) in least_privilege(collectors, "'Default'/'Auditors'")


def test_nothing_but_reading_is_asked_for() -> None:
    """No verb beyond read, and no permission that alters anything without a condition."""
    for statement in least_privilege([c for c in load_collectors() if c.provider == "oci"], "g"):
        granted = statement.removeprefix("Allow group g to ")
        assert granted.startswith(("inspect ", "read ", "{AUDIT_CONFIGURATION_READ}")) or (
            " where request.operation = 'List" in granted
        )
