"""Rows about copies: a copy names its source, and a source seldom its copies."""

from dataclasses import replace
from typing import Any

from auditor.collect.flows import flow
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.regions import region_in
from auditor.model import Unknown
from auditor.tables import Flow, Maybe, Processor, Store


def arrival(
    end: Store | Processor,
    source: str,
    mechanism: str,
    active: Maybe[bool] = True,
    region: Maybe[str] | None = None,
) -> Flow:
    """Return the flow from a store, named by its id, that ends in a row of ours.

    Args:
        source: id of the store that the data left; it may be where nobody can look.
        region: where that is, if something else than its OCID states it.
    """
    return Flow(
        id=f"{source}/{mechanism}/{end.id}",
        evidence=end.evidence,
        store_id=source,
        provider="oci",
        account=end.account,
        region=region_in(source) if region is None else region,
        mechanism=mechanism,
        active=active,
        target_id=end.id,
        target_account=end.account,
        target_region=end.region,
        target_country=end.country,
        target_operator=end.region if isinstance(end.region, Unknown) else end.operator,
    )


def to_standby(store: Store, target: str) -> Flow:
    """Return the flow to a database that Data Guard keeps in step, within the tenancy.

    Its OCID names the region that answers for it. Where that is not the place of the primary, it
    need not be the standby's: then only the standby's own row can say.
    """
    if isinstance(store.country, Unknown):
        return flow(store, "replication", target, target_id=target)
    return to_region(store, "replication", target, region_in(target))


def unseen_copies(of: Store, kind: str, why: Unknown) -> Store:
    """Return the row that stands for copies of a store that could not be listed.

    Args:
        kind: of the copies, such as 'replica'.
    """
    unknown: dict[str, Any] = dict.fromkeys(
        ("key_id", "encrypted", "public", "locked", "size_bytes", "created", "tags"), why
    )
    return replace(of, id=f"{of.id}/{kind}/?", kind=kind, backup=True, source_id=of.id, **unknown)
