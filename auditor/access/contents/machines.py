"""Machines with disks, desktops and what they are copied to: the actions that reach their data."""

from auditor.access.contents.base import Contents, Table

MACHINES: Table = {
    ("lightsail", "bucket"): Contents(
        types=("Bucket",),
        read="CreateBucketAccessKey GetBucketAccessKeys",
        administer="SetResourceAccessForBucket",
    ),
    ("lightsail", "database"): Contents(
        types=("RelationalDatabase",),
        read="GetRelationalDatabaseMasterUserPassword",
        share="CreateRelationalDatabaseSnapshot",
    ),
    ("lightsail", "database snapshot"): Contents(
        types=("RelationalDatabaseSnapshot",), read="CreateRelationalDatabaseFromSnapshot"
    ),
    ("lightsail", "disk"): Contents(types=("Disk",), read="AttachDisk", share="CreateDiskSnapshot"),
    ("lightsail", "disk snapshot"): Contents(
        types=("DiskSnapshot",), read="CreateDiskFromSnapshot", share="ExportSnapshot CopySnapshot"
    ),
    ("lightsail", "instance"): Contents(
        types=("Instance",),
        read="GetInstanceAccessDetails CreateGUISessionAccessDetails",
        share="CreateInstanceSnapshot",
    ),
    ("lightsail", "instance snapshot"): Contents(
        types=("InstanceSnapshot",),
        read="CreateInstancesFromSnapshot",
        share="ExportSnapshot CopySnapshot",
    ),
    # A copy that is started is a machine that whoever started it can look into.
    ("drs", "source server"): Contents(
        types=("SourceServerResource",), read="StartRecovery CreateRecoveryInstanceForDrs"
    ),
    ("mgn", "source server"): Contents(
        types=("SourceServerResource",), read="StartTest StartCutover"
    ),
    ("workspaces", "workspace"): Contents(
        types=("workspaceid",),
        read="RestoreWorkspace Stream",
        share="CreateWorkspaceImage",
        beside="directoryid",
    ),
    ("workspaces", "image"): Contents(
        types=("workspaceimage",),
        read="CreateWorkspaceBundle UpdateWorkspaceBundle CreateUpdatedWorkspaceImage",
        share="UpdateWorkspaceImagePermission CopyWorkspaceImage",
    ),
    ("appstream", "image"): Contents(
        types=("image",),
        read="CreateFleet UpdateFleet CreateImageBuilder CreateUpdatedImage",
        share="UpdateImagePermissions CopyImage",
    ),
    ("ds", "directory"): Contents(
        types=("directory",),
        read="AccessDSData ds-data:DescribeUser ds-data:DescribeGroup ds-data:SearchUsers "
        "ds-data:SearchGroups",
        write="ds-data:UpdateUser ds-data:CreateUser ds-data:DeleteUser ds-data:UpdateGroup "
        "ResetUserPassword RestoreFromSnapshot",
        share="ShareDirectory AddRegion CreateSnapshot",
    ),
}
