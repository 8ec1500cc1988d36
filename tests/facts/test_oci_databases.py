"""Users within databases: those that Data Safe shows, and those that nobody sees."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Principal, Row, Store
from tests.facts.granting import DATA, LOGS, TENANCY, derived, principal, store

TARGET = "ocid1.datasafetargetdatabase.oc1.iad.t"
ORDERS = store("orders", DATA, "autonomousdatabase", "database", ["us_user_data"])
OTHERS: tuple[Store, ...] = (
    store("other", LOGS, "database", "database", []),
    store("backup-of-orders", DATA, "autonomousdatabase", "backup", ["us_user_data"]),
    store("mysql", DATA, "mysql", "database", ["us_user_data"]),
    store("mysql-backup", DATA, "mysql", "backup", ["us_user_data"]),
    store("postgresql", DATA, "postgresql", "database", ["us_user_data"]),
)
STRANGER = f"{TENANCY}/database user/?"


def target(database: str = "orders") -> Store:
    """Return what Data Safe keeps of a database."""
    return replace(store(TARGET, DATA, "datasafe", "target", ["us_user_data"]), source_id=database)


def user(name: str, access: str | None, **more: Any) -> Principal:
    """Return a user within the database; None for privileges that were not read."""
    told = {"target": TARGET, "user": name, "access": access or ""}
    row = principal(f"{TARGET}/user/{name}", "database user", f"{name} at {TARGET}")
    attributes = Unknown("list_grants was denied") if access is None else told
    return replace(row, attributes=attributes, **more)


def test_users_have_what_their_privileges_come_to() -> None:
    """On the database that is registered, and on nothing else."""
    facts = derived(ORDERS, target(), user("ADMIN", "read write administer"), user("ME", ""))

    assert facts.rows("grants", "principal_id, access, store_id, stores, given, conditional") == [
        (f"{TARGET}/user/ADMIN", access, "orders", 1, True, False)
        for access in ("administer", "read", "write")
    ]
    assert facts.query("SELECT DISTINCT first_store, last_store FROM extents") == [
        ("orders", "orders")
    ]
    assert facts.query("SELECT DISTINCT data_classes, more_classes FROM grants") == [
        (["us_user_data"], False)
    ]


def test_users_are_called_after_their_database() -> None:
    """So that a roster can name one of several that are called alike."""
    facts = derived(ORDERS, target(), user("ADMIN", "read"))

    assert facts.query("SELECT name FROM principals WHERE kind = 'database user'") == [
        ("ADMIN in orders",)
    ]


@pytest.mark.parametrize(
    ("row", "given"),
    [
        (user("A", "read", enabled=True), [("read", True)]),
        (user("A", "read", enabled=False), []),
        (user("A", "read", enabled=Unknown("its state is new")), [("read", None)]),
        (user("A", None), [("administer", None), ("read", None), ("write", None)]),
    ],
    ids=["open", "locked", "of no known state", "unread"],
)
def test_what_is_not_known_is_not_given(row: Row, given: list[tuple[str, bool | None]]) -> None:
    """A locked account gives nobody anything; doubt is no denial."""
    facts = derived(ORDERS, target(), row)

    assert facts.rows("grants", "access, given") == given
    assert all("database" in why for why in facts.why("grants", "given").values())


@pytest.mark.parametrize(
    "rows",
    [(), (target(),), (target("elsewhere"), user("A", "read")), (user("A", "read"),)],
    ids=["not registered", "not assessed", "another database", "target not listed"],
)
def test_a_database_that_is_not_shown_has_users_whom_nobody_knows(rows: tuple[Row, ...]) -> None:
    """One row for all of them: what they have is unknown, and backups are not asked for it."""
    facts = derived(ORDERS, *OTHERS, *rows)

    assert facts.rows("grants", "principal_id, access, given, stores, data_classes") == [
        (STRANGER, access, None, 4, ["us_user_data"]) for access in ("administer", "read", "write")
    ]
    assert facts.query("SELECT first_store FROM extents ORDER BY 1") == [
        ("mysql",),
        ("orders",),
        ("other",),
        ("postgresql",),
    ]
    assert facts.query(f"SELECT kind, enabled FROM principals WHERE id = '{STRANGER}'") == [
        ("database user", None)
    ]
    assert "Data Safe shows no users" in facts.why("grants", "given")[f"{STRANGER}/read"]


def test_one_shown_database_leaves_the_others_unknown() -> None:
    """Any user that is named shows the database: each has some."""
    facts = derived(ORDERS, *OTHERS, target(), user("LOCKED", "read", enabled=False))

    reached = {one for (one,) in facts.query("SELECT first_store FROM extents")}
    assert reached == {"mysql", "other", "postgresql"}


def test_the_administrator_of_a_postgresql_system_is_named() -> None:
    """What he has is not known, and there may be others beside him."""
    keeper = replace(
        principal("postgresql/user/keeper", "database user", "keeper at postgresql"),
        enabled=Unknown("not stated"),
        attributes={"access": "read write administer"},
    )
    facts = derived(*OTHERS, keeper)

    of_keeper = "SELECT access, given, store_id FROM grants WHERE principal_id = '{}' ORDER BY 1"
    assert facts.query(of_keeper.format(keeper.id)) == [
        (access, None, "postgresql") for access in ("administer", "read", "write")
    ]
    assert facts.query(f"SELECT name FROM principals WHERE id = '{keeper.id}'") == [
        ("keeper in postgresql",)
    ]
    assert len(facts.query(of_keeper.format(STRANGER))) == 3
