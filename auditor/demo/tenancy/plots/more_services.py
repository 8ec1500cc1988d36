"""Balancers, media, models of language and pictures, and platforms that keep what users enter."""

from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.abroad import PLACES, kept_abroad, worked_on_abroad
from auditor.demo.tenancy.active import add_active, add_named
from auditor.demo.tenancy.builder import (
    DATA,
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

_KEEPERS = {  # kind in OCIDs -> model, for what keeps data and nothing more
    "visualbuilderinstance": "visual_builder.VbInstance",
    "vbstudioinstance": "vbs_inst.VbsInstance",
    "processautomationinstance": "opa.OpaInstance",
    "odainstance": "oda.OdaInstance",
    "datacatalog": "data_catalog.Catalog",
    "datacatalogmetastore": "data_catalog.Metastore",
    "apmdomain": "apm_control_plane.ApmDomain",
    "opsiwarehouse": "opsi.OperationsInsightsWarehouse",
    "iotdomain": "iot.IotDomain",
    "desktoppool": "desktops.DesktopPool",
    "vmwaresddc": "ocvp.Sddc",
    "blockchainplatform": "blockchain.BlockchainPlatform",
    "aispeechcustomization": "ai_speech.Customization",
    "ailanguagemodel": "ai_language.Model",
    "aivisionmodel": "ai_vision.Model",
    "aidocumentmodel": "ai_document.Model",
}
_WORKERS = {  # the same for what works on data
    "webappfirewall": "waf.WebAppFirewall",
    "webappacceleration": "waa.WebAppAcceleration",
    "networkfirewall": "network_firewall.NetworkFirewall",
    "mediaworkflow": "media_services.MediaWorkflow",
    "ailanguageendpoint": "ai_language.Endpoint",
}


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    for kind, model in {**_KEEPERS, **_WORKERS}.items():
        for region, name, tags in PLACES:
            add_active(estate, region, model, kind, name, tags, **_more(model))
    _balancers(estate)
    _edges(estate)
    _channels(estate)
    _jobs(estate)
    _contents(estate)


def _more(model: str) -> dict[str, Json]:
    if model == "ai_language.Model":
        return {"model_details": {"model_type": "TEXT_CLASSIFICATION"}}
    if model.startswith(("waf.", "waa.")):
        return {"backend_type": "LOAD_BALANCER"}
    return {}


def _balancers(estate: Builder) -> None:
    for module, kind in (
        ("load_balancer.LoadBalancer", "loadbalancer"),
        ("network_load_balancer.NetworkLoadBalancer", "networkloadbalancer"),
    ):
        for region, name, tags in PLACES:
            _balancer(estate, region, module, kind, name, tags, "10.0.4.7")
        _balancer(estate, HOME, module, kind, "far", USER_DATA, "203.0.114.9")
        _balancer(estate, HOME, module, kind, "status", OPERATIONS, "203.0.114.9")


def _balancer(
    estate: Builder,
    region: str,
    model: str,
    kind: str,
    name: str,
    tags: dict[str, dict[str, str]],
    address: str,
) -> None:
    backend: dict[str, Json] = {"name": f"{address}:443", "ip_address": address, "port": 443}
    more: dict[str, Json] = {
        "is_private": False,
        "backend_sets": {"all": {"backends": [backend]}},
    }
    add_active(estate, region, model, kind, name, tags, **more)


def _edges(estate: Builder) -> None:
    for name, tags in (("front", USER_DATA), ("docs", OPERATIONS)):
        made = "waas.WaasPolicy"
        origins = {"origins": {"main": {"uri": f"{name}.northstar.example"}}}
        more: dict[str, Json] = {"domain": f"www.{name}.example", **origins}
        add_active(estate, HOME, made, "waaspolicy", name, tags, **more)


def _channels(estate: Builder) -> None:
    for name, tags in (("live", USER_DATA), ("trailers", OPERATIONS)):
        made = "media_services.StreamDistributionChannel"
        channel = add_active(estate, HOME, made, "streamdistributionchannel", name, tags)
        estate.add(
            HOME,
            "media_services",
            "StreamCdnConfig",
            id=ocid("streamcdnconfig", HOME, name),
            display_name=name,
            compartment_id=DATA,
            distribution_channel_id=channel,
            is_enabled=True,
            lifecycle_state="ACTIVE",
            config={"type": "AKAMAI_MANUAL"},
        )
    estate.bucket(HOME, "renditions", USER_DATA)
    estate.bucket(FRANKFURT, "renditions-eu", OPERATIONS)
    for region, name, bucket in (
        (HOME, "clip", "renditions"),
        (FRANKFURT, "clip-eu", "renditions-eu"),
    ):
        made = "media_services.MediaAsset"
        add_active(estate, region, made, "mediaasset", name, USER_DATA, type="VIDEO")
        made = "data_labeling_service.Dataset"
        source = {"source_type": "OBJECT_STORAGE", "namespace": NAMESPACE, "bucket": bucket}
        more: dict[str, Json] = {"dataset_source_details": source}
        add_active(estate, region, made, "datalabelingdataset", name, USER_DATA, **more)


def _jobs(estate: Builder) -> None:
    estate.bucket(HOME, "subtitles", USER_DATA)
    speech, kind = "ai_speech.TranscriptionJob", _JOB
    for region, name, tags in PLACES:
        _job(estate, region, speech, kind, name, tags, NAMESPACE)
    _job(estate, HOME, speech, kind, "lent", USER_DATA, "farshore")
    _job(estate, HOME, "ai_language.Job", "ailanguagejob", "moods", {}, NAMESPACE)
    for region, name, tags in PLACES:
        made = "ai_vision.StreamJob"
        out = {"output_location_type": "OBJECT_STORAGE", "namespace_name": NAMESPACE}
        more: dict[str, Json] = {"stream_output_location": {**out, "bucket_name": "subtitles"}}
        tagged = tags if region == HOME else OPERATIONS
        add_active(estate, region, made, "aivisionstreamjob", name, tagged, **more)


def _job(
    estate: Builder,
    region: str,
    model: str,
    kind: str,
    name: str,
    tags: dict[str, dict[str, str]],
    namespace: str,
) -> None:
    since = "2026-11-01T08:00:00Z"
    out: dict[str, Json] = {"namespace_name": namespace, "bucket_name": "subtitles", "prefix": ""}
    estate.resource(
        region,
        model,
        kind,
        name,
        tags,
        display_name=name,
        lifecycle_state="SUCCEEDED",
        time_accepted=since,
        output_location=out,
    )


def _contents(estate: Builder) -> None:
    made, kind = "oce.OceInstance", "oceinstance"
    for name, tags, away in (
        ("help", USER_DATA, WEST),
        ("community", USER_DATA, FRANKFURT),
        ("press", OPERATIONS, FRANKFURT),
    ):
        add_named(estate, HOME, made, kind, name, tags, dr_region=away)


_CLIP = ocid("mediaasset", FRANKFURT, "clip-eu")
_LABELS = ocid("datalabelingdataset", FRANKFURT, "clip-eu")
_CHANNEL = ocid("streamdistributionchannel", HOME, "live")
_JOB = "aispeechtranscriptionjob"
_BALANCERS = ("loadbalancer", "networkloadbalancer")
_FRONT = ocid("waaspolicy", HOME, "front")

PLANTED: tuple[Planted, ...] = (
    *(each for kind in _KEEPERS for each in kept_abroad(kind, kind)),
    *(each for kind in (*_WORKERS, *_BALANCERS, _JOB) for each in worked_on_abroad(kind, kind)),
    *fails("points of presence read requests of users", A_10=_FRONT),
    *fails("points of presence everywhere answer users", A_10b=f"{_FRONT}/edge/*"),
    *fails("what is known of a clip is in Frankfurt", A_02=_CLIP, A_07b=_CLIP),
    *fails("labels of clips are in Frankfurt", A_02=_LABELS, A_07b=_LABELS),
    *fails(
        "subtitles are written in Frankfurt",
        A_04=f"{ocid(_JOB, FRANKFURT, 'eu')}/export/results",
    ),
    *stays_open("streams go out by way of another's network", A_10b=f"{_CHANNEL}/edge/*"),
    *stays_open("where requests go on to is an address outside", A_04=f"{_FRONT}/stream/*"),
    *(
        each
        for kind in _BALANCERS
        for each in stays_open(
            "a balancer leads to an address that is anywhere",
            A_04=f"{ocid(kind, HOME, 'far')}/stream/*",
        )
    ),
    *stays_open(
        "results go to a bucket of a tenancy that is not known",
        A_04=f"{ocid(_JOB, HOME, 'lent')}/export/results",
    ),
    *fails(
        "a site with user data is copied to Frankfurt",
        A_04=f"{ocid('oceinstance', HOME, 'community')}/replication/*",
    ),
)

PLOT = Plot(build=build, planted=PLANTED)
