"""Objects, files, disks and backups: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_IMAGE_STARTS = "RunInstances RequestSpotInstances RequestSpotFleet CreateFleet"

STORAGE: Table = {
    # Whoever may replicate may copy out: the role that does it reads with actions of its own.
    ("s3", "bucket"): Contents(
        types=("bucket", "object"),
        read="GetObject GetObjectVersion GetObjectTorrent GetObjectVersionTorrent "
        "GetObjectVersionForReplication",
        write="PutObject DeleteObject DeleteObjectVersion RestoreObject ReplicateObject "
        "ReplicateDelete AbortMultipartUpload UpdateObjectEncryption",
        share="PutReplicationConfiguration InitiateReplication",
        none="ObjectOwnerOverrideToBucketOwner",
    ),
    ("s3", "directory bucket"): Contents(
        prefix="s3express",
        types=("bucket",),
        read="CreateSession",  # opens a session that reads and writes
        none="CreateBucket",
    ),
    ("ec2", "volume"): Contents(
        types=("volume",),
        read="AttachVolume CreateReplaceRootVolumeTask",
        write="EnableVolumeIO ImportVolume",
        share="CreateSnapshot CreateSnapshots CopyVolumes CreateImage",
        beside="instance",
    ),
    ("ec2", "snapshot"): Contents(
        types=("snapshot",),
        read="ebs:GetSnapshotBlock CreateVolume RegisterImage",
        write="ebs:PutSnapshotBlock ebs:StartSnapshot ebs:CompleteSnapshot",
        share="ModifySnapshotAttribute CopySnapshot",
        administer="ResetSnapshotAttribute",
        none="ebs:ListSnapshotBlocks ebs:ListChangedBlocks ImportSnapshot",
    ),
    ("ec2", "image"): Contents(
        types=("image",),
        read=_IMAGE_STARTS,
        share="ModifyImageAttribute CopyImage ExportImage CreateStoreImageTask",
        none="CreateRestoreImageTask ImportImage CreateImageUsageReport RegisterImage",
    ),
    ("elasticfilesystem", "file system"): Contents(
        types=("file-system",),
        read="ClientMount ReplicationRead",
        write="ClientWrite ClientRootAccess ReplicationWrite Restore",
        share="CreateReplicationConfiguration Backup",
        none="CreateFileSystem",
    ),
    ("backup", "backup vault"): Contents(
        types=("backupVault", "recoveryPoint"),
        beside="recoveryPoint",
        read="StartRestoreJob",
        write="CopyIntoBackupVault StartBackupJob",
        share="CopyFromBackupVault StartCopyJob",
    ),
}
