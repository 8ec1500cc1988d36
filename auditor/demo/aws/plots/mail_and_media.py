"""Mail, video, medical records and games that go to the wrong places."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

_ABROAD, _OREGON = "northstar-sent-frankfurt", "northstar-sent-oregon"
_PIPELINES = "chime-sdk-media-pipelines"
_ID = "12345678-1234-1234-1234-12345678901"
_ARCHIVE = "a-northstar-000001"


def _build(ground: Ground) -> None:
    """Make the buckets that mail and video are left in."""
    for name, region in ((_ABROAD, FRANKFURT), (_OREGON, WEST)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _news() -> tuple[Rule, ...]:
    streams = {"offers": FRANKFURT, "receipts": WEST}
    return (
        answered("sesv2.ListConfigurationSets", {"ConfigurationSets": [*streams]}),
        *(
            answered(
                "sesv2.GetConfigurationSetEventDestinations",
                {"EventDestinations": [_destination(region)]},
                words=name,
            )
            for name, region in streams.items()
        ),
    )


def _destination(region: str) -> Json:
    stream = arn_of("firehose", "deliverystream/bounces", region)
    return {"Enabled": True, "KinesisFirehoseDestination": {"DeliveryStreamArn": stream}}


def _identities() -> tuple[Rule, ...]:
    senders = {"for-others.example.com": STRANGER, "for-us.example.com": LOGS}
    listed = [{"IdentityType": "DOMAIN", "IdentityName": name} for name in senders]
    return (
        answered("sesv2.ListEmailIdentities", {"EmailIdentities": listed}),
        *(
            answered(
                "sesv2.GetEmailIdentityPolicies", {"Policies": {"p": _policy(account)}}, words=name
            )
            for name, account in senders.items()
        ),
    )


def _policy(account: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "ses:SendEmail"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _receipts() -> tuple[Rule, ...]:
    """Return rules for mail that comes in: one set is in use, the other is not."""
    sets = {"inbound": _ABROAD, "retired": _ABROAD}
    return (
        answered("ses.ListReceiptRuleSets", {"RuleSets": [{"Name": name} for name in sets]}),
        answered("ses.DescribeActiveReceiptRuleSet", {"Metadata": {"Name": "inbound"}}),
        *(
            answered(
                "ses.DescribeReceiptRuleSet",
                {"Rules": [{"Enabled": True, "Actions": [{"S3Action": {"BucketName": bucket}}]}]},
                words=name,
            )
            for name, bucket in sets.items()
        ),
    )


def _endpoint(name: str, region: str) -> Json:
    return {"EndpointName": name, "Status": "READY", "Regions": [HOME, region]}


def _archive(region: str) -> tuple[Rule, ...]:
    about = {"ArchiveId": _ARCHIVE, "ArchiveName": "mail"}
    return (
        answered("mailmanager.ListArchives", {"Archives": [about]}, region=region),
        answered("mailmanager.GetArchive", about, region=region),
    )


def _live(region: str, subscriber: str, **output: Json) -> tuple[Rule, ...]:
    name = arn_of("mediaconnect", f"flow:1-{region}:live", region)
    summary = {"FlowArn": name, "Name": "live", "AvailabilityZone": f"{region}a"}
    given = {"EntitlementArn": "e", "Name": "e", "Subscribers": [subscriber]}
    outputs = [{"OutputArn": "o", "Name": "o", **output}] if output else []
    about = {**summary, "Outputs": outputs, "Entitlements": [given]}
    return (
        answered("mediaconnect.ListFlows", {"Flows": [summary]}, region=region),
        answered("mediaconnect.DescribeFlow", {"Flow": about}, region=region),
    )


def _job(name: str, bucket: str) -> Json:
    group = {"FileGroupSettings": {"Destination": f"s3://{bucket}/films/"}}
    settings = {"OutputGroups": [{"OutputGroupSettings": group}]}
    return {"Id": name, "Arn": arn_of("mediaconvert", f"jobs/{name}"), "Settings": settings}


def _meetings() -> tuple[Rule, ...]:
    sinks = {f"{_ID}1": _ABROAD, f"{_ID}2": _OREGON}
    listed = [
        {"MediaPipelineId": name, "MediaPipelineArn": arn_of("chime", f"media-pipeline/{name}")}
        for name in sinks
    ]
    return (
        answered(f"{_PIPELINES}.ListMediaPipelines", {"MediaPipelines": listed}),
        *(
            answered(
                f"{_PIPELINES}.GetMediaPipeline",
                {"MediaPipeline": {"MediaCapturePipeline": {"SinkArn": f"arn:aws:s3:::{bucket}"}}},
                words=name,
            )
            for name, bucket in sinks.items()
        ),
    )


def _records(region: str, bucket: str) -> tuple[Rule, ...]:
    datastore = {
        "DatastoreId": "records",
        "DatastoreArn": arn_of("healthlake", "datastore/fhir/records", region),
        "DatastoreStatus": "ACTIVE",
    }
    target = {"S3Configuration": {"S3Uri": f"s3://{bucket}/records"}}
    jobs = [{"JobStatus": "COMPLETED", "OutputDataConfig": target}]
    return (
        answered(
            "healthlake.ListFHIRDatastores", {"DatastorePropertiesList": [datastore]}, region=region
        ),
        answered("healthlake.ListFHIRExportJobs", {"ExportJobPropertiesList": jobs}, region=region),
    )


def _scans(region: str) -> tuple[Rule, ...]:
    about = {"datastoreId": _SCANS, "datastoreArn": _scans_arn(region), "datastoreName": "scans"}
    return (
        answered("medical-imaging.ListDatastores", {"datastoreSummaries": [about]}, region=region),
        answered("medical-imaging.GetDatastore", {"datastoreProperties": about}, region=region),
    )


def _scans_arn(region: str) -> str:
    return arn_of("medical-imaging", f"datastore/{_SCANS}", region)


_SCANS = "0123456789abcdef" * 2
_KINDS = {"sequence": "arn", "reference": "arn", "variant": "storeArn", "annotation": "storeArn"}


def _genomes(region: str) -> tuple[Rule, ...]:
    return tuple(
        answered(
            f"omics.List{kind.title()}Stores",
            {f"{kind}Stores": [{member: arn_of("omics", f"{kind}Store/1", region), "name": kind}]},
            region=region,
        )
        for kind, member in _KINDS.items()
    )


def _shares() -> Rule:
    shares = [
        {
            "resourceArn": arn_of("omics", "variantStore/1"),
            "principalSubscriber": account,
            "status": "ACTIVE",
        }
        for account in (STRANGER, LOGS)
    ]
    return answered("omics.ListShares", {"shares": shares})


def _fleet() -> tuple[Rule, ...]:
    fleet = {"FleetId": "fleet-1", "FleetArn": arn_of("gamelift", "fleet/fleet-1"), "Name": "arena"}
    locations = (HOME, "us-west-2-lax-1", "us-east-1-lim-1")
    attributes = [{"LocationState": {"Location": each}} for each in locations]
    return (
        answered("gamelift.DescribeFleetAttributes", {"FleetAttributes": [fleet]}),
        answered("gamelift.DescribeFleetLocationAttributes", {"LocationAttributes": attributes}),
    )


_OPEN = {"Protocol": "srt-listener", "CidrAllowList": ["0.0.0.0/0"]}
_STORES = {
    "mail is kept": arn_of("ses", f"mailmanager-archive/{_ARCHIVE}", FRANKFURT),
    "scans are kept": _scans_arn(FRANKFURT),
    "medical records are kept": arn_of("healthlake", "datastore/fhir/records", FRANKFURT),
    **{f"a {kind} store is kept": arn_of("omics", f"{kind}Store/1", FRANKFURT) for kind in _KINDS},
}
_LIVE = {region: arn_of("mediaconnect", f"flow:1-{region}:live", region) for region in (HOME, WEST)}
_ROWS = (
    *_STORES.values(),
    *_LIVE.values(),
    *(arn_of("ses", f"configuration-set/{name}") for name in ("offers", "receipts")),
    *(arn_of("ses", f"identity/for-{name}.example.com") for name in ("others", "us")),
    *(arn_of("ses", f"receipt-rule-set/{name}") for name in ("inbound", "retired")),
    *(arn_of("ses", f"multi-region-endpoint/{name}") for name in ("abroad", "oregon")),
    arn_of("ses", "mailmanager-smtp-relay/r-1"),
    arn_of("ses", f"mailmanager-archive/{_ARCHIVE}"),
    *(arn_of("mediaconvert", f"jobs/{name}") for name in ("abroad", "oregon")),
    *(arn_of("chime", f"media-pipeline/{_ID}{number}") for number in (1, 2)),
    arn_of("healthlake", "datastore/fhir/records"),
    *(arn_of("omics", f"{kind}Store/1") for kind in _KINDS),
    arn_of("gamelift", "fleet/fleet-1"),
    _scans_arn(HOME),
)

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(_ROWS, PROTECTED),
    rules=(
        *_news(),
        *_identities(),
        *_receipts(),
        answered(
            "sesv2.ListMultiRegionEndpoints",
            {"MultiRegionEndpoints": [_endpoint("abroad", FRANKFURT), _endpoint("oregon", WEST)]},
        ),
        answered("mailmanager.ListRelays", {"Relays": [{"RelayId": "r-1", "RelayName": "relay"}]}),
        answered("mailmanager.GetRelay", {"RelayId": "r-1", "ServerName": "mx.example.net"}),
        *_archive(HOME),
        *_archive(FRANKFURT),
        *_live(HOME, STRANGER, Transport=_OPEN, Destination="203.0.113.7"),
        *_live(WEST, LOGS),
        answered(
            "mediaconvert.ListJobs", {"Jobs": [_job("abroad", _ABROAD), _job("oregon", _OREGON)]}
        ),
        *_meetings(),
        *_scans(HOME),
        *_scans(FRANKFURT),
        *_records(HOME, _ABROAD),
        *_records(FRANKFURT, _OREGON),
        *_genomes(HOME),
        *_genomes(FRANKFURT),
        _shares(),
        *_fleet(),
    ),
    planted=(
        *(
            each
            for what, row in _STORES.items()
            for each in fails(f"{what} in Frankfurt", A_02=row, A_07b=row)
        ),
        *fails("news of mail goes to Frankfurt", A_04="*:configuration-set/offers/stream/*"),
        *fails("a stranger sends in our name", A_05b=f"*/for-others.example.com/share/{STRANGER}"),
        *fails("mail is left in Frankfurt", A_04="*:receipt-rule-set/inbound/export/*"),
        *fails("mail is sent from Frankfurt", A_10b="*:multi-region-endpoint/abroad/edge/*"),
        *stays_open("mail is relayed to a server of anybody", A_04="*-smtp-relay/r-1/export/*"),
        *fails("video is handed to a stranger", A_05b=f"{_LIVE[HOME]}/share/{STRANGER}"),
        *fails("anybody may fetch video", A_05b=f"{_LIVE[HOME]}/public/[*]"),
        *stays_open("video is sent to an address", A_04=f"{_LIVE[HOME]}/stream/203.0.113.7"),
        *fails("films are left in Frankfurt", A_04="*:jobs/abroad/export/*"),
        *fails("meetings are left in Frankfurt", A_04=f"*:media-pipeline/{_ID}1/export/*"),
        *fails("records were exported to Frankfurt", A_04="*:us-east-1:*/records/export/*"),
        *fails("variants are shared with a stranger", A_05b=f"*:variantStore/1/share/{STRANGER}"),
        *fails("games run in Lima", A_10b="*:fleet/fleet-1/edge/us-east-1-lim-1"),
    ),
)
