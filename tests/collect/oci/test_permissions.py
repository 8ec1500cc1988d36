"""The policy that collection needs."""

import pytest

from auditor.collect.oci.permissions import grants_of, least_privilege
from auditor.collect.registry import load_collectors
from auditor.model import LogSource
from auditor.spec import Call, Collector, Found, Listing
from auditor.tables import Row

_DESCRIBES = (
    " where request.operation = 'List",
    " where any {request.operation = 'GetContainerImage', request.operation = 'GetContainerRep",
)
_SETTINGS = (
    "{AUDIT_CONFIGURATION_READ}",
    "{DEVOPS_PROJECT_SETTINGS_READ}",
    "{DEVOPS_REPOSITORY_SETTINGS_READ}",
)
_RULES_OF_GROUPS = "{NETWORK_SECURITY_GROUP_LIST_SECURITY_RULES}"
# Whoever enters may do there what the cluster's own rules allow: nothing, unless somebody says so.
_ENTER_CLUSTERS = "{CLUSTER_USE}"


def _nothing(found: Found) -> tuple[Row, ...]:
    return ()


def _needing(permission: str) -> Collector:
    """Return a collector with one call, which needs a permission."""
    return Collector(
        kind="oci.made.up",
        service="made.UpClient",
        title="made up",
        per=("account",),
        listing=Listing(operation="list_made_up", permission=permission),
        tables=(),
        rows=_nothing,
    )


@pytest.fixture(scope="module")
def statements() -> tuple[str, ...]:
    """The statements for every collector of Oracle Cloud."""
    return least_privilege([c for c in load_collectors() if c.provider == "oci"], "g")


def test_a_call_may_need_several_grants() -> None:
    """Each is a statement of its own; a call that needs none has none."""
    call = Call(operation="o", permission="read api-deployments and read api-gateways")

    assert grants_of(call) == ("read api-deployments", "read api-gateways")
    assert grants_of(Call(operation="o", permission="")) == ()


def test_a_stronger_verb_stands_for_the_weaker_one(statements: tuple[str, ...]) -> None:
    """Reading a bucket includes listing it."""
    assert "Allow group g to read buckets in tenancy" in statements
    assert "Allow group g to inspect buckets in tenancy" not in statements
    assert "Allow group g to inspect compartments in tenancy" in statements
    assert list(statements) == sorted(set(statements))


def test_a_family_stands_for_its_members() -> None:
    """A member stays where it is needed with a stronger verb than the family is granted with."""
    needed = [_needing("inspect object-family"), _needing("inspect buckets and read objects")]

    assert least_privilege(needed, "g") == (
        "Allow group g to inspect object-family in tenancy",
        "Allow group g to read objects in tenancy",
    )


def test_permissions_without_a_verb_keep_their_condition() -> None:
    """Listing what consoles showed needs the permission to see it: for the listing only."""
    collectors = [each for each in load_collectors() if each.kind == "oci.compute.consolehistory"]

    assert (
        "Allow group 'Default'/'Auditors' to {CONSOLE_HISTORY_READ} in tenancy"
        " where request.operation = 'ListConsoleHistories'"
    ) in least_privilege(collectors, "'Default'/'Auditors'")


def test_nothing_but_reading_is_asked_for(statements: tuple[str, ...]) -> None:
    """No verb beyond read, and no other permission that is not for listing or for a setting.

    A permission that opens content, too, is limited to what describes it.
    """
    for statement in statements:
        granted, _, condition = statement.removeprefix("Allow group g to ").partition(" in tenancy")
        assert (
            granted.startswith(("inspect ", "read "))
            or granted.endswith("_INSPECT}")
            or granted in (*_SETTINGS, _RULES_OF_GROUPS, _ENTER_CLUSTERS)
            or condition.startswith(_DESCRIBES)
        )


def test_only_the_buckets_of_logs_may_be_read() -> None:
    """Objects may be read where the configuration says that logs lie; else Audit is asked."""
    logs = (
        LogSource(name="export", kind="oci audit", target="main", bucket="audit"),
        LogSource(name="asked", kind="oci audit", target="main"),
        LogSource(name="trail", kind="cloudtrail", target="other", bucket="theirs"),
    )
    assert least_privilege((), "Auditors", logs) == (
        "Allow group Auditors to read audit-events in tenancy",
        "Allow group Auditors to {OBJECT_INSPECT, OBJECT_READ} in tenancy "
        "where target.bucket.name = 'audit'",
    )
