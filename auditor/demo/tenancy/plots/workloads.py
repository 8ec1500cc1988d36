"""Functions, containers, gateways, models and clusters: what works on data, and what it keeps."""

from auditor.demo.kubernetes.estate import OKE, OKE_AWAY, OKE_PORT
from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.abroad import PLACES, kept_abroad, worked_on_abroad
from auditor.demo.tenancy.active import Tags, add_active, add_named
from auditor.demo.tenancy.builder import (
    DATA,
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

# One cluster answers, one is out of reach, and one has no address.
_ADDRESSES = {
    "home": {"public_endpoint": f"{OKE}:{OKE_PORT}"},
    "eu": {"private_endpoint": f"{OKE_AWAY}:{OKE_PORT}"},
}


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    _functions(estate)
    _containers(estate)
    _gateways(estate)
    _data_science(estate)
    _generative(estate)
    _big_data(estate, ground.keys[HOME])
    _spark(estate)
    for name, tags in (("invites.northstar.example", USER_DATA), ("ops.example", OPERATIONS)):
        add_named(estate, HOME, "email.EmailDomain", "emaildomain", name, tags)


def _functions(estate: Builder) -> None:
    loud = {"syslog_url": "tcp://logs.farshore.example:514"}
    for name, more in (("feed", {}), ("moderation", loud)):
        made = "functions.Application"
        add_active(estate, HOME, made, "fnapp", name, OPERATIONS, subnet_ids=[], **more)
    _function(estate, HOME, "rank", USER_DATA, "feed", ocid("queue", WEST, "ranked"))
    _function(estate, HOME, "translate", USER_DATA, "feed", ocid("queue", FRANKFURT, "texts"))
    _function(estate, HOME, "screen", USER_DATA, "moderation")
    _function(estate, HOME, "count", OPERATIONS, "moderation")
    add_active(estate, FRANKFURT, "functions.Application", "fnapp", "eu", OPERATIONS, subnet_ids=[])
    _function(estate, FRANKFURT, "resize", USER_DATA, "eu")
    _function(estate, FRANKFURT, "warm", OPERATIONS, "eu")
    for region, name in ((WEST, "ranked"), (FRANKFURT, "texts")):
        add_active(estate, region, "queue.Queue", "queue", name, OPERATIONS)


def _function(
    estate: Builder, region: str, name: str, tags: Tags, application: str, queue: str = ""
) -> None:
    more: dict[str, Json] = {"application_id": ocid("fnapp", region, application)}
    more["memory_in_mbs"] = 128
    if queue:
        more["success_destination"] = {"kind": "QUEUE", "queue_id": queue}
    add_active(estate, region, "functions.Function", "fnfunc", name, tags, **more)


def _containers(estate: Builder) -> None:
    for region, name, tags in PLACES:
        estate.add(
            region,
            "container_engine",
            "Cluster",
            id=ocid("cluster", region, name),
            name=name,
            compartment_id=DATA,
            lifecycle_state="ACTIVE",
            metadata={"time_created": LONG_AGO},
            endpoints=_ADDRESSES.get(name, {}),
            **tags,
        )
        add_active(
            estate,
            region,
            "container_instances.ContainerInstance",
            "computecontainerinstance",
            name,
            tags,
            availability_domain="AD-1",
            shape="CI.Standard.E4.Flex",
            container_count=1,
        )


def _gateways(estate: Builder) -> None:
    function = {
        "type": "ORACLE_FUNCTIONS_BACKEND",
        "function_id": ocid("fnfunc", HOME, "rank"),
    }
    away = {"type": "HTTP_BACKEND", "url": "https://api.farshore.example/v1"}
    abroad = {**function, "function_id": ocid("fnfunc", FRANKFURT, "warm")}
    for name, tags, backend in (
        ("feed", USER_DATA, function),
        ("search", USER_DATA, away),
        ("thumbnails", USER_DATA, abroad),
        ("status", OPERATIONS, away),
    ):
        add_active(
            estate,
            HOME,
            "apigateway.Deployment",
            "apideployment",
            name,
            tags,
            gateway_id=ocid("apigateway", HOME, "front"),
            path_prefix=f"/{name}",
            endpoint="https://front.apigateway.us-ashburn-1.oci.customer-oci.com",
            specification={"routes": [{"path": "/", "backend": backend}]},
        )


def _data_science(estate: Builder) -> None:
    for name, tags, region in (
        ("ranking", USER_DATA, WEST),
        ("faces", USER_DATA, FRANKFURT),
        ("capacity", OPERATIONS, FRANKFURT),
    ):
        setting = {"is_backup_enabled": True, "backup_region": region}
        made = "data_science.Model"
        more = {"backup_setting": setting}
        add_active(estate, HOME, made, "datasciencemodel", name, tags, **more)
    for region, name, tags in PLACES:
        for model in ("NotebookSession", "Job", "Pipeline"):
            kind = f"datascience{model.lower()}"
            add_active(estate, region, f"data_science.{model}", kind, name, tags)
        made, kind = "data_science.ModelDeployment", "datasciencemodeldeployment"
        served: Json = {
            "deployment_type": "SINGLE_MODEL",
            "model_configuration_details": {"model_id": ocid("datasciencemodel", HOME, "ranking")},
            "environment_configuration_details": {"environment_configuration_type": "DEFAULT"},
        }
        more = {"model_deployment_configuration_details": served}
        add_active(estate, region, made, kind, name, tags, **more)


def _generative(estate: Builder) -> None:
    for region, name, tags in PLACES:
        cluster = add_active(
            estate,
            region,
            "generative_ai.DedicatedAiCluster",
            "generativeaidedicatedaicluster",
            name,
            tags,
            type="HOSTING",
            unit_count=1,
            unit_shape="A10_X1",
        )
        endpoint = {"model_id": "cohere.command", "dedicated_ai_cluster_id": cluster}
        made = "generative_ai.Endpoint"
        add_active(estate, region, made, "generativeaiendpoint", name, tags, **endpoint)
        made = "generative_ai.Model"
        tuned: dict[str, Json] = {"type": "CUSTOM", "capabilities": ["CHAT"]}
        add_active(estate, region, made, "generativeaimodel", name, tags, **tuned)
        for made in ("HostedApplicationStorage", "SemanticStore"):
            add_active(estate, region, f"generative_ai.{made}", made.lower(), name, tags)
        made = "generative_ai_agent.KnowledgeBase"
        add_active(estate, region, made, "genaiagentknowledgebase", name, tags)
        add_active(estate, region, "generative_ai_agent.Agent", "genaiagent", name, tags)
    for name, tags, regions in (
        ("home", USER_DATA, [HOME, WEST]),
        ("wide", USER_DATA, [HOME, FRANKFURT]),
        ("docs", OPERATIONS, [FRANKFURT]),
    ):
        made = "generative_ai.RoutingProfile"
        policy = {"region_routing_policy": {"allowed_regions": regions}}
        add_active(estate, HOME, made, "generativeairoutingprofile", name, tags, **policy)


def _big_data(estate: Builder, key: str) -> None:
    for name, tags, region in (
        ("history", USER_DATA, WEST),
        ("history-eu", USER_DATA, FRANKFURT),
        ("builds", OPERATIONS, FRANKFURT),
    ):
        made = "bds.BdsInstance"
        cluster = add_active(estate, HOME, made, "bigdataservice", name, tags, kms_key_id=key)
        estate.add(
            HOME,
            "bds",
            "BdsApiKey",
            _path={"bdsInstanceId": cluster},
            id=f"{name}-key",
            key_alias=name,
            default_region=region,
            lifecycle_state="ACTIVE",
        )


def _spark(estate: Builder) -> None:
    estate.bucket(HOME, "spark-logs", OPERATIONS)
    for region, name, tags, bucket in (
        (HOME, "trends", USER_DATA, f"spark-logs@{NAMESPACE}"),
        (HOME, "lent", USER_DATA, "northstar@farshore"),
        (FRANKFURT, "eu", USER_DATA, ""),
        (FRANKFURT, "costs", OPERATIONS, "northstar@farshore"),
    ):
        made = "data_flow.Application"
        more = {"logs_bucket_uri": f"oci://{bucket}/"} if bucket else {}
        add_active(estate, region, made, "dataflowapplication", name, tags, **more)


_TRANSLATE, _TEXTS = ocid("fnfunc", HOME, "translate"), ocid("queue", FRANKFURT, "texts")
_THUMBNAILS = ocid("apideployment", HOME, "thumbnails")
_WIDE = ocid("generativeairoutingprofile", HOME, "wide")

PLANTED: tuple[Planted, ...] = (
    *worked_on_abroad("a function", "fnfunc", "resize"),
    *worked_on_abroad("a Kubernetes cluster", "cluster"),
    *worked_on_abroad("a container instance", "computecontainerinstance"),
    *worked_on_abroad("a model deployment", "datasciencemodeldeployment"),
    *worked_on_abroad("a Spark application", "dataflowapplication"),
    *worked_on_abroad("a job", "datasciencejob"),
    *worked_on_abroad("a pipeline", "datasciencepipeline"),
    *worked_on_abroad("a dedicated AI cluster", "generativeaidedicatedaicluster"),
    *worked_on_abroad("a generative agent", "genaiagent"),
    *worked_on_abroad("a generative endpoint", "generativeaiendpoint"),
    *kept_abroad("a notebook", "datasciencenotebooksession"),
    *kept_abroad("a generative model", "generativeaimodel"),
    *kept_abroad("storage of an application", "hostedapplicationstorage"),
    *kept_abroad("a semantic store", "semanticstore"),
    *kept_abroad("a knowledge base", "genaiagentknowledgebase"),
    *fails("a function's results go to Frankfurt", A_04=f"{_TRANSLATE}/stream/successDestination"),
    *fails("a gateway passes requests to Frankfurt", A_04=f"{_THUMBNAILS}/stream/*"),
    *fails(
        "a model is backed up to Frankfurt",
        A_04=f"{ocid('datasciencemodel', HOME, 'faces')}/backup/*",
    ),
    *fails("prompts may be sent to Frankfurt", A_10b=f"{_WIDE}/inference/{FRANKFURT}"),
    *fails(
        "an endpoint in Frankfurt asks its cluster there",
        A_10b=f"{ocid('generativeaiendpoint', FRANKFURT, 'eu')}/inference/*",
    ),
    *fails(
        "a Big Data cluster reaches buckets in Frankfurt",
        A_04=f"{ocid('bigdataservice', HOME, 'history-eu')}/sync/history-eu-key",
    ),
    *stays_open(
        "a Spark application logs to a bucket of a tenancy that is not known",
        A_04=f"{ocid('dataflowapplication', HOME, 'lent')}/export/logsBucketUri",
    ),
    *stays_open(
        "a function logs to a host that is anywhere",
        A_04=f"{ocid('fnfunc', HOME, 'screen')}/stream/syslog",
    ),
    *stays_open(
        "a gateway passes requests to a host that is anywhere",
        A_04=f"{ocid('apideployment', HOME, 'search')}/stream/*",
    ),
    *stays_open(
        "mail about user data goes to mailboxes that are anywhere",
        A_04=f"{ocid('emaildomain', HOME, 'invites.northstar.example')}/stream/e-mail",
    ),
)

PLOT = Plot(build=build, planted=PLANTED)
