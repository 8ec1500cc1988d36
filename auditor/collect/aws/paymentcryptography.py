"""AWS Payment Cryptography: keys, and the regions that they are copied to.

API: https://docs.aws.amazon.com/payment-cryptography/latest/APIReference/API_GetKey.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.principals import accounts_in_policy, joined
from auditor.collect.aws.reading import is_absent, maybe_flag, maybe_text, text
from auditor.collect.aws.regions import country_of, operator_of
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Key, Maybe, PolicyDocument

_CUSTODY = {"AWS_PAYMENT_CRYPTOGRAPHY": "customer", "EXTERNAL": "imported"}
_GONE = frozenset({"FAILED"})


def _rows(found: Found) -> Iterator[Key | PolicyDocument]:
    region = found.place["region"]
    replicas = _replicas(found)
    key = Key(
        id=text(found, "item.KeyArn"),
        evidence=found.evidence,
        name=text(found, "item.KeyArn").rpartition("/")[2],
        provider="aws",
        operator=operator_of(region),
        account=found.place["account"],
        region=region,
        country=country_of(region),
        enabled=maybe_flag(found, "item.Enabled"),
        custody=_custody(found),
        replica_regions=replicas,
        replica_countries=_countries(replicas),
        principal_accounts=_let_in(found),
        rotates=False,  # the service renews no key by itself
    )
    yield key
    yield policy_of(key, policy_in(found, "policy.Policy"))


def _custody(found: Found) -> Maybe[str]:
    origin = maybe_text(found, "key.Key.KeyOrigin")
    if isinstance(origin, Unknown):
        return origin
    return _CUSTODY.get(origin, Unknown(f"this version does not know the origin {origin}"))


def _replicas(found: Found) -> Maybe[tuple[str, ...]]:
    """Return the other regions that hold the key; what failed to get there is not there."""
    known = found.read("key.Key.KeyArn")
    if isinstance(known, Unknown):
        return known
    regions = {text(found, "item.PrimaryRegion")}
    status = found.read("key.Key.ReplicationStatus", absent={})
    for region, each in status.items() if isinstance(status, Mapping) else ():
        if not isinstance(each, Mapping) or each.get("Status") not in _GONE:
            regions.add(str(region))
    return tuple(sorted(regions - {found.place["region"], ""}))


def _countries(regions: Maybe[tuple[str, ...]]) -> Maybe[tuple[str, ...]]:
    if isinstance(regions, Unknown):
        return regions
    countries = [country_of(region) for region in regions]
    unknown = next((each for each in countries if isinstance(each, Unknown)), None)
    return unknown or tuple(sorted({str(country) for country in countries}))


def _let_in(found: Found) -> Maybe[tuple[str, ...]]:
    own = found.place["account"]
    if is_absent(found, "policy"):
        return (own,)
    others = accounts_in_policy(found.read("policy.Policy"))
    return others if isinstance(others, Unknown) else joined([own, *others])


KEYS = Collector(
    kind="aws.payment-cryptography.key",
    service="payment-cryptography",
    title="keys of Payment Cryptography",
    per=("account", "region"),
    listing=Listing(
        operation="ListKeys",
        permission="payment-cryptography:ListKeys",
        parameters={"MaxResults": 100},
        items="Keys",
    ),
    details=(
        Detail(
            name="key",
            operation="GetKey",
            permission="payment-cryptography:GetKey",
            bind={"KeyIdentifier": "item.KeyArn"},
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="payment-cryptography:GetResourcePolicy",
            bind={"ResourceArn": "item.KeyArn"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Key, PolicyDocument),
    rows=_rows,
    types=("payment-cryptography:key",),
    source="https://docs.aws.amazon.com/payment-cryptography/latest/APIReference/API_GetKey.html",
)
