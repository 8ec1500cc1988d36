"""Oracle Database@AWS: databases that Oracle runs in data centres of AWS.

Oracle operates the machines; each is a resource of Oracle Cloud as well, which its ``ocid`` names.
A flow leads there, so that what Oracle Cloud's collectors know of that resource goes on from here.

API: https://docs.aws.amazon.com/odb/latest/APIReference/API_ListAutonomousDatabases.html
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import at_arn, in_place, outside
from auditor.collect.aws.reading import entries, key_arn, maybe_text, size_in_bytes, text
from auditor.collect.aws.regions import country_of_zones
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

ORACLE = "Oracle"
_REFERENCE = "https://docs.aws.amazon.com/odb/latest/APIReference/API_"
_GIGABYTE = 10**9
_INSIDE = Unknown("what its databases encrypt is known to Oracle, and not to AWS")
_SOMEWHERE = Unknown("it is whichever bucket the databases are let write to")
_ORACLES = Unknown("Oracle keeps these backups in an account of its own")
_PEER = Unknown("the peer is held by Oracle in an account that the answer does not name")


def _machine(found: Found, arn: str, kind: str) -> Store:
    """Return the row of a machine that databases run on; ``arn`` is a path."""
    name = text(found, arn)
    return store_of(
        found,
        id=name,
        name=text(found, "item.displayName"),
        kind=kind,
        operator=ORACLE,
        account=account_in(name) or found.place["account"],
        encrypted=_INSIDE,
        key_id=NO_KEY_STATED,
        public=False,  # it is reached through its network only
        created=maybe_text(found, "item.createdAt"),
    )


def _in_oracle_cloud(found: Found, row: Store | Processor, path: str = "item.ocid") -> Flow:
    """Return the way to the same resource in Oracle Cloud, whose OCID is at ``path``."""
    ocid = found.read(path)
    if isinstance(ocid, str) and ocid:
        return flow(row, "mount", ocid, target_id=ocid, target_operator=ORACLE)
    why = ocid if isinstance(ocid, Unknown) else Unknown("the answer names no OCID")
    return replace(possible(row, "mount", why, "ocid"), target_operator=ORACLE)


def _vm_cluster(found: Found) -> Iterator[Store | Flow]:
    size = size_in_bytes(found, "item.storageSizeInGBs", _GIGABYTE)
    cluster = _machine(found, "item.cloudVmClusterArn", "VM cluster")
    yield replace(cluster, size_bytes=size)
    yield _in_oracle_cloud(found, cluster)


def _autonomous_vm_cluster(found: Found) -> Iterator[Store | Flow]:
    cluster = _machine(found, "item.cloudAutonomousVmClusterArn", "autonomous VM cluster")
    yield cluster
    yield _in_oracle_cloud(found, cluster)


def _storage_vault(found: Found) -> Iterator[Store | Flow]:
    zone = found.read("item.availabilityZone")
    country = country_of_zones(zone, found.place["region"])
    vault = _machine(found, "item.exascaleDbStorageVaultArn", "storage vault")
    yield replace(vault, country=country)
    yield _in_oracle_cloud(found, vault)


def _autonomous_database(found: Found) -> Iterator[Store | Flow]:
    role = found.read("item.role", absent="")
    zone = found.read("item.availabilityZone")
    arn = text(found, "item.autonomousDatabaseArn")
    store = store_of(
        found,
        id=arn,
        account=account_in(arn) or found.place["account"],
        name=text(found, "item.displayName"),
        kind="autonomous database",
        operator=ORACLE,
        backup=role in ("STANDBY", "DISABLED_STANDBY", "BACKUP_COPY", "SNAPSHOT_STANDBY"),
        country=country_of_zones(zone, found.place["region"]),
        encrypted=True,  # autonomous databases cannot be unencrypted
        key_id=_key(found),
        public=False,  # it is reached through its network only
        size_bytes=size_in_bytes(found, "item.dataStorageSizeInGBs", _GIGABYTE),
        created=maybe_text(found, "item.createdAt"),
    )
    yield store
    yield _in_oracle_cloud(found, store)
    peers = found.read("peers")
    if isinstance(peers, Unknown):
        yield possible(store, "replication", peers)
    for peer in entries(peers):
        name = str(peer.get("autonomousDatabaseArn") or peer.get("ocid") or "?")
        region = str(peer.get("region") or "") or Unknown("the answer does not name its region")
        ocid = {"target_id": str(peer.get("ocid") or "")}
        known = at_arn(name) if name.startswith("arn:") else ocid
        yield flow(store, "replication", name, **(in_place(_PEER, region) | known))


def _key(found: Found) -> Maybe[str]:
    provider = maybe_text(found, "item.encryptionSummary.encryptionKeyProvider")
    if provider == "ORACLE_MANAGED":
        return ""
    if provider == "AWS_KMS":
        path = "item.encryptionSummary.encryptionKeyConfiguration.awsEncryptionKey.kmsKeyId"
        return key_arn(maybe_text(found, path), found.place["region"], found.place["account"])
    if isinstance(provider, Unknown):
        return provider
    return Unknown(f"its key is in {provider}, which AWS does not describe")


def _network(found: Found) -> Iterator[Processor | Flow]:
    zone = found.read("item.availabilityZone")
    arn = text(found, "item.odbNetworkArn")
    network = processor_of(
        found,
        id=arn,
        account=account_in(arn) or found.place["account"],
        name=text(found, "item.displayName"),
        kind="network",
        operator=ORACLE,
        country=country_of_zones(zone, found.place["region"]),
        public=False,  # networks of AWS are peered with it, not the internet
        created=maybe_text(found, "item.createdAt"),
    )
    yield network
    yield _in_oracle_cloud(found, network, "item.ociVcnId")
    services = found.read("item.managedServices", absent={})
    for member, mechanism in (("s3Access", "export"), ("zeroEtlAccess", "stream")):
        if dig(services, f"{member}.status") in ("ENABLED", "ENABLING"):
            yield flow(network, mechanism, member, **outside(_SOMEWHERE))
    if dig(services, "managedS3BackupAccess.status") in ("ENABLED", "ENABLING"):
        end = in_place(
            Unknown("Oracle keeps these backups in an account of its own"), network.region
        )
        yield flow(network, "backup", "managedS3BackupAccess", **end)


def _collector(
    kind: str, title: str, call: str, items: str, rows: Callable[[Found], Iterator[Store | Flow]]
) -> Collector:
    return Collector(
        kind=f"aws.odb.{kind}",
        service="odb",
        title=f"{title} of Oracle Database@AWS",
        per=("account", "region"),
        listing=Listing(
            operation=call,
            permission=f"odb:{call}",
            parameters={"maxResults": 1000},
            items=items,
        ),
        tables=(Store, Flow),
        rows=rows,
        types=(f"odb:{kind.replace('_', '-')}",),
        source=f"{_REFERENCE}{call}.html",
    )


VM_CLUSTERS = _collector(
    "cloud_vm_cluster",
    "Exadata VM clusters",
    "ListCloudVmClusters",
    "cloudVmClusters",
    _vm_cluster,
)

AUTONOMOUS_VM_CLUSTERS = _collector(
    "cloud_autonomous_vm_cluster",
    "VM clusters for autonomous databases",
    "ListCloudAutonomousVmClusters",
    "cloudAutonomousVmClusters",
    _autonomous_vm_cluster,
)

STORAGE_VAULTS = _collector(
    "exascale_db_storage_vault",
    "Exascale storage vaults",
    "ListExascaleDbStorageVaults",
    "exascaleDbStorageVaults",
    _storage_vault,
)

AUTONOMOUS_DATABASES = Collector(
    kind="aws.odb.autonomous_database",
    service="odb",
    title="autonomous databases of Oracle Database@AWS, and their peers",
    per=("account", "region"),
    listing=Listing(
        operation="ListAutonomousDatabases",
        permission="odb:ListAutonomousDatabases",
        parameters={"maxResults": 1000},
        items="autonomousDatabases",
        secrets=("autonomousDatabases.connectionStringDetails",),
    ),
    details=(
        Detail(
            name="peers",
            operation="ListAutonomousDatabasePeers",
            permission="odb:ListAutonomousDatabasePeers",
            parameters={"maxResults": 1000},
            bind={"autonomousDatabaseId": "item.autonomousDatabaseId"},
            items="autonomousDatabasePeers",
        ),
    ),
    tables=(Store, Flow),
    rows=_autonomous_database,
    types=("odb:autonomous-database",),
    source=_REFERENCE + "ListAutonomousDatabases.html",
)

NETWORKS = Collector(
    kind="aws.odb.network",
    service="odb",
    title="networks of Oracle Database@AWS, and what they let out",
    per=("account", "region"),
    listing=Listing(
        operation="ListOdbNetworks",
        permission="odb:ListOdbNetworks",
        parameters={"maxResults": 1000},
        items="odbNetworks",
    ),
    tables=(Processor, Flow),
    rows=_network,
    types=("odb:odb-network",),
    source=_REFERENCE + "ListOdbNetworks.html",
)
