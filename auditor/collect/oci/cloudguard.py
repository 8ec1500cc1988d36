"""Cloud Guard and security zones: where findings are worked on, and what zones forbid.

A zone holds in its compartment, and in those below it that inherit it. Which of Oracle's policies
limit what is told by their names, which are Oracle's own words:
https://docs.oracle.com/en-us/iaas/security-zone/using/security-zone-policies.htm

API: https://docs.oracle.com/en-us/iaas/api/#/en/cloud-guard/20200131/SecurityZone/
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.reading import entries, maybe_text, odd, text
from auditor.collect.oci.regions import country_of, operator_of
from auditor.collect.oci.service_rows import COLLECTED, get_detail
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Guardrail, Maybe, Processor

_SERVICE = "cloud_guard.CloudGuardClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/cloud-guard/20200131"
_ON = frozenset({"ACTIVE", "UPDATING"})
_OFF = frozenset({"CREATING", "DELETING", "DELETED", "FAILED", "INACTIVE"})
# What a word in a policy's name says that it limits.
_MEANINGS: Mapping[str, str] = {
    "public": "public access",
    "internet": "public access",
    "vault_key": "provider keys",
    "security_zone": "destinations",
}
_NO_TAGS: Mapping[str, str] = {}


def _configuration(found: Found) -> Iterator[Processor]:
    region = text(found, "item.reportingRegion")
    if text(found, "item.status") == "DISABLED":
        return
    account = found.place["account"]
    yield Processor(
        id=f"oci:cloudguard:{region}:{account}",
        evidence=found.evidence,
        name="Cloud Guard",
        provider="oci",
        operator=operator_of(region),
        account=account,
        compartment=account,
        region=maybe_text(found, "item.reportingRegion"),
        country=country_of(maybe_text(found, "item.reportingRegion")),
        service="cloudguard",
        kind="reporting region",
        public=False,
        created="",
        tags=_NO_TAGS,
    )


def _zone(found: Found) -> Iterator[Guardrail]:
    zone, name = text(found, "item.id"), text(found, "item.displayName")
    enforced, limits = state_of(found, "item.lifecycleState", _ON, _OFF), _limits(found)
    inherited = found.read("zone.inheritedByCompartments", absent=[])
    places = [text(found, "item.compartmentId")]
    if isinstance(inherited, list):
        places += [str(each) for each in inherited]
    else:
        why = (
            inherited
            if isinstance(inherited, Unknown)
            else odd("inheritedByCompartments", "a list")
        )
        yield guardrail(
            found,
            id=f"{zone}/?",
            name=name,
            kind="security zone",
            target_id="?",
            enforced=why,
            limits=limits,
        )
    for place in dict.fromkeys(places):
        yield guardrail(
            found,
            id=f"{zone}/{place}",
            name=name,
            kind="security zone",
            target_id=place,
            enforced=enforced,
            limits=limits,
        )


def _limits(found: Found) -> Maybe[tuple[str, ...]]:
    chosen, policies = found.read("recipe.securityPolicies"), found.read("policies")
    for value in (chosen, policies):
        if isinstance(value, Unknown):
            return value
    if not isinstance(chosen, list):
        return odd("securityPolicies", "a list")
    names = {
        str(each.get("id")): f"{each.get('friendlyName')} {each.get('displayName')}".lower()
        for each in entries(policies)
    }
    unnamed = next((each for each in chosen if str(each) not in names), None)
    if unnamed is not None:
        return Unknown(f"the recipe has policy {str(unnamed)[:100]}, which the listing leaves out")
    return tuple(sorted({limit for each in chosen for limit in _meanings(names[str(each)])}))


def _meanings(name: str) -> Iterator[str]:
    for word, limit in _MEANINGS.items():
        if word in name:
            yield limit


def _policies() -> Detail:
    """Return the call for Oracle's policies, which are the same in every tenancy."""
    return Detail(
        name="policies",
        operation="list_security_policies",
        permission="inspect security-policy",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    )


CONFIGURATION = Collector(
    kind="oci.cloudguard.configuration",
    service=_SERVICE,
    title="The region in which Cloud Guard works on what it finds everywhere",
    per=("account",),
    listing=Listing(
        operation="get_configuration",
        permission="read cloud-guard-config",
        bind={"compartment_id": "place.account"},
    ),
    tables=(Processor,),
    rows=_configuration,
    source=f"{_API}/Configuration/GetConfiguration",
)

ZONES = Collector(
    kind="oci.cloudguard.securityzone",
    service=_SERVICE,
    title="Security zones and what their recipes forbid",
    per=("account",),
    listing=Listing(
        operation="list_security_zones",
        permission="inspect security-zone",
        parameters={"is_required_security_zones_in_subtree": True, "limit": 1000},
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    ),
    details=(
        get_detail("zone", "get_security_zone", "read security-zone"),
        Detail(
            name="recipe",
            operation="get_security_recipe",
            shared=True,
            permission="read security-recipe",
            bind={"security_recipe_id": "item.securityZoneRecipeId"},
        ),
        _policies(),
    ),
    tables=(Guardrail,),
    rows=_zone,
    source=f"{_API}/SecurityZoneCollection/ListSecurityZones",
)
