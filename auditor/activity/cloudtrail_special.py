"""What sign-ins, issued credentials and copies say beyond what every event says."""

from collections.abc import Mapping
from typing import Final

from auditor.activity.cloudtrail_identity import (
    FEDERATED,
    Who,
    of_federation,
    partition_of,
    second_factor,
    session_of,
)
from auditor.activity.cloudtrail_records import as_text
from auditor.activity.cloudtrail_stores import copied_from
from auditor.model import Json

COPYING: Final = frozenset({"CopyObject", "UploadPartCopy"})


def actor_at_sign_in(
    who: Who,
    parameters: Mapping[str, Json],
    additional: Mapping[str, Json],
    account: str,
    region: str,
) -> Who:
    """Return the identity, with what the event as a whole says of it.

    Args:
        account: that is signed in to.
    """
    if who.principal_kind in FEDERATED:
        who = of_federation(who, parameters, account, region)
    taken = second_factor(additional.get("MFAUsed"))
    return who._replace(second_factor=taken) if taken else who


def chain_of(
    who: Who,
    parameters: Mapping[str, Json],
    response: Mapping[str, Json],
    moment: str,
    region: str,
) -> tuple[str, ...] | None:
    """Return who was issued which credential, in the order of CHAIN; None if nobody was.

    The account of a role that outsiders assume logs the asker as an account only; the asker's own
    account logs the same credential with the name, so both rows are kept.
    """
    credentials = response.get("credentials")
    issued = as_text(credentials.get("accessKeyId")) if isinstance(credentials, dict) else ""
    if not issued:
        return None
    assumed = response.get("assumedRoleUser")
    session = as_text(assumed.get("arn")) if isinstance(assumed, dict) else ""
    target = as_text(parameters.get("targetPrincipal"))  # of AssumeRoot: an account
    if target.isdigit():
        target = f"arn:{partition_of(region)}:iam::{target}:root"
    role = as_text(parameters.get("roleArn")) or target or session_of(session)[0]
    return (issued, who.principal, who.credential, role or who.principal, moment)


def has_failed(response: Mapping[str, Json]) -> bool:
    """Whether a sign-in failed, which is no error to CloudTrail."""
    return response.get("ConsoleLogin") == "Failure"


def source_of(operation: str, parameters: Mapping[str, Json], region: str) -> str:
    """Return the bucket that was read to make a copy; '' if it was none."""
    return copied_from(parameters, region) if operation in COPYING else ""
