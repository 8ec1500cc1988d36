"""Rows of what joins networks of Oracle Cloud to others, for the collectors of each kind."""

from auditor.collect.oci.reading import text
from auditor.spec import Found
from auditor.tables import Gateway, Maybe


def joint(
    found: Found,
    kind: str,
    *,
    peer_id: Maybe[str],
    peer_account: Maybe[str],
    active: Maybe[bool],
    network_id: str = "",
    hub_id: str = "",
) -> Gateway:
    """Return a gateway to another network.

    Args:
        network_id: network on this side; '' where it is at a hub only.
        hub_id: dynamic routing gateway that it is attached to.
    """
    return Gateway(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        kind=kind,
        network_id=network_id,
        hub_id=hub_id,
        peer_id=peer_id,
        peer_account=peer_account,
        active=active,
    )
