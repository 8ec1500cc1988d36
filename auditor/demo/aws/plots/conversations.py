"""Calls, chats and faces that are kept, answered and sent in the wrong places."""

from collections.abc import Mapping

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

_MOMENT = "2026-01-01T00:00:00Z"
_ABROAD, _OREGON = "northstar-spoken-frankfurt", "northstar-spoken-oregon"
_ID = "12345678-1234-1234-1234-12345678901"
_BOTS = {"CHATABROAD": FRANKFURT, "CHATOREGON": WEST}
_TEST = "TSTALIASID"


def _arn(service: str, resource: str, region: str = HOME) -> str:
    return f"arn:aws:{service}:{region}:{USER_DATA}:{resource}"


def _rule(operation: str, answer: Mapping[str, Json], region: str = HOME, words: str = "") -> Rule:
    return Rule(operation=operation, account=USER_DATA, region=region, answer=answer, words=words)


def _build(ground: Ground) -> None:
    """Make the buckets that recordings are left in."""
    for name, region in ((_ABROAD, FRANKFURT), (_OREGON, WEST)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _language_jobs() -> tuple[Rule, ...]:
    translations = [
        {"JobId": name, "JobName": name, "OutputDataConfig": {"S3Uri": f"s3://{bucket}/t"}}
        for name, bucket in (("abroad", _ABROAD), ("oregon", _OREGON))
    ]
    speeches = [
        {"TaskId": name, "OutputUri": f"https://s3.{HOME}.amazonaws.com/{bucket}/spoken.mp3"}
        for name, bucket in (("abroad", _ABROAD), ("oregon", _OREGON))
    ]
    kept = [{"TranscriptionJobName": "call", "OutputLocationType": "SERVICE_BUCKET"}]
    sent = [{"TranscriptionJobName": "voicemail", "OutputLocationType": "CUSTOMER_BUCKET"}]
    listing = "transcribe.ListTranscriptionJobs"
    return (
        _rule(
            "translate.ListTextTranslationJobs", {"TextTranslationJobPropertiesList": translations}
        ),
        _rule("polly.ListSpeechSynthesisTasks", {"SynthesisTasks": speeches}),
        _rule(listing, {"TranscriptionJobSummaries": [*kept, *sent]}),
        _rule(listing, {"TranscriptionJobSummaries": kept}, FRANKFURT),
    )


def _faces() -> tuple[Rule, ...]:
    names = ("door-abroad", "door-oregon")
    listed = [{"Name": name, "Status": "RUNNING"} for name in names]
    sinks = zip(names, (_ABROAD, _OREGON), (True, False), strict=True)
    return (
        _rule("rekognition.ListCollections", {"CollectionIds": ["viewers"]}),
        _rule("rekognition.ListCollections", {"CollectionIds": ["viewers"]}, FRANKFURT),
        _rule("rekognition.ListStreamProcessors", {"StreamProcessors": listed}),
        *(
            _rule(
                "rekognition.DescribeStreamProcessor",
                {
                    "Name": name,
                    "Output": {"S3Destination": {"Bucket": bucket}},
                    "DataSharingPreference": {"OptIn": shared},
                },
                words=name,
            )
            for name, bucket, shared in sinks
        ),
    )


def _bots() -> tuple[Rule, ...]:
    alias = {"botAliasId": _TEST, "botAliasName": "TestBotAlias"}
    bots = [{"botId": name, "botName": name} for name in _BOTS]
    return (
        _rule("lexv2-models.ListBots", {"botSummaries": bots}),
        _rule("lexv2-models.ListBotAliases", {"botAliasSummaries": [alias]}),
        _rule("lexv2-models.DescribeBotAlias", alias),
        *(
            _rule(
                "lexv2-models.ListBotReplicas",
                {"botReplicaSummaries": [{"replicaRegion": to, "botReplicaStatus": "Enabled"}]},
                words=name,
            )
            for name, to in _BOTS.items()
        ),
    )


def _instance(
    number: int, region: str, replica: str, bucket: str, analysts: str
) -> tuple[Rule, ...]:
    name = f"{_ID}{number}"
    about = {"Id": name, "Arn": _arn("connect", f"instance/{name}", region), "Tags": PROTECTED}
    summary = {key: about[key] for key in ("Id", "Arn")}
    replicas = [{"Region": replica, "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"}]
    recordings = {"StorageType": "S3", "S3Config": {"BucketName": bucket, "BucketPrefix": "r"}}
    shared = [{"DataSetId": "contact_record", "TargetAccountId": analysts}]
    kept = "connect.ListInstanceStorageConfigs"
    return (
        _rule("connect.ListInstances", {"InstanceSummaryList": [summary]}, region),
        _rule(
            "connect.DescribeInstance",
            {
                "Instance": about,
                "ReplicationConfiguration": {"ReplicationStatusSummaryList": replicas},
            },
            region,
        ),
        _rule(kept, {"StorageConfigs": [recordings]}, region, "CALL_RECORDINGS"),
        _rule("connect.ListAnalyticsDataAssociations", {"Results": shared}, region),
    )


def _group(region: str) -> tuple[Rule, ...]:
    name = _arn("connect", "traffic-distribution-group/calls", HOME)
    group = {"Id": _ID + "9", "Arn": name, "Name": "calls"}
    shares = [{"Region": HOME, "Percentage": 90}, {"Region": region, "Percentage": 10}]
    return (
        _rule(
            "connect.ListTrafficDistributionGroups",
            {"TrafficDistributionGroupSummaryList": [group]},
        ),
        _rule("connect.GetTrafficDistribution", {"TelephonyConfig": {"Distributions": shares}}),
    )


def _profiles(region: str, stream: str) -> tuple[Rule, ...]:
    about = {
        "DomainName": "viewers",
        "CreatedAt": _MOMENT,
        "LastUpdatedAt": _MOMENT,
        "Tags": PROTECTED,
    }
    target = {"Uri": _arn("kinesis", "stream/profiles", stream), "Status": "HEALTHY"}
    streams = [{"State": "RUNNING", "DestinationSummary": target}]
    return (
        _rule("customer-profiles.ListDomains", {"Items": [about]}, region),
        _rule("customer-profiles.GetDomain", {"DomainName": "viewers"}, region),
        _rule("customer-profiles.ListEventStreams", {"Items": streams}, region),
    )


def _indexes(region: str) -> tuple[Rule, ...]:
    index = f"{_ID}3"
    summary = {"Id": index, "Name": "help", "CreatedAt": _MOMENT, "UpdatedAt": _MOMENT}
    return (
        _rule("kendra.ListIndices", {"IndexConfigurationSummaryItems": [summary]}, region),
        _rule("kendra.DescribeIndex", {"Id": index}, region),
    )


def _application(region: str, *plugins: Json) -> tuple[Rule, ...]:
    name = f"{_ID}4"
    summary = {"applicationId": name, "displayName": "ask", "identityType": "AWS_IAM_IDC"}
    return (
        _rule("qbusiness.ListApplications", {"applications": [summary]}, region),
        _rule("qbusiness.GetApplication", {"applicationId": name}, region),
        _rule("qbusiness.ListIndices", {"indices": [{"indexId": "docs"}]}, region),
        _rule("qbusiness.ListPlugins", {"plugins": [*plugins]}, region),
    )


def _app(name: str, region: str, stream: str) -> tuple[Rule, ...]:
    app = {"Arn": _arn("mobiletargeting", f"apps/{name}", region), "Id": name, "Name": name}
    events = {"ApplicationId": name, "DestinationStreamArn": _arn("kinesis", "stream/e", stream)}
    tagged = {"ApplicationsResponse": {"Item": [{**app, "tags": PROTECTED}]}}
    return (
        _rule("pinpoint.GetApps", tagged, region),
        _rule("pinpoint.GetEventStream", {"EventStream": events}, region),
        _rule("pinpoint.GetExportJobs", {"ExportJobsResponse": {"Item": []}}, region),
    )


_JIRA = {"type": "JIRA", "serverUrl": "https://jira.example.net", "state": "ENABLED"}
_STORES = {
    "transcripts are kept": _arn("transcribe", "transcription-job/call", FRANKFURT),
    "faces are kept": _arn("rekognition", "collection/viewers", FRANKFURT),
    "calls are kept": _arn("connect", f"instance/{_ID}2", FRANKFURT),
    "profiles are kept": _arn("profile", "domains/viewers", FRANKFURT),
    "documents are kept": _arn("kendra", f"index/{_ID}3", FRANKFURT),
    "questions are kept": _arn("qbusiness", f"application/{_ID}4", FRANKFURT),
    "answers are kept": _arn("qbusiness", f"application/{_ID}4/index/docs", FRANKFURT),
    "endpoints are kept": _arn("mobiletargeting", "apps/push-abroad", FRANKFURT),
}
_ROWS = (
    *_STORES.values(),
    *(_arn("translate", f"text-translation-job/{name}") for name in ("abroad", "oregon")),
    *(_arn("polly", f"speech-synthesis-task/{name}") for name in ("abroad", "oregon")),
    *(_arn("transcribe", f"transcription-job/{name}") for name in ("call", "voicemail")),
    _arn("rekognition", "collection/viewers"),
    *(_arn("rekognition", f"streamprocessor/{name}") for name in ("door-abroad", "door-oregon")),
    *(_arn("lex", f"bot/{name}") for name in _BOTS),
    *(_arn("lex", f"bot-alias/{name}/{_TEST}") for name in _BOTS),
    _arn("connect", "traffic-distribution-group/calls"),
    _arn("kendra", f"index/{_ID}3"),
    _arn("qbusiness", f"application/{_ID}4"),
    _arn("qbusiness", f"application/{_ID}4/index/docs"),
)

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(_ROWS, PROTECTED),
    rules=(
        *_language_jobs(),
        *_faces(),
        *_bots(),
        *_instance(1, HOME, FRANKFURT, _ABROAD, STRANGER),
        *_instance(2, FRANKFURT, WEST, _OREGON, LOGS),
        *_group(FRANKFURT),
        *_profiles(HOME, FRANKFURT),
        *_profiles(FRANKFURT, WEST),
        *_indexes(HOME),
        *_indexes(FRANKFURT),
        *_application(HOME, _JIRA),
        *_application(FRANKFURT),
        *_app("push", HOME, FRANKFURT),
        *_app("push-abroad", FRANKFURT, WEST),
    ),
    planted=(
        *(
            each
            for what, row in _STORES.items()
            for each in fails(f"{what} in Frankfurt", A_02=row, A_07b=row)
        ),
        *fails("a translation is left in Frankfurt", A_04="*-translation-job/abroad/export/*"),
        *fails("speech is left in Frankfurt", A_04="*-synthesis-task/abroad/export/*"),
        *stays_open("a transcript went to a bucket of no name", A_04="*/voicemail/export/*"),
        *fails("a camera writes to Frankfurt", A_04="*/door-abroad/export/*"),
        *stays_open("what it sees is shared with AWS", A_05b="*/door-abroad/share/*"),
        *fails("a bot answers in Frankfurt", A_04=f"*/CHATABROAD/{_TEST}/replication/*"),
        *fails("a stranger reads what a contact centre recorded", A_05b=f"*/{_ID}1/share/*"),
        *fails("calls are recorded to Frankfurt", A_04=f"*/{_ID}1/export/*"),
        *fails("an instance is replicated to Frankfurt", A_04=f"*/{_ID}1/replication/*"),
        *fails("calls are answered in Frankfurt", A_10b="*-group/calls/edge/*"),
        *fails("profiles are streamed to Frankfurt", A_04="*:us-east-1:*:domains/viewers/stream/*"),
        *stays_open("answers are written into a vendor's tickets", A_04="*/export/*jira*"),
        *fails("events are streamed to Frankfurt", A_04="*:apps/push/stream/*"),
    ),
)
