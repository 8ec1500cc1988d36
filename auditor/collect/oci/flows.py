"""Builds rows of ``flows`` for a store: ways out that exist, and ways out that may."""

from auditor.collect.flows import ANYBODY, ANYWHERE, flow
from auditor.collect.oci.regions import country_of, operator_at
from auditor.tables import Flow, Maybe, Store


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
