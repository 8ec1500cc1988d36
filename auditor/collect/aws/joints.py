"""Rows of what joins networks of AWS to others, for the collectors of each kind."""

from auditor.spec import Found
from auditor.tables import Gateway, Maybe


def joint(
    found: Found,
    name: str,
    kind: str,
    *,
    network_id: str,
    active: Maybe[bool],
    account: str | None = None,
    hub_id: str = "",
    peer_id: Maybe[str] = "",
    peer_account: Maybe[str] = "",
) -> Gateway:
    """Return a gateway to another network, or to the internet.

    Args:
        network_id: network on this side; '' where it is at a hub only.
        account: that owns it; None for the one that was asked.
        hub_id: transit gateway that it is attached to.
    """
    return Gateway(
        id=name,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"] if account is None else account,
        kind=kind,
        network_id=network_id,
        hub_id=hub_id,
        peer_id=peer_id,
        peer_account=peer_account,
        active=active,
    )
