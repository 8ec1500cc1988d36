"""What sign-ins, issued credentials and copies say beyond what every event says."""

from typing import Any, Final

from auditor.activity.cloudtrail_identity import (
    FEDERATED,
    Who,
    of_federation,
    partition_of,
    second_factor,
    session_of,
)
from auditor.activity.cloudtrail_records import Additional, Credentials, Response, Session, as_text
from auditor.activity.cloudtrail_stores import copied_from

COPYING: Final = frozenset({"CopyObject", "UploadPartCopy"})


def actor_at_sign_in(
    who: Who,
    parameters: Any,
    additional: Additional,
    account: str,
    region: str,
) -> Who:
    """Return the identity, with what the event as a whole says of it.

    Args:
        account: that is signed in to.
    """
    if who.principal_kind in FEDERATED:
        who = of_federation(who, parameters, account, region)
    taken = second_factor(additional.second_factor)
    return who._replace(second_factor=taken) if taken else who


def chain_of(
    who: Who, parameters: Any, response: Response, moment: str, region: str
) -> tuple[str, ...] | None:
    """Return who was issued which credential, in the order of CHAIN; None if nobody was.

    The account of a role that outsiders assume logs the asker as an account only; the asker's own
    account logs the same credential with the name, so both rows are kept.
    """
    credentials, session = response.credentials, response.session
    issued = as_text(credentials.key) if isinstance(credentials, Credentials) else ""
    if not issued:
        return None
    role = as_text(parameters.roleArn) or _of_target(as_text(parameters.targetPrincipal), region)
    if not role and isinstance(session, Session):
        role = session_of(as_text(session.arn))[0]
    return (issued, who.principal, who.credential, role or who.principal, moment)


def _of_target(target: str, region: str) -> str:
    """Return whom AssumeRoot makes somebody: it is told an account."""
    return f"arn:{partition_of(region)}:iam::{target}:root" if target.isdigit() else target


def has_failed(response: Response) -> bool:
    """Whether a sign-in failed, which is no error to CloudTrail."""
    return bool(response.sign_in == "Failure")


def source_of(operation: str, parameters: Any, region: str) -> str:
    """Return the bucket that was read to make a copy; '' if it was none."""
    source = as_text(parameters.copySource) if operation in COPYING else ""
    return copied_from(source, region) if source else ""
