"""Secrets and their copies, hardware for keys, and what rules of the tenancy forbid where."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATA,
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    PROD,
    SECURITY,
    USER_DATA,
    WEST,
    Builder,
    compartment_id,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_CREATED = LONG_AGO
_CLUSTER = ocid("hsmcluster", HOME, "own")
_OFFICE = "ocid1.networksource.oc1..office"
_SISTER = "ocid1.tenancy.oc1..northstarlab"
_ORGANIZATION = "ocid1.organization.oc1..northstar"


def _build(ground: Ground) -> None:
    _build_secrets(ground)
    _build_hardware(ground.estate)
    _build_quotas(ground.estate)
    _build_organization(ground.estate)
    _build_zone(ground.estate)
    _build_doors(ground.estate)


def _build_secrets(ground: Ground) -> None:
    estate, keys = ground.estate, ground.keys
    estate.vault(FRANKFURT, "copies")
    abroad = estate.key(FRANKFURT, "copies", "secrets")
    for name, tags, region, key in (
        ("user-pepper", USER_DATA, FRANKFURT, abroad),
        ("user-salt", USER_DATA, WEST, keys[WEST]),
        ("webhook", OPERATIONS, FRANKFURT, abroad),
    ):
        target = {"target_region": region, "target_vault_id": ocid("vault", region, "northstar")}
        copies = {"replication_targets": [target]}
        _secret(estate, HOME, name, tags, keys[HOME], replication_config=copies)
        source = {"source_region": HOME, "source_vault_id": ocid("vault", HOME, "northstar-ash")}
        _secret(estate, region, name, tags, key, is_replica=True, source_region_information=source)


def _secret(
    estate: Builder, region: str, name: str, tags: dict[str, Json], key: str, **more: Json
) -> None:
    """Add a secret; a copy has the OCID of its original in Ashburn."""
    estate.add(
        region,
        "vault",
        "Secret",
        id=ocid("vaultsecret", HOME, name),
        compartment_id=SECURITY,
        secret_name=name,
        key_id=key,
        lifecycle_state="ACTIVE",
        time_created=_CREATED,
        **tags,
        **more,
    )


def _build_hardware(estate: Builder) -> None:
    estate.add(
        HOME,
        "key_management",
        "HsmCluster",
        id=_CLUSTER,
        compartment_id=SECURITY,
        display_name="own",
        lifecycle_state="ACTIVE",
        dns_name="own.hsm.example",
    )


def _build_quotas(estate: Builder) -> None:
    """Add quotas that close other regions to four services, and leave all others open."""
    families = ("object-storage", "block-storage", "database", "compute-core")
    at_home = [f"zero {each} quotas in tenancy where request.region != {HOME}" for each in families]
    for name, statements in (
        ("stay-at-home", at_home),
        ("lab", ["set compute-core quota standard-e4-core-count to 8 in compartment prod"]),
    ):
        estate.add(
            "global",
            "limits",
            "Quota",
            id=f"ocid1.quota.oc1..{name}",
            compartment_id=TENANCY,
            name=name,
            statements=statements,
            lifecycle_state="ACTIVE",
        )


def _build_organization(estate: Builder) -> None:
    """Add a child tenancy that may subscribe to American regions only."""
    control, rules = "tenant_manager_control_plane", "governance_rules_control_plane"
    group: dict[str, Json] = {"display_name": "northstar group", "compartment_id": TENANCY}
    estate.add("global", control, "Organization", id=_ORGANIZATION, **group)
    for tenancy, role in ((TENANCY, "PARENT"), (_SISTER, "CHILD")):
        estate.add(
            "global",
            control,
            "OrganizationTenancy",
            _path={"organizationId": _ORGANIZATION},
            tenancy_id=tenancy,
            name=tenancy.rpartition(".")[2],
            role=role,
            lifecycle_state="ACTIVE",
            governance_status="OPTED_IN",
        )
    rule = "ocid1.governancerule.oc1..american"
    estate.add(
        "global",
        rules,
        "GovernanceRule",
        id=rule,
        compartment_id=TENANCY,
        display_name="american",
        type="ALLOWED_REGIONS",
        lifecycle_state="ACTIVE",
        template={"type": "ALLOWED_REGIONS", "regions": [HOME, WEST]},
    )
    estate.add(
        "global",
        rules,
        "TenancyAttachment",
        id="ocid1.tenancyattachment.oc1..lab",
        compartment_id=TENANCY,
        governance_rule_id=rule,
        tenancy_id=_SISTER,
        lifecycle_state="ACTIVE",
    )


def _build_zone(estate: Builder) -> None:
    """Add a security zone over production, and Cloud Guard, which reports to Frankfurt."""
    recipe = "ocid1.securityzonessecurityrecipe.oc1..strict"
    active: dict[str, Json] = {"lifecycle_state": "ACTIVE", "compartment_id": TENANCY}
    names = ("public_buckets", "buckets_without_vault_key")
    estate.add(
        "global",
        "cloud_guard",
        "SecurityZone",
        id="ocid1.securityzone.oc1..prod",
        display_name="prod",
        security_zone_recipe_id=recipe,
        inherited_by_compartments=[DATA, compartment_id("databases")],
        **{**active, "compartment_id": PROD},
    )
    estate.add(
        "global", "cloud_guard", "SecurityRecipe", id=recipe, security_policies=[*names], **active
    )
    for name in names:
        policy: dict[str, Json] = {"id": name, "friendly_name": f"deny {name}", "owner": "ORACLE"}
        estate.add("global", "cloud_guard", "SecurityPolicy", **policy, **active)
    estate.add(
        "global",
        "cloud_guard",
        "Configuration",
        _path={"compartmentId": TENANCY},
        reporting_region=FRANKFURT,
        status="ENABLED",
    )


def _build_doors(estate: Builder) -> None:
    """Add what limits from where people sign in, and calls that need somebody's approval."""
    estate.add(
        "global",
        "identity",
        "NetworkSources",
        id=_OFFICE,
        compartment_id=TENANCY,
        name="office",
        public_source_list=["198.51.100.0/24"],
        lifecycle_state="ACTIVE",
    )
    estate.add(
        "global",
        "identity",
        "AuthenticationPolicy",
        _path={"compartmentId": TENANCY},
        network_policy={"network_source_ids": [_OFFICE]},
    )
    estate.add(
        HOME,
        "apiaccesscontrol",
        "PrivilegedApiControl",
        id=ocid("privilegedapicontrol", HOME, "deletions"),
        compartment_id=PROD,
        display_name="deletions",
        lifecycle_state="ACTIVE",
        resource_type="CLOUDVMCLUSTER",
        resources=[ocid("cloudvmcluster", HOME, "users")],
        privileged_operation_list=[{"api_name": "deleteCloudVmCluster"}],
    )


_PEPPER = ocid("vaultsecret", HOME, "user-pepper")
_PEPPER_COPY = f"{_PEPPER}@{FRANKFURT}"
_PLANTED = (
    *fails(
        "a secret of users is copied to Frankfurt", A_04=f"{_PEPPER}/replication/{_PEPPER_COPY}"
    ),
    *fails(
        "that copy is in Frankfurt, with a key of Frankfurt",
        A_02=_PEPPER_COPY,
        A_05=_PEPPER_COPY,
        A_07b=_PEPPER_COPY,
    ),
    *fails("the key of that copy is in Frankfurt", A_07=ocid("key", FRANKFURT, "copies.secrets")),
    *stays_open("a cluster of hardware whose keys the API does not show", A_07=_CLUSTER),
    *stays_open(
        "Cloud Guard works on its findings in Frankfurt, and nobody says what they hold",
        A_10=f"oci:cloudguard:{FRANKFURT}:{TENANCY}",
    ),
)

PLOT = Plot(build=_build, planted=_PLANTED)
