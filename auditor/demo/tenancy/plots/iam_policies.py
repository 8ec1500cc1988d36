"""Policies that let others in, reach out, or name everybody, and one that nobody can read."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATABASES,
    HOME,
    LOGS,
    LONG_AGO,
    OPERATIONS,
    USER_DATA,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot

FARSHORE = "ocid1.tenancy.oc1..far"
_COST_REPORTS = "ocid1.tenancy.oc1..aaaaaaaaned4fkpkisbwjlr56u7cj63lf3wffbilvqknstgtvzub7vhqkggq"
_HOST = "escrow-management.kms.us-ashburn-1.oraclecloud.com"


def _build(ground: Ground) -> None:
    estate = ground.estate
    _policy(
        estate,
        "administrators",
        "ALLOW GROUP Administrators to manage all-resources IN TENANCY",
        "Allow group Analysts to read objects in compartment prod:data",
        "Allow service objectstorage-us-ashburn-1 to use keys in compartment prod:security",
    )
    estate.bucket(HOME, "user-letters", USER_DATA, kms_key_id=ground.keys[HOME])
    _outsiders(estate)
    _everybody(estate)
    _policy(
        estate,
        "helpers",
        "Allow group Helpers to approve db-systems in compartment databases",
        place=DATABASES,
    )
    _escrow(estate)


def _outsiders(estate: Builder) -> None:
    """Add a policy that admits and endorses, and one whose statements come to nothing."""
    _policy(
        estate,
        "farshore",
        f"Define tenancy Farshore as {FARSHORE}",
        "Define group Engineers as ocid1.group.oc1..engineers",
        "Admit group Engineers of tenancy Farshore to read objects in compartment prod:data",
        "Admit group Engineers of tenancy FARSHORE to use keys in compartment logs",
        "Endorse group Analysts to manage object-family in tenancy Farshore",
        "Endorse group Analysts to use objects in any-tenancy",
        "Admit group Engineers of tenancy Undefined to read objects in compartment prod:data",
    )
    _policy(
        estate,
        "farshore-before",
        f"Define tenancy Farshore as {FARSHORE}",
        f"Define tenancy usage-report as {_COST_REPORTS}",
        f"Define tenancy Northstar as {TENANCY}",
        "Admit group Engineers of tenancy Farshore to manage objects in compartment prod:data "
        "where request.utc-timestamp before '2024-07-01T00:00Z'",
        "Admit group Engineers of tenancy Farshore to inspect buckets in tenancy",
        "Endorse group Administrators to read objects in tenancy usage-report",
        "Admit group Analysts of tenancy Northstar to read objects in compartment prod:data",
    )


def _everybody(estate: Builder) -> None:
    _policy(
        estate,
        "everybody",
        "Allow any-user to read objects in compartment prod:data",
        "Allow any-user to read objects in compartment prod:data where all "
        "{request.principal.type = 'instance', target.bucket.name = 'user-messages'}",
        "Allow any-user to inspect buckets in compartment prod:data",
    )


def _escrow(estate: Builder) -> None:
    """Add a vault that is in order, but for who may use its key."""
    common = {"compartment_id": LOGS, "time_created": LONG_AGO}
    estate.vault(HOME, "escrow", compartment_id=LOGS)
    estate.resource(
        HOME,
        "key_management.Key",
        "key",
        "escrow.shared",
        OPERATIONS,
        **common,
        _host=_HOST,
        lifecycle_state="ENABLED",
        display_name="shared",
        vault_id=ocid("vault", HOME, "escrow"),
        protection_mode="HSM",
        is_auto_rotation_enabled=True,
    )


def _policy(estate: Builder, name: str, *statements: str, place: str = TENANCY) -> None:
    estate.add(
        "global",
        "identity",
        "Policy",
        id=_id(name),
        compartment_id=place,
        name=name,
        statements=list(statements),
        lifecycle_state="ACTIVE",
        time_created=LONG_AGO,
    )


def _id(name: str) -> str:
    return f"ocid1.policy.oc1..{name}"


PLOT = Plot(
    build=_build,
    planted=(
        *fails("a group of the parent's may read user data", B_06=f"{_id('farshore')}/3"),
        *fails("a group of the parent's may use a key", A_07=ocid("key", HOME, "escrow.shared")),
        *fails("analysts may write to the parent's buckets", B_06=f"{_id('farshore')}/5"),
        *fails("analysts may write to anybody's buckets", B_06=f"{_id('farshore')}/6"),
        *stays_open(
            "a group of a tenancy that nobody defined may read user data",
            B_06=f"{_id('farshore')}/7",
        ),
        *fails("everybody may read user data", B_06=f"{_id('everybody')}/1"),
        *stays_open("a policy that cannot be read", B_06=f"{_id('helpers')}/1"),
        *fails("a group of the parent's reads user data", B_02=f"{_id('farshore')}/3/read/*"),
        *stays_open(
            "who is in the parent's group, and whether it ever read",
            B_01=f"{_id('farshore')}/3/read/*",
            B_02b=f"{_id('farshore')}/3/read/*",
        ),
        *(
            each
            for what, row in (
                ("what a policy gives that cannot be read", f"[?]/{_id('helpers')}/1/*"),
                ("who reads from a tenancy that nobody defined", f"{_id('farshore')}/7/read/*"),
            )
            for each in stays_open(what, B_01=row, B_02=row, B_02b=row, E_01=row)
        ),
    ),
)
