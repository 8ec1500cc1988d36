"""Writes the openings of networks, from their routes, rules, gateways and what is attached."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from auditor.access.networks import Estate, Gateway, Interface, Network, Subnet
from auditor.access.openings import Opening, find_openings
from auditor.access.traffic import Rule, parse_rule

_MOST_NAMED = 5

_NETWORKS = "SELECT id, provider, account FROM networks ORDER BY id"
# A table that names a subnet comes before the main one, and a subnet of which no table was seen
# has unknown routes.
_SUBNETS = """
WITH named AS (
    SELECT unnest(subnets) AS subnet, network_id, routes FROM route_tables
), listed AS (
    SELECT subnet, list(id ORDER BY id) AS lists
    FROM (SELECT unnest(subnets) AS subnet, id FROM rule_lists) GROUP BY subnet
)
SELECT s.id, s.network_id,
    CASE WHEN s.route_table_id <> '' THEN
        (SELECT any_value(routes) FROM route_tables AS t WHERE t.id = s.route_table_id)
    WHEN s.id IN (SELECT subnet FROM named) THEN
        (SELECT any_value(routes) FROM named WHERE named.subnet = s.id)
    WHEN s.route_table_id = '' THEN
        (SELECT any_value(routes) FROM route_tables AS t WHERE t.network_id = s.network_id AND main)
    END,
    CASE s.provider WHEN 'oci' THEN s.lists ELSE listed.lists END,
    public_addresses, inbound
FROM subnets AS s LEFT JOIN listed ON listed.subnet = s.id
ORDER BY s.id
"""
_INTERFACES = """
SELECT subnet_id, resource_id, lists, public, ipv6, answers FROM interfaces ORDER BY id
"""
_RULES = "SELECT id, rules FROM rule_lists ORDER BY id"
_GATEWAYS = """
SELECT id, account, kind, network_id, hub_id, peer_id, peer_account, active
FROM gateways ORDER BY id
"""
# The block of public access holds for all networks of an account's region.
_SHUT = """
SELECT n.id, bool_or(g.enforced AND CASE WHEN len(g.escapes) = 0 THEN true END)
FROM networks AS n JOIN guardrails AS g ON g.account = n.account AND g.region = n.region
WHERE g.id LIKE 'arn:%:vpc-block-public-access-options' AND g.enforced IS NOT false
GROUP BY n.id
"""
_WRITE = """
INSERT INTO openings BY NAME
SELECT found.*, n.evidence, n.provider, n.account, n.region, n.country, n.name AS network, n.tags
FROM (SELECT unnest(?1::VARCHAR[]) AS id, unnest(?2::VARCHAR[]) AS network_id,
    unnest(?3::VARCHAR[]) AS direction, unnest(?4::VARCHAR[]) AS peer,
    unnest(?5::VARCHAR[]) AS peer_account, unnest(?6::VARCHAR[]) AS through,
    unnest(?7::VARCHAR[]) AS gateway_id, unnest(?8::VARCHAR[][]) AS traffic,
    unnest(?9::VARCHAR[][]) AS reaches, unnest(?10::BIGINT[]) AS reached,
    unnest(?11::BOOLEAN[]) AS open) AS found
JOIN networks AS n ON n.id = found.network_id
"""
_CLASSES = """
UPDATE openings SET data_classes = known.classes FROM (
    SELECT opened.id, CASE WHEN count(*) = count(e.data_classes) THEN
        list_sort(list_distinct(flatten(list(e.data_classes)))) END AS classes
    FROM (SELECT unnest(?1::VARCHAR[]) AS id, unnest(?2::VARCHAR[]) AS resource) AS opened
    LEFT JOIN endpoints AS e ON e.id = opened.resource
    GROUP BY opened.id
) AS known WHERE known.id = openings.id
"""

OPENING_REASONS = {
    ("openings", "open"): "routes, rules or addresses that decide it could not be read",
    ("openings", "peer"): "which network is at the other end is not stated",
    ("openings", "peer_account"): "whose network is at the other end is not stated",
    ("openings", "data_classes"): "which data is behind it is not known of all that it reaches",
}


def fill_openings(database: duckdb.DuckDBPyConnection) -> None:
    """Fill the table ``openings``, once stores and processors have their classes."""
    found = list(find_openings(_read_estate(database)))
    if not found:
        return
    database.execute(_WRITE, _as_columns(found))
    pairs = [(each.id, resource) for each in found for resource in sorted(each.resources)]
    database.execute(_CLASSES, [[id_ for id_, _ in pairs], [resource for _, resource in pairs]])


def _as_columns(found: Sequence[Opening]) -> list[list[Any]]:
    return [
        [each.id for each in found],
        [each.network_id for each in found],
        [each.direction for each in found],
        [each.peer for each in found],
        [each.peer_account for each in found],
        [each.through for each in found],
        [each.gateway_id for each in found],
        [list(each.traffic) for each in found],
        [sorted(each.resources)[:_MOST_NAMED] for each in found],
        [len(each.resources) for each in found],
        [each.open for each in found],
    ]


def _read_estate(database: duckdb.DuckDBPyConnection) -> Estate:
    networks = {
        id_: Network(id=id_, provider=provider, account=account)
        for id_, provider, account in database.execute(_NETWORKS).fetchall()
    }
    subnets: dict[str, list[Subnet]] = defaultdict(list)
    for row in database.execute(_SUBNETS).fetchall():
        if row[1] in networks:
            subnets[row[1]].append(_subnet(row))
    gateways = {row[0]: _gateway(row) for row in database.execute(_GATEWAYS).fetchall()}
    estate = Estate(
        networks=networks,
        subnets=subnets,
        interfaces=_interfaces(database),
        rules={id_: _rules(rules) for id_, rules in database.execute(_RULES).fetchall()},
        gateways=gateways,
        shut=dict(database.execute(_SHUT).fetchall()),
    )
    gateways.update({each.id: each for each in _unseen(estate)})
    return estate


def _interfaces(database: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[Interface]]:
    found: dict[str, list[Interface]] = defaultdict(list)
    for subnet, resource, lists, public, ipv6, answers in database.execute(_INTERFACES).fetchall():
        found[subnet].append(
            Interface(
                resource_id=resource,
                lists=None if lists is None else tuple(lists),
                public=public,
                ipv6=ipv6,
                answers=answers,
            )
        )
    return found


def _subnet(row: tuple[Any, ...]) -> Subnet:
    id_, network, routes, lists, public, inbound = row
    pairs = None if routes is None else tuple(_route(each) for each in routes)
    return Subnet(
        id=id_,
        network_id=network,
        routes=pairs,
        lists=None if lists is None else tuple(lists),
        public=public,
        inbound=inbound,
    )


def _route(written: str) -> tuple[str, str]:
    destination, _, target = written.partition(" ")
    return destination, target


def _gateway(row: tuple[Any, ...]) -> Gateway:
    id_, account, kind, network, hub, peer, peer_account, active = row
    return Gateway(
        id=id_,
        account=account,
        kind=kind,
        network_id=network,
        hub_id=hub,
        peer_id=peer,
        peer_account=peer_account,
        active=active,
    )


def _rules(written: Sequence[str] | None) -> tuple[Rule, ...] | None:
    """Return the rules of a list; None if one of them is none, as in forged evidence."""
    if written is None:
        return None
    rules = [parse_rule(each) for each in written]
    return None if None in rules else tuple(each for each in rules if each is not None)


def _unseen(estate: Estate) -> Iterator[Gateway]:
    """Yield what routes lead to that is of no kind that is collected: to whom, nobody states."""
    hubs = {each.hub_id for each in estate.gateways.values()}
    for network, subnets in estate.subnets.items():
        for target in sorted({via for each in subnets for _, via in each.routes or ()} - hubs):
            if estate.kind_of(target) == "other" and target not in estate.gateways:
                yield Gateway(
                    id=f"{network}/{target}",
                    account=estate.networks[network].account,
                    kind="hub",
                    network_id=network,
                    hub_id=target,
                    peer_id=None,
                    peer_account=None,
                    active=None,
                )
