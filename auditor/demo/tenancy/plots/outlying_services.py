"""Pipelines, fleets and stacks that name another region; tools that read; racks in a basement."""

from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.abroad import PLACES, kept_abroad
from auditor.demo.tenancy.active import add_active, add_named
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_TARGETS = (
    ("near", USER_DATA, WEST),
    ("far", USER_DATA, FRANKFURT),
    ("ops", OPERATIONS, FRANKFURT),
)
_KEEPERS = {  # kind in OCIDs -> model, for what keeps data and nothing more
    "aidataplatform": "ai_data_platform.AiDataPlatform",
    "resourceanalyticsinstance": "resource_analytics.ResourceAnalyticsInstance",
    "agcsgovernanceinstance": "access_governance_cp.GovernanceInstance",
    "emwarehouse": "em_warehouse.EmWarehouse",
    "pssinstance": "pss.Instance",
    "ocbinventory": "cloud_bridge.Inventory",
}


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    for region, name, tags in PLACES:
        for kind, model in _KEEPERS.items():
            add_active(estate, region, model, kind, name, tags)
        add_active(estate, region, "batch.BatchContext", "batchcontext", name, tags)
        made = "api_platform.ApiPlatformInstance"
        add_named(estate, region, made, "apiplatforminstance", name, tags)
    _senders(estate)
    _connections(estate)
    for name, tags in (("basement", USER_DATA), ("lab", OPERATIONS)):
        made = "compute_cloud_at_customer.CccInfrastructure"
        add_active(estate, HOME, made, "cccinfrastructure", name, tags)
        add_active(estate, HOME, "datacc.Infrastructure", "dataccinfrastructure", name, tags)
    add_active(estate, HOME, "mngdmac.MacOrder", "macorder", "builds", {})


def _senders(estate: Builder) -> None:
    for name, tags, region in _TARGETS:
        pipeline: dict[str, Json] = {"pipeline_type": "SENDER", "peering_region": region}
        add_active(estate, HOME, "gdp.GdpPipeline", "gdppipeline", name, tags, **pipeline)
        stack: dict[str, Json] = {"genai": [{"oci_region": region, "unit_count": 1}]}
        add_active(estate, HOME, "dif.Stack", "difstack", name, tags, **stack)
        exported = {"is_export_setting_enabled": True}
        fleet = add_active(estate, HOME, "jms.Fleet", "jmsfleet", name, tags, **exported)
        estate.add(
            HOME,
            "jms",
            "ExportSetting",
            _path={"fleetId": fleet},
            export_setting_key=name,
            fleet_id=fleet,
            is_enabled=True,
            target_bucket_name=f"fleet-{name}",
            target_bucket_namespace=NAMESPACE,
            target_bucket_region=region,
        )
        estate.bucket(region, f"fleet-{name}", OPERATIONS)


def _connections(estate: Builder) -> None:
    estate.autonomous(HOME, "queried", USER_DATA)
    for region, name, tags in PLACES:
        made = "database_tools.DatabaseToolsConnectionOracleDatabaseSummary"
        database = ocid("autonomousdatabase", HOME, "queried")
        related: Json = {"entity_type": "AUTONOMOUSDATABASE", "identifier": database}
        more: dict[str, Json] = {"type": "ORACLE_DATABASE", "related_resource": related}
        tagged = OPERATIONS if name == "eu" else tags
        add_active(estate, region, made, "databasetoolsconnection", name, tagged, **more)


_RACKS = ("cccinfrastructure", "dataccinfrastructure")
_MACS = ocid("macorder", HOME, "builds")
_QUERIED = ocid("autonomousdatabase", HOME, "queried")

PLANTED: tuple[Planted, ...] = (
    *(each for kind in (*_KEEPERS, "apiplatforminstance") for each in kept_abroad(kind, kind)),
    *(
        each
        for row in (ocid(kind, HOME, "basement") for kind in _RACKS)
        for each in stays_open("where a rack stands is not stated", A_02=row, A_07b=row)
    ),
    *stays_open("where Mac computers stand is not stated", A_02=_MACS, A_06=_MACS, A_07b=_MACS),
    *fails("batch jobs work on user data in Frankfurt", A_10=ocid("batchcontext", FRANKFURT, "eu")),
    *fails(
        "a guarded pipeline sends files to Frankfurt",
        A_04=f"{ocid('gdppipeline', HOME, 'far')}/copy/peer",
    ),
    *fails(
        "what a fleet runs is exported to Frankfurt",
        A_04=f"{ocid('jmsfleet', HOME, 'far')}/export/export",
    ),
    *fails(
        "a stack asks models in Frankfurt",
        A_10b=f"{ocid('difstack', HOME, 'far')}/inference/{FRANKFURT}",
    ),
    *fails(
        "a database is queried through connections in Frankfurt",
        A_04=f"{_QUERIED}/mount/*.{FRANKFURT}.*",
    ),
)

PLOT = Plot(build=build, planted=PLANTED)
