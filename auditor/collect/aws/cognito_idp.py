"""Amazon Cognito user pools: where users are kept, replicated to and written to.

API: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_region
from auditor.collect.aws.reading import (
    entries,
    maybe_text,
    optional,
    optional_key,
    optional_text,
    tags_in,
    text,
    texts,
)
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Store

_REFERENCE = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_"
_ID = "pool.UserPool.Id"
_TRIGGERS = (
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "PreTokenGeneration",
    "UserMigration",
    "PreTokenGenerationConfig.LambdaArn",
    "CustomSMSSender.LambdaArn",
    "CustomEmailSender.LambdaArn",
    "InboundFederation.LambdaArn",
)
_TEXTS = ("SnsRegion", "EumsSms.Region")
_LOGS = (
    "CloudWatchLogsConfiguration.LogGroupArn",
    "S3Configuration.BucketArn",
    "FirehoseConfiguration.StreamArn",
)


def _pool(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.Id")
    pool = store_of(
        found,
        id=arn("cognito-idp", found.place["region"], found.place["account"], f"userpool/{name}"),
        name=text(found, "item.Name"),
        kind="user pool",
        # https://docs.aws.amazon.com/cognito/latest/developerguide/data-protection.html
        encrypted=True,
        key_id=optional_key(found, "pool.UserPool.KeyConfiguration.KmsKeyArn", _ID),
        public=False,  # its users are read with credentials of AWS, or each by themselves
        created=maybe_text(found, "item.CreationDate", absent=""),
        tags=tags_in(optional(found, "pool.UserPool.UserPoolTags", _ID, {})),
    )
    yield pool
    for region in dict.fromkeys(texts(found.read("item.ReplicaRegions", absent=[]))):
        if region != pool.region:
            yield to_region(pool, "replication", region)
    yield from exits(pool, "stream", _functions_and_mail(found))
    yield from _text_messages(found, pool)
    yield from _logs(found, pool)


def _functions_and_mail(found: Found) -> Iterator[Json]:
    """Yield functions that see who signs in, and the identity that mail is sent from.

    That identity may be in another region than the pool.
    """
    for trigger in _TRIGGERS:
        yield optional_text(found, f"pool.UserPool.LambdaConfig.{trigger}", _ID)
    yield optional_text(found, "pool.UserPool.EmailConfiguration.SourceArn", _ID)


def _text_messages(found: Found, pool: Store) -> Iterator[Flow]:
    """Yield the regions that text messages are sent from; a region left out is the pool's."""
    settings = optional(found, "pool.UserPool.SmsConfiguration", _ID, {})
    if isinstance(settings, Unknown):
        yield possible(pool, "stream", settings, "text messages")
        return
    named = texts([dig(settings, path) for path in _TEXTS])
    for region in dict.fromkeys(named):
        if region:
            yield to_region(pool, "stream", region)


def _logs(found: Found, pool: Store) -> Iterator[Flow]:
    about = "logs.LogDeliveryConfiguration"
    several = optional(found, f"{about}.LogConfigurations", about, [])
    if isinstance(several, Unknown):
        yield possible(pool, "stream", several, "logs")
        return
    targets = [dig(each, path) for each in entries(several) for path in _LOGS]
    yield from exits(pool, "stream", targets)


POOLS = Collector(
    kind="aws.cognito-idp.user-pool",
    service="cognito-idp",
    title="Cognito user pools",
    per=("account", "region"),
    listing=Listing(
        operation="ListUserPools",
        permission="cognito-idp:ListUserPools",
        parameters={"MaxResults": 60},
        items="UserPools",
    ),
    details=(
        Detail(
            name="pool",
            operation="DescribeUserPool",
            permission="cognito-idp:DescribeUserPool",
            bind={"UserPoolId": "item.Id"},
        ),
        Detail(
            name="logs",
            operation="GetLogDeliveryConfiguration",
            permission="cognito-idp:GetLogDeliveryConfiguration",
            bind={"UserPoolId": "item.Id"},
        ),
    ),
    tables=(Store, Flow),
    rows=_pool,
    types=("cognito-idp:userpool",),
    source=_REFERENCE + "ListUserPools.html",
)
