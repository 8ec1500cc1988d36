"""OCI identity domains: where people's accounts are mastered, and where copies of them are.

A domain holds names, addresses and telephone numbers. The default domain is copied to every region
that the tenancy subscribes to, others to the regions that somebody chose:
https://docs.oracle.com/en-us/iaas/Content/Identity/domains/to-manage-regions-for-domains.htm
Beyond that Oracle keeps a copy in a region of its own choice in case of a disaster, which no API
names: https://docs.oracle.com/en-us/iaas/Content/Identity/domains/disaster_recovery_and_domains.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.domain_groups import DYNAMIC_GROUPS, GROUPS, PROVIDERS, groups_of
from auditor.collect.oci.domain_people import PEOPLE, people_of
from auditor.collect.oci.domain_roles import ROLES, roles_of
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.reading import (
    NEVER_PUBLIC,
    entries,
    maybe_text,
    moment,
    tags_of,
    text,
)
from auditor.collect.oci.regions import country_of, operator_of
from auditor.collect.oci.signon import IN_DOMAIN, sign_on_rows
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Guardrail, Maybe, Membership, Principal, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1"
_NO_SIZE = Unknown("identity domains state no size")
_NO_ENCRYPTION = Unknown("neither the answer nor the reference says how a domain is encrypted")
_PAIRED = Unknown(
    "Oracle keeps a copy of a domain in a paired region in case of a disaster; no API names it"
)
_UNREADABLE = Unknown("the provider's answer has replica regions that cannot be read")
_COPIED = {
    "REPLICATION_ENABLED": True,
    "ENABLING_REPLICATION": True,
    "REPLICATION_DISABLED": False,
    "DELETED": False,
}


def _rows(found: Found) -> Iterator[Store | Flow | Guardrail | Principal | Membership]:
    yield from sign_on_rows(found)
    yield from people_of(found)
    yield from groups_of(found)
    yield from roles_of(found)
    yield from _domain_rows(found)


def _domain_rows(found: Found) -> Iterator[Store | Flow]:
    store = _store(found)
    yield store
    yield possible(store, "replication", _PAIRED, name="disaster-recovery")
    replicas = found.read("item.replicaRegions")
    if not isinstance(replicas, list):
        why = replicas if isinstance(replicas, Unknown) else _UNREADABLE
        yield possible(store, "replication", why)
        return
    for replica in entries(replicas):
        region = replica.get("region")
        if not isinstance(region, str):
            yield possible(store, "replication", _UNREADABLE)
        elif region != store.region:
            active = _is_copied(str(replica.get("state")))
            yield to_region(store, "replication", "", region, active, name=region)


def _store(found: Found) -> Store:
    home = maybe_text(found, "item.homeRegion")
    return Store(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        operator=operator_of(text(found, "item.homeRegion")),
        account=found.place["account"],
        compartment=found.place["compartment"],
        name=text(found, "item.displayName"),
        region=home,
        country=country_of(home),
        service="identity",
        kind="domain",
        backup=False,
        encrypted=_NO_ENCRYPTION,
        key_id="",  # customers cannot bring a key
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_NO_SIZE,
        created=moment(found.read("item.timeCreated")),
        tags=tags_of(found, "item"),
    )


def _is_copied(state: str) -> Maybe[bool]:
    return _COPIED.get(state, Unknown(f"the state of the replica is {state}"))


DOMAINS = Collector(
    kind="oci.identity.domain",
    service="identity.IdentityClient",
    title="Identity domains: replicas, people and groups, and what limits signing in to them",
    per=("account", "compartment"),
    listing=Listing(
        operation="list_domains",
        permission="inspect domains",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
    ),
    details=(*IN_DOMAIN, PEOPLE, GROUPS, DYNAMIC_GROUPS, PROVIDERS, ROLES),
    tables=(Store, Flow, Guardrail, Principal, Membership),
    rows=_rows,
    source=f"{_API}/Domain/ListDomains",
)
