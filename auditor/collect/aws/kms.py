"""AWS Key Management Service: keys, where their material is, and which accounts they let in.

API: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
"""

from collections.abc import Iterator

from auditor.collect.aws.kms_grants import grants_of
from auditor.collect.aws.principals import Party, account_of, accounts_in_policy, joined
from auditor.collect.aws.reading import entries, is_absent, maybe_flag, maybe_text, text
from auditor.collect.aws.regions import country_of, operator_of
from auditor.collect.aws.resource_policies import policy_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Key, Maybe, PolicyDocument

# https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html, member Origin
_CUSTODY = {
    "AWS_KMS": "customer",
    "AWS_CLOUDHSM": "hsm",
    "EXTERNAL": "imported",
    "EXTERNAL_KEY_STORE": "external",
}


def _rows(found: Found) -> Iterator[Key | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    custody = _custody(found)
    replicas = _replicas(found)
    key = Key(
        id=text(found, "item.KeyArn"),
        evidence=found.evidence,
        name=maybe_text(found, "key.KeyMetadata.Description"),
        provider="aws",
        operator=operator_of(region),
        account=account,
        region=region,
        country=_country(found, custody, region),
        enabled=maybe_flag(found, "key.KeyMetadata.Enabled"),
        custody=custody,
        replica_regions=replicas,
        replica_countries=_countries(replicas),
        principal_accounts=_let_in(found),
        rotates=False if is_absent(found, "rotation") else _rotates(found),
    )
    yield key
    yield policy_of(key, found.read("policy.Policy"))
    yield grants_of(found, key)


def _custody(found: Found) -> Maybe[str]:
    manager = maybe_text(found, "key.KeyMetadata.KeyManager")
    if isinstance(manager, Unknown) or manager == "AWS":
        return manager if isinstance(manager, Unknown) else "provider"
    origin = maybe_text(found, "key.KeyMetadata.Origin")
    if isinstance(origin, Unknown):
        return origin
    return _CUSTODY.get(origin, Unknown(f"this version does not know the origin {origin}"))


def _country(found: Found, custody: Maybe[str], region: str) -> Maybe[str]:
    """Return where the material is: an external key manager can be anywhere."""
    if isinstance(custody, Unknown):
        return custody
    if custody == "external":
        stores = entries(found.read("store.CustomKeyStores"))
        address = next((dig(each, "XksProxyConfiguration.UriEndpoint") for each in stores), None)
        at = f" at {str(address)[:200]}" if address else ""
        return Unknown(
            f"the material is in a key manager outside AWS{at}, whose place AWS does not know"
        )
    return country_of(region)


def _replicas(found: Found) -> Maybe[tuple[str, ...]]:
    several = maybe_flag(found, "key.KeyMetadata.MultiRegion")
    if isinstance(several, Unknown) or not several:
        return several if isinstance(several, Unknown) else ()
    layout = found.read("key.KeyMetadata.MultiRegionConfiguration")
    if isinstance(layout, Unknown):
        return layout
    others = [dig(layout, "PrimaryKey"), *entries(dig(layout, "ReplicaKeys"))]
    regions = {str(dig(other, "Region") or "") for other in others} - {found.place["region"], ""}
    return tuple(sorted(regions))


def _countries(regions: Maybe[tuple[str, ...]]) -> Maybe[tuple[str, ...]]:
    if isinstance(regions, Unknown):
        return regions
    countries = [country_of(region) for region in regions]
    unknown = next((each for each in countries if isinstance(each, Unknown)), None)
    return unknown or tuple(sorted({str(country) for country in countries}))


def _let_in(found: Found) -> Maybe[tuple[str, ...]]:
    parties: list[Party] = [found.place["account"]]
    by_policy = accounts_in_policy(found.read("policy.Policy"))
    parties += [by_policy] if isinstance(by_policy, Unknown) else by_policy
    grants = found.read("grants")
    if isinstance(grants, Unknown):
        return joined([*parties, grants])
    return joined([*parties, *(_grantee(grant) for grant in entries(grants))])


def _grantee(grant: Json) -> Party:
    """Return the account that a grant lets in; a service acts for the account that issued it."""
    principal = dig(grant, "GranteePrincipal") or dig(grant, "GranteeServicePrincipal")
    party = account_of(principal)
    if isinstance(party, Unknown) and str(principal).endswith(".amazonaws.com"):
        return account_of(dig(grant, "IssuingAccount"))
    return party


def _rotates(found: Found) -> Maybe[bool]:
    return maybe_flag(found, "rotation.KeyRotationEnabled")


KEYS = Collector(
    kind="aws.kms.key",
    service="kms",
    title="KMS keys, AWS's own included",
    per=("account", "region"),
    listing=Listing(
        operation="ListKeys",
        permission="kms:ListKeys",
        parameters={"Limit": 1000},
        items="Keys",
    ),
    details=(
        Detail(
            name="key",
            operation="DescribeKey",
            permission="kms:DescribeKey",
            bind={"KeyId": "item.KeyId"},
        ),
        Detail(
            name="store",
            operation="DescribeCustomKeyStores",
            permission="kms:DescribeCustomKeyStores",
            bind={"CustomKeyStoreId": "key.KeyMetadata.CustomKeyStoreId"},
            when="key.KeyMetadata.CustomKeyStoreId",
        ),
        Detail(
            name="policy",
            operation="GetKeyPolicy",
            permission="kms:GetKeyPolicy",
            parameters={"PolicyName": "default"},
            bind={"KeyId": "item.KeyId"},
        ),
        Detail(
            name="grants",
            operation="ListGrants",
            permission="kms:ListGrants",
            bind={"KeyId": "item.KeyId"},
            items="Grants",
        ),
        Detail(
            name="rotation",
            operation="GetKeyRotationStatus",
            permission="kms:GetKeyRotationStatus",
            bind={"KeyId": "item.KeyId"},
            # Asymmetric, HMAC and custom-store keys have no automatic rotation.
            absent_on=("UnsupportedOperationException",),
        ),
    ),
    tables=(Key, PolicyDocument),
    rows=_rows,
    types=("kms:key",),
    source="https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html",
)
