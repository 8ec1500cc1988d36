"""Streams, queues, topics, logs, and what moves their messages from one to another."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.active import Tags, add_active, add_named
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LOGS,
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

_ACTIVE = {"lifecycle_state": "ACTIVE", "time_created": LONG_AGO}


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    _streams(estate, ground.keys[HOME])
    _queues(estate, ground.keys[HOME])
    for name, tags in (("telemetry", OPERATIONS), ("presence", USER_DATA)):
        add_active(estate, FRANKFURT, "managed_kafka.KafkaCluster", "kafkacluster", name, tags)
    _topics(estate)
    _rules(estate)
    _connectors(estate)
    _logs(estate)
    _log_analytics(estate)


def _stream(estate: Builder, region: str, name: str, tags: Tags, key: str = "") -> str:
    """Add a stream in a pool of its own."""
    custom = {"kms_key_id": key, "key_state": "ACTIVE"} if key else {"key_state": "NONE"}
    pool = add_named(
        estate,
        region,
        "streaming.StreamPool",
        "streampool",
        name,
        OPERATIONS,
        custom_encryption_key=custom,
    )
    placed = {"stream_pool_id": pool, "partitions": 3}
    return add_named(estate, region, "streaming.Stream", "stream", name, tags, **placed)


def _streams(estate: Builder, key: str) -> None:
    _stream(estate, HOME, "clicks", USER_DATA, key)
    _stream(estate, WEST, "clicks-west", USER_DATA)
    _stream(estate, FRANKFURT, "metrics", OPERATIONS)
    _stream(estate, FRANKFURT, "clicks-eu", USER_DATA)
    estate.vault(FRANKFURT, "streams")
    _stream(estate, HOME, "likes", USER_DATA, estate.key(FRANKFURT, "streams", "likes"))


def _queues(estate: Builder, key: str) -> None:
    for region, name, tags in (
        (HOME, "uploads", USER_DATA),
        (FRANKFURT, "jobs", OPERATIONS),
        (FRANKFURT, "reports", USER_DATA),
    ):
        custom = {"custom_encryption_key_id": key} if region == HOME else {}
        add_active(estate, region, "queue.Queue", "queue", name, tags, **custom)


def _topics(estate: Builder) -> None:
    for name, tags, protocol, end in (
        ("flagged", USER_DATA, "CUSTOM_HTTPS", "https://hooks.farshore.example/flagged"),
        ("uploaded", USER_DATA, "ORACLE_FUNCTIONS", ocid("fnfunc", FRANKFURT, "digest")),
        ("alarms", OPERATIONS, "EMAIL", "on-call@northstar.example"),
    ):
        topic = ocid("onstopic", HOME, name)
        estate.add(
            HOME,
            "ons",
            "NotificationTopicSummary",
            topic_id=topic,
            name=name,
            compartment_id=LOGS,
            api_endpoint="https://cell1.notification.us-ashburn-1.oraclecloud.com",
            **_ACTIVE,
            **tags,
        )
        estate.add(
            HOME,
            "ons",
            "SubscriptionSummary",
            id=ocid("onssubscription", HOME, name),
            topic_id=topic,
            protocol=protocol,
            endpoint=end,
            lifecycle_state="ACTIVE",
            compartment_id=LOGS,
            **OPERATIONS,
        )


def _rules(estate: Builder) -> None:
    for name, tags, region in (
        ("index-uploads", USER_DATA, WEST),
        ("tell-frankfurt", USER_DATA, FRANKFURT),
        ("count-builds", OPERATIONS, FRANKFURT),
    ):
        stream = ocid("stream", region, "clicks-west" if region == WEST else "metrics")
        action = {
            "id": "keep",
            "action_type": "OSS",
            "is_enabled": True,
            "lifecycle_state": "ACTIVE",
            "stream_id": stream,
        }
        add_active(
            estate,
            HOME,
            "events.Rule",
            "eventrule",
            name,
            tags,
            condition="{}",
            is_enabled=True,
            actions={"actions": [action]},
        )


def _connector(
    estate: Builder, name: str, tags: Tags, source: dict[str, Json], target: dict[str, Json]
) -> None:
    ends = {"source": source, "target": target}
    add_active(estate, HOME, "sch.ServiceConnector", "serviceconnector", name, tags, **ends)


def _connectors(estate: Builder) -> None:
    clicks = {
        "kind": "streaming",
        "stream_id": ocid("stream", HOME, "clicks"),
        "cursor": {"kind": "LATEST"},
    }
    group = {"compartment_id": LOGS, "log_group_id": ocid("loggroup", HOME, "app")}
    logs = {"kind": "logging", "log_sources": [group]}
    estate.bucket(HOME, "user-clicks", USER_DATA)
    ours = {"kind": "objectStorage", "namespace": NAMESPACE, "bucket_name": "user-clicks"}
    _connector(estate, "keep-clicks", USER_DATA, clicks, ours)
    theirs = {"kind": "objectStorage", "namespace": "farshore", "bucket_name": "clicks"}
    _connector(estate, "lend-clicks", USER_DATA, clicks, theirs)
    away = {"kind": "streaming", "stream_id": ocid("stream", FRANKFURT, "metrics")}
    _connector(estate, "count-clicks", USER_DATA, clicks, away)
    _connector(estate, "ship-logs", OPERATIONS, logs, away)


def _logs(estate: Builder) -> None:
    for region, name, tags in (
        (HOME, "app", OPERATIONS),
        (WEST, "user-messages", USER_DATA),
        (FRANKFURT, "edge", OPERATIONS),
        (FRANKFURT, "chats", USER_DATA),
    ):
        kept = {"compartment_id": LOGS}
        group = add_active(estate, region, "logging.LogGroup", "loggroup", name, tags, **kept)
        add_active(
            estate,
            region,
            "logging.Log",
            "log",
            name,
            tags,
            compartment_id=LOGS,
            log_group_id=group,
            log_type="CUSTOM",
            is_enabled=True,
            retention_duration=90,
        )


def _log_analytics(estate: Builder) -> None:
    for region in (HOME, FRANKFURT):
        estate.add(
            region,
            "log_analytics",
            "NamespaceSummary",
            namespace_name=NAMESPACE,
            compartment_id=TENANCY,
            is_onboarded=True,
            is_log_set_enabled=False,
            is_data_ever_ingested=True,
            is_archiving_enabled=False,
            lifecycle_state="ACTIVE",
        )
    estate.bucket(FRANKFURT, "edge-logs", OPERATIONS, compartment_id=LOGS)
    estate.add(
        FRANKFURT,
        "log_analytics",
        "LogAnalyticsObjectCollectionRule",
        _path={"namespaceName": NAMESPACE},
        id=ocid("loganalyticsobjectcollectionrule", FRANKFURT, "edge"),
        name="edge",
        compartment_id=TENANCY,
        os_namespace=NAMESPACE,
        os_bucket_name="edge-logs",
        collection_type="LIVE",
        is_enabled=True,
        **_ACTIVE,
    )


_CLICKS, _REPORTS = ocid("stream", FRANKFURT, "clicks-eu"), ocid("queue", FRANKFURT, "reports")
_KAFKA = ocid("kafkacluster", FRANKFURT, "presence")
_CHATS = ocid("loggroup", FRANKFURT, "chats")
_HOOK = ocid("onssubscription", HOME, "flagged")
_THEIRS = f"oci:objectstorage:{HOME}:farshore/clicks"
_ANALYTICS = f"oci:loganalytics:{FRANKFURT}:{NAMESPACE}"
_LENDS, _COUNTS = (ocid("serviceconnector", HOME, name) for name in ("lend-clicks", "count-clicks"))

PLANTED: tuple[Planted, ...] = (
    *fails("a stream of user data is in Frankfurt", A_02=_CLICKS, A_07b=_CLICKS),
    *fails("a stream depends on a key in Frankfurt", A_07b=ocid("stream", HOME, "likes")),
    *fails("a queue of user data is in Frankfurt", A_02=_REPORTS, A_07b=_REPORTS),
    *fails("a log group of user data is in Frankfurt", A_02=_CHATS, A_07b=_CHATS),
    *fails(
        "a topic of user data calls a function in Frankfurt",
        A_04=f"{ocid('onstopic', HOME, 'uploaded')}/stream/*",
    ),
    *fails(
        "an event rule about user data writes to a stream in Frankfurt",
        A_04=f"{ocid('eventrule', HOME, 'tell-frankfurt')}/stream/keep",
    ),
    *fails(
        "a connector writes clicks to a stream in Frankfurt",
        A_04=f"{_COUNTS}/stream/*",
        A_04b=f"{ocid('stream', HOME, 'clicks')} -> *metrics",
    ),
    *fails("a Kafka cluster of user data is in Frankfurt", A_02=_KAFKA),
    *stays_open("how a Kafka cluster encrypts is not stated", A_06=_KAFKA, A_07b=_KAFKA),
    *stays_open(
        "a topic of user data posts to a host that is anywhere",
        A_04=f"{ocid('onstopic', HOME, 'flagged')}/stream/{_HOOK}",
    ),
    *stays_open(
        "a connector writes clicks to a bucket of a tenancy that is not known",
        A_04=f"{_LENDS}/stream/{_THEIRS}",
        A_04b=f"{ocid('stream', HOME, 'clicks')} -> {_THEIRS}",
    ),
    *stays_open(
        "Log Analytics in Frankfurt keeps logs that no tag classifies",
        A_02=_ANALYTICS,
        A_07b=_ANALYTICS,
    ),
)

PLOT = Plot(build=build, planted=PLANTED)
