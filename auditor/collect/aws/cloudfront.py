"""Amazon CloudFront: distributions, what they cache at the edges, and where they log.

Price classes and geographic restrictions narrow who is served and from where, not to one country:
the smallest class has edges in Canada, Mexico, Europe and Israel.

API: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flow_ends import EVERYWHERE, GLOBAL, everywhere, exits, to_bucket
from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, member, text
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor, Store

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
_BUCKET = re.compile(
    r"(?P<bucket>[a-z0-9][a-z0-9._-]{1,253})\.s3(-website)?([.-][a-z0-9-]+)*\.amazonaws\.com(\.cn)?",
    re.ASCII,
)


def _distribution(found: Found) -> Iterator[Processor | Flow]:
    enabled = maybe_flag(found, "item.Enabled")
    row = processor_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.DomainName"),
        kind="distribution",
        region=GLOBAL,
        country=EVERYWHERE,
        public=enabled,  # it answers whoever asks; signed addresses are a setting per path
    )
    yield row
    yield everywhere(row, "cache", enabled)
    yield from _origins(found, row)
    functions = [member(each, "LambdaFunctionARN") for each in _functions(found)]
    yield from exits(row, "edge", functions)
    yield from _logs(found, row)


def _origins(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield the way of each bucket's objects to the edges, as a flow out of the bucket."""
    active = maybe_flag(found, "item.Enabled")
    for origin in entries(found.read("item.Origins.Items", absent=[])):
        match = _BUCKET.fullmatch(member(origin, "DomainName"))
        if match:
            partition = row.id.split(":")[1:2] or ["aws"]
            bucket = processor_of(
                found,
                id=f"arn:{partition[0]}:s3:::{match['bucket']}",
                name=match["bucket"],
                kind="",
                public=False,
            )
            yield flow(
                bucket,
                "edge",
                row.id,
                active=active,
                target_id=row.id,
                target_account=row.account,
                target_region=GLOBAL,
                target_country=EVERYWHERE,
                target_operator=row.operator,
            )


def _functions(found: Found) -> Iterator[Json]:
    behaviours = [found.read("item.DefaultCacheBehavior", absent=None)]
    behaviours += entries(found.read("item.CacheBehaviors.Items", absent=[]))
    for behaviour in behaviours:
        yield from entries(dig(behaviour, "LambdaFunctionAssociations.Items"))


def _logs(found: Found, row: Processor) -> Iterator[Flow]:
    known = found.read("configuration.DistributionConfig.CallerReference")
    if isinstance(known, Unknown):
        yield possible(row, "export", known, "logs")
        return
    domain = found.read("configuration.DistributionConfig.Logging.Bucket", absent="")
    match = _BUCKET.fullmatch(domain) if isinstance(domain, str) else None
    if match:
        yield to_bucket(row, "export", match["bucket"])
    elif domain:
        why = Unknown(f"it logs to {str(domain)[:200]}, which names no bucket")
        yield possible(row, "export", why, "logs")


def _realtime_logs(found: Found) -> Iterator[Processor | Flow]:
    """Yield the configurations of one page; where there are none, it has no list of them."""
    for log in entries(found.read("item.RealtimeLogConfigs.Items", absent=[])):
        row = processor_of(
            found,
            id=member(log, "ARN"),
            name=member(log, "Name"),
            kind="real-time log configuration",
            region=GLOBAL,
            country=EVERYWHERE,
            public=False,
        )
        yield row
        for each in entries(log.get("EndPoints")):
            yield from exits(row, "stream", [member(each, "KinesisStreamConfig.StreamARN")])


def _key_value_store(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.Name"),
        kind="key value store",
        region=GLOBAL,
        country=EVERYWHERE,  # its data is at every edge
        encrypted=True,  # "data is encrypted at rest", the developer guide says
        key_id="",
        public=False,  # read by functions at the edge
        locked=False,
        created=maybe_text(found, "item.LastModifiedTime", absent=""),
    )


DISTRIBUTIONS = Collector(
    kind="aws.cloudfront.distribution",
    service="cloudfront",
    title="CloudFront distributions",
    per=("account",),
    listing=Listing(
        operation="ListDistributions",
        permission="cloudfront:ListDistributions",
        items="DistributionList.Items",
        count="DistributionList.Quantity",
        secrets=("DistributionList.Items.Origins.Items.CustomHeaders.Items.HeaderValue",),
    ),
    details=(
        Detail(
            name="configuration",
            operation="GetDistributionConfig",
            permission="cloudfront:GetDistributionConfig",
            bind={"Id": "item.Id"},
            secrets=("DistributionConfig.Origins.Items.CustomHeaders.Items.HeaderValue",),
        ),
    ),
    tables=(Processor, Flow),
    rows=_distribution,
    types=("cloudfront:distribution",),
    source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html",
)

REALTIME_LOGS = Collector(
    kind="aws.cloudfront.realtimelog",
    service="cloudfront",
    title="real-time log configurations of CloudFront",
    per=("account",),
    listing=Listing(
        operation="ListRealtimeLogConfigs",
        permission="cloudfront:ListRealtimeLogConfigs",
    ),
    tables=(Processor, Flow),
    rows=_realtime_logs,
    types=("cloudfront:realtime-log-config",),
    source=(
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListRealtimeLogConfigs.html"
    ),
)

KEY_VALUE_STORES = Collector(
    kind="aws.cloudfront.keyvaluestore",
    service="cloudfront",
    title="key value stores of CloudFront",
    per=("account",),
    listing=Listing(
        operation="ListKeyValueStores",
        permission="cloudfront:ListKeyValueStores",
        items="KeyValueStoreList.Items",
        count="KeyValueStoreList.Quantity",
    ),
    tables=(Store,),
    rows=_key_value_store,
    types=("cloudfront:key-value-store",),
    source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListKeyValueStores.html",
)
