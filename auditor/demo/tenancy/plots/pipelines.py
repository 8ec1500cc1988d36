"""GoldenGate, Data Integration, Integration and Analytics: pipelines, and what they keep."""

from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.active import Tags, add_active, add_named
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LONG_AGO,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_OURS, _STRANGER = "ocid1.tenancy.oc1..aaaaaaaaacme", "ocid1.tenancy.oc1..far"


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    _deployments(estate)
    _backups(estate)
    _connections(estate)
    _workspaces(estate)
    _instances(estate)
    _analytics(estate, ground.keys[HOME])


def _deployments(estate: Builder) -> None:
    for name, tags, away in (
        ("orders", USER_DATA, WEST),
        ("chats", USER_DATA, FRANKFURT),
        ("tickets", OPERATIONS, FRANKFURT),
    ):
        both = {HOME: "PRIMARY", away: "STANDBY"}
        for region, role in both.items():
            more = {"deployment_role": role, "storage_utilization_in_bytes": 4096}
            made = "golden_gate.Deployment"
            id_ = add_active(estate, region, made, "goldengatedeployment", name, tags, **more)
            for there, plays in both.items():
                _peer(estate, region, id_, there, plays)


def _peer(estate: Builder, region: str, id_: str, there: str, role: str) -> None:
    estate.add(
        region,
        "golden_gate",
        "DeploymentPeerSummary",
        _path={"deploymentId": id_},
        deployment_id=ocid("goldengatedeployment", there, id_.rpartition(".")[2]),
        region=there,
        availability_domain="AD-1",
        fault_domain="FAULT-DOMAIN-1",
        display_name=there,
        peer_type="REMOTE",
        peer_role=role,
        lifecycle_state="ACTIVE",
        time_created=LONG_AGO,
        time_updated=LONG_AGO,
        time_role_changed=LONG_AGO,
    )


def _backups(estate: Builder) -> None:
    estate.bucket(HOME, "goldengate-backups", USER_DATA)
    for name, namespace, bucket in (
        ("orders", NAMESPACE, "goldengate-backups"),
        ("chats", "farshore", "northstar"),
    ):
        add_active(
            estate,
            HOME,
            "golden_gate.DeploymentBackup",
            "goldengatedeploymentbackup",
            name,
            {},
            deployment_id=ocid("goldengatedeployment", HOME, name),
            namespace_name=namespace,
            bucket_name=bucket,
            object_name=name,
            size_in_bytes=4096,
        )


def _connections(estate: Builder) -> None:
    far: dict[str, Json] = {"region": HOME, "tenancy_id": _STRANGER}
    abroad: dict[str, Json] = {"region": FRANKFURT, "tenancy_id": _OURS}
    near: dict[str, Json] = {"region": WEST, "tenancy_id": _OURS}
    store = "OciObjectStorage", "OCI_OBJECT_STORAGE"
    amazon = "AmazonS3", "AMAZON_S3"
    for name, tags, (model, kind), more in (
        ("archive", USER_DATA, store, near),
        ("archive-eu", USER_DATA, store, abroad),
        ("farshore", USER_DATA, store, far),
        ("lake", USER_DATA, amazon, {"region": "us-east-1"}),
        ("lake-eu", USER_DATA, amazon, {"region": "eu-west-1"}),
        ("metrics-lake", OPERATIONS, amazon, {"region": "eu-west-1"}),
    ):
        stated: dict[str, Json] = {"connection_type": kind, **more}
        stated["routing_method"] = "SHARED_SERVICE_ENDPOINT"
        summary = f"golden_gate.{model}ConnectionSummary"
        add_active(estate, HOME, summary, "goldengateconnection", name, tags, **stated)


def _workspaces(estate: Builder) -> None:
    for name, tags, region, tenancy in (
        ("profiles", USER_DATA, WEST, _OURS),
        ("profiles-eu", USER_DATA, FRANKFURT, _OURS),
        ("profiles-far", USER_DATA, HOME, _STRANGER),
        ("costs", OPERATIONS, FRANKFURT, _OURS),
    ):
        made = "data_integration.Workspace"
        workspace = add_active(estate, HOME, made, "disworkspace", name, tags)
        estate.add(
            HOME,
            "data_integration",
            "DataAssetSummaryFromObjectStorage",
            _path={"workspaceId": workspace},
            key="bucket",
            model_type="ORACLE_OBJECT_STORAGE_DATA_ASSET",
            name="bucket",
            oci_region=region,
            tenancy_id=tenancy,
            namespace=NAMESPACE,
        )


def _instances(estate: Builder) -> None:
    for name, tags, away in (
        ("billing", USER_DATA, WEST),
        ("support", USER_DATA, FRANKFURT),
        ("intranet", OPERATIONS, FRANKFURT),
    ):
        both = ((HOME, away, "PRIMARY"), (away, HOME, "SECONDARY"))
        for region, there, role in both:
            _instance(estate, region, name, tags, there, role)


def _instance(estate: Builder, region: str, name: str, tags: Tags, there: str, role: str) -> None:
    other = ocid("integrationinstance", there, name)
    recovery = {
        "role": role,
        "regional_instance_url": "https://northstar.integration.example",
        "cross_region_integration_instance_details": {"role": role, "id": other, "region": there},
    }
    more: dict[str, Json] = {"disaster_recovery_details": recovery}
    more["is_disaster_recovery_enabled"] = True
    made = "integration.IntegrationInstance"
    add_active(estate, region, made, "integrationinstance", name, tags, **more)


def _analytics(estate: Builder, key: str) -> None:
    for region, name, tags in (
        (HOME, "ads", USER_DATA),
        (FRANKFURT, "finance", OPERATIONS),
        (FRANKFURT, "trends", USER_DATA),
    ):
        custom = {"kms_key_id": key} if region == HOME else {}
        made = "analytics.AnalyticsInstance"
        add_named(estate, region, made, "analyticsinstance", name, tags, **custom)


_CHATS, _CHATS_EU = (ocid("goldengatedeployment", region, "chats") for region in (HOME, FRANKFURT))
_SUPPORT, _SUPPORT_EU = (
    ocid("integrationinstance", region, "support") for region in (HOME, FRANKFURT)
)
_TRENDS = ocid("analyticsinstance", FRANKFURT, "trends")
_LENT = f"oci:objectstorage:{HOME}:farshore/northstar"

PLANTED: tuple[Planted, ...] = (
    *fails("GoldenGate keeps a standby in Frankfurt", A_04=f"{_CHATS}/replication/*"),
    *fails("GoldenGate's standby", A_02=_CHATS_EU, A_05=_CHATS_EU),
    *fails(
        "a connection of GoldenGate leads to Frankfurt",
        A_04=f"{ocid('goldengateconnection', HOME, 'archive-eu')}/sync/*",
    ),
    *fails(
        "a connection of GoldenGate leads to a stranger's tenancy",
        A_04=f"{ocid('goldengateconnection', HOME, 'farshore')}/sync/*",
    ),
    *fails(
        "a connection of GoldenGate leads to another cloud in Ireland",
        A_04=f"{ocid('goldengateconnection', HOME, 'lake-eu')}/sync/*",
    ),
    *fails(
        "a workspace of Data Integration reads and writes in Frankfurt",
        A_04=f"{ocid('disworkspace', HOME, 'profiles-eu')}/sync/bucket",
    ),
    *fails(
        "a workspace of Data Integration reads and writes in a stranger's tenancy",
        A_04=f"{ocid('disworkspace', HOME, 'profiles-far')}/sync/bucket",
    ),
    *fails("Integration keeps a standby in Frankfurt", A_04=f"{_SUPPORT}/replication/standby"),
    *fails("Integration's standby", A_02=_SUPPORT_EU, A_05=_SUPPORT_EU, A_07b=_SUPPORT_EU),
    *fails("Analytics keeps user data in Frankfurt", A_02=_TRENDS, A_07b=_TRENDS),
    *stays_open(
        "whether GoldenGate encrypts what it keeps is not stated",
        A_06="ocid1.goldengatedeployment.*",
        A_07b="ocid1.goldengatedeployment.*",
    ),
    *stays_open(
        "a backup of GoldenGate has the key of its bucket",
        A_07b="ocid1.goldengatedeploymentbackup.*",
    ),
    *stays_open(
        "a connection of GoldenGate leads to another cloud",
        A_04=f"{ocid('goldengateconnection', HOME, 'lake')}/sync/*",
    ),
    *stays_open(
        "GoldenGate is backed up to a bucket of a tenancy that is not known",
        A_04=f"{_CHATS}/backup/{_LENT}/*",
    ),
)

PLOT = Plot(build=build, planted=PLANTED)
