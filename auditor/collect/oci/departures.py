"""Flows that leave something of which only the id is known: its own row is made elsewhere."""

from auditor.collect.oci.regions import country_of, operator_at, region_in
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED, Flow, Maybe


def flow_from(
    found: Found,
    source: str,
    mechanism: str,
    target: Maybe[str],
    region: Maybe[str] = UNJOINED,
    active: Maybe[bool] = True,
    *,
    name: str = "",
    account: Maybe[str] = UNJOINED,
) -> Flow:
    """Return a flow from a store or processor by its id.

    Args:
        target: id of the store or processor at the other end; '' if it is neither.
        region: region of the other end; UNJOINED is that of the store there.
        name: tells it from other flows of the same source and mechanism.
        account: tenancy of the other end; UNJOINED is that of the store there.
    """
    stated = region_in(source)
    joined = region is UNJOINED
    return Flow(
        id=f"{source}/{mechanism}/{name or target}",
        evidence=found.evidence,
        store_id=source,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"] if isinstance(stated, Unknown) else stated,
        mechanism=mechanism,
        active=active,
        target_id=target,
        target_account=account,
        target_region=region,
        target_country=region if joined else country_of(region),
        target_operator=region if joined else operator_at(region),
    )


def possible_from(found: Found, source: str, mechanism: str, why: Unknown, name: str = "?") -> Flow:
    """Return the flow that stands for all of one mechanism that could not be learned."""
    return flow_from(found, source, mechanism, why, why, why, name=name, account=why)
