"""Oracle Cloud networks: the rules of security lists and of network security groups.

Both only allow, and all that bind an interface count together. Rules without state let nothing
back in, which is not followed: they count as the others do.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/SecurityList/
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.access.traffic import rule
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd, text
from auditor.collect.oci.service_rows import BARE, LONG_PAGE, compartment_listing, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, dig
from auditor.tables import Maybe, RuleList

_SERVICE = "core.VirtualNetworkClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"
_OPTIONS = {"6": "tcpOptions", "17": "udpOptions"}
_LISTED = {"in": "ingressSecurityRules", "out": "egressSecurityRules"}
_DIRECTIONS = {"INGRESS": "in", "EGRESS": "out"}
_PEERS = {"in": "source", "out": "destination"}


def _security_list(found: Found) -> Iterator[RuleList]:
    yield from _rows(found, "security list", _listed)


def _security_group(found: Found) -> Iterator[RuleList]:
    yield from _rows(found, "network security group", _grouped)


def _rows(
    found: Found, kind: str, rules: Callable[[Found], Maybe[tuple[str, ...]]]
) -> Iterator[RuleList]:
    if is_gone(found):
        return
    yield RuleList(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        kind=kind,
        name=text(found, "item.displayName"),
        network_id=text(found, "item.vcnId"),
        subnets=(),
        rules=rules(found),
    )


def _listed(found: Found) -> Maybe[tuple[str, ...]]:
    written: set[str] = set()
    for direction, member in _LISTED.items():
        rules = found.read(f"item.{member}")
        if isinstance(rules, Unknown):
            return rules
        if not isinstance(rules, list):
            return odd(member, "a list")
        written.update(_written(direction, each) for each in entries(rules))
    return tuple(sorted(written))


def _grouped(found: Found) -> Maybe[tuple[str, ...]]:
    rules = found.read("rules")
    if isinstance(rules, Unknown):
        return rules
    written: set[str] = set()
    for each in entries(rules):
        direction = _DIRECTIONS.get(str(each.get("direction")))
        if direction is None:
            return odd("direction", "INGRESS or EGRESS")
        written.add(_written(direction, each))
    return tuple(sorted(written))


def _written(direction: str, stated: Mapping[str, Json]) -> str:
    protocol, peer = str(stated.get("protocol")), stated.get(_PEERS[direction])
    options = stated.get(_OPTIONS[protocol]) if protocol in _OPTIONS else None
    ports = dig(options, "destinationPortRange")
    first, last = dig(ports, "min"), dig(ports, "max")
    made = rule(direction, protocol, first, last, peer if isinstance(peer, str) else "?")
    return str(made)


SECURITY_LISTS = Collector(
    kind="oci.networking.securitylist",
    service=_SERVICE,
    title="Security lists of subnets",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_security_lists", "inspect security-lists", items=BARE),
    tables=(RuleList,),
    rows=_security_list,
    types=("SecurityList",),
    source=f"{_API}/SecurityList/ListSecurityLists",
)
SECURITY_GROUPS = Collector(
    kind="oci.networking.networksecuritygroup",
    service=_SERVICE,
    title="Network security groups with their rules",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_network_security_groups", "inspect network-security-groups", items=BARE
    ),
    details=(
        Detail(
            name="rules",
            operation="list_network_security_group_security_rules",
            # The verb that has this permission also lets members join.
            permission="{NETWORK_SECURITY_GROUP_LIST_SECURITY_RULES}",
            parameters={"limit": LONG_PAGE},
            bind={"network_security_group_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(RuleList,),
    rows=_security_group,
    types=("NetworkSecurityGroup",),
    source=f"{_API}/NetworkSecurityGroup/ListNetworkSecurityGroups",
)
