"""Users: how they can sign in, and which of their credentials last."""

from collections.abc import Mapping

import pytest

from auditor.demo.oci.faults import InjectedFault
from auditor.model import Json, Unknown
from auditor.tables import Principal
from tests.collect.oci.simulated import TENANCY, Collected, collected

ANN, BOB, ROBOT, GONE = (f"ocid1.user.oc1..{name}" for name in ("ann", "bob", "robot", "gone"))

SIGNED_IN, LONG_AGO = "2026-11-01T08:00:00Z", "2020-02-01T00:00:00Z"


def user(id_: str, **more: Json) -> dict[str, Json]:
    """Return a user with a password and a second factor."""
    return {
        "id": id_,
        "compartment_id": TENANCY,
        "name": id_.rpartition(".")[2],
        "lifecycle_state": "ACTIVE",
        "time_created": "2024-01-01T00:00:00Z",
        "is_mfa_activated": True,
        "capabilities": {"can_use_console_password": True, "can_use_api_keys": True},
        **more,
    }


def credential(user_id: str, made: str, **more: Json) -> dict[str, Json]:
    """Return a credential of a user's."""
    common = {"user_id": user_id, "time_created": made, "lifecycle_state": "ACTIVE"}
    return {"_path": {"userId": user_id}, **common, **more}


def tenancy() -> Mapping[str, Mapping[str, Mapping[str, list[dict[str, Json]]]]]:
    """Return a person, one without a second factor, a robot, and somebody who left."""
    return {
        "global": {
            "identity": {
                "User": [
                    user(
                        ANN,
                        email="ann@example.com",
                        last_successful_login_time=SIGNED_IN,
                    ),
                    user(BOB, is_mfa_activated=False, lifecycle_state="INACTIVE"),
                    user(ROBOT, capabilities={"can_use_console_password": False}),
                    user(GONE, lifecycle_state="DELETED"),
                ],
                "ApiKey": [
                    credential(ROBOT, "2025-02-01T00:00:00Z", key_id="k1"),
                    credential(ROBOT, "2023-02-01T00:00:00Z", key_id="k2"),
                    credential(
                        ROBOT, "2020-02-01T00:00:00Z", key_id="k3", lifecycle_state="DELETED"
                    ),
                ],
                "AuthToken": [
                    credential(ROBOT, "2024-05-01T00:00:00Z", id="t1"),
                    credential(
                        BOB, "2024-05-01T00:00:00Z", id="t2", time_expires="2026-12-01T00:00:00Z"
                    ),
                ],
            }
        }
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Users of a tenancy without domains."""
    return collected(tenancy(), kinds="oci.identity.user")


def test_a_user_has_its_names_and_its_last_sign_in(found: Collected) -> None:
    """A roster may know it by its mail."""
    row = found.row(Principal, ANN)

    assert (row.kind, row.name, row.account, row.enabled) == ("user", "ann", TENANCY, True)
    assert row.known_as == ("ann", "ann@example.com")
    assert (row.password, row.second_factor) == (True, True)
    assert (row.last_used, row.created) == ("2026-11-01T08:00:00.000Z", "2024-01-01T00:00:00.000Z")


def test_who_left_is_not_there(found: Collected) -> None:
    """A deleted user is listed for a while."""
    assert {row.id for row in found.of(Principal)} == {ANN, BOB, ROBOT}


def test_a_password_without_a_second_factor_is_told(found: Collected) -> None:
    """And that its user is switched off; one without a password needs none."""
    bob, robot = found.row(Principal, BOB), found.row(Principal, ROBOT)

    assert (bob.password, bob.second_factor, bob.enabled) == (True, False, False)
    assert (robot.password, robot.second_factor) == (False, False)


def test_credentials_that_end_by_themselves_do_not_last(found: Collected) -> None:
    """Keys and tokens count together; what was deleted does not."""
    counted = {row.id: (row.lasting_keys, row.oldest_key) for row in found.of(Principal)}

    assert counted == {
        ANN: (0, ""),
        BOB: (0, ""),
        ROBOT: (3, "2023-02-01T00:00:00.000Z"),
    }


def test_keys_that_cannot_be_listed_are_unknown() -> None:
    """A user without known keys is none without keys."""
    denied = InjectedFault(operation=".*list_api_keys", status=404, code="NotAuthorizedOrNotFound")
    row = collected(tenancy(), denied, kinds="oci.identity.user").row(Principal, ROBOT)

    assert isinstance(row.lasting_keys, Unknown)
    assert isinstance(row.oldest_key, Unknown)
