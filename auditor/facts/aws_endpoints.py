"""Reads, out of the fact tables, the endpoints of VPCs as reasoning about access wants them."""

from collections import defaultdict
from collections.abc import Mapping

import duckdb

from auditor.access.endpoints import Endpoints
from auditor.access.statements import Statement

# The console asks for its users: what comes through its endpoints counts as of their VPC.
_ENDPOINTS = """
SELECT id, network_id, peer_id LIKE '%.console' OR peer_id LIKE '%.signin'
FROM gateways WHERE provider = 'aws' AND id LIKE 'vpce-%' AND active IS NOT false ORDER BY id
"""
_NETWORKS = """
SELECT n.id FROM networks AS n JOIN coverage AS c ON c.account = n.account AND c.region = n.region
WHERE n.provider = 'aws' AND c.provider = 'aws' AND c.collector = 'aws.ec2.vpc-endpoint'
GROUP BY n.id HAVING bool_and(coalesce(c.complete, false)) ORDER BY n.id
"""


def read_endpoints(
    database: duckdb.DuckDBPyConnection, policies: Mapping[str, tuple[Statement, ...]]
) -> Endpoints:
    """Return the endpoints, and the VPCs whose endpoints were all listed.

    Args:
        policies: ARN of an endpoint -> statements of its policy; () lets everything pass.
    """
    rows = database.execute(_ENDPOINTS).fetchall()
    console = {name for name, _, of_console in rows if of_console}
    ways = defaultdict(list)
    for name, network, _ in rows:
        ways[network].append(name)
    known = [network for (network,) in database.execute(_NETWORKS).fetchall()]
    placed = None not in ways and "" not in ways
    read = {arn.rpartition("/")[2]: each for arn, each in policies.items() if each}
    return Endpoints(
        policies={name: each for name, each in read.items() if name not in console},
        networks={network: tuple(ways[network]) for network in known if placed},
    )
