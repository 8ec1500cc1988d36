"""What reads requests of users on their way in: firewalls, caches and points of presence.

A regional firewall or cache stands before a load balancer of its region. An edge policy (WAAS)
takes requests at points of presence around the world, and sends them on to its origins.

https://docs.oracle.com/en-us/iaas/Content/WAF/Concepts/overview.htm
https://docs.oracle.com/en-us/iaas/Content/network-firewall/overview.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import flow, possible
from auditor.collect.oci.everywhere import EVERYWHERE, GLOBAL, processor_everywhere
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import works
from auditor.collect.oci.reading import odd, text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    host_of,
    is_gone,
    runs,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor


def _edge_policy(found: Found) -> Iterator[Processor | Flow]:
    """Yield a policy by which points of presence answer for a domain, and where they ask."""
    if is_gone(found):
        return
    name = text(found, "item.displayName")
    policy = processor_everywhere(found, "waf", "edge policy", name=name, public=True)
    yield policy
    active = runs(found)
    yield flow(
        policy,
        "edge",
        "points of presence",
        active=active,
        target_account=policy.account,
        target_region=GLOBAL,
        target_country=EVERYWHERE,
        target_operator=policy.operator,
    )
    origins = found.read("policy.origins", absent={})  # one without origins answers nothing
    if not isinstance(origins, Mapping):
        why = origins if isinstance(origins, Unknown) else odd("origins", "an object")
        yield possible(policy, "stream", why)
        return
    addresses = (each.get("uri") for each in origins.values() if isinstance(each, Mapping))
    hosts = {host_of(f"//{each}" if "://" not in str(each) else str(each)) for each in addresses}
    for host in sorted(hosts):
        why = Unknown(f"requests go on to {host[:100]}, and where that is is not stated")
        yield to_outside(policy, "stream", host, why, active)


FIREWALLS = Collector(
    kind="oci.waf.firewall",
    service="waf.WafClient",
    title="Web application firewalls before load balancers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_web_app_firewalls", "inspect web-app-firewall"),
    tables=(Processor,),
    rows=works("waf", "web application firewall"),
    types=("WebAppFirewall",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/waf/20210930/WebAppFirewall/ListWebAppFirewalls",
)

ACCELERATIONS = Collector(
    kind="oci.waf.acceleration",
    service="waa.WaaClient",
    title="Caches of answers before load balancers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_web_app_accelerations", "inspect web-app-acceleration"),
    tables=(Processor,),
    rows=works("waf", "web application acceleration"),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/waa/20211230/WebAppAcceleration/ListWebAppAccelerations",
)

EDGE_POLICIES = Collector(
    kind="oci.waf.edgepolicy",
    service="waas.WaasClient",
    title="Domains that points of presence around the world answer for, and their origins",
    per=("account", "compartment"),
    listing=compartment_listing("list_waas_policies", "inspect waas-policy", items=BARE),
    details=(get_detail("policy", "get_waas_policy", "read waas-policy", "origins.customHeaders"),),
    tables=(Processor, Flow),
    rows=_edge_policy,
    types=("WaasPolicy",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/waas/20181116/WaasPolicy/ListWaasPolicies",
)

NETWORK_FIREWALLS = Collector(
    kind="oci.networkfirewall.firewall",
    service="network_firewall.NetworkFirewallClient",
    title="Network firewalls, which traffic passes through",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_network_firewalls", "inspect network-firewall"),
    tables=(Processor,),
    rows=works("networkfirewall", "network firewall"),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/network-firewall/20230501/NetworkFirewall/ListNetworkFirewalls",
)
