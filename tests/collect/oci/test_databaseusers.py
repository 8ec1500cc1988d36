"""Users within databases, and what their privileges come to."""

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Principal
from tests.collect.oci.simulated import DATA, Collected, collected

TARGET = "ocid1.datasafetargetdatabase.oc1.iad.orders"
ASSESSMENT = "ocid1.datasafeuserassessment.oc1.iad.orders"

GRANTS: dict[str, tuple[tuple[str, str], ...]] = {
    "ANALYST": (("SELECT ANY TABLE", "SYSTEM_PRIVILEGE"), ("CREATE SESSION", "SYSTEM_PRIVILEGE")),
    "LOADER": (("INSERT ON APP.ORDERS", "OBJECT_PRIVILEGE"),),
    "KEEPER": (("GRANT ANY ROLE", "SYSTEM_PRIVILEGE"),),
    "OWNER": (),
    "CODER": (("execute any procedure", "SYSTEM_PRIVILEGE"),),
    "GUEST": (("CREATE SESSION", "SYSTEM_PRIVILEGE"),),
    "ADMIN": (),
    "HIDDEN": (),
}
SUMMARY: dict[str, dict[str, Json]] = {
    "ADMIN": {"admin_roles": ["DBA"]},
    "OWNER": {"schema_list": ["OWNER"], "authentication_type": "NONE"},
    "GUEST": {"account_status": "EXPIRED_AND_LOCKED"},
    "LOADER": {"account_status": "EXPIRED", "time_last_login": "2026-11-02T03:04:05Z"},
    "HIDDEN": {"account_status": "NONE"},
}


def user(name: str) -> dict[str, Json]:
    """Return a user of the assessed database."""
    return {
        "_path": {"userAssessmentId": ASSESSMENT},
        "key": f"key-of-{name}",
        "user_name": name,
        "target_id": TARGET,
        "account_status": "OPEN",
        "authentication_type": "PASSWORD",
        "time_user_created": "2024-01-01T00:00:00Z",
        "are_all_schemas_accessible": False,
        "admin_roles": [],
        "schema_list": [],
        **SUMMARY.get(name, {}),
    }


def grant(name: str, number: int, granted: str, kind: str) -> dict[str, Json]:
    """Return one privilege of a user."""
    return {
        "_path": {"userAssessmentId": ASSESSMENT, "userKey": f"key-of-{name}"},
        "key": f"{name}-{number}",
        "grant_name": granted,
        "privilege_type": kind,
        "depth_level": 0,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One database of eight users; what was granted to one of them is refused."""
    assessment = {
        "id": ASSESSMENT,
        "compartment_id": DATA,
        "display_name": "orders",
        "type": "LATEST",
        "target_ids": [TARGET],
        "lifecycle_state": "SUCCEEDED",
        "time_created": "2026-01-01T00:00:00Z",
        "time_last_assessed": "2026-11-20T00:00:00Z",
    }
    saved = {**assessment, "id": f"{ASSESSMENT}.saved", "type": "SAVED"}
    objects = {
        "UserAssessment": [assessment, saved],
        "UserSummary": [user(name) for name in GRANTS],
        "GrantSummary": [
            grant(name, number, *each)
            for name, several in GRANTS.items()
            for number, each in enumerate(several)
        ],
    }
    refused = InjectedFault(
        operation="data_safe.DataSafeClient.list_grants",
        status=404,
        code="NotAuthorizedOrNotFound",
        resource="key-of-HIDDEN",
    )
    return collected({"us-ashburn-1": {"data_safe": objects}}, refused, kinds="oci.datasafe.user")


def told(found: Collected, name: str) -> dict[str, str]:
    """Return what is said of a user."""
    attributes = found.row(Principal, f"/user/{name}").attributes
    assert not isinstance(attributes, Unknown)
    return dict(attributes)


@pytest.mark.parametrize(
    ("name", "access"),
    [
        ("ANALYST", "read"),
        ("LOADER", "write"),
        ("KEEPER", "read write administer"),
        ("ADMIN", "read write administer"),
        ("OWNER", "read write"),
        ("CODER", "read write"),
        ("GUEST", ""),
    ],
)
def test_privileges_come_to_kinds_of_access(found: Collected, name: str, access: str) -> None:
    """By name, in any case."""
    assert told(found, name) == {
        "target": TARGET,
        "user": name,
        "access": access,
        "seen": "2026-11-20T00:00:00.000Z",
    }


@pytest.mark.parametrize(
    ("name", "enabled", "password"),
    [("ANALYST", True, True), ("LOADER", True, True), ("GUEST", False, True)],
)
def test_a_locked_account_cannot_log_in(
    found: Collected, name: str, enabled: bool, password: bool
) -> None:
    """An expired one still can, to set a new password."""
    row = found.row(Principal, f"/user/{name}")

    assert (row.kind, row.enabled, row.password) == ("database user", enabled, password)
    assert row.last_used == ("2026-11-02T03:04:05.000Z" if name == "LOADER" else "")


def test_privileges_that_could_not_be_read_may_be_any(found: Collected) -> None:
    """What somebody has is unknown then, not none."""
    assert isinstance(found.row(Principal, "/user/HIDDEN").attributes, Unknown)


def test_a_schema_without_a_password_is_nobodys_account(found: Collected) -> None:
    """A state that is stated as none leaves open whether the account can be used."""
    assert found.row(Principal, "/user/OWNER").enabled is False
    assert isinstance(found.row(Principal, "/user/HIDDEN").enabled, Unknown)


def test_a_name_alone_is_nobodys(found: Collected) -> None:
    """The same name in two databases may be two people: a roster must say which database."""
    row = found.row(Principal, "/user/ANALYST")

    assert (row.name, row.known_as) == (f"ANALYST at {TARGET}", ())
    assert len(found.of(Principal)) == len(GRANTS)
