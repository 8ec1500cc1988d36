"""Where flows lead, as answers say it: by ARN, by account and region, by a bucket's name.

What an ARN states of its region and account is known even if nobody scanned that account.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re
from collections.abc import Mapping

from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import ANYBODY, ANYWHERE, flow
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Maybe, Processor, Store

Columns = dict[str, Maybe[str]]
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_ENDS = ("target_account", "target_region", "target_country", "target_operator")


def at_arn(arn: str) -> Columns:
    """Return the columns of an end that an ARN names; what it leaves out is left to be joined."""
    if not arn.startswith("arn:"):
        return nowhere(Unknown("the answer names no ARN at its other end"))
    region, account = [*arn.split(":"), "", "", "", ""][3:5]
    columns: Columns = {"target_id": arn}
    if _ACCOUNT.fullmatch(account):
        columns["target_account"] = account
    return columns | (_in_region(region) if region else {})


def in_place(account: Maybe[str], region: Maybe[str]) -> Columns:
    """Return the columns of an end that is an account in a region, and no store."""
    return {"target_id": "", "target_account": account, **_in_region(region)}


def account_in(arn: str, default: str) -> str:
    """Return the account that an ARN names: what others share is listed with one's own."""
    account = [*arn.split(":"), "", "", "", "", ""][4]
    return account if _ACCOUNT.fullmatch(account) else default


def nowhere(why: Unknown) -> Columns:
    """Return the columns of an end of which nothing is known."""
    return {"target_id": why, **dict.fromkeys(_ENDS, why)}


def outside(why: Unknown) -> Columns:
    """Return the columns of an end that is no resource of a cloud, as far as the answer tells."""
    return {"target_id": "", **dict.fromkeys(_ENDS, why)}


def bucket_arn(name: str, region: str) -> str:
    """Return the ARN of a bucket that something in a region names; '' for none."""
    return f"arn:{partition_of(region)}:s3:::{name}" if name else ""


def to_organization(row: Store | Processor, arn: str) -> Flow:
    """Return a share with all accounts of an organisation or organisational unit."""
    everyone = Unknown(f"it is shared with every account of {arn}, whichever those are")
    return flow(row, "share", arn, **in_place(everyone, row.region))


def to_anybody(row: Store | Processor) -> Flow:
    """Return the way out that being public is."""
    columns: Columns = {**dict.fromkeys(_ENDS, ANYWHERE), "target_account": ANYBODY}
    return flow(row, "public", ANYBODY, **columns)


def flow_from(
    found: Found, source: str, mechanism: str, name: str, **columns: Maybe[str] | Maybe[bool]
) -> Flow:
    """Return a flow out of a store or processor that another collector lists.

    Args:
        source: its id.
        name: tells it from other flows of the same store and mechanism.
    """
    values: dict[str, Maybe[str] | Maybe[bool]] = {"active": True, "target_id": "", **columns}
    return Flow(
        id=f"{source}/{mechanism}/{name}",
        evidence=found.evidence,
        store_id=source,
        provider="aws",
        account=found.place["account"],
        region=found.place["region"],
        mechanism=mechanism,
        **values,  # type: ignore[arg-type]
    )


def is_moving(state: Maybe[str], on: tuple[str, ...], off: tuple[str, ...]) -> Maybe[bool]:
    """Return whether a task moves data or has moved it, by the name of its state.

    Args:
        on: states in which it does or did; what a finished task has copied is at the other end.
        off: states in which it neither does nor did.
    """
    if isinstance(state, Unknown):
        return state
    if state in on or state in off:
        return state in on
    return Unknown(f"its state, {state[:100]}, does not tell whether data moves")


def tags_of_map(value: Json) -> Maybe[Mapping[str, str]]:
    """Return tags from AWS's map of keys to values."""
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, Mapping):
        return Unknown("the answer's tags are no map")
    return {str(key): str(inner) for key, inner in value.items()}


def _in_region(region: Maybe[str]) -> Columns:
    return {
        "target_region": region,
        "target_country": country_of(region),
        "target_operator": region if isinstance(region, Unknown) else operator_of(region),
    }
