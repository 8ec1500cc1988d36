"""What we claim to know about copies of FSx file systems, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.fsx_copies import BACKUPS, VOLUMES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

SYSTEM = f"arn:aws:fsx:{HOME}:{ACCOUNT}:file-system/fs-1"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(backups: list[dict[str, Any]], volumes: list[dict[str, Any]]) -> Collected:
    rules = [
        Rule(operation="fsx.DescribeBackups", answer={"Backups": backups}),
        Rule(operation="fsx.DescribeVolumes", answer={"Volumes": volumes}),
    ]
    return gather((IDENTITY, REGIONS, BACKUPS, VOLUMES), rules=rules)


def test_a_backup_comes_from_its_file_system() -> None:
    backup = {"BackupId": "backup-1", "FileSystem": {"FileSystemId": "fs-1"}}

    store = collected([backup], []).stores["backup-1"]

    assert (store.backup, store.encrypted, store.source_id) == (True, True, SYSTEM)
    assert store.id == f"arn:aws:fsx:{HOME}:{ACCOUNT}:backup/backup-1"


def test_a_copied_backup_comes_from_another_region() -> None:
    backup = {
        "BackupId": "backup-2",
        "SourceBackupId": "backup-1",
        "SourceBackupRegion": "eu-west-1",
    }

    store = collected([backup], []).stores["backup-2"]

    assert store.source_id == f"arn:aws:fsx:eu-west-1:{ACCOUNT}:backup/backup-1"


def test_only_a_mirror_is_a_volume_of_its_own() -> None:
    """Where its original is, only ONTAP knows."""
    kinds = {"fsvol-1": "RW", "fsvol-2": "DP"}
    volumes = [
        {"VolumeId": name, "ResourceARN": name, "OntapConfiguration": {"OntapVolumeType": kind}}
        for name, kind in kinds.items()
    ]

    (store,) = collected([], volumes).stores.values()

    assert store.name == "fsvol-2"
    assert isinstance(store.source_id, Unknown)


def test_a_volume_made_from_a_snapshot_is_a_copy_of_its_file_system() -> None:
    snapshot = f"arn:aws:fsx:eu-west-1:{ACCOUNT}:snapshot/fs-9/fsvol-9/fsvolsnap-9"
    origin = {"OriginSnapshot": {"SnapshotARN": snapshot, "CopyStrategy": "FULL_COPY"}}
    volume = {"VolumeId": "fsvol-1", "FileSystemId": "fs-1", "OpenZFSConfiguration": origin}

    (flow,) = collected([], [volume]).flows

    assert flow.store_id == f"arn:aws:fsx:eu-west-1:{ACCOUNT}:file-system/fs-9"
    assert (flow.mechanism, flow.target_id) == ("copy", SYSTEM)
