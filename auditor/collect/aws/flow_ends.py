"""Builds rows of ``flows`` by what an answer says of their other end.

One meaning for all services: what a name states is taken from it, so that an end in an account
that nobody scanned is judged, too; what it leaves out is joined by ``facts`` if the end was
collected; anything else is unknown, with a reason.

Functions called ``at_``, ``in_``, ``outside`` and ``nowhere`` return columns of a flow, those
called ``to_`` a flow.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from auditor.collect.aws.arns import (
    Arn,
    account_in,
    bucket_arn,
    bucket_in,
    is_account,
    parts_of,
    resource_arn,
)
from auditor.collect.aws.regions import country_of, operator_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED, Flow, Maybe, Processor, Store

Columns = dict[str, Maybe[str]]
Source = Store | Processor
EVERYWHERE = "*"
GLOBAL = "global"
_ENDS = ("target_account", "target_region", "target_country", "target_operator")
_OWN_HOST = re.compile(
    r".+\.(?P<region>[a-z]{2,4}(-[a-z]+)+-\d)\.(redshift|redshift-serverless|es|aoss|aos)"
    r"\.(amazonaws\.com(\.cn)?|on\.aws)\Z",
    re.ASCII,
)
# What can stand in a Local Zone or on an Outpost, hence in another country than its region, by
# service and how the resource begins in its ARN:
# https://aws.amazon.com/about-aws/global-infrastructure/localzones/features/
# https://docs.aws.amazon.com/outposts/latest/userguide/outposts-services.html
_IN_ZONES = {
    "ec2": ("instance/", "volume/", "snapshot/", "subnet/", "network-interface/"),
    "ecs": ("task/", "container-instance/"),
    "elasticache": ("cluster:",),
    "elasticloadbalancing": ("loadbalancer/",),
    "elasticmapreduce": ("cluster/",),
    "fsx": ("file-system/", "volume/"),
    "outposts": ("",),
    "rds": ("db:", "snapshot:"),
    "s3-outposts": ("",),
    "s3express": ("",),
}


def at_arn(arn: Json) -> Columns:
    """Return the columns of an end that an ARN names; what it leaves out is left to be joined."""
    if isinstance(arn, Unknown):
        return nowhere(arn)
    parts = parts_of(arn)
    if parts is None:
        return nowhere(Unknown(f"the answer names its other end {str(arn)[:200]!r}, no ARN of AWS"))
    columns: Columns = {"target_id": resource_arn(arn)}
    if parts.account:
        columns["target_account"] = parts.account
    if parts.region:
        columns |= in_region(parts.region)
    if _is_zonal(parts):
        columns["target_country"] = UNJOINED
    return columns


def at_address(address: str) -> Columns:
    """Return the columns of an end that a host name leads to; AWS's own names say the region."""
    host = address.removeprefix("jdbc:redshift://").removeprefix("https://")
    match = _OWN_HOST.match(re.split(r"[:/]", host, maxsplit=1)[0])
    if match is None:
        return outside(Unknown(_anywhere(address)))
    why = Unknown(f"AWS does not state what answers at {address[:200]}, and in whose account")
    return {"target_id": why, "target_account": why, **in_region(match["region"])}


def in_place(account: Maybe[str], region: Maybe[str]) -> Columns:
    """Return the columns of an end that is an account in a region, and no store; '' is unknown."""
    where = in_region(region) if region else dict.fromkeys(_ENDS[1:], UNJOINED)
    return {"target_id": "", "target_account": account or UNJOINED, **where}


def in_region(region: Maybe[str]) -> Columns:
    """Return what is known of an end from its region."""
    return {
        "target_region": region,
        "target_country": country_of(region),
        "target_operator": region if isinstance(region, Unknown) else operator_of(region),
    }


def nowhere(why: Unknown) -> Columns:
    """Return the columns of an end of which nothing is known."""
    return {"target_id": why, **dict.fromkeys(_ENDS, why)}


def outside(why: Unknown) -> Columns:
    """Return the columns of an end that is no resource of a cloud, as far as the answer tells."""
    return {"target_id": "", **dict.fromkeys(_ENDS, why)}


def to_arn(row: Source, mechanism: str, arn: Json, name: str = "", **columns: Any) -> Flow:
    """Return a flow to what an ARN names; to somewhere unknown if it is none.

    Args:
        name: tells it from other flows of the same row and mechanism, in place of the ARN.
        columns: in place of what the ARN states.
    """
    text = resource_arn(arn) if isinstance(arn, str) else ""
    return flow(row, mechanism, name or text or "?", **{**at_arn(arn), **columns})


def to_bucket(
    row: Source, mechanism: str, bucket: Json, account: Json = None, **columns: Any
) -> Flow:
    """Return a flow to a bucket, by its name, its address or its ARN.

    Args:
        account: account that must own it for the flow to work, where the answer names one.
    """
    if not isinstance(bucket, Unknown):
        bucket = bucket_arn(bucket, row.region) or Unknown("the answer names no bucket")
    owner = {"target_account": account} if is_account(account) else {}
    return to_arn(row, mechanism, bucket, **{**owner, **columns})


def to_buckets(
    row: Source, mechanism: str, names: Iterable[Json], active: Maybe[bool] = True
) -> Iterator[Flow]:
    """Yield a flow to each of these buckets, once; '' names none, an Unknown may be one."""
    yield from exits(
        row,
        mechanism,
        (bucket_arn(name, row.region) if isinstance(name, str) else name for name in names),
        active,
    )


def to_place(
    row: Source,
    mechanism: str,
    name: str,
    account: Maybe[str],
    region: Maybe[str],
    *,
    target: Maybe[str] = "",
    active: Maybe[bool] = True,
) -> Flow:
    """Return a flow to an account and region of AWS, whatever takes it up there."""
    where = in_place(account, region) | {"target_id": target}
    return flow(row, mechanism, name, active=active, **where)


def to_region(row: Source, mechanism: str, region: str, active: Maybe[bool] = True) -> Flow:
    """Return a flow to another region of the same account, where no resource is named."""
    return to_place(row, mechanism, region, row.account, region, active=active)


def to_outside(
    row: Source, mechanism: str, name: str, why: str = "", *, active: Maybe[bool] = True
) -> Flow:
    """Return a flow to an end that is no resource of AWS, or none that the answer tells.

    Args:
        why: why its place and owner are unknown; '' says that AWS does not state them.
    """
    return flow(row, mechanism, name, active=active, **outside(Unknown(why or _anywhere(name))))


def exits(
    row: Source, mechanism: str, targets: Iterable[Json], active: Maybe[bool] = True
) -> Iterator[Flow]:
    """Yield a flow to each of these targets, once.

    Args:
        targets: ARNs, addresses of buckets, or addresses outside of AWS; what is empty is no
            target, and an Unknown is one that may be there.
    """
    seen = set()
    for target in targets:
        if target is None or target == "":
            continue
        made = _exit(row, mechanism, target, active)
        if made.id not in seen:
            seen.add(made.id)
            yield made


def everywhere(row: Source, name: str, active: Maybe[bool] = True) -> Flow:
    """Return the flow to every edge location of AWS, which are in dozens of countries.

    Source: https://aws.amazon.com/cloudfront/features/#Global_Edge_Network
    """
    return flow(
        row,
        "edge",
        name,
        active=active,
        target_account=row.account,
        target_region=GLOBAL,
        target_country=EVERYWHERE,
        target_operator=row.operator,
    )


def flow_from(
    found: Found, source: str, mechanism: str, name: str, **columns: Maybe[str] | Maybe[bool]
) -> Flow:
    """Return a flow out of a store or processor that another collector lists.

    Args:
        source: its id; its account and region are those in it, if it is an ARN that states them.
        name: tells it from other flows of the same store and mechanism.
    """
    values: dict[str, Maybe[str] | Maybe[bool]] = {"active": True, "target_id": "", **columns}
    return Flow(
        id=f"{source}/{mechanism}/{name}",
        evidence=found.evidence,
        store_id=source,
        provider="aws",
        account=account_in(source) or found.place["account"],
        region=_region_of(source, found),
        mechanism=mechanism,
        **values,  # type: ignore[arg-type]
    )


def out_of(origin: str, found: Found, made: Flow) -> Flow:
    """Return a flow as one out of another resource than the row that it was made from."""
    return replace(made, store_id=origin, evidence=found.evidence)


def _exit(row: Source, mechanism: str, target: Json, active: Maybe[bool]) -> Flow:
    if isinstance(target, Unknown):
        return possible(row, mechanism, target)
    if not isinstance(target, str):
        return possible(row, mechanism, Unknown("the answer names a target that is no text"))
    if target.startswith("arn:"):
        return to_arn(row, mechanism, target, active=active)
    if bucket_in(target):
        return to_bucket(row, mechanism, target, active=active)
    return to_outside(row, mechanism, target, active=active)


def _is_zonal(parts: Arn) -> bool:
    return parts.resource.startswith(_IN_ZONES.get(parts.service, ()))


def _region_of(source: str, found: Found) -> Maybe[str]:
    parts = parts_of(source)
    if parts is None:
        return found.place["region"]
    return parts.region or Unknown("the answer does not name the region that the data comes from")


def _anywhere(address: str) -> str:
    return f"it goes to {address[:200]}, and AWS does not state whose that is or where"
