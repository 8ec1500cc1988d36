"""OCI Vault: keys, who holds their material, and the regions that a vault is copied to.

Keys are asked for in their vault's compartment. One that was moved to another compartment is not
seen, and so the stores that use it have a key of unknown country.

A copied vault and its keys have the OCIDs of the originals, which name the originals' region:
https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Tasks/replicatingvaults.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import GONE, entries, maybe_flag, maybe_text, odd, text
from auditor.collect.oci.regions import country_of, operator_of, region_in
from auditor.collect.oci.service_rows import BARE, compartment_listing, get_detail, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import UNJOINED, Key, Maybe

_SERVICE = "key_management.KmsVaultClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/key/release"
_CUSTODY = {"HSM": "hsm", "SOFTWARE": "customer", "EXTERNAL": "external"}
_OUT_OF_SIGHT = Unknown(
    "the keys of a cluster of one's own are managed with its vendor's tools, out of the API's sight"
)


def copy_id(ocid: str, region: str) -> str:
    """Return the id of the row of a copy, which has the OCID of its original."""
    return f"{ocid}@{region}"


def _rows(found: Found) -> Iterator[Key]:
    if is_gone(found):
        return
    keys = found.read("keys")
    if isinstance(keys, Unknown):
        yield _unseen(found, keys)
        return
    for key in entries(keys):
        if key.get("lifecycleState") not in GONE:
            yield _key(found, key)


def _key(found: Found, key: Mapping[str, Json]) -> Key:
    region, ocid = found.place["region"], str(key.get("id", ""))
    mode, replicas = str(key.get("protectionMode")), _replicas(found)
    name, rotates = key.get("displayName"), key.get("isAutoRotationEnabled")
    return Key(
        id=id_at(ocid, region),
        evidence=found.evidence,
        name=name if isinstance(name, str) else odd("displayName", "text"),
        provider="oci",
        operator=operator_of(region),
        account=found.place["account"],
        compartment=_text_in(key, "compartmentId"),
        region=region,
        country=_country(found, mode),
        enabled=_is_usable(key.get("lifecycleState")),
        custody=_CUSTODY.get(mode, _odd_mode(mode)),
        replica_regions=replicas,
        replica_countries=_countries(replicas),
        principal_accounts=UNJOINED,  # which the tenancy's policies decide
        rotates=rotates if isinstance(rotates, bool) else odd("isAutoRotationEnabled", "stated"),
    )


def _text_in(key: Mapping[str, Json], name: str) -> str:
    value = key.get(name)
    return value if isinstance(value, str) else ""


def id_at(ocid: str, region: str) -> str:
    """Return the id of a row in a region: that of a copy, if the OCID names another region."""
    made_in = region_in(ocid)
    original = isinstance(made_in, Unknown) or made_in == region
    return ocid if original else copy_id(ocid, region)


def _odd_mode(mode: str) -> Unknown:
    return Unknown(f"protectionMode {mode[:40]} is not known")


def _country(found: Found, mode: str) -> Maybe[str]:
    """Return the country of whoever holds the key: the region's only where Oracle Cloud does."""
    if mode == "EXTERNAL":
        return _holder(found)
    return country_of(found.place["region"]) if mode in _CUSTODY else _odd_mode(mode)


def _is_usable(state: Json) -> Maybe[bool]:
    return state == "ENABLED" if isinstance(state, str) else odd("lifecycleState", "text")


def _holder(found: Found) -> Unknown:
    """Say whose country it would be: the API names an address, and no place."""
    address = text(found, "item.externalKeyManagerMetadataSummary.externalVaultEndpointUrl")
    holder = f"the key manager at {address}" if address else "an external key manager"
    behind = text(found, "endpoint.externalKeyManagerIp")
    holder += f" ({behind} in its network)" if behind else ""
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
        id=f"{id_at(text(found, 'item.id'), region)}/keys/?",
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


def _cluster(found: Found) -> Iterator[Key]:
    """Yield a cluster as what it is a vessel for: the API shows none of the keys in it."""
    if is_gone(found):
        return
    region = found.place["region"]
    yield Key(
        id=text(found, "item.id"),
        evidence=found.evidence,
        name=maybe_text(found, "item.displayName"),
        provider="oci",
        operator=operator_of(region),
        account=found.place["account"],
        region=region,
        country=country_of(region),
        enabled=_is_usable_cluster(maybe_text(found, "item.lifecycleState")),
        custody="hsm",
        replica_regions=_OUT_OF_SIGHT,
        replica_countries=_OUT_OF_SIGHT,
        principal_accounts=_OUT_OF_SIGHT,
        rotates=_OUT_OF_SIGHT,
    )


def _is_usable_cluster(state: Maybe[str]) -> Maybe[bool]:
    return state if isinstance(state, Unknown) else state == "ACTIVE"


KEYS = Collector(
    kind="oci.vault.key",
    service=_SERVICE,
    title="Vaults and their keys",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_vaults", "inspect vaults", items=BARE),
    details=(
        get_detail("vault", "get_vault", "read vaults"),
        Detail(
            name="replicas",
            operation="list_vault_replicas",
            permission="inspect vaults",
            parameters={"limit": 1000},
            bind={"vault_id": "item.id"},
            items=BARE,
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
            items=BARE,
        ),
        Detail(
            name="endpoint",
            service="key_management.EkmClient",
            operation="get_ekms_private_endpoint",
            shared=True,
            permission="read ekms-private-endpoints",
            bind={
                "ekms_private_endpoint_id": (
                    "item.externalKeyManagerMetadataSummary.privateEndpointId"
                )
            },
            when="item.externalKeyManagerMetadataSummary.privateEndpointId",
        ),
    ),
    tables=(Key,),
    rows=_rows,
    types=("Vault", "Key"),
    source=f"{_API}/VaultSummary/ListVaults",
)

HSM_CLUSTERS = Collector(
    kind="oci.vault.hsmcluster",
    service="key_management.KmsHsmClusterClient",
    title="Clusters of hardware security modules of the customer's own (Dedicated KMS)",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_hsm_clusters", "inspect hsm-cluster"),
    tables=(Key,),
    rows=_cluster,
    types=("KmsHsmCluster",),
    source=f"{_API}/HsmCluster/ListHsmClusters",
)
