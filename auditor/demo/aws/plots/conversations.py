"""Calls, chats and faces that are kept, answered and sent in the wrong places."""

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
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
        answered(
            "translate.ListTextTranslationJobs", {"TextTranslationJobPropertiesList": translations}
        ),
        answered("polly.ListSpeechSynthesisTasks", {"SynthesisTasks": speeches}),
        answered(listing, {"TranscriptionJobSummaries": [*kept, *sent]}),
        answered(listing, {"TranscriptionJobSummaries": kept}, region=FRANKFURT),
    )


def _faces() -> tuple[Rule, ...]:
    names = ("door-abroad", "door-oregon")
    listed = [{"Name": name, "Status": "RUNNING"} for name in names]
    sinks = zip(names, (_ABROAD, _OREGON), (True, False), strict=True)
    return (
        answered("rekognition.ListCollections", {"CollectionIds": ["viewers"]}),
        answered("rekognition.ListCollections", {"CollectionIds": ["viewers"]}, region=FRANKFURT),
        answered("rekognition.ListStreamProcessors", {"StreamProcessors": listed}),
        *(
            answered(
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
        answered("lexv2-models.ListBots", {"botSummaries": bots}),
        answered("lexv2-models.ListBotAliases", {"botAliasSummaries": [alias]}),
        answered("lexv2-models.DescribeBotAlias", alias),
        *(
            answered(
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
    about = {"Id": name, "Arn": arn_of("connect", f"instance/{name}", region), "Tags": PROTECTED}
    summary = {key: about[key] for key in ("Id", "Arn")}
    replicas = [{"Region": replica, "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"}]
    recordings = {"StorageType": "S3", "S3Config": {"BucketName": bucket, "BucketPrefix": "r"}}
    shared = [{"DataSetId": "contact_record", "TargetAccountId": analysts}]
    kept = "connect.ListInstanceStorageConfigs"
    return (
        answered("connect.ListInstances", {"InstanceSummaryList": [summary]}, region=region),
        answered(
            "connect.DescribeInstance",
            {
                "Instance": about,
                "ReplicationConfiguration": {"ReplicationStatusSummaryList": replicas},
            },
            region=region,
        ),
        answered(kept, {"StorageConfigs": [recordings]}, region=region, words="CALL_RECORDINGS"),
        answered("connect.ListAnalyticsDataAssociations", {"Results": shared}, region=region),
    )


def _group(region: str) -> tuple[Rule, ...]:
    name = arn_of("connect", "traffic-distribution-group/calls", HOME)
    group = {"Id": _ID + "9", "Arn": name, "Name": "calls"}
    shares = [{"Region": HOME, "Percentage": 90}, {"Region": region, "Percentage": 10}]
    return (
        answered(
            "connect.ListTrafficDistributionGroups",
            {"TrafficDistributionGroupSummaryList": [group]},
        ),
        answered("connect.GetTrafficDistribution", {"TelephonyConfig": {"Distributions": shares}}),
    )


def _profiles(region: str, stream: str) -> tuple[Rule, ...]:
    about = {
        "DomainName": "viewers",
        "CreatedAt": _MOMENT,
        "LastUpdatedAt": _MOMENT,
        "Tags": PROTECTED,
    }
    target = {"Uri": arn_of("kinesis", "stream/profiles", stream), "Status": "HEALTHY"}
    streams = [{"State": "RUNNING", "DestinationSummary": target}]
    return (
        answered("customer-profiles.ListDomains", {"Items": [about]}, region=region),
        answered("customer-profiles.GetDomain", {"DomainName": "viewers"}, region=region),
        answered("customer-profiles.ListEventStreams", {"Items": streams}, region=region),
    )


def _indexes(region: str) -> tuple[Rule, ...]:
    index = f"{_ID}3"
    summary = {"Id": index, "Name": "help", "CreatedAt": _MOMENT, "UpdatedAt": _MOMENT}
    return (
        answered(
            "kendra.ListIndices", {"IndexConfigurationSummaryItems": [summary]}, region=region
        ),
        answered("kendra.DescribeIndex", {"Id": index}, region=region),
    )


def _application(region: str, *plugins: Json) -> tuple[Rule, ...]:
    name = f"{_ID}4"
    summary = {"applicationId": name, "displayName": "ask", "identityType": "AWS_IAM_IDC"}
    return (
        answered("qbusiness.ListApplications", {"applications": [summary]}, region=region),
        answered("qbusiness.GetApplication", {"applicationId": name}, region=region),
        answered("qbusiness.ListIndices", {"indices": [{"indexId": "docs"}]}, region=region),
        answered("qbusiness.ListPlugins", {"plugins": [*plugins]}, region=region),
    )


def _app(name: str, region: str, stream: str) -> tuple[Rule, ...]:
    app = {"Arn": arn_of("mobiletargeting", f"apps/{name}", region), "Id": name, "Name": name}
    events = {"ApplicationId": name, "DestinationStreamArn": arn_of("kinesis", "stream/e", stream)}
    tagged = {"ApplicationsResponse": {"Item": [{**app, "tags": PROTECTED}]}}
    return (
        answered("pinpoint.GetApps", tagged, region=region),
        answered("pinpoint.GetEventStream", {"EventStream": events}, region=region),
        answered("pinpoint.GetExportJobs", {"ExportJobsResponse": {"Item": []}}, region=region),
    )


_JIRA = {"type": "JIRA", "serverUrl": "https://jira.example.net", "state": "ENABLED"}
_STORES = {
    "transcripts are kept": arn_of("transcribe", "transcription-job/call", FRANKFURT),
    "faces are kept": arn_of("rekognition", "collection/viewers", FRANKFURT),
    "calls are kept": arn_of("connect", f"instance/{_ID}2", FRANKFURT),
    "profiles are kept": arn_of("profile", "domains/viewers", FRANKFURT),
    "documents are kept": arn_of("kendra", f"index/{_ID}3", FRANKFURT),
    "questions are kept": arn_of("qbusiness", f"application/{_ID}4", FRANKFURT),
    "answers are kept": arn_of("qbusiness", f"application/{_ID}4/index/docs", FRANKFURT),
    "endpoints are kept": arn_of("mobiletargeting", "apps/push-abroad", FRANKFURT),
}
_ROWS = (
    *_STORES.values(),
    *(arn_of("translate", f"text-translation-job/{name}") for name in ("abroad", "oregon")),
    *(arn_of("polly", f"speech-synthesis-task/{name}") for name in ("abroad", "oregon")),
    *(arn_of("transcribe", f"transcription-job/{name}") for name in ("call", "voicemail")),
    arn_of("rekognition", "collection/viewers"),
    *(arn_of("rekognition", f"streamprocessor/{name}") for name in ("door-abroad", "door-oregon")),
    *(arn_of("lex", f"bot/{name}") for name in _BOTS),
    *(arn_of("lex", f"bot-alias/{name}/{_TEST}") for name in _BOTS),
    arn_of("connect", "traffic-distribution-group/calls"),
    arn_of("kendra", f"index/{_ID}3"),
    arn_of("qbusiness", f"application/{_ID}4"),
    arn_of("qbusiness", f"application/{_ID}4/index/docs"),
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
