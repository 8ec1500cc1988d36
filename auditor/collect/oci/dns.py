"""Oracle Cloud DNS: zones that are handed to others' name servers, and users steered by place.

Zones of scope GLOBAL only: private ones are answered inside networks, and cannot be transferred.

API: https://docs.oracle.com/en-us/iaas/api/#/en/dns/20180115/Zone/
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.everywhere import processor_everywhere
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.reading import entries, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Processor

_SERVICE = "dns.DnsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/dns/20180115"


def _zone(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = processor_everywhere(found, "dns", "zone", name=text(found, "item.name"), public=True)
    yield row
    servers = found.read("zone.externalDownstreams")
    if isinstance(servers, Unknown):
        yield possible(row, "replication", servers)
        return
    for address in dict.fromkeys(str(each.get("address")) for each in entries(servers)):
        why = Unknown(f"the zone is copied to the name server {address}, whose place is not stated")
        yield to_outside(row, "replication", address, why)


def _steering(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = processor_everywhere(
        found, "dns", "steering policy", name=text(found, "item.displayName"), public=True
    )
    yield row
    answers = found.read("policy.answers")
    if isinstance(answers, Unknown):
        yield possible(row, "edge", answers)
        return
    led_to = [each.get("rdata") for each in entries(answers) if each.get("isDisabled") is not True]
    for address in dict.fromkeys(map(str, led_to)):
        why = Unknown(f"users are led to {address}, and where that is is not stated")
        yield to_outside(row, "edge", address, why)


ZONES = Collector(
    kind="oci.dns.zone",
    service=_SERVICE,
    title="Public zones, and the servers outside Oracle Cloud that they are copied to",
    per=("account", "compartment"),
    listing=compartment_listing(
        "list_zones", "inspect dns-zones", items=BARE, limit=100, scope="GLOBAL"
    ),
    details=(
        Detail(
            name="zone",
            operation="get_zone",
            permission="read dns-zones",
            bind={"zone_name_or_id": "item.id"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_zone,
    types=("CustomerDnsZone",),
    source=f"{_API}/Zone/ListZones",
)

STEERING = Collector(
    kind="oci.dns.steeringpolicy",
    service=_SERVICE,
    title="Policies that lead users to one place or another",
    per=("account", "compartment"),
    listing=compartment_listing(
        "list_steering_policies", "inspect dns-steering-policies", items=BARE, limit=100
    ),
    details=(
        Detail(
            name="policy",
            operation="get_steering_policy",
            permission="read dns-steering-policies",
            bind={"steering_policy_id": "item.id"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_steering,
    source=f"{_API}/SteeringPolicy/ListSteeringPolicies",
)
