"""OCI GoldenGate: deployments, their standbys, and their backups.

A deployment keeps what it replicates in trail files; whether these are encrypted, its owner decides
inside: https://docs.oracle.com/en/middleware/goldengate/core/23/coredoc/secure-ogg-oci-kms-overview.html
Whoever uses a deployment needs an account of it, whether its console is public or not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id, to_bucket
from auditor.collect.oci.reading import entries, maybe_text, size_of, text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    PAGE,
    compartment_listing,
    is_gone,
    stand_in,
    store_of,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Store

SERVICE = "golden_gate.GoldenGateClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/goldengate/20200407"
_ELSEWHERE = Unknown("it belongs to a subscription that has it in another cloud's data centre")
_OF_BUCKET = Unknown("the backup is an object, which has the key of its bucket")
_TRAILS = Unknown("the API does not say whether trail files are encrypted")


def _deployment_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    standby = text(found, "item.deploymentRole") == "STANDBY"
    store = store_of(
        found,
        "goldengate",
        "replica" if standby else "deployment",
        backup=standby,
        source_id=_primary(found) if standby else "",
        encrypted=_TRAILS,
        size_bytes=size_of(found, "item.storageUtilizationInBytes"),
        **housed(found),
    )
    yield store
    if not standby:
        yield from _peers(found, store)


def housed(found: Found) -> dict[str, Any]:
    """Return the columns that differ for what stands in another cloud's data centre.

    Only that has a cluster placement group, the reference says, and the region in Oracle Cloud
    answers for it.
    """
    group = found.read("item.clusterPlacementGroupId", absent="")
    return {} if group == "" else {"region": _ELSEWHERE, "country": _ELSEWHERE}


def _primary(found: Found) -> Maybe[str]:
    """Return the deployment that a standby is kept for."""
    peers = found.read("peers")
    if isinstance(peers, Unknown):
        return peers
    ids = {
        str(peer.get("deploymentId"))
        for peer in entries(peers)
        if peer.get("peerRole") == "PRIMARY" and peer.get("deploymentId") != found.read("item.id")
    }
    return ids.pop() if len(ids) == 1 else Unknown("its peers do not say which one is primary")


def _peers(found: Found, store: Store) -> Iterator[Flow]:
    peers = found.read("peers")
    if isinstance(peers, Unknown):
        yield possible(store, "replication", peers)
        return
    away = {str(peer.get("deploymentId")) for peer in entries(peers) if _is_away(peer)}
    ends = {(str(peer.get("deploymentId", "")), _region(peer)) for peer in entries(peers)}
    # The primary is among its own peers, and so is a standby in another domain of its region.
    for target, region in sorted(ends - {(store.id, found.place["region"])}):
        known = _ELSEWHERE if target in away else region
        stated = known or Unknown("the peer states no region")
        yield to_region(store, "replication", target, stated, name=f"{target}/{region}")


def _is_away(peer: Mapping[str, Json]) -> bool:
    return peer.get("clusterPlacementGroupId") not in (None, "")


def _region(peer: Mapping[str, Json]) -> str:
    region = peer.get("region")
    return region if isinstance(region, str) else ""


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    """Yield a backup: an object in a bucket of the deployment's region, and so encrypted."""
    if is_gone(found):
        return
    source = maybe_text(found, "item.deploymentId")
    backup = store_of(
        found,
        "goldengate",
        "backup",
        backup=True,
        source_id=source,
        key_id=_OF_BUCKET,
        size_bytes=size_of(found, "item.sizeInBytes"),
    )
    yield backup
    namespace = maybe_text(found, "item.namespaceName", absent="")
    if isinstance(namespace, Unknown):
        yield possible(backup, "backup", namespace)
    elif namespace and not isinstance(source, Unknown):
        region = found.place["region"]
        bucket = bucket_id(region, namespace, text(found, "item.bucketName"))
        name = f"{bucket}/{backup.id}"
        yield to_bucket(stand_in(found, source), "backup", bucket, region, name=name)


DEPLOYMENTS = Collector(
    kind="oci.goldengate.deployment",
    service=SERVICE,
    title="GoldenGate deployments, with their peers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_deployments", "inspect goldengate-deployments"),
    details=(
        Detail(
            name="peers",
            operation="list_deployment_peers",
            permission="inspect goldengate-deployments",
            parameters={"limit": PAGE},
            bind={"deployment_id": "item.id"},
            items=COLLECTED,
        ),
    ),
    tables=(Store, Flow),
    rows=_deployment_rows,
    types=("GoldenGateDeployment",),
    source=f"{_API}/DeploymentSummary/ListDeployments",
)

BACKUPS = Collector(
    kind="oci.goldengate.backup",
    service=SERVICE,
    title="Backups of GoldenGate deployments",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_deployment_backups", "inspect goldengate-deployment-backups"),
    tables=(Store, Flow),
    rows=_backup_rows,
    types=("GoldenGateDeploymentBackup",),
    source=f"{_API}/DeploymentBackupSummary/ListDeploymentBackups",
)
