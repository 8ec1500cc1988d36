"""Where the flows of databases, caches, search and streams lead, as answers say it.

What an ARN states of its region and account is known even if nobody scanned that account.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re

from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import flow
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Maybe, Processor, Store

Columns = dict[str, Maybe[str]]
Source = Store | Processor
_OWN_HOST = re.compile(
    r".+\.(?P<region>[a-z]{2,4}(-[a-z]+)+-\d)\.(redshift|redshift-serverless|es|aoss|aos)"
    r"\.(amazonaws\.com(\.cn)?|on\.aws)\Z",
    re.ASCII,
)
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)


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


def nowhere(why: Unknown) -> Columns:
    """Return the columns of an end of which nothing is known."""
    return {"target_id": why, **_places(why)}


def outside(address: str) -> Columns:
    """Return the columns of an end that is an address outside of what AWS describes."""
    why = Unknown(f"it goes to {address[:200]}, and AWS does not state whose that is or where")
    return {"target_id": "", **_places(why)}


def at_address(address: str) -> Columns:
    """Return the columns of an end that a host name leads to; AWS's own names say the region."""
    host = address.removeprefix("jdbc:redshift://").removeprefix("https://")
    match = _OWN_HOST.match(re.split(r"[:/]", host, maxsplit=1)[0])
    if match is None:
        return outside(address)
    why = Unknown(f"AWS does not state what answers at {address[:200]}, and in whose account")
    return {"target_id": why, "target_account": why, **_in_region(match["region"])}


def bucket_arn(name: str, region: str) -> str:
    """Return the ARN of a bucket that something in a region names; '' for none."""
    if not name or name.startswith("arn:"):
        return name
    return f"arn:{partition_of(region)}:s3:::{name}"


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


def to_arn(row: Source, mechanism: str, arn: str, **columns: Maybe[bool]) -> Flow:
    """Return a flow to what an ARN names."""
    return flow(row, mechanism, arn, **{**at_arn(arn), **columns})


def to_bucket(row: Source, mechanism: str, name: str, **columns: Maybe[bool]) -> Flow:
    """Return a flow to a bucket, by its name or ARN."""
    region = row.region if isinstance(row.region, str) else ""
    return to_arn(row, mechanism, bucket_arn(name, region), **columns)


def is_moving(state: Json, on: tuple[str, ...], off: tuple[str, ...]) -> Maybe[bool]:
    """Return whether something moves data or has moved it, by the name of its state.

    Args:
        on: states in which it does or did; what has been copied is at the other end.
        off: states in which it neither does nor did.
    """
    if isinstance(state, Unknown):
        return state
    if state in on or state in off:
        return state in on
    return Unknown(f"its state, {str(state)[:100]}, does not tell whether data moves")


def tags_of_map(value: Json) -> Maybe[dict[str, str]]:
    """Return tags from AWS's object of keys and values."""
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, dict):
        return Unknown("the answer's tags are no object")
    return {str(key): str(inner) for key, inner in value.items()}


def _places(why: Unknown) -> Columns:
    names = ("target_account", "target_region", "target_country", "target_operator")
    return dict.fromkeys(names, why)


def _in_region(region: Maybe[str]) -> Columns:
    return {
        "target_region": region,
        "target_country": country_of(region),
        "target_operator": region if isinstance(region, Unknown) else operator_of(region),
    }
