"""Which traffic rules of a network let through: pure reasoning over blocks, protocols and ports.

Rules of one list either only allow, and then their order does not matter (security groups and
security lists), or allow and deny, the first that fits deciding (network ACLs).

Sources:
    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/securityrules.htm
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

Block = ipaddress.IPv4Network | ipaddress.IPv6Network

ALL = "all"
_LAST = 65_535
_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", "-1": ALL}
_NAMED = ("tcp", "udp", "icmp", "icmpv6")
_OTHER = "other"
_WITH_PORTS = frozenset({"tcp", "udp"})
_WRITTEN = re.compile(
    r"(?P<direction>in|out) (?P<effect>allow|deny) (?P<protocol>\S+) "
    r"(?P<first>[0-9]{1,5})-(?P<last>[0-9]{1,5}) (?P<peer>\S+)"
)
_PRIVATE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
    )
)
ANYWHERE = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as a list of rules writes it.

    Attributes:
        direction: 'in' or 'out'.
        protocol: tcp, udp, icmp, icmpv6, all, or a number (IANA).
        first, last: ports; 0 and 65535 for all, and where the protocol has none.
        peer: block of addresses, or the id of a list of rules or of addresses.
    """

    direction: str
    allows: bool
    protocol: str
    first: int
    last: int
    peer: str

    def __str__(self) -> str:
        """Return it as fact tables hold it: 'in allow tcp 22-22 0.0.0.0/0'."""
        effect = "allow" if self.allows else "deny"
        return f"{self.direction} {effect} {self.protocol} {self.first}-{self.last} {self.peer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """A block of traffic: to or from addresses, of a protocol, at some ports."""

    block: Block
    protocol: str = ALL
    first: int = 0
    last: int = _LAST

    @property
    def label(self) -> str:
        """Return it without the addresses: 'tcp 443', 'udp 1000-2000', 'all'."""
        if self.protocol not in _WITH_PORTS or (self.first, self.last) == (0, _LAST):
            return self.protocol
        ports = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.protocol} {ports}"


def rule(
    direction: str, protocol: object, first: object, last: object, peer: str, *, allows: bool = True
) -> Rule:
    """Return a rule from what an API states; ports that it leaves out are all of them."""
    name = _PROTOCOLS.get(str(protocol), str(protocol).lower() or ALL)
    has_ports = name in _WITH_PORTS and _is_port(first) and _is_port(last)
    return Rule(
        direction=direction,
        allows=allows,
        protocol="".join(name.split()) or ALL,
        first=first if has_ports and isinstance(first, int) else 0,
        last=last if has_ports and isinstance(last, int) else _LAST,
        peer="".join(peer.split()) or "?",
    )


def parse_rule(written: str) -> Rule | None:
    """Return a rule as fact tables hold it; None if it is none."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    return Rule(
        direction=match["direction"],
        allows=match["effect"] == "allow",
        protocol=match["protocol"],
        first=int(match["first"]),
        last=int(match["last"]),
        peer=match["peer"],
    )


def block_of(written: str) -> Block | None:
    """Return a block of addresses; None for what is none, such as the id of a list."""
    try:
        return ipaddress.ip_network(written, strict=False)
    except ValueError:
        return None


def is_public(block: Block) -> bool:
    """Whether addresses of the internet are in a block."""
    return not any(
        block.version == each.version and block.subnet_of(each)  # type: ignore[arg-type]
        for each in _PRIVATE
    )


def meet(one: Block, other: Block) -> Block | None:
    """Return the addresses that two blocks share: of two that do, one contains the other."""
    if one.version != other.version or not one.overlaps(other):
        return None
    return one if one.prefixlen >= other.prefixlen else other


def allowed(rules: Iterable[Rule], asked: Traffic) -> Iterator[Traffic]:
    """Yield the parts of some traffic that one list of rules lets through, the first that fits.

    Rules whose peer is no block of addresses are left to the caller.
    """
    rest = [asked]
    for each in rules:
        block = block_of(each.peer)
        if block is None:
            continue
        said = Traffic(block=block, protocol=each.protocol, first=each.first, last=each.last)
        parts = [both for one in rest if (both := _overlap(one, said))]
        if each.allows:
            yield from parts
        elif parts:
            rest = [left for one in rest for left in _without(one, said)]


def labels(parts: Iterable[Traffic]) -> tuple[str, ...]:
    """Return what traffic is let through, in few words: sorted, and 'all' alone if it is all."""
    found = {part.label for part in parts}
    if ALL in found or found >= {*_NAMED[:2], _OTHER}:
        return (ALL,)
    whole = {name for name in found if " " not in name}
    return tuple(sorted(name for name in found if name in whole or name.split()[0] not in whole))


def _overlap(one: Traffic, other: Traffic) -> Traffic | None:
    block, protocol = meet(one.block, other.block), _common(one.protocol, other.protocol)
    first, last = max(one.first, other.first), min(one.last, other.last)
    if block is None or protocol is None or first > last:
        return None
    return Traffic(block=block, protocol=protocol, first=first, last=last)


def _common(one: str, other: str) -> str | None:
    if other in (one, ALL):
        return one
    if one == ALL:
        return other
    if one == _OTHER and other not in _NAMED:
        return other
    return None


def _without(one: Traffic, cut: Traffic) -> Iterator[Traffic]:
    """Yield what is left of traffic without some other; of protocols without a name, too much."""
    both = _overlap(one, cut)
    if both is None:
        yield one
        return
    if one.protocol == ALL and cut.protocol != ALL:
        for name in (*_NAMED, _OTHER):
            yield from _without(replace(one, protocol=name), cut)
    elif one.protocol == _OTHER and cut.protocol != ALL:
        yield one
    else:
        yield from _around(one, both)


def _around(one: Traffic, both: Traffic) -> Iterator[Traffic]:
    if one.first < both.first:
        yield replace(one, last=both.first - 1)
    if one.last > both.last:
        yield replace(one, first=both.last + 1)
    if both.block != one.block:
        for block in one.block.address_exclude(both.block):  # type: ignore[arg-type]
            yield replace(both, block=block)


def _is_port(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LAST
