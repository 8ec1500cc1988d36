"""What we claim to know about databases that Oracle runs within AWS."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.odb import (
    AUTONOMOUS_DATABASES,
    AUTONOMOUS_VM_CLUSTERS,
    NETWORKS,
    STORAGE_VAULTS,
    VM_CLUSTERS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather
from tests.facts.deriving import Facts

ROOT = (IDENTITY, REGIONS)
PREFIX = f"arn:aws:odb:{HOME}:{ACCOUNT}"
DATABASE = f"{PREFIX}:autonomous-database/adb_123456"
OCID = "ocid1.autonomousdatabase.oc1.iad.feed"

pytestmark = pytest.mark.usefixtures("cloud")


def databases(*peers: Json, deny: tuple[str, ...] = (), **item: Json) -> Collected:
    known = {
        "autonomousDatabaseId": "adb_123456",
        "autonomousDatabaseArn": DATABASE,
        "ocid": OCID,
        "displayName": "ledger",
        "availabilityZone": f"{HOME}a",
        "encryptionSummary": {"encryptionKeyProvider": "ORACLE_MANAGED"},
        **item,
    }
    rules = [
        Rule(operation="odb.ListAutonomousDatabases", answer={"autonomousDatabases": [known]}),
        Rule(
            operation="odb.ListAutonomousDatabasePeers",
            answer={"autonomousDatabasePeers": list(peers)},
        ),
    ]
    return gather((*ROOT, AUTONOMOUS_DATABASES), rules=rules, deny=deny)


def test_oracle_runs_it_in_a_zone_of_aws() -> None:
    store = databases().stores["ledger"]

    assert (store.operator, store.country) == ("Oracle", "US")
    assert (store.encrypted, store.key_id, store.backup) == (True, "", False)


@pytest.mark.parametrize("provider", ["OKV", "OCI"])
def test_a_key_of_oracles_is_unknown_here(provider: str) -> None:
    collected = databases(encryptionSummary={"encryptionKeyProvider": provider})

    assert isinstance(collected.stores["ledger"].key_id, Unknown)


def test_a_peer_is_a_replica_elsewhere() -> None:
    peer = {
        "autonomousDatabaseId": "adb_234567",
        "autonomousDatabaseArn": DATABASE.replace(HOME, "eu-central-1"),
        "region": "eu-central-1",
    }

    _, flow = databases(peer).flows

    assert (flow.target_id, flow.target_country) == (peer["autonomousDatabaseArn"], "DE")


def test_a_peer_that_only_oracle_names_is_found_in_oracle_cloud() -> None:
    _, flow = databases({"ocid": f"{OCID}2", "region": HOME}).flows

    assert (flow.target_id, flow.target_country) == (f"{OCID}2", "US")
    assert isinstance(flow.target_account, Unknown)


def test_refused_peers_may_be_replicas() -> None:
    _, flow = databases(deny=("ListAutonomousDatabasePeers",)).flows

    assert (flow.mechanism, isinstance(flow.active, Unknown)) == ("replication", True)


def test_a_standby_is_a_backup() -> None:
    assert databases(role="STANDBY").stores["ledger"].backup is True


def test_a_vm_cluster_keeps_its_secrets_from_aws() -> None:
    cluster = {
        "cloudVmClusterId": "vmc_1",
        "cloudVmClusterArn": f"{PREFIX}:cloud-vm-cluster/vmc_1",
        "displayName": "exadata",
        "storageSizeInGBs": 2,
    }
    rule = Rule(operation="odb.ListCloudVmClusters", answer={"cloudVmClusters": [cluster]})

    store = gather((*ROOT, VM_CLUSTERS), rules=[rule]).stores["exadata"]

    assert (store.operator, store.size_bytes) == ("Oracle", 2 * 10**9)
    assert isinstance(store.encrypted, Unknown)


def test_a_network_lets_databases_write_to_buckets() -> None:
    network = {
        "odbNetworkId": "odbnet_1",
        "odbNetworkArn": f"{PREFIX}:odb-network/odbnet_1",
        "displayName": "net",
        "availabilityZone": f"{HOME}a",
        "ociVcnId": "ocid1.vcn.oc1.iad.feed",
        "managedServices": {
            "s3Access": {"status": "ENABLED"},
            "zeroEtlAccess": {"status": "DISABLED"},
            "managedS3BackupAccess": {"status": "ENABLED"},
        },
    }
    rule = Rule(operation="odb.ListOdbNetworks", answer={"odbNetworks": [network]})

    flows = gather((*ROOT, NETWORKS), rules=[rule]).flows

    assert [flow.mechanism for flow in flows] == ["mount", "export", "backup"]
    assert flows[0].target_id == "ocid1.vcn.oc1.iad.feed"
    assert isinstance(flows[1].target_country, Unknown)
    assert flows[2].target_country == "US"


def test_machines_and_storage_hold_data_too() -> None:
    owner = "999999999999"
    rules = [
        Rule(
            operation="odb.ListCloudAutonomousVmClusters",
            answer={
                "cloudAutonomousVmClusters": [
                    {
                        "cloudAutonomousVmClusterId": "avmc_1",
                        "cloudAutonomousVmClusterArn": f"arn:aws:odb:{HOME}:{owner}:x/avmc_1",
                        "displayName": "shared",
                    }
                ]
            },
        ),
        Rule(
            operation="odb.ListExascaleDbStorageVaults",
            answer={
                "exascaleDbStorageVaults": [
                    {
                        "exascaleDbStorageVaultId": "vault_1",
                        "exascaleDbStorageVaultArn": f"{PREFIX}:x/vault_1",
                        "displayName": "storage",
                        "availabilityZone": f"{HOME}b",
                    }
                ]
            },
        ),
    ]

    stores = gather((*ROOT, AUTONOMOUS_VM_CLUSTERS, STORAGE_VAULTS), rules=rules).stores

    assert stores["shared"].account == owner
    assert stores["storage"].country == "US"


def test_it_is_a_resource_of_oracle_cloud_too() -> None:
    (flow,) = databases().flows

    assert (flow.mechanism, flow.active, flow.target_id) == ("mount", True, OCID)
    assert flow.target_operator == "Oracle"


def test_without_an_ocid_it_may_be_any_resource_of_oracle_cloud() -> None:
    (flow,) = databases(ocid=None).flows

    assert isinstance(flow.target_id, Unknown)
    assert isinstance(flow.active, Unknown)


def test_what_oracle_cloud_does_with_it_is_reached_from_aws() -> None:
    there = Store(
        id=OCID,
        name="ledger",
        provider="oci",
        operator="Oracle",
        account="ocid1.tenancy.oc1..feed",
        region="us-ashburn-1",
        country="US",
        service="database",
        kind="autonomous database",
        backup=False,
        encrypted=True,
        key_id="",
        public=False,
        locked=False,
        size_bytes=1,
        created="",
        tags={},
    )
    onward = Flow(
        id=f"{OCID}/replication/standby",
        store_id=OCID,
        provider="oci",
        account=there.account,
        region=there.region,
        mechanism="replication",
        active=True,
        target_id="",
        target_account=there.account,
        target_region="eu-frankfurt-1",
        target_country="DE",
        target_operator="Oracle",
    )

    facts = Facts([*databases().rows, there, onward])

    reached = facts.rows("reach", "store_id, end_country, hops")
    assert (DATABASE, "US", 1) in reached
    assert (DATABASE, "DE", 2) in reached
