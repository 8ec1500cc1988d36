"""Builds rows of ``flows`` out of a store or processor: to stores, to others, to anybody."""

from auditor.collect.flows import ANYBODY, ANYWHERE, flow
from auditor.collect.oci.regions import country_of, operator_at, region_in
from auditor.model import Unknown
from auditor.tables import UNJOINED, Flow, Maybe, Processor, Store

Source = Store | Processor


def to_region(
    store: Source,
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


def to_store(
    store: Source, mechanism: str, target: str, active: Maybe[bool] = True, name: str = ""
) -> Flow:
    """Return a flow to a store or processor by its id; ``facts`` joins where that one is.

    An OCID that names its region says where it is, even if it was not collected.
    """
    region = region_in(target)
    if not isinstance(region, Unknown):
        return to_tenancy(store, mechanism, target, UNJOINED, region, active, name)
    return flow(store, mechanism, name or target, active=active, target_id=target)


def to_tenancy(
    store: Source,
    mechanism: str,
    target: Maybe[str],
    tenancy: Maybe[str],
    region: Maybe[str],
    active: Maybe[bool] = True,
    name: str = "",
) -> Flow:
    """Return a flow into a tenancy, the own one or another.

    Args:
        target: id of the store or processor there, '' if it is neither.
        tenancy: its OCID; UNJOINED is the tenancy of the store there.
    """
    return flow(
        store,
        mechanism,
        name or str(target),
        active=active,
        target_id=target,
        target_account=tenancy,
        target_region=region,
        target_country=region if region is UNJOINED else country_of(region),
        target_operator=region if region is UNJOINED else operator_at(region),
    )


def to_outside(
    store: Source,
    mechanism: str,
    name: str,
    why: Unknown,
    active: Maybe[bool] = True,
    **known: Maybe[str],
) -> Flow:
    """Return a flow to what is no resource of Oracle Cloud: an address, a vendor, another cloud.

    Args:
        why: why nobody can tell who and where that is.
        known: columns of the other end that the answer does state, such as ``target_operator``.
    """
    ends = ("target_account", "target_region", "target_country", "target_operator")
    columns: dict[str, Maybe[str]] = {**dict.fromkeys(ends, why), **known}
    return flow(store, mechanism, name, active=active, **columns)


def to_anybody(store: Source, mechanism: str, name: str, active: Maybe[bool] = True) -> Flow:
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
