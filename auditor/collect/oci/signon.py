"""From where people may sign in to a tenancy: network sources, perimeters, sign-on policies.

A network source, or a perimeter, is a list of addresses. It keeps nobody out until a policy names
it, and which policies do is not told here: so whether it is enforced is unknown. What the rules of
a sign-on policy say is not read.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/NetworkSources/
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.reading import entries, odd, text
from auditor.collect.oci.service_rows import BARE
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Guardrail, Maybe

_SERVICE = "identity.IdentityClient"
_DOMAINS = "identity_domains.IdentityDomainsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918"
_NAMED = Unknown("it limits requests only where a policy names it, and that is not looked up")
_NETWORKS = ("networks",)
_SIGN_ON = "SignOn"


def _source(found: Found) -> Iterator[Guardrail]:
    if text(found, "item.lifecycleState") == "DELETED":
        return
    yield guardrail(
        found,
        id=text(found, "item.id"),
        name=text(found, "item.name"),
        kind="network source",
        target_id=found.place["account"],
        enforced=_NAMED,
        limits=_NETWORKS,
    )


def _console(found: Found) -> Iterator[Guardrail]:
    """Yield the policy on signing in to the console; without network sources it limits nothing."""
    account = found.place["account"]
    sources = found.read("item.networkPolicy.networkSourceIds", absent=[])
    limited: Maybe[bool] = bool(sources)
    if not isinstance(sources, list):
        limited = sources if isinstance(sources, Unknown) else odd("networkSourceIds", "a list")
    yield guardrail(
        found,
        id=f"oci:identity:authenticationpolicy:{account}",
        name="sign-in to the console",
        kind="sign-on policy",
        target_id=account,
        enforced=limited,
        limits=_NETWORKS,
    )


def sign_on_rows(found: Found) -> Iterator[Guardrail]:
    """Yield the perimeters and sign-on policies of an identity domain."""
    domain = text(found, "item.id")
    perimeters = found.read("perimeters")
    if isinstance(perimeters, Unknown):
        yield _row(found, f"{domain}/perimeters/?", "?", "network perimeter", perimeters)
    for each in entries(perimeters):
        id_ = str(each.get("ocid") or f"{domain}/{each.get('id')}")
        yield _row(found, id_, str(each.get("name")), "network perimeter", _NAMED)
    policies = found.read("policies")
    if isinstance(policies, Unknown):
        yield _row(found, f"{domain}/policies/?", "?", "sign-on policy", policies)
    for each in entries(policies):
        kind = each.get("policyType")
        if isinstance(kind, dict) and kind.get("value") == _SIGN_ON:
            id_ = str(each.get("ocid") or f"{domain}/{each.get('id')}")
            enforced = _is_active(each.get("active"))
            yield _row(found, id_, str(each.get("name")), "sign-on policy", enforced)


def _row(found: Found, id_: str, name: str, kind: str, enforced: Maybe[bool]) -> Guardrail:
    columns: dict[str, Any] = {"id": id_, "name": name, "kind": kind, "enforced": enforced}
    return guardrail(found, target_id=text(found, "item.id"), limits=_NETWORKS, **columns)


def _is_active(value: Json) -> Maybe[bool]:
    return value if isinstance(value, bool) else odd("active", "true or false")


def _in_domain(name: str, operation: str) -> Detail:
    return Detail(
        name=name,
        service=_DOMAINS,
        operation=operation,
        permission="read domains",
        parameters={"count": 1000},
        endpoint="item.url",
        items="Resources",
    )


IN_DOMAIN = (
    _in_domain("perimeters", "list_network_perimeters"),
    _in_domain("policies", "list_policies"),
)

# Network sources exist in the root compartment only:
# https://docs.oracle.com/en-us/iaas/Content/Identity/networksources/managingnetworksources.htm
NETWORK_SOURCES = Collector(
    kind="oci.identity.networksource",
    service=_SERVICE,
    title="Lists of addresses that policies can name",
    per=("account",),
    listing=Listing(
        operation="list_network_sources",
        permission="inspect network-sources",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items=BARE,
    ),
    tables=(Guardrail,),
    rows=_source,
    source=f"{_API}/NetworkSourcesSummary/ListNetworkSources",
)

CONSOLE = Collector(
    kind="oci.identity.authenticationpolicy",
    service=_SERVICE,
    title="From where people may sign in to the console",
    per=("account",),
    listing=Listing(
        operation="get_authentication_policy",
        permission="inspect authentication-policies",
        bind={"compartment_id": "place.account"},
    ),
    tables=(Guardrail,),
    rows=_console,
    source=f"{_API}/AuthenticationPolicy/GetAuthenticationPolicy",
)
