"""Builds rows of ``flows`` for a store: ways out that exist, and ways out that may."""

from dataclasses import replace

from auditor.collect.oci.regions import country_of, operator_at
from auditor.model import Unknown
from auditor.tables import Flow, Maybe, Store

ANYBODY = "*"
ANYWHERE = Unknown("anybody can read it, from anywhere")


def flow(store: Store, mechanism: str, name: str, **columns: Maybe[str] | Maybe[bool]) -> Flow:
    """Return a flow out of a store; it is active unless ``columns`` say otherwise.

    Args:
        name: tells it from other flows of the same store and mechanism.
    """
    row = Flow(
        id=f"{store.id}/{mechanism}/{name}",
        evidence=store.evidence,
        store_id=store.id,
        provider=store.provider,
        account=store.account,
        region=store.region,
        mechanism=mechanism,
        active=True,
        target_id="",
    )
    return replace(row, **columns)  # type: ignore[arg-type]


def to_region(
    store: Store,
    mechanism: str,
    target: str,
    region: Maybe[str],
    active: Maybe[bool] = True,
    name: str = "",
) -> Flow:
    """Return a flow within the tenancy to a store of which at least the region is stated."""
    return flow(
        store,
        mechanism,
        name or target,
        active=active,
        target_id=target,
        target_account=store.account,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_at(region),
    )


def to_anybody(store: Store, mechanism: str, name: str, active: Maybe[bool] = True) -> Flow:
    """Return a way out that needs no credentials: whoever has the address can use it."""
    return flow(
        store,
        mechanism,
        name,
        active=active,
        target_account=ANYBODY,
        target_region=ANYWHERE,
        target_country=ANYWHERE,
        target_operator=ANYWHERE,
    )


def possible(store: Store, mechanism: str, why: Unknown, name: str = "?") -> Flow:
    """Return the flow that stands for all of one mechanism that could not be learned."""
    return flow(
        store,
        mechanism,
        name,
        active=why,
        target_id=why,
        target_account=why,
        target_region=why,
        target_country=why,
        target_operator=why,
    )
