"""OCI Load Balancer and Network Load Balancer: who can reach them, and where they lead.

Backends are named by address. A private one is in the network or at the end of its lines, which
are collected by themselves; where a public one is, no answer states.

https://docs.oracle.com/en-us/iaas/Content/Balance/Concepts/balanceoverview.htm
https://docs.oracle.com/en-us/iaas/Content/NetworkLoadBalancer/overview.htm
"""

import ipaddress
from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_flag, odd
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Interface, Maybe, Processor

_SERVICE = "loadbalancer"  # under which Oracle bills both


def _rows(found: Found, kind: str) -> Iterator[Processor | Flow | Interface]:
    if is_gone(found):
        return
    private = maybe_flag(found, "item.isPrivate")
    public = private if isinstance(private, Unknown) else not private
    balancer = processor_of(found, _SERVICE, kind, public=public)
    yield balancer
    yield from _interfaces(found, balancer)
    # One that was just made has no backends, and leaves the member out.
    sets = found.read("item.backendSets", absent={})
    if not isinstance(sets, Mapping):
        why = sets if isinstance(sets, Unknown) else odd("backendSets", "an object")
        yield possible(balancer, "stream", why)
        return
    backends = [each for one in sets.values() for each in _backends(one)]
    ways = [_way(balancer, backend, runs(found)) for backend in backends]
    yield from {way.id: way for way in ways if way is not None}.values()


def _interfaces(found: Found, balancer: Processor) -> Iterator[Interface]:
    """Yield where a balancer stands, once for each of its subnets."""
    named = found.read("item.networkSecurityGroupIds", absent=[])
    groups: Maybe[tuple[str, ...]] = odd("networkSecurityGroupIds", "a list")
    if isinstance(named, Unknown):
        groups = named
    elif isinstance(named, list):
        groups = tuple(sorted(each for each in named if isinstance(each, str)))
    several = balancer.kind != "network load balancer"
    stated = found.read("item.subnetIds" if several else "item.subnetId", absent=[])
    subnets = stated if isinstance(stated, list) else [stated]
    for subnet in sorted({each for each in subnets if isinstance(each, str)}):
        yield Interface(
            id=f"{balancer.id}/{subnet}",
            evidence=found.evidence,
            provider="oci",
            network_id="",
            subnet_id=subnet,
            resource_id=balancer.id,
            lists=groups,
            public=balancer.public,
            ipv6=False,
            answers=True,
        )


def _backends(one: Json) -> list[Mapping[str, Json]]:
    return entries(one.get("backends")) if isinstance(one, Mapping) else []


def _way(balancer: Processor, backend: Mapping[str, Json], runs: Maybe[bool]) -> Flow | None:
    """Return the flow to a backend whose address is not one of a private network."""
    address = backend.get("ipAddress")
    if not isinstance(address, str):
        # Only a resource of the same network can be named by its OCID instead.
        return None if backend.get("targetId") else _unnamed(balancer)
    try:
        if not ipaddress.ip_address(address).is_global:
            return None
    except ValueError:
        return possible(balancer, "stream", odd("ipAddress", "an address"), address[:60])
    why = Unknown(f"its backend {address} is a public address, which does not say where it is")
    return to_outside(balancer, "stream", address, why, runs)


def _unnamed(balancer: Processor) -> Flow:
    return possible(balancer, "stream", odd("ipAddress", "text"))


def _balancer(found: Found) -> Iterator[Processor | Flow | Interface]:
    yield from _rows(found, "load balancer")


def _network_balancer(found: Found) -> Iterator[Processor | Flow | Interface]:
    yield from _rows(found, "network load balancer")


BALANCERS = Collector(
    kind="oci.loadbalancer.balancer",
    service="load_balancer.LoadBalancerClient",
    title="Load balancers, with the backends at public addresses",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_load_balancers", "inspect load-balancers", items=BARE),
    tables=(Processor, Flow, Interface),
    rows=_balancer,
    types=("LoadBalancer",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/loadbalancer/20170115/LoadBalancer/ListLoadBalancers",
)

NETWORK_BALANCERS = Collector(
    kind="oci.loadbalancer.networkbalancer",
    service="network_load_balancer.NetworkLoadBalancerClient",
    title="Network load balancers, with the backends at public addresses",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_network_load_balancers", "inspect network-load-balancers"),
    tables=(Processor, Flow, Interface),
    rows=_network_balancer,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/networkloadbalancer/20200501/NetworkLoadBalancer/ListNetworkLoadBalancers",
)
