"""The network cards of OCI instances: where they stand, and which rules bind them."""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.reading import entries, odd, text
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Interface, Maybe


def first_card(found: Found) -> Json:
    """Return the id of the card that is read; None without any."""
    return next((each.get("vnicId") for each in attached(found.read("cards", absent=[]))), None)


def attached(cards: Json) -> list[Mapping[str, Json]]:
    """Return the cards that an instance has now."""
    return [each for each in entries(cards) if each.get("lifecycleState") != "DETACHED"]


def interfaces(found: Found) -> Iterator[Interface]:
    """Yield the network cards of an instance; only the first one is read."""
    first = first_card(found)
    unread = Unknown("it has several network cards, of which one was read")
    refused = found.read("cards", absent=[])
    if isinstance(refused, Unknown):
        yield _unseen_card(found, refused)
    for each in attached(found.read("cards", absent=[])):
        card, subnet = each.get("vnicId"), each.get("subnetId")
        is_first = card == first
        yield Interface(
            id=card if isinstance(card, str) else f"{text(found, 'item.id')}/card",
            evidence=found.evidence,
            provider="oci",
            network_id="",
            subnet_id=subnet if isinstance(subnet, str) else "",
            resource_id=text(found, "item.id"),
            lists=_groups(found) if is_first else unread,
            public=_has(found, "publicIp") if is_first else unread,
            ipv6=_has(found, "ipv6Addresses") if is_first else unread,
            answers=True,
        )


def _unseen_card(found: Found, why: Unknown) -> Interface:
    """Return the row that stands for the cards of an instance that could not be listed."""
    return Interface(
        id=f"{text(found, 'item.id')}/card/?",
        evidence=found.evidence,
        provider="oci",
        network_id="",
        subnet_id="",
        resource_id=text(found, "item.id"),
        lists=why,
        public=why,
        ipv6=why,
        answers=True,
    )


def _groups(found: Found) -> Maybe[tuple[str, ...]]:
    named = found.read("card.nsgIds", absent=[])
    if isinstance(named, Unknown):
        return named
    if not isinstance(named, list):
        return odd("nsgIds", "a list")
    return tuple(sorted(each for each in named if isinstance(each, str)))


def _has(found: Found, member: str) -> Maybe[bool]:
    address = found.read(f"card.{member}", absent="")  # left out by a card that has none
    return address if isinstance(address, Unknown) else bool(address)
