"""Ways out that services name by an S3 address, an ARN, a region or an address outside of AWS.

Members that an answer may leave out are read beside one that it always has: if that is missing,
too, the answer says nothing, and what it leaves out is unknown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditor.collect.aws.flows import to_store
from auditor.collect.aws.reading import key_arn
from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Maybe, Processor, Store

# Bucket names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_ADDRESSES = (
    re.compile(r"s3[an]?://(?P<bucket>[^/]+)(/.*)?", re.DOTALL),
    re.compile(
        r"https://s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?/(?P<bucket>[^/]+)(/.*)?", re.DOTALL
    ),
    re.compile(
        r"https://(?P<bucket>[a-z0-9.-]+?)\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?(/.*)?",
        re.DOTALL,
    ),
)
Source = Store | Processor
# Services whose resources are wherever their region is, and never in a Local Zone or Outpost.
_WITHOUT_ZONES = frozenset(
    {
        "app-integrations",
        "aoss",
        "appflow",
        "cases",
        "connect",
        "events",
        "firehose",
        "kinesis",
        "kinesisvideo",
        "lambda",
        "lex",
        "logs",
        "mobiletargeting",
        "profile",
        "ses",
        "sns",
        "sqs",
        "wisdom",
    }
)


def optional(found: Found, path: str, beside: str, absent: Json) -> Json:
    """Return a member that an answer may leave out, and its meaning if it does.

    Args:
        beside: path of a member that the same answer always has.
    """
    stated = found.read(beside)
    return stated if isinstance(stated, Unknown) else found.read(path, absent=absent)


def optional_text(found: Found, path: str, beside: str) -> Maybe[str]:
    """Return a string that an answer may leave out, '' then."""
    value = optional(found, path, beside, "")
    if isinstance(value, str | Unknown):
        return value
    return Unknown(f"the provider's answer has a {path} that is not text")


def optional_key(found: Found, path: str, beside: str) -> Maybe[str]:
    """Return the ARN of a key that an answer leaves out if it is the provider's, '' then."""
    name = optional_text(found, path, beside)
    return key_arn(name, found.place["region"], found.place["account"])


def tags_in(value: Json) -> Maybe[Mapping[str, str]]:
    """Return tags from an object of keys and values."""
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, Mapping):
        return Unknown("the provider's answer has tags that are no object")
    return {str(name): str(text) for name, text in value.items()}


def bucket_arn(source: Source, name: str) -> str:
    """Return the ARN of a bucket in the partition of what writes to it."""
    region = source.region if isinstance(source.region, str) else ""
    return f"arn:{partition_of(region)}:s3:::{name}"


def exits(
    source: Source, mechanism: str, targets: Iterable[Json], active: Maybe[bool] = True
) -> Iterator[Flow]:
    """Yield a flow to each of these targets, once.

    Args:
        targets: ARNs or S3 addresses; what is empty is no target, and an Unknown is one that may
            be there.
    """
    seen = set()
    for target in targets:
        for each in _exit(source, mechanism, target, active):
            if each.id not in seen:
                seen.add(each.id)
                yield each


def _exit(source: Source, mechanism: str, target: Json, active: Maybe[bool]) -> Iterator[Flow]:
    if isinstance(target, Unknown):
        yield possible(source, mechanism, target)
    elif isinstance(target, str) and target:
        name = bucket_in(target)
        if target.startswith("arn:"):
            yield to_store(source, mechanism, target, active=active, **_place_in(target))
        elif name:
            yield to_store(source, mechanism, bucket_arn(source, name), active=active)
        else:
            yield to_outside(source, mechanism, target, active)


def _place_in(name: str) -> Mapping[str, Any]:
    """Return the columns that an ARN tells of the other end, for what is in no zone."""
    _, _, service, region, account, *_ = [*name.split(":", 5), "", "", "", "", ""]
    if service not in _WITHOUT_ZONES or not region or not account:
        return {}
    return {
        "target_account": account,
        "target_region": region,
        "target_country": country_of(region),
        "target_operator": operator_of(region),
    }


def inflow(found: Found, source: str, mechanism: str, target: Source) -> Flow:
    """Return a flow into what was found, out of a resource that is known by its ARN only."""
    _, _, _, region, account, *_ = [*source.split(":", 5), "", "", "", "", ""]
    return Flow(
        id=f"{source}/{mechanism}/{target.id}",
        evidence=found.evidence,
        store_id=source,
        provider="aws",
        account=account or target.account,
        region=region or Unknown("the answer does not name the region that the data comes from"),
        mechanism=mechanism,
        active=True,
        target_id=target.id,
    )


def bucket_in(address: str) -> str:
    """Return the bucket that an S3 address names, '' if it is none."""
    matches = (pattern.fullmatch(address) for pattern in _ADDRESSES)
    return next((match["bucket"] for match in matches if match), "")


def to_bucket(
    source: Source, mechanism: str, name: Json, active: Maybe[bool] = True
) -> Iterator[Flow]:
    """Yield a flow to the bucket of that name; none if the name is ''."""
    if isinstance(name, str) and name and not name.startswith("arn:"):
        name = bucket_arn(source, name)
    yield from exits(source, mechanism, [name], active)


def to_outside(source: Source, mechanism: str, address: str, active: Maybe[bool] = True) -> Flow:
    """Return a flow to an address of which AWS knows neither place nor owner."""
    why = Unknown(f"{address[:200]} may be anywhere, and anybody's")
    return flow(
        source,
        mechanism,
        address,
        active=active,
        target_account=why,
        target_region=why,
        target_country=why,
        target_operator=why,
    )


def to_region(source: Source, mechanism: str, region: str, active: Maybe[bool] = True) -> Flow:
    """Return a flow to another region of the same account, where no resource is named."""
    return flow(
        source,
        mechanism,
        region,
        active=active,
        target_account=source.account,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_of(region),
    )
