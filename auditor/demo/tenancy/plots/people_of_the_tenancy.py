"""People of the tenancy: employees, people of the parent, a robot, functions, and whom they trust.

Everybody is in the default domain, whose people both of Oracle's interfaces list. Names are those
of the company's other directory.
"""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.builder import DATA, LONG_AGO, Builder
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_HOST = "default.identity.oraclecloud.com"
_ORACLES = "urn_ietf_params_scim_schemas_oracle_idcs_extension_"
_NORTHSTAR, _FARSHORE = ("Northstar Video", "US"), ("Farshore Holdings", "SG")
_ORACLE = ("Oracle", "US")
_RECENTLY, _YEARS_AGO = "2026-06-01T08:00:00Z", "2021-04-01T08:00:00Z"

# name -> user name, (employer, country of work), has a second factor
PEOPLE: dict[str, tuple[str, tuple[str, str], bool]] = {
    "ines": ("ines.calloway@northstar.example", _NORTHSTAR, True),
    "rafael": ("rafael.okoye@northstar.example", _NORTHSTAR, False),
    "weilin": ("weilin.tan@farshore.example", _FARSHORE, True),
    "huimin": ("huimin.goh@farshore.example", _FARSHORE, True),
    "luis": ("luis.ortega@oracle.example", _ORACLE, True),
    "pipeline": ("pipeline@northstar.example", ("", ""), False),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "Administrators": ("ines",),
    "Analysts": ("ines", "rafael"),
    "Pipelines": ("pipeline",),
    "Reviewers": ("luis",),
    "Parent-Analysts": ("weilin",),
    "Parent-Finance": ("huimin",),
    "Parent-Legal": (),
}
_STATEMENTS = (
    "Allow group Pipelines to manage objects in compartment logs",
    "Allow dynamic-group user-reports to read objects in compartment prod:data",
    # The breach: people of the parent read user data. Those of the next two groups do not: one
    # has nobody in it, and the other is denied what everybody is allowed.
    "Allow group Parent-Analysts to read objects in compartment prod:data",
    "Allow group 'Default'/'Parent-Legal' to read objects in compartment prod:data",
    "Allow group Parent-Finance to read usage-reports in tenancy",
    "Deny group Parent-Finance to manage all-resources in compartment prod",
    # A group that is not there: whoever makes one of that name gives it the data.
    "Allow group Contractors to read objects in compartment prod:data",
    # People of the parent stop what carries the log away.
    "Allow group Parent-Analysts to use serviceconnectors in tenancy",
    "Allow group Reviewers to use devops-repository-family in compartment prod:security",
)


def user_id(name: str) -> str:
    """Return the OCID of a person."""
    return f"ocid1.user.oc1..{name}"


def group_id(name: str) -> str:
    """Return the OCID of a group."""
    return f"ocid1.group.oc1..{name.lower()}"


def _build(ground: Ground) -> None:
    estate = ground.estate
    for name in PEOPLE:
        _user(estate, name)
        _person(estate, name)
    for name, members in GROUPS.items():
        _group(estate, name, members)
    _keys(estate)
    _roles(estate)
    _functions(estate)
    _login_of_the_parent(estate)
    _root(
        estate,
        "Policy",
        id="ocid1.policy.oc1..people",
        name="people",
        statements=list(_STATEMENTS),
    )


def _root(estate: Builder, model: str, **fields: Json) -> None:
    """Add something of the root compartment."""
    common = {"compartment_id": TENANCY, "lifecycle_state": "ACTIVE", "time_created": LONG_AGO}
    estate.add("global", "identity", model, **{**common, **fields})


def _in_domain(estate: Builder, model: str, **fields: Json) -> None:
    """Add something of the default domain."""
    meta = {"created": LONG_AGO}
    estate.add("global", "identity_domains", model, _host=_HOST, **{"meta": meta, **fields})


def _user(estate: Builder, name: str) -> None:
    login, _, factor = PEOPLE[name]
    _root(
        estate,
        "User",
        id=user_id(name),
        name=login,
        email=login,
        is_mfa_activated=factor,
        capabilities={"can_use_console_password": name != "pipeline", "can_use_api_keys": True},
        last_successful_login_time=None if name == "pipeline" else _RECENTLY,
    )


def _person(estate: Builder, name: str) -> None:
    login, (employer, country), factor = PEOPLE[name]
    known: dict[str, Json] = {}
    if employer:
        known = {
            "urn_ietf_params_scim_schemas_extension_enterprise2_0_user": {"organization": employer},
            "addresses": [{"type": "work", "country": country}],
        }
    _in_domain(
        estate,
        "User",
        id=f"scim-{name}",
        ocid=user_id(name),
        user_name=login,
        active=True,
        **known,
        **{
            f"{_ORACLES}mfa_user": {"mfa_status": "ENROLLED" if factor else "UN_ENROLLED"},
            f"{_ORACLES}capabilities_user": {"can_use_console_password": name != "pipeline"},
        },
    )


def _group(estate: Builder, name: str, members: tuple[str, ...]) -> None:
    _root(estate, "Group", id=group_id(name), name=name)
    for member in members:
        _root(
            estate,
            "UserGroupMembership",
            id=f"ocid1.groupmembership.oc1..{name.lower()}.{member}",
            group_id=group_id(name),
            user_id=user_id(member),
        )
    _in_domain(
        estate,
        "Group",
        id=f"scim-{name.lower()}",
        ocid=group_id(name),
        display_name=name,
        members=[
            {"value": f"scim-{each}", "ocid": user_id(each), "type": "User"} for each in members
        ],
    )


def _keys(estate: Builder) -> None:
    """Add a key that is years old, and the robot's new one."""
    for name, made in (("rafael", _YEARS_AGO), ("pipeline", _RECENTLY)):
        estate.add(
            "global",
            "identity",
            "ApiKey",
            _path={"userId": user_id(name)},
            user_id=user_id(name),
            key_id=f"{TENANCY}/{user_id(name)}/{name}",
            fingerprint=name,
            lifecycle_state="ACTIVE",
            time_created=made,
        )


def _roles(estate: Builder) -> None:
    """Add the roles of the domain: its administrators' own, and one that nobody has."""
    for name, members in (
        ("Identity Domain Administrator", ("scim-administrators",)),
        ("Help Desk Administrator", ()),
    ):
        called = name.lower().replace(" ", "-")
        _in_domain(
            estate,
            "AppRole",
            _path={"filter": "adminRole eq true"},
            id=f"scim-{called}",
            ocid=f"ocid1.domainapprole.oc1..{called}",
            display_name=name,
            admin_role=True,
            limited_to_one_or_more_groups=name.startswith("Help"),
            app={"value": "IDCSAppId"},
            members=[{"value": each, "type": "Group"} for each in members],
        )


def _functions(estate: Builder) -> None:
    _root(
        estate,
        "DynamicGroup",
        id="ocid1.dynamicgroup.oc1..user-reports",
        name="user-reports",
        matching_rule=f"ALL {{resource.type = 'fnfunc', resource.compartment.id = '{DATA}'}}",
    )


def _login_of_the_parent(estate: Builder) -> None:
    """Add a provider whose word puts people into the group of the parent's."""
    _in_domain(
        estate,
        "IdentityProvider",
        id="scim-farshore-login",
        ocid="ocid1.domainidentityprovider.oc1..farshore",
        partner_name="Farshore login",
        partner_provider_id="https://login.farshore.example",
        type="SAML",
        enabled=True,
        jit_user_prov_enabled=True,
        jit_user_prov_assigned_groups=[{"value": "scim-parent-analysts"}],
    )


_POLICY = "ocid1.policy.oc1..people"
_LOGIN = "ocid1.domainidentityprovider.oc1..farshore"
STRANGER = "ocid1.user.oc1..demoadministrator"  # in the audit log, and on no list of users


def _nobody_knows(what: str, row: str) -> list[Planted]:
    """Return what an audit cannot tell of a right to read user data."""
    return stays_open(what, B_01=row, B_02=row, B_02b=row, E_01=row)


_READS = f"oci/{TENANCY}/us-ashburn-1/objectstorage/read/*"

PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "somebody of the parent in Singapore reads user data, and nobody vetted her",
            B_01=f"{_POLICY}/3/read/{user_id('weilin')}",
            B_02=f"{_POLICY}/3/read/{user_id('weilin')}",
        ),
        *fails(
            "what everybody may read, a reviewer of the provider's may, too",
            E_01=f"ocid1.policy.oc1..everybody/1/read/{user_id('luis')}",
        ),
        *_nobody_knows(
            "whom the parent's login puts into a group that reads user data",
            f"{_POLICY}/3/read/ocid1.domainidentityprovider.oc1..farshore",
        ),
        *_nobody_knows(
            "the roster does not name functions that read user data", f"{_POLICY}/2/read"
        ),
        *fails(
            "somebody of the parent stops what carries the log away",
            B_02c=f"{TENANCY}/{user_id('weilin')}/change trails",
            G_02d=f"{TENANCY}/{user_id('weilin')}/change trails",
        ),
        *fails(
            "whom the parent's login names stops it too, and nobody listed that",
            G_02d=f"{TENANCY}/{_LOGIN}/change trails",
        ),
        *stays_open(
            "whom the parent's login names is on no roster",
            B_02c=f"{TENANCY}/{_LOGIN}/change trails",
        ),
        *fails(
            "the administrator of the tenancy is not among those who keep its logs",
            G_02d=f"{TENANCY}/{user_id('ines')}/change *",
        ),
        *stays_open(
            "a statement that cannot be read may give anybody powers",
            B_02c=f"{TENANCY}/anybody/change *",
            G_02d=f"{TENANCY}/anybody/change *",
        ),
        *fails("a person has no second factor, and a key of 2021", B_04=user_id("rafael")),
        *fails("somebody of the parent read letters from Singapore", B_03=_READS),
        *stays_open(
            "somebody whom no list of users names read letters",
            B_04=STRANGER,
            B_05=STRANGER,
            B_05b=_READS,
            B_08b=_READS,
        ),
        *fails("a line of the log cannot be read", G_01b="tenancy audit/*"),
        *stays_open("nothing tells whether the tenancy has its whole log", G_01b="tenancy audit/*"),
        *stays_open(
            "regions of whose log nobody copied anything, and the rest of the year",
            G_10=f"log/*{TENANCY}/*",
        ),
        *stays_open("whether the log names what was refused", G_10="log/tenancy audit/refusals"),
    ),
)
