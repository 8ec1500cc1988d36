"""Things that run code: each is a principal that acts as the roles it was handed.

Whoever may put code of theirs into one acts as its role. An instance acts as the role of its
instance profile, so that the profile is such a principal too.
"""

from collections.abc import Iterator

from auditor.model import Unknown
from auditor.tables import Maybe, Membership, Principal, Processor, Store

UNREAD = "?"


def acting_as(row: Processor | Store, role: Maybe[str]) -> Iterator[Principal | Membership]:
    """Yield what runs code as a principal, and the role that it acts as.

    Args:
        role: ARN of a role or an instance profile, or the name of a role of the same account; ''
            for none, which leaves no rows. One that could not be read is '?'.
    """
    if role == "":
        return
    yield Principal(
        id=row.id,
        evidence=row.evidence,
        provider="aws",
        account=row.account,
        kind="resource",
        name=row.name,
        created=row.created,
        last_used="",
        attributes={},
        tags=row.tags,
    )
    yield acts(row.id, _arn(role, row), row.evidence)


def acts(who: str, role: str, evidence: tuple[int, ...]) -> Membership:
    """Return the row of one thing that may act as a role."""
    return Membership(
        id=f"{role}/{who}", evidence=evidence, provider="aws", group_id=role, member_id=who
    )


def _arn(role: Maybe[str], row: Processor | Store) -> str:
    if isinstance(role, Unknown):
        return UNREAD
    partition = [*row.id.split(":"), "", ""][1]
    is_name = not role.startswith("arn:")
    return f"arn:{partition}:iam::{row.account}:role/{role}" if is_name else role
