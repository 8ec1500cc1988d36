"""Ways out of an S3 bucket besides replication: reports, logs, events, edges and redirects.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3.html
"""

from collections.abc import Callable, Iterator

from auditor.collect.aws.flow_ends import to_arn, to_bucket, to_outside
from auditor.collect.aws.reading import entries, is_absent
from auditor.collect.aws.regions import arn
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found, dig
from auditor.tables import Flow, Store

_NO_EDGE = Unknown("the answer does not say whether uploads go through the edges")
_FURTHER = Unknown("there are further settings, which this version does not read")


def ways_out(found: Found, store: Store) -> Iterator[Flow]:
    """Yield what leaves a bucket by its settings, or may leave."""
    yield from _inventories(found, store)
    yield from _analyses(found, store)
    yield from _logs(found, store)
    yield from _events(found, store)
    yield from _edges(found, store)
    yield from _redirects(found, store)


def _inventories(found: Found, store: Store) -> Iterator[Flow]:
    settings = found.read("inventory.InventoryConfigurationList", absent=[])
    if isinstance(settings, Unknown):
        yield possible(store, "export", settings, "inventory")
        return
    if found.read("inventory.IsTruncated", absent=False):
        yield possible(store, "export", _FURTHER, "inventory")
    for each in entries(settings):
        target = dig(each, "Destination.S3BucketDestination")
        yield to_bucket(
            store,
            "export",
            dig(target, "Bucket"),
            dig(target, "AccountId"),
            id=f"{store.id}/export/inventory/{dig(each, 'Id')}",
            active=_flag(dig(each, "IsEnabled")),
        )


def _analyses(found: Found, store: Store) -> Iterator[Flow]:
    settings = found.read("analytics.AnalyticsConfigurationList", absent=[])
    if isinstance(settings, Unknown):
        yield possible(store, "export", settings, "analytics")
        return
    if found.read("analytics.IsTruncated", absent=False):
        yield possible(store, "export", _FURTHER, "analytics")
    for each in entries(settings):
        target = dig(each, "StorageClassAnalysis.DataExport.Destination.S3BucketDestination")
        if target is None:
            continue
        yield to_bucket(
            store,
            "export",
            dig(target, "Bucket"),
            dig(target, "BucketAccountId"),
            id=f"{store.id}/export/analytics/{dig(each, 'Id')}",
        )


def _logs(found: Found, store: Store) -> Iterator[Flow]:
    target = found.read("logging.LoggingEnabled", absent=None)
    if isinstance(target, Unknown):
        yield possible(store, "export", target, "logs")
    elif target is not None:
        # The reference: the target is in the same region and account.
        yield to_bucket(
            store,
            "export",
            dig(target, "TargetBucket"),
            store.account,
            id=f"{store.id}/export/logs",
        )


_TARGETS = {
    "TopicConfigurations": "TopicArn",
    "QueueConfigurations": "QueueArn",
    "LambdaFunctionConfigurations": "LambdaFunctionArn",
}


def _events(found: Found, store: Store) -> Iterator[Flow]:
    for settings, member in _TARGETS.items():
        several = found.read(f"events.{settings}", absent=[])
        if isinstance(several, Unknown):
            yield possible(store, "stream", several)
            return
        for target in dict.fromkeys(str(each.get(member) or "") for each in entries(several)):
            yield to_arn(store, "stream", target)
    if found.read("events.EventBridgeConfiguration", absent=None) is not None:
        if isinstance(store.region, Unknown):
            yield possible(store, "stream", store.region, "event-bus")
            return
        bus = arn("events", store.region, store.account, "event-bus/default")
        yield to_arn(store, "stream", bus)


def _edges(found: Found, store: Store) -> Iterator[Flow]:
    status = found.read("acceleration.Status", absent="")
    if isinstance(status, Unknown):
        yield possible(store, "edge", status, "acceleration")
    elif status:
        yield flow(
            store,
            "edge",
            "acceleration",
            active={"Enabled": True, "Suspended": False}.get(str(status), _NO_EDGE),
            target_account=store.account,
            target_region="global",
            target_country="*",
            target_operator=store.operator,
        )


def _redirects(found: Found, store: Store) -> Iterator[Flow]:
    if is_absent(found, "website"):
        return
    refusal = found.read("website", absent=None)
    if isinstance(refusal, Unknown):
        yield possible(store, "edge", refusal, "website")
        return
    rules = entries(found.read("website.RoutingRules", absent=[]))
    hosts = [dig(rule, "Redirect.HostName") for rule in rules]
    hosts.append(found.read("website.RedirectAllRequestsTo.HostName", absent=None))
    for host in dict.fromkeys(str(host) for host in hosts if host):
        why = f"requests go to the web server {host}, and AWS does not state whose that is"
        yield to_outside(store, "edge", f"website/{host}", why)


def _flag(value: Json) -> bool | Unknown:
    return value if isinstance(value, bool) else Unknown("the answer does not say if it is enabled")


def export_details(detail: Callable[..., Detail]) -> tuple[Detail, ...]:
    """Return the calls that answer for these ways out; ``detail`` asks where the bucket is."""
    return (
        detail("inventory", "ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration"),
        detail("analytics", "ListBucketAnalyticsConfigurations", "s3:GetAnalyticsConfiguration"),
        detail("logging", "GetBucketLogging", "s3:GetBucketLogging"),
        detail("events", "GetBucketNotificationConfiguration", "s3:GetBucketNotification"),
        detail("acceleration", "GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration"),
        detail("website", "GetBucketWebsite", "s3:GetBucketWebsite", "NoSuchWebsiteConfiguration"),
    )
