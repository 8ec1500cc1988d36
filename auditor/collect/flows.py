"""Rows of ``flows`` that every provider's collectors build alike."""

from typing import Any

from auditor.model import Unknown
from auditor.tables import Flow, Maybe, Processor, Store

ANYBODY = "*"
ANYWHERE = Unknown("anybody can read it, from anywhere")


def flow(
    store: Store | Processor, mechanism: str, name: str, **columns: Maybe[str] | Maybe[bool]
) -> Flow:
    """Return a flow out of a store or processor; it is active unless ``columns`` say otherwise.

    Args:
        name: tells it from other flows of the same store and mechanism.
    """
    settled: dict[str, Any] = {
        "id": f"{store.id}/{mechanism}/{name}",
        "store_id": store.id,
        "provider": store.provider,
        "mechanism": mechanism,
        "evidence": store.evidence,
        "account": store.account,
        "region": store.region,
        "active": True,
        "target_id": "",
        **columns,
    }
    return Flow(**settled)


def possible(store: Store | Processor, mechanism: str, why: Unknown, name: str = "?") -> Flow:
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
