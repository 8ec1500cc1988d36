"""OCI Vault: keys, who holds their material, and the regions that a vault is copied to.

Keys are asked for in their vault's compartment. One that was moved to another compartment is not
seen, and so the stores that use it have a key of unknown country.
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, odd, text
from auditor.collect.oci.regions import country_of, operator_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Key, Maybe

_SERVICE = "key_management.KmsVaultClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/key/release"
_CUSTODY = {"HSM": "hsm", "SOFTWARE": "customer", "EXTERNAL": "external"}
_NO_POLICIES = Unknown("IAM policies, which could let other tenancies in, are not read")


def _rows(found: Found) -> Iterator[Key]:
    if text(found, "item.lifecycleState") == "DELETED":
        return
    keys = found.read("keys")
    if isinstance(keys, Unknown):
        yield _unseen(found, keys)
        return
    for key in entries(keys):
        if key.get("lifecycleState") != "DELETED":
            yield _key(found, key)


def _key(found: Found, key: Mapping[str, Json]) -> Key:
    region, mode, replicas = found.place["region"], key.get("protectionMode"), _replicas(found)
    name, state, rotates = (
        key.get("displayName"),
        key.get("lifecycleState"),
        key.get("isAutoRotationEnabled"),
    )
    return Key(
        id=str(key.get("id", "")),
        evidence=found.evidence,
        name=name if isinstance(name, str) else odd("displayName", "text"),
        provider="oci",
        operator=operator_of(region),
        account=found.place["account"],
        region=region,
        country=_holder(found) if mode == "EXTERNAL" else country_of(region),
        enabled=state == "ENABLED" if isinstance(state, str) else odd("lifecycleState", "text"),
        custody=_CUSTODY.get(str(mode), Unknown(f"protectionMode {mode} is not known")),
        replica_regions=replicas,
        replica_countries=_countries(replicas),
        principal_accounts=_NO_POLICIES,
        rotates=rotates if isinstance(rotates, bool) else odd("isAutoRotationEnabled", "stated"),
    )


def _holder(found: Found) -> Unknown:
    """Say whose country it would be: the API names an address, and no place."""
    address = text(found, "item.externalKeyManagerMetadataSummary.externalVaultEndpointUrl")
    holder = f"the key manager at {address}" if address else "an external key manager"
    return Unknown(f"the key is held by {holder}, and its country is not stated")


def _replicas(found: Found) -> Maybe[tuple[str, ...]]:
    replicable = maybe_flag(found, "vault.isVaultReplicable")
    if isinstance(replicable, Unknown):
        return replicable
    if not replicable:
        return ()
    replicas = found.read("replicas")
    if isinstance(replicas, Unknown):
        return replicas
    return tuple(sorted(str(replica.get("region", "")) for replica in entries(replicas)))


def _countries(regions: Maybe[tuple[str, ...]]) -> Maybe[tuple[str, ...]]:
    if isinstance(regions, Unknown):
        return regions
    found = [country_of(region) for region in regions]
    unknown = next((country for country in found if isinstance(country, Unknown)), None)
    return unknown or tuple(sorted({country for country in found if isinstance(country, str)}))


def _unseen(found: Found, why: Unknown) -> Key:
    """Return the row that stands for the keys of a vault that could not be listed."""
    region = found.place["region"]
    return Key(
        id=f"{text(found, 'item.id')}/keys/?",
        evidence=found.evidence,
        name=maybe_text(found, "item.displayName"),
        provider="oci",
        operator=operator_of(region),
        account=found.place["account"],
        region=region,
        country=why,
        enabled=why,
        custody=why,
        replica_regions=why,
        replica_countries=why,
        principal_accounts=why,
        rotates=why,
    )


KEYS = Collector(
    kind="oci.vault.key",
    service=_SERVICE,
    title="Vaults and their keys",
    per=("account", "region", "compartment"),
    listing=Listing(
        operation="list_vaults",
        permission="inspect vaults",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
    ),
    details=(
        Detail(
            name="vault",
            operation="get_vault",
            permission="read vaults",
            bind={"vault_id": "item.id"},
        ),
        Detail(
            name="replicas",
            operation="list_vault_replicas",
            permission="read vaults",
            parameters={"limit": 1000},
            bind={"vault_id": "item.id"},
            items=".",
            when="vault.isVaultReplicable",
        ),
        Detail(
            name="keys",
            service="key_management.KmsManagementClient",
            operation="list_keys",
            permission="inspect keys",
            parameters={"limit": 1000},
            bind={"compartment_id": "item.compartmentId"},
            endpoint="item.managementEndpoint",
            items=".",
        ),
    ),
    tables=(Key,),
    rows=_rows,
    source=f"{_API}/VaultSummary/ListVaults",
)
