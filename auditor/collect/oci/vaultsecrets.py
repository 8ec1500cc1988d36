"""OCI Vault's secrets: which there are, and to which regions they are copied. Never their content.

Secrets are always encrypted with a key of their vault:
https://docs.oracle.com/en-us/iaas/Content/secret-management/Concepts/secrets.htm

A copy in another region has the OCID of its original, so that the region tells their rows apart:
https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Concepts/secrets-replication.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, odd, text
from auditor.collect.oci.regions import region_in
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, store_of
from auditor.collect.oci.vault import copy_id
from auditor.model import Json
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    secret, is_copy = text(found, "item.id"), _is_copy(found)
    store = store_of(
        found,
        "vault",
        "secret",
        id=copy_id(secret, found.place["region"]) if is_copy else secret,
        name=text(found, "item.secretName"),
        backup=is_copy,
        source_id=secret if is_copy else "",
        key_id=maybe_text(found, "item.keyId"),
    )
    yield store
    copies = found.read("item.replicationConfig.replicationTargets", absent=[])
    if not isinstance(copies, list):
        yield possible(store, "replication", odd("replicationTargets", "a list"))
        return
    for each in entries(copies):
        yield _copied(store, secret, each)


def _is_copy(found: Found) -> bool:
    """Whether a secret is a replica: it says so, or its OCID names the region of another."""
    made_in = region_in(text(found, "item.id"))
    elsewhere = isinstance(made_in, str) and made_in != found.place["region"]
    return elsewhere or found.read("item.isReplica", absent=False) is True


def _copied(store: Store, secret: str, target: Mapping[str, Json]) -> Flow:
    region = target.get("targetRegion")
    if not isinstance(region, str):
        return possible(store, "replication", odd("targetRegion", "text"))
    return to_region(store, "replication", copy_id(secret, region), region)


SECRETS = Collector(
    kind="oci.vault.secret",
    service="vault.VaultsClient",
    title="Secrets and the regions that they are copied to",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_secrets", "inspect secrets", items=BARE),
    tables=(Store, Flow),
    rows=_rows,
    types=("VaultSecret",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/secretmgmt/20180608/SecretSummary/ListSecrets"
    ),
)
