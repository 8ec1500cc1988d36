"""Amazon Bedrock: where prompts are answered, checked, kept and handed on.

Only the inference profiles that customers make are read: those that AWS defines are there for
everybody, whether used or not, and no setting tells who calls them.

API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_buckets, to_region
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

# What AWS's own profile ids begin with:
# https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html
_GEOGRAPHIES = {"us": "US", "us-gov": "US"}
_MODES = frozenset({"default", "none", "aws_review", "provider_data_share", "inherit"})
_ROUTED = Unknown("AWS chooses among the regions of the profile, call by call")
_PROVIDER = Unknown("AWS does not name the provider of the model that data is shared with")


def _profile(found: Found) -> Iterator[Processor | Flow]:
    profile = processor_of(
        found,
        id=text(found, "item.inferenceProfileArn"),
        name=text(found, "item.inferenceProfileName"),
        kind="inference profile",
        public=False,  # called with credentials of AWS only
        created=maybe_text(found, "item.createdAt"),
    )
    yield profile
    models = found.read("item.models")
    if isinstance(models, Unknown):
        yield possible(profile, "inference", models)
        return
    for region in sorted({_region_in(dig(model, "modelArn")) for model in entries(models)}):
        yield from _inference(profile, region)


def _inference(profile: Processor, region: str) -> Iterator[Flow]:
    """Yield the way to one of a profile's regions; '' is every commercial region."""
    if not region:
        yield to_geography(profile, "global", "*")
    elif region != profile.region:
        yield to_region(profile, "inference", region)


def _region_in(name: Json) -> str:
    """Return the region of an ARN; models that are routed worldwide have none in theirs."""
    return [*str(name).split(":"), "", "", "", ""][3]


def to_geography(source: Processor, name: str, country: Maybe[str]) -> Flow:
    """Return the inference in whichever region of a geography has room.

    Args:
        country: its only country, '*' if it is the world.
    """
    return flow(
        source,
        "inference",
        name,
        target_account=source.account,
        target_region=_ROUTED,
        target_country=country,
        target_operator=source.operator,
    )


def country_of_geography(profile: str) -> Maybe[str]:
    """Return the country in which all regions of one of AWS's own profiles are."""
    prefix = profile.partition(".")[0]
    if prefix == "global":
        return "*"
    unnamed = Unknown(f"AWS does not name the regions of the profile {profile[:100]}")
    return _GEOGRAPHIES.get(prefix, unnamed)


def _guardrail(found: Found) -> Iterator[Processor | Flow]:
    guardrail = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="guardrail",
        public=False,  # applied to calls that have credentials of AWS only
        created=maybe_text(found, "item.createdAt"),
    )
    yield guardrail
    # Left out by guardrails that stay in their region.
    details = found.read("item.crossRegionDetails", absent="")
    if details != "":
        profile = str(dig(details, "guardrailProfileId") or "")
        yield to_geography(guardrail, profile or "?", country_of_geography(profile))


def _invocations(found: Found) -> Iterator[Processor | Flow]:
    """Yield what becomes of prompts in a region; nothing where they are neither kept nor shared."""
    mode = maybe_text(found, "retention.mode")
    settings = found.read("item.loggingConfig", absent={})
    if isinstance(mode, str) and mode not in _MODES:
        mode = Unknown(f"this version does not know the retention mode {mode[:100]}")
    if not settings and not isinstance(mode, Unknown) and mode != "provider_data_share":
        return
    region, account = found.place["region"], found.place["account"]
    calls = processor_of(
        found,
        id=arn("bedrock", region, account, "model-invocations"),
        name="model invocations",
        kind="model invocations",
        public=False,  # called with credentials of AWS only
    )
    yield calls
    yield from _logs(calls, settings)
    if isinstance(mode, Unknown):
        yield possible(calls, "share", mode)
    elif mode == "provider_data_share":
        yield _sharing(calls)


def _logs(calls: Processor, settings: Json) -> Iterator[Flow]:
    yield from to_buckets(calls, "export", [dig(settings, "s3Config.bucketName")])
    group = dig(settings, "cloudWatchConfig.logGroupName")
    if group and isinstance(calls.region, str):
        name = arn("logs", calls.region, calls.account, f"log-group:{group}")
        yield to_arn(calls, "stream", name)
    large = dig(settings, "cloudWatchConfig.largeDataDeliveryS3Config.bucketName")
    if large != dig(settings, "s3Config.bucketName"):
        yield from to_buckets(calls, "export", [large])


def _sharing(calls: Processor) -> Flow:
    return flow(
        calls,
        "share",
        "model provider",
        target_account=_PROVIDER,
        target_region=_PROVIDER,
        target_country=_PROVIDER,
        target_operator=_PROVIDER,
    )


PROFILES = Collector(
    kind="aws.bedrock.inference-profile",
    service="bedrock",
    title="Bedrock inference profiles that the account made",
    per=("account", "region"),
    listing=Listing(
        operation="ListInferenceProfiles",
        permission="bedrock:ListInferenceProfiles",
        parameters={"typeEquals": "APPLICATION", "maxResults": 1000},
        items="inferenceProfileSummaries",
    ),
    tables=(Processor, Flow),
    rows=_profile,
    types=("bedrock:application-inference-profile",),
    source=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html"
    ),
)

GUARDRAILS = Collector(
    kind="aws.bedrock.guardrail",
    service="bedrock",
    title="Bedrock guardrails",
    per=("account", "region"),
    listing=Listing(
        operation="ListGuardrails",
        permission="bedrock:ListGuardrails",
        parameters={"maxResults": 1000},
        items="guardrails",
    ),
    tables=(Processor, Flow),
    rows=_guardrail,
    types=("bedrock:guardrail",),
    source="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListGuardrails.html",
)

INVOCATIONS = Collector(
    kind="aws.bedrock.invocations",
    service="bedrock",
    title="Logs of prompts to Bedrock models, and who may keep them",
    per=("account", "region"),
    listing=Listing(
        operation="GetModelInvocationLoggingConfiguration",
        permission="bedrock:GetModelInvocationLoggingConfiguration",
    ),
    details=(
        Detail(
            name="retention",
            operation="GetAccountDataRetention",
            permission="bedrock:GetAccountDataRetention",
        ),
    ),
    tables=(Processor, Flow),
    rows=_invocations,
    source=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/"
        "API_GetModelInvocationLoggingConfiguration.html"
    ),
)
