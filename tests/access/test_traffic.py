"""What lists of rules let through, in their order and with their edges."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access.traffic import (
    Rule,
    Traffic,
    allowed,
    block_of,
    is_public,
    labels,
    parse_rule,
    rule,
)

ANYBODY = ipaddress.ip_network("0.0.0.0/0")
PORTS = st.integers(0, 65_535)
BLOCKS = st.sampled_from(["0.0.0.0/0", "10.0.0.0/8", "198.51.100.0/24", "198.51.100.7/32", "::/0"])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any rule that a list can hold."""
    first = draw(PORTS)
    return Rule(
        direction="in",
        allows=draw(st.booleans()),
        protocol=draw(st.sampled_from(["all", "tcp", "udp", "icmp", "50"])),
        first=first,
        last=draw(st.integers(first, 65_535)),
        peer=draw(BLOCKS),
    )


def parts(*written: str, asked: Traffic | None = None) -> tuple[str, ...]:
    """Return in few words what a list lets through."""
    parsed = [each for each in map(parse_rule, written) if each]
    assert len(parsed) == len(written)
    return labels(allowed(parsed, asked or Traffic(block=ANYBODY)))


def test_the_first_rule_that_fits_decides() -> None:
    """A denial below an allowance takes nothing away, and above it takes its own part."""
    deny, allow = "in deny tcp 22-22 0.0.0.0/0", "in allow tcp 0-65535 0.0.0.0/0"

    assert parts(allow, deny) == ("tcp",)
    assert parts(deny, allow) == ("tcp 0-21", "tcp 23-65535")


def test_denials_together_can_cover_all_that_is_allowed_below() -> None:
    denied = ("in deny all 0-65535 0.0.0.0/1", "in deny all 0-65535 128.0.0.0/1")

    assert parts(*denied, "in allow all 0-65535 0.0.0.0/0") == ()


def test_everything_without_one_protocol_is_the_others() -> None:
    written = ("in deny tcp 0-65535 0.0.0.0/0", "in allow all 0-65535 0.0.0.0/0")

    assert parts(*written) == ("icmp", "icmpv6", "other", "udp")


def test_a_number_without_a_name_is_among_the_others() -> None:
    assert parts("in deny tcp 1-2 0.0.0.0/0", "in allow 50 0-65535 0.0.0.0/0") == ("50",)


def test_addresses_of_the_other_version_are_no_part() -> None:
    assert parts("in allow all 0-65535 ::/0") == ()


@given(rules())
def test_what_is_written_reads_as_it_was(made: Rule) -> None:
    assert parse_rule(str(made)) == made


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    """Forged evidence holds anything."""
    parse_rule(text)
    block_of(text)


@given(st.lists(rules(), max_size=6), st.sampled_from(["198.51.100.7", "10.1.2.3"]), PORTS)
def test_a_single_packet_is_decided_as_by_hand(held: list[Rule], address: str, port: int) -> None:
    """Cutting blocks and ports into parts changes no answer."""
    packet = Traffic(block=ipaddress.ip_network(address), protocol="tcp", first=port, last=port)
    first = next((each for each in held if fits(each, address, port)), None)

    assert bool(list(allowed(held, packet))) == (first is not None and first.allows)
    wide = list(allowed(held, Traffic(block=ANYBODY)))
    found = any(
        packet.block.subnet_of(part.block)  # type: ignore[arg-type]
        and part.protocol in ("tcp", "all")
        and part.first <= port <= part.last
        for part in wide
    )
    assert found == (first is not None and first.allows)


def fits(one: Rule, address: str, port: int) -> bool:
    """Whether a rule speaks of a TCP packet."""
    block = ipaddress.ip_network(one.peer)
    return (
        ipaddress.ip_address(address) in block
        and one.protocol in ("tcp", "all")
        and one.first <= port <= one.last
    )


@pytest.mark.parametrize(
    ("block", "public"),
    [("0.0.0.0/0", True), ("10.2.0.0/16", False), ("fd00::/8", False), ("198.51.100.0/24", True)],
)
def test_blocks_of_the_internet_are_told_from_private_ones(block: str, public: bool) -> None:
    assert is_public(ipaddress.ip_network(block)) is public


def test_a_rule_from_an_api_has_all_ports_where_it_states_none() -> None:
    """ICMP states types there, which are no ports."""
    made = [
        rule("in", "6", 22, 22, "0.0.0.0/0"),
        rule("in", "-1", None, None, "0.0.0.0/0"),
        rule("in", 1, 8, 0, "0.0.0.0/0"),
        rule("out", "tcp", "x", 5, "a b", allows=False),
    ]

    assert [str(each) for each in made] == [
        "in allow tcp 22-22 0.0.0.0/0",
        "in allow all 0-65535 0.0.0.0/0",
        "in allow icmp 0-65535 0.0.0.0/0",
        "out deny tcp 0-65535 ab",
    ]
