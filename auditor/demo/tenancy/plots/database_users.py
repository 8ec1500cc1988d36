"""Who has an account within a database: one that Data Safe looked into shows it, no other does."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import DATABASES, LONG_AGO, WEST, Builder, ocid
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

TARGET = ocid("targetdatabase", WEST, "near")
OF_THE_PARENT, OF_THE_PROVIDER = f"{TARGET}/user/WEILIN", f"{TARGET}/user/DEVI"
_ASSESSMENT = ocid("userassessment", WEST, "near")
# user -> what was granted to it
_USERS: dict[str, tuple[str, ...]] = {
    "WEILIN": ("CREATE SESSION", "SELECT ANY TABLE"),
    "DEVI": ("CREATE SESSION", "READ ANY TABLE"),
    "OLDHAND": ("SELECT ANY TABLE",),  # locked: nobody can log in as it
    "MONITOR": ("CREATE SESSION",),
}


def _build(ground: Ground) -> None:
    estate = ground.estate
    _add(
        estate,
        "UserAssessment",
        id=_ASSESSMENT,
        compartment_id=DATABASES,
        display_name="near",
        type="LATEST",
        target_ids=[TARGET],
        lifecycle_state="SUCCEEDED",
        time_created=LONG_AGO,
        time_last_assessed="2026-11-01T00:00:00Z",
    )
    for name, granted in _USERS.items():
        _user(estate, name, granted)


def _add(estate: Builder, model: str, **fields: Json) -> None:
    estate.add(WEST, "data_safe", model, **fields)


def _user(estate: Builder, name: str, granted: tuple[str, ...]) -> None:
    _add(
        estate,
        "UserSummary",
        _path={"userAssessmentId": _ASSESSMENT},
        key=name,
        user_name=name,
        target_id=TARGET,
        account_status="LOCKED" if name == "OLDHAND" else "OPEN",
        authentication_type="PASSWORD",
        time_user_created=LONG_AGO,
        are_all_schemas_accessible=granted[-1].endswith("ANY TABLE"),
        admin_roles=[],
        schema_list=[],
    )
    for number, each in enumerate(granted):
        _add(
            estate,
            "GrantSummary",
            _path={"userAssessmentId": _ASSESSMENT, "userKey": name},
            key=f"{name}-{number}",
            grant_name=each,
            privilege_type="SYSTEM_PRIVILEGE",
            depth_level=0,
        )


_NOBODY_KNOWS = f"{TENANCY}/database user/[?]"

PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "somebody of the parent has an account within a database of user data",
            B_01=f"{OF_THE_PARENT}/read",
            B_02=f"{OF_THE_PARENT}/read",
        ),
        *fails("an operator of the provider reads it", E_01=f"{OF_THE_PROVIDER}/read"),
        *stays_open(
            "nobody sees whether a database asks for a second factor", B_04=f"{TARGET}/user/*"
        ),
        *stays_open("no log tells whether that account was used", B_02b=f"{OF_THE_PARENT}/read"),
        *stays_open(
            "who has accounts within databases that Data Safe does not show",
            B_01=f"{_NOBODY_KNOWS}/*",
            B_02=f"{_NOBODY_KNOWS}/*",
            B_02b=f"{_NOBODY_KNOWS}/*",
            B_04=_NOBODY_KNOWS,
            E_01=f"{_NOBODY_KNOWS}/read",
        ),
    ),
)
