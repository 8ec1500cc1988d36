"""Users within databases, as Data Safe last saw them.

Data Safe looks into a database that is registered with it and lists users and what was granted to
them, roles resolved. A database that is not registered shows nobody. Names of privileges are those
of Oracle Database, https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/GRANT.html

What a privilege does not tell: rows that the database hides, and what an application gives to
those who log in to it.
"""

from collections.abc import Iterator

from auditor.collect.oci.reading import entries, maybe_flag, moment, text
from auditor.collect.oci.service_rows import BARE, PAGE
from auditor.collect.oci.states import state_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Principal

DATABASE_USER = "database user"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/data-safe/20181201/UserAssessment"
# An expired password can still be used, to set a new one.
_OPEN = frozenset({"OPEN", "EXPIRED", "OPEN_AND_IN_ROLLOVER", "EXPIRED_AND_IN_ROLLOVER"})
_LOCKED = frozenset(
    {
        "LOCKED",
        "EXPIRED_AND_LOCKED",
        "LOCKED_AND_IN_ROLLOVER",
        "EXPIRED_AND_LOCKED_AND_IN_ROLLOVER",
        "LOCKED_TIMED_AND_IN_ROLLOVER",
        "EXPIRED_AND_LOCKED_TIMED_AND_IN_ROL",
    }
)
READ, WRITE, ADMINISTER = "read", "write", "administer"
_ALL = (READ, WRITE, ADMINISTER)
# Who can give himself or others any right, or become any user.
_ADMINISTRATORS = frozenset(
    {
        "ALTER USER",
        "BECOME USER",
        "CDB_DBA",
        "DBA",
        "DV_ADMIN",
        "DV_OWNER",
        "GRANT ANY OBJECT PRIVILEGE",
        "GRANT ANY PRIVILEGE",
        "GRANT ANY ROLE",
        "GRANT ANY SCHEMA PRIVILEGE",
        "PDB_DBA",
        "SYSDBA",
    }
)
_READERS = frozenset(
    {
        "BACKUP ANY TABLE",
        "DATAPUMP_EXP_FULL_DATABASE",
        "EXP_FULL_DATABASE",
        "FLASHBACK ANY TABLE",
        "READ ANY TABLE",
        "SELECT ANY TABLE",
        "SYSBACKUP",
    }
)
_WRITERS = frozenset(
    {
        "ALTER ANY TABLE",
        "DATAPUMP_IMP_FULL_DATABASE",
        "DELETE ANY TABLE",
        "DROP ANY TABLE",
        "IMP_FULL_DATABASE",
        "INSERT ANY TABLE",
        "UPDATE ANY TABLE",
    }
)
# With code that runs as whoever owns it, anything can be done.
_THROUGH_CODE = frozenset({"EXECUTE ANY PROCEDURE", "CREATE ANY PROCEDURE", "CREATE ANY TRIGGER"})
_OBJECT_READERS, _OBJECT_WRITERS = ("SELECT", "READ"), ("INSERT", "UPDATE", "DELETE", "ALTER")
_MAKING_ADMINISTRATORS = ("DBA", "PDB_DBA", "DV_ADMIN")


def _rows(found: Found) -> Iterator[Principal]:
    target, name = text(found, "item.targetId"), text(found, "item.userName")
    signs_in = _signs_in(found)
    last = found.read("item.timeLastLogin", absent="")
    yield Principal(
        id=f"{target}/user/{name}",
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        kind=DATABASE_USER,
        # The same name in two databases may be two people: a roster says which database it means.
        name=f"{name} at {target}",
        enabled=_is_enabled(found, signs_in),
        password=signs_in,
        second_factor=Unknown("Data Safe does not say whether a sign-in takes a second factor"),
        lasting_keys=0,
        oldest_key="",
        created=moment(found.read("item.timeUserCreated")),
        last_used=moment(last) if last else "",
        attributes=_attributes(found, target, name),
        tags={},
    )


def _attributes(found: Found, target: str, name: str) -> Maybe[dict[str, str]]:
    granted = found.read("grants")
    if isinstance(granted, Unknown):
        return granted
    told = {"target": target, "user": name, "access": " ".join(_access(found, granted, name))}
    seen = moment(found.read("parent.timeLastAssessed"))
    return told if isinstance(seen, Unknown) else {**told, "seen": seen}


def _signs_in(found: Found) -> Maybe[bool]:
    return state_of(found, "item.authenticationType", frozenset({"PASSWORD"}), frozenset({"NONE"}))


def _is_enabled(found: Found, signs_in: Maybe[bool]) -> Maybe[bool]:
    """Return whether it can log in; a schema without a password is nobody's account."""
    if signs_in is False:
        return False
    return state_of(found, "item.accountStatus", _OPEN, _LOCKED)


def _access(found: Found, granted: Json, name: str) -> tuple[str, ...]:
    """Return the words of grants that privileges come to, and what the list of users says."""
    words = set[str]()
    for each in entries(granted):
        words |= _given_by(str(each.get("grantName")).upper(), each.get("privilegeType"))
    schemas = _texts(found, "item.schemaList")
    if maybe_flag(found, "item.areAllSchemasAccessible") is True or schemas:
        words.add(READ)
    if name in schemas:
        words.add(WRITE)  # what is in one's own schema is one's own
    administers = {*_MAKING_ADMINISTRATORS} & {*_texts(found, "item.adminRoles")}
    if administers or ADMINISTER in words:
        return _ALL
    return tuple(word for word in _ALL if word in words)


def _texts(found: Found, path: str) -> tuple[str, ...]:
    listed = found.read(path, absent=[])
    named = listed if isinstance(listed, list) else []
    return tuple(each for each in named if isinstance(each, str))


def _given_by(privilege: str, kind: Json) -> set[str]:
    """Return the words that one privilege or role gives, over anything in the database."""
    if kind == "OBJECT_PRIVILEGE":
        first = privilege.partition(" ")[0]
        read, write = first in _OBJECT_READERS, first in _OBJECT_WRITERS
        return {word for word, given in ((READ, read), (WRITE, write)) if given}
    if privilege in _ADMINISTRATORS:
        return set(_ALL)
    if privilege in _THROUGH_CODE:
        return {READ, WRITE}
    read, write = privilege in _READERS, privilege in _WRITERS
    return {word for word, given in ((READ, read), (WRITE, write)) if given}


DATABASE_USERS = Collector(
    kind="oci.datasafe.user",
    service="data_safe.DataSafeClient",
    title="Users within databases that are registered with Data Safe, and their privileges",
    per=("account", "region"),
    parent=Listing(
        operation="list_user_assessments",
        permission="inspect user-assessments",
        parameters={
            "type": "LATEST",
            # Refused as a whole rather than answered in part: no gap goes unnoticed.
            "compartment_id_in_subtree": True,
            "access_level": "RESTRICTED",
            "limit": PAGE,
        },
        bind={"compartment_id": "place.account"},
        items=BARE,
    ),
    listing=Listing(
        operation="list_users",
        permission="read user-assessments",
        parameters={"limit": PAGE},
        bind={"user_assessment_id": "parent.id"},
        items=BARE,
    ),
    details=(
        Detail(
            name="grants",
            operation="list_grants",
            permission="read user-assessments",
            parameters={"limit": PAGE},
            bind={"user_assessment_id": "parent.id", "user_key": "item.key"},
            items=BARE,
        ),
    ),
    tables=(Principal,),
    rows=_rows,
    source=f"{_API}/ListUsers",
)
