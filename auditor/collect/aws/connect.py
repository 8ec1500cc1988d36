"""Amazon Connect: instances, where recordings and transcripts go, and in which regions calls land.

API: https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeInstance.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from auditor.collect.aws.flow_ends import exits, to_buckets, to_outside, to_region
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import entries, maybe_text, optional, tags_in, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

# What an instance keeps outside of itself; each is asked for by name.
_KEPT = (
    "CHAT_TRANSCRIPTS",
    "CALL_RECORDINGS",
    "SCHEDULED_REPORTS",
    "MEDIA_STREAMS",
    "CONTACT_TRACE_RECORDS",
    "AGENT_EVENTS",
    "REAL_TIME_CONTACT_ANALYSIS_SEGMENTS",
    "ATTACHMENTS",
    "CONTACT_EVALUATIONS",
    "SCREEN_RECORDINGS",
    "REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS",
    "REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS",
    "EMAIL_MESSAGES",
)
_REPLICATING: Mapping[str, Maybe[bool]] = {
    "INSTANCE_REPLICATION_COMPLETE": True,
    "INSTANCE_REPLICATION_IN_PROGRESS": True,
    "INSTANCE_REPLICATION_FAILED": Unknown("what had been copied when it failed is not stated"),
    "INSTANCE_REPLICA_DELETING": True,
    "INSTANCE_REPLICATION_DELETION_FAILED": True,
    "RESOURCE_REPLICATION_NOT_STARTED": False,
}
_ID = "instance.Instance.Id"


def _instance(found: Found) -> Iterator[Store | Flow]:
    instance = store_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.InstanceAlias"),
        kind="instance",
        encrypted=True,  # contact records always are, with a key of AWS's
        key_id="",
        public=False,  # opened by signed-in users only
        created=maybe_text(found, "item.CreatedTime"),
        tags=tags_in(optional(found, "instance.Instance.Tags", _ID, {})),
    )
    yield instance
    for kind in _KEPT:
        yield from _storage(found, instance, kind)
    yield from _replicas(found, instance)
    yield from _integrations(found, instance)
    yield from _datasets(found, instance)


def _storage(found: Found, instance: Store, kind: str) -> Iterator[Flow]:
    configs = found.read(kind.lower())
    if isinstance(configs, Unknown):
        yield possible(instance, "export", configs, kind)
    for config in entries(configs):
        yield from to_buckets(instance, "export", [dig(config, "S3Config.BucketName")])
        streams = [
            dig(config, "KinesisStreamConfig.StreamArn"),
            dig(config, "KinesisFirehoseConfig.FirehoseArn"),
        ]
        yield from exits(instance, "stream", streams)
        if config.get("StorageType") == "KINESIS_VIDEO_STREAM" and isinstance(instance.region, str):
            # The streams are named after the prefix, one per call.
            yield to_region(instance, "stream", instance.region)


def _replicas(found: Found, instance: Store) -> Iterator[Flow]:
    path = "instance.ReplicationConfiguration.ReplicationStatusSummaryList"
    replicas = optional(found, path, _ID, [])
    if isinstance(replicas, Unknown):
        yield possible(instance, "replication", replicas)
    for replica in entries(replicas):
        region = str(replica.get("Region") or "")
        if region != instance.region:
            yield _replica(found, instance, region, replica.get("ReplicationStatus"))


def _replica(found: Found, instance: Store, region: str, status: Json) -> Flow:
    odd = Unknown("the replica has a status that is not in the reference")
    return flow(
        instance,
        "replication",
        region,
        active=_REPLICATING.get(status, odd) if isinstance(status, str) else odd,
        target_id=arn("connect", region, instance.account, f"instance/{text(found, 'item.Id')}"),
        target_account=instance.account,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_of(region),
    )


def _integrations(found: Found, instance: Store) -> Iterator[Flow]:
    several = found.read("integrations")
    if isinstance(several, Unknown):
        yield possible(instance, "sync", several)
    yield from exits(instance, "sync", [each.get("IntegrationArn") for each in entries(several)])
    addresses = [each.get("SourceApplicationUrl") for each in entries(several)]
    for address in dict.fromkeys(str(each) for each in addresses if each):
        yield to_outside(instance, "sync", address)


def _datasets(found: Found, instance: Store) -> Iterator[Flow]:
    """Yield the accounts that query what the instance recorded, in Connect's data lake."""
    several = found.read("datasets")
    if isinstance(several, Unknown):
        yield possible(instance, "share", several)
    accounts = (str(each.get("TargetAccountId") or "") for each in entries(several))
    for account in dict.fromkeys(accounts):
        if account != instance.account:
            unnamed = Unknown("the answer does not name the account that it is shared with")
            yield replace(to_account(instance, account or "?"), target_account=account or unnamed)


def _group(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.Arn")
    # Both regions list it, by one name.
    region = [*name.split(":"), "", "", "", ""][3]
    group = processor_of(
        found,
        id=name,
        name=text(found, "item.Name"),
        kind="traffic distribution group",
        region=region or Unknown("the answer names no region"),
        country=country_of(region),
        public=False,  # calls reach it through numbers of the instance
    )
    yield group
    calls = found.read("distribution.TelephonyConfig.Distributions")
    if isinstance(calls, Unknown):
        yield possible(group, "edge", calls)
    for each in entries(calls):
        where, share = str(each.get("Region") or ""), each.get("Percentage")
        if where != region:
            odd = Unknown("the answer does not state the share of the calls")
            yield to_region(group, "edge", where, share > 0 if isinstance(share, int) else odd)


INSTANCES = Collector(
    kind="aws.connect.instance",
    service="connect",
    title="Connect instances, with their recordings and transcripts",
    per=("account", "region"),
    listing=Listing(
        operation="ListInstances",
        permission="connect:ListInstances",
        parameters={"MaxResults": 10},
        items="InstanceSummaryList",
    ),
    details=(
        Detail(
            name="instance",
            operation="DescribeInstance",
            permission="connect:DescribeInstance",
            bind={"InstanceId": "item.Id"},
        ),
        *(
            Detail(
                name=kind.lower(),
                operation="ListInstanceStorageConfigs",
                permission="connect:ListInstanceStorageConfigs",
                parameters={"ResourceType": kind, "MaxResults": 10},
                bind={"InstanceId": "item.Id"},
                items="StorageConfigs",
            )
            for kind in _KEPT
        ),
        Detail(
            name="integrations",
            operation="ListIntegrationAssociations",
            permission="connect:ListIntegrationAssociations",
            parameters={"MaxResults": 100},
            bind={"InstanceId": "item.Id"},
            items="IntegrationAssociationSummaryList",
        ),
        Detail(
            name="datasets",
            operation="ListAnalyticsDataAssociations",
            permission="connect:ListAnalyticsDataAssociations",
            parameters={"MaxResults": 100},
            bind={"InstanceId": "item.Id"},
            items="Results",
        ),
    ),
    tables=(Store, Flow),
    rows=_instance,
    types=("connect:instance",),
    source="https://docs.aws.amazon.com/connect/latest/APIReference/API_ListInstances.html",
)

GROUPS = Collector(
    kind="aws.connect.traffic-distribution-group",
    service="connect",
    title="Connect traffic distribution groups",
    per=("account", "region"),
    listing=Listing(
        operation="ListTrafficDistributionGroups",
        permission="connect:ListTrafficDistributionGroups",
        parameters={"MaxResults": 10},
        items="TrafficDistributionGroupSummaryList",
    ),
    details=(
        Detail(
            name="distribution",
            operation="GetTrafficDistribution",
            permission="connect:GetTrafficDistribution",
            bind={"Id": "item.Id"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_group,
    types=("connect:traffic-distribution-group",),
    source=(
        "https://docs.aws.amazon.com/connect/latest/APIReference/"
        "API_ListTrafficDistributionGroups.html"
    ),
)
