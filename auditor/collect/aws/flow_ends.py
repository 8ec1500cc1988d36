"""Rows of ``flows`` to what AWS names by ARN, by bucket or by address.

An ARN states the account and region of what it names, except for a bucket, whose ARN states
neither: its place is looked up by ``facts``, or stays unknown.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re
from dataclasses import replace
from typing import Any

from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import flow
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Maybe, Processor, Store

_ARN = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):([0-9]{12})?:.+", re.ASCII | re.DOTALL)
_ACCOUNT = re.compile(r"[0-9]{12}", re.ASCII)


def region_columns(region: Maybe[str]) -> dict[str, Maybe[str]]:
    """Return what is known of a flow's other end from its region."""
    operator = region if isinstance(region, Unknown) else operator_of(region)
    return {
        "target_region": region,
        "target_country": country_of(region),
        "target_operator": operator,
    }


def columns_of(arn: str) -> dict[str, Maybe[str]]:
    """Return what an ARN states of a flow's other end; nothing for a bucket's."""
    match = _ARN.fullmatch(arn)
    if match is None:
        return {}
    found = region_columns(match[1]) if match[1] else {}
    return {**found, "target_account": match[2]} if match[2] else found


def to_arn(row: Store | Processor, mechanism: str, arn: Json, **columns: Any) -> Flow:
    """Return a flow to what an ARN names; to somewhere unknown if it is none."""
    if not isinstance(arn, str) or not _ARN.fullmatch(arn):
        return to_outside(row, mechanism, str(arn or "?"), "a destination that is no ARN")
    return flow(row, mechanism, arn, **{"target_id": arn, **columns_of(arn), **columns})


def to_outside(row: Store | Processor, mechanism: str, name: str, what: str) -> Flow:
    """Return a flow to an address; whose it is and where it is, AWS does not know.

    Args:
        what: what is there, for people, such as 'the web server at example.com'.
    """
    why = Unknown(f"it goes to {what}; who runs that, and where, is not in AWS's answers")
    return flow(
        row,
        mechanism,
        name,
        target_id="",
        target_account=why,
        target_region=why,
        target_country=why,
        target_operator=why,
    )


def bucket_arn(name: Json, region: str) -> str:
    """Return a bucket's ARN from its name; from its ARN, that."""
    text = str(name or "")
    if text.startswith("arn:"):
        return text
    return f"arn:{partition_of(region)}:s3:::{text}"


def to_bucket(
    row: Store | Processor, mechanism: str, bucket: Json, account: Json = None, **columns: Any
) -> Flow:
    """Return a flow to a bucket, named by name or ARN.

    Args:
        account: account that must own it for the flow to work, where the answer names one.
    """
    region = "" if isinstance(row.region, Unknown) else row.region
    target = bucket_arn(bucket, region)
    owner = {}
    if isinstance(account, str) and _ACCOUNT.fullmatch(account):
        owner = {"target_account": account}
    return flow(row, mechanism, target, **{"target_id": target, **owner, **columns})


def out_of(origin: str, found: Found, made: Flow) -> Flow:
    """Return a flow as one out of another resource than the row that it was made from."""
    return replace(made, store_id=origin, evidence=found.evidence)
