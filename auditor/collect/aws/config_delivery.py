"""AWS Config: where it delivers what it records, and who may collect it.

API: https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeDeliveryChannels.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_bucket
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/config/latest/APIReference"


def _channel(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.name")
    channel = processor_of(
        found,
        id=arn("config", found.place["region"], found.place["account"], f"delivery-channel/{name}"),
        name=name,
        kind="delivery channel",
        public=False,  # it sends, and cannot be called
    )
    yield channel
    bucket = maybe_text(found, "item.s3BucketName")
    if isinstance(bucket, Unknown):
        yield possible(channel, "export", bucket)
    else:
        yield to_bucket(channel, "export", bucket)
    topic = maybe_text(found, "item.snsTopicARN", absent="")  # left out where nobody is notified
    if isinstance(topic, Unknown):
        yield possible(channel, "stream", topic)
    elif topic:
        yield to_arn(channel, "stream", topic)


CHANNELS = Collector(
    kind="aws.config.delivery-channel",
    service="config",
    title="where AWS Config delivers what it records",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDeliveryChannels",
        permission="config:DescribeDeliveryChannels",
        items="DeliveryChannels",
    ),
    tables=(Processor, Flow),
    rows=_channel,
    source=f"{_REFERENCE}/API_DescribeDeliveryChannels.html",
)


def _authorization(found: Found) -> Iterator[Processor | Flow]:
    authorization = processor_of(
        found,
        id=text(found, "item.AggregationAuthorizationArn"),
        name=text(found, "item.AuthorizedAccountId"),
        kind="aggregation authorization",
        public=False,  # it lets in one account
        created=maybe_text(found, "item.CreationTime"),
    )
    yield authorization
    region = maybe_text(found, "item.AuthorizedAwsRegion")
    yield flow(
        authorization,
        "share",
        authorization.name,
        target_account=maybe_text(found, "item.AuthorizedAccountId"),
        target_region=region,
        target_country=country_of(region),
        target_operator=region if isinstance(region, Unknown) else operator_of(region),
    )


AUTHORIZATIONS = Collector(
    kind="aws.config.aggregation-authorization",
    service="config",
    title="accounts and regions that may collect what AWS Config records",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeAggregationAuthorizations",
        permission="config:DescribeAggregationAuthorizations",
        parameters={"Limit": 100},
        items="AggregationAuthorizations",
    ),
    tables=(Processor, Flow),
    rows=_authorization,
    types=("config:aggregation-authorization",),
    source=f"{_REFERENCE}/API_DescribeAggregationAuthorizations.html",
)


def _aggregator(found: Found) -> Iterator[Processor]:
    yield processor_of(
        found,
        id=text(found, "item.ConfigurationAggregatorArn"),
        name=text(found, "item.ConfigurationAggregatorName"),
        kind="configuration aggregator",
        public=False,  # it is read by its own account only
        created=maybe_text(found, "item.CreationTime"),
    )


AGGREGATORS = Collector(
    kind="aws.config.aggregator",
    service="config",
    title="accounts and regions that collect what AWS Config records of others",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeConfigurationAggregators",
        permission="config:DescribeConfigurationAggregators",
        parameters={"Limit": 100},
        items="ConfigurationAggregators",
    ),
    tables=(Processor,),
    rows=_aggregator,
    types=("config:config-aggregator",),
    source=f"{_REFERENCE}/API_DescribeConfigurationAggregators.html",
)
