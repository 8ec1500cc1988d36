"""Builds rows of ``flows`` by what an answer says of their other end: an ARN, a place, or a name.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set

from auditor.collect.aws.principals import ANYBODY, accounts_in_policy
from auditor.collect.aws.reading import entries
from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import dig
from auditor.tables import UNJOINED, Flow, Maybe, Processor, Store

Source = Store | Processor
EVERYWHERE = "*"
GLOBAL = "global"
_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):(?P<service>[a-z0-9-]+):(?P<region>[a-z0-9-]*)"
    r":(?P<account>\d{12})?:(?P<resource>.+)",
    re.ASCII | re.DOTALL,
)


def to_arn(source: Source, mechanism: str, target: str, **columns: Maybe[bool]) -> Flow:
    """Return a flow to what an ARN names.

    Its account and region are those in the ARN. Where the ARN has none, as a bucket's, ``facts``
    looks them up.
    """
    parts = _ARN.fullmatch(target)
    if parts is None:
        why = Unknown(f"the other end is named {target[:200]!r}, which is no ARN")
        return possible(source, mechanism, why, target or "?")
    name = _resource_of(target, parts["service"])
    if not parts["region"] or not parts["account"]:
        return flow(source, mechanism, name, target_id=name, **columns)
    where = place_columns(parts["account"], parts["region"])
    return flow(source, mechanism, name, target_id=name, **where, **columns)


def to_arns(source: Source, mechanism: str, targets: Iterable[str]) -> Iterator[Flow]:
    """Yield a flow to each of these ARNs, once; '' stands for none."""
    for target in dict.fromkeys(targets):
        if target:
            yield to_arn(source, mechanism, target)


def to_bucket(source: Source, mechanism: str, name: str) -> Flow:
    """Return a flow to a bucket that the answer names without its account and region."""
    region = source.region if isinstance(source.region, str) else ""
    return to_arn(source, mechanism, f"arn:{partition_of(region)}:s3:::{name}")


def to_place(
    source: Source,
    mechanism: str,
    name: str,
    account: Maybe[str],
    region: Maybe[str],
    *,
    target: Maybe[str] = "",
    active: Maybe[bool] = True,
) -> Flow:
    """Return a flow to an account and region of AWS, whatever takes it up there."""
    where = place_columns(account, region)
    return flow(source, mechanism, name, target_id=target, active=active, **where)


def outside(
    source: Source, mechanism: str, name: str, why: str, *, active: Maybe[bool] = True
) -> Flow:
    """Return a flow to an end that is in no account of AWS, or in none that the answer names."""
    unknown = Unknown(why)
    return flow(
        source,
        mechanism,
        name,
        active=active,
        target_account=unknown,
        target_region=unknown,
        target_country=unknown,
        target_operator=unknown,
    )


def everywhere(source: Source, name: str, active: Maybe[bool] = True) -> Flow:
    """Return the flow to every edge location of AWS, which are in dozens of countries.

    Source: https://aws.amazon.com/cloudfront/features/#Global_Edge_Network
    """
    return flow(
        source,
        "edge",
        name,
        active=active,
        target_account=source.account,
        target_region=GLOBAL,
        target_country=EVERYWHERE,
        target_operator=source.operator,
    )


def place_columns(account: Maybe[str], region: Maybe[str]) -> dict[str, Maybe[str]]:
    """Return the columns of a flow that say where its other end is."""
    return {
        "target_account": account or UNJOINED,
        "target_region": region or UNJOINED,
        "target_country": country_of(region) if region else UNJOINED,
        "target_operator": operator_of(region) if isinstance(region, str) else region,
    }


def account_in(arn: Json) -> str:
    """Return the account in an ARN; '' if there is none."""
    parts = _ARN.fullmatch(arn) if isinstance(arn, str) else None
    return (parts["account"] or "") if parts else ""


def region_in(arn: Json) -> str:
    """Return the region in an ARN; '' if there is none."""
    parts = _ARN.fullmatch(arn) if isinstance(arn, str) else None
    return parts["region"] if parts else ""


def member(value: Json, path: str) -> str:
    """Return the string at a path of an object in an answer; '' for anything else."""
    found = dig(value, path)
    return found if isinstance(found, str) else ""


def state_of(value: Json, on: Set[str], off: Set[str]) -> Maybe[bool]:
    """Return whether a state means that something is usable now; another state is unknown."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, str) and value in on | off:
        return value in on
    return Unknown(f"this version does not know the state {str(value)[:100]}")


def lets_in_anybody(policy: Json) -> Maybe[bool]:
    """Return whether a resource policy lets in anybody; unknown where that hangs on a condition.

    Args:
        policy: its JSON text, or an Unknown.
    """
    accounts = accounts_in_policy(policy)
    if isinstance(accounts, Unknown):
        return accounts
    if ANYBODY not in accounts:
        return False
    found = json.loads(policy)["Statement"]
    statements = entries(found if isinstance(found, list) else [found])
    is_denied = any(each.get("Effect") == "Deny" for each in statements)
    is_open = [
        not each.get("Condition") and _is_anybody(each.get("Principal")) for each in statements
    ]
    if any(is_open) and not is_denied:
        return True
    return Unknown("its policy lets in anybody, but for conditions or denials that are not judged")


def _is_anybody(principal: Json) -> bool:
    """Whether a policy's principal stands for everybody."""
    names = principal.get("AWS") if isinstance(principal, Mapping) else principal
    return names == ANYBODY or (isinstance(names, list) and ANYBODY in names)


def tags_in(value: Json) -> Maybe[Mapping[str, str]]:
    """Return tags from an object of keys and values, or a list of pairs in lower case."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Mapping):
        return {str(key): str(inner) for key, inner in value.items()}
    pairs = value if isinstance(value, list) else []
    return {
        str(pair.get("key", "")): str(pair.get("value", ""))
        for pair in pairs
        if isinstance(pair, Mapping)
    }


def _resource_of(target: str, service: str) -> str:
    """Return the ARN of the store itself: a bucket without a prefix, a log group without '*'."""
    if service == "s3":
        return target.partition("/")[0]
    return target.removesuffix(":*") if service == "logs" else target
