"""What we claim to know about hardware security modules, given what AWS answered."""

import pytest

from auditor.collect.aws.cloudhsmv2 import BACKUPS, CLUSTERS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, BACKUPS, CLUSTERS)
POLICY = '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "*"}}'
BACKUP = {
    "BackupId": "backup-1",
    "BackupArn": f"arn:aws:cloudhsm:{HOME}:{ACCOUNT}:backup/backup-1",
    "SourceRegion": "eu-central-1",
    "SourceBackup": "backup-0",
}

pytestmark = pytest.mark.usefixtures("cloud")


def answered(operation: str, **answer: object) -> Rule:
    return Rule(operation=f"cloudhsmv2.{operation}", answer=answer)


def test_a_copied_backup_names_its_original_and_its_readers() -> None:
    rules = [
        answered("DescribeBackups", Backups=[BACKUP]),
        answered("GetResourcePolicy", Policy=POLICY),
    ]

    collected = gather(COLLECTORS, rules=rules)
    store = collected.stores["backup-1"]

    assert store.source_id == f"arn:aws:cloudhsm:eu-central-1:{ACCOUNT}:backup/backup-0"
    assert [flow.target_account for flow in collected.flows] == ["999999999999"]


def test_a_cluster_is_in_the_country_of_its_zones_and_keeps_its_password() -> None:
    cluster = {
        "ClusterId": "cluster-1",
        "SubnetMapping": {f"{HOME}a": "subnet-1"},
        "PreCoPassword": "hidden",
    }

    collected = gather(COLLECTORS, rules=[answered("DescribeClusters", Clusters=[cluster])])

    assert collected.stores["cluster-1"].country == "US"
    assert "hidden" not in repr(collected.records)


def test_a_refused_policy_is_a_possible_share() -> None:
    rules = [answered("DescribeBackups", Backups=[BACKUP])]

    flows = gather(COLLECTORS, rules=rules, deny=["GetResourcePolicy"]).flows

    assert flows
    assert all(isinstance(flow.active, Unknown) for flow in flows)
