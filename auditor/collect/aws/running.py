"""Rows of ``deployments`` and ``artifacts``, built alike for every service of AWS."""

from typing import Any

from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Artifact, Deployment, Maybe

NO_SIZE = Unknown("AWS states no size of it")


def deployment_of(
    found: Found,
    *,
    id: str,  # noqa: A002 - the column's name
    kind: str,
    image: Maybe[str],
    digest: Maybe[str],
    pinned: Maybe[bool],
    **columns: Any,
) -> Deployment:
    """Return something that runs in the account and region that the listing was asked in.

    Args:
        columns: any other column of the table, in place of the default: its id is what runs it
            and its name, no moment is stated, and unsigned code may start.
    """
    settled = {"resource_id": id, "name": id, **columns}
    return Deployment(
        id=id,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        region=found.place["region"],
        kind=kind,
        image=image,
        digest=digest,
        pinned=pinned,
        **settled,
    )


def artifact_of(
    found: Found,
    *,
    id: str,  # noqa: A002 - the column's name
    kind: str,
    digest: Maybe[str],
    **columns: Any,
) -> Artifact:
    """Return something that was built and is kept where the listing was asked.

    Args:
        columns: any other column of the table, in place of the default: its id is its name, no
            moment is stated, its size is unknown, no tag points to it and nothing signed it.
    """
    settled = {"name": id, "made": "", "size_bytes": NO_SIZE, **columns}
    return Artifact(
        id=id,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        region=found.place["region"],
        kind=kind,
        digest=digest,
        **settled,
    )
