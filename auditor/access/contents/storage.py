"""Objects, files, disks and backups: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_IMAGE_STARTS = "RunInstances RequestSpotInstances RequestSpotFleet CreateFleet"
_RECOVERY_POINT = Contents(
    prefix="backup",
    types=("recoveryPoint",),
    read="StartRestoreJob CreateBackupAccessPoint SearchRecoveryPoint",
    share="CopyFromBackupVault StartCopyJob",
)

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
    ),
    ("s3-outposts", "S3 on an Outpost"): Contents(
        types=("bucket", "object", "accesspoint"),
        read="GetObject GetObjectVersion GetObjectVersionForReplication",
        write="PutObject DeleteObject DeleteObjectVersion ReplicateObject ReplicateDelete "
        "AbortMultipartUpload",
        share="PutReplicationConfiguration",
    ),
    ("s3files", "file system"): Contents(
        read="ClientMount",
        write="ClientWrite ClientRootAccess",
        administer="PutFileSystemPolicy DeleteFileSystemPolicy DeleteFileSystem",
        undefined=True,
    ),
    ("s3tables", "table bucket"): Contents(
        types=("TableBucket", "Table"),
        read="GetTableData",
        write="PutTableData UpdateTableMetadataLocation RenameTable DeleteTable",
        share="PutTableBucketReplication PutTableReplication",
        none="CreateNamespace DeleteNamespace",
    ),
    ("s3vectors", "vector bucket"): Contents(
        types=("VectorBucket", "Index"),
        read="GetVectors QueryVectors ListVectors",
        write="PutVectors DeleteVectors",
    ),
    ("glacier", "vault"): Contents(
        types=("vault",),
        read="InitiateJob GetJobOutput",
        write="UploadArchive DeleteArchive InitiateMultipartUpload UploadMultipartPart "
        "CompleteMultipartUpload AbortMultipartUpload",
    ),
    ("ec2", "volume"): Contents(
        types=("volume",),
        read="AttachVolume CreateReplaceRootVolumeTask",
        write="EnableVolumeIO ImportVolume",
        share="CreateSnapshot CreateSnapshots CopyVolumes CreateImage",
        beside="instance",
    ),
    ("ec2", "volume in the recycle bin"): Contents(
        types=("volume",), read="RestoreVolumeFromRecycleBin"
    ),
    ("ec2", "snapshot"): Contents(
        types=("snapshot",),
        read="ebs:GetSnapshotBlock CreateVolume RegisterImage",
        write="ebs:PutSnapshotBlock ebs:StartSnapshot ebs:CompleteSnapshot",
        share="ModifySnapshotAttribute CopySnapshot",
        administer="ResetSnapshotAttribute",
        none="ebs:ListSnapshotBlocks ebs:ListChangedBlocks ImportSnapshot",
    ),
    ("ec2", "snapshot in the recycle bin"): Contents(
        types=("snapshot",), read="RestoreSnapshotFromRecycleBin"
    ),
    ("ec2", "image"): Contents(
        types=("image",),
        read=_IMAGE_STARTS,
        share="ModifyImageAttribute CopyImage ExportImage CreateStoreImageTask",
        none="CreateRestoreImageTask ImportImage CreateImageUsageReport RegisterImage",
    ),
    ("ec2", "image in the recycle bin"): Contents(
        types=("image",), read="RestoreImageFromRecycleBin"
    ),
    ("elasticfilesystem", "file system"): Contents(
        types=("file-system",),
        read="ClientMount ReplicationRead",
        write="ClientWrite ClientRootAccess ReplicationWrite Restore",
        share="CreateReplicationConfiguration Backup",
    ),
    # Files are read over the network with accounts of a directory; these open another way.
    ("fsx", "file system"): Contents(
        types=("file-system", "volume", "storage-virtual-machine"),
        read="CreateAndAttachS3AccessPoint",
        write="RestoreVolumeFromSnapshot CopySnapshotAndUpdateVolume",
        share="CreateBackup CreateDataRepositoryTask CreateDataRepositoryAssociation",
    ),
    ("fsx", "backup"): Contents(
        types=("backup",),
        read="CreateFileSystemFromBackup CreateVolumeFromBackup",
        share="CopyBackup ManageBackupPrincipalAssociations",
    ),
    ("backup", "backup vault"): Contents(
        types=("backupVault", "recoveryPoint"),
        beside="recoveryPoint",
        read="StartRestoreJob CreateRestoreAccessBackupVault",
        write="CopyIntoBackupVault StartBackupJob",
        share="CopyFromBackupVault StartCopyJob PutBackupVaultSharingPolicy",
        none="CreateLogicallyAirGappedBackupVault",
    ),
    ("backup", "recovery point"): _RECOVERY_POINT,
    ("*", "recovery point"): _RECOVERY_POINT,  # some have ARNs of the service that they are of
    ("storagegateway", "gateway volume"): Contents(
        types=("volume", "target"),
        read="AttachVolume DescribeChapCredentials",
        share="CreateSnapshot CreateSnapshotFromVolumeRecoveryPoint",
    ),
    ("storagegateway", "tape"): Contents(
        types=("tape",), read="RetrieveTapeArchive RetrieveTapeRecoveryPoint"
    ),
    ("snowball", "device"): Contents(
        read="GetJobUnlockCode GetJobManifest", administer="CancelJob UpdateJob"
    ),
    ("outposts", "outpost"): Contents(
        types=("outpost",), closed="what it holds are stores of their own"
    ),
}
