"""Amazon FSx: backups, and volumes that are copies.

What an ordinary volume holds is what its file system holds.

API: https://docs.aws.amazon.com/fsx/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import out_of, to_arn
from auditor.collect.aws.fsx import file_system_arn
from auditor.collect.aws.reading import key_arn, maybe_text, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Store

_MIRRORED = Unknown("a target of SnapMirror, whose original ONTAP itself keeps")
_KEY_OF_SYSTEM = Unknown("the key is that of its file system, which the answer does not name")


def _backup(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.BackupId")
    yield store_of(
        found,
        id=text(found, "item.ResourceARN") or arn("fsx", region, account, f"backup/{name}"),
        name=name,
        kind="backup",
        backup=True,
        source_id=_source(found),
        encrypted=True,  # FSx encrypts every backup, and this cannot be switched off
        key_id=key_arn(maybe_text(found, "item.KmsKeyId"), region, account),
        public=False,  # FSx has no way to share a backup
        created=maybe_text(found, "item.CreationTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


def _source(found: Found) -> Maybe[str]:
    original = found.read("item.SourceBackupId", absent="")
    if original:
        home = maybe_text(found, "item.SourceBackupRegion")
        account = found.place["account"]
        return (
            home if isinstance(home, Unknown) else arn("fsx", home, account, f"backup/{original}")
        )
    system = found.read("item.FileSystem.FileSystemId", absent="")
    if not system:
        system = found.read("item.Volume.FileSystemId", absent="")
    return file_system_arn(found, str(system)) if system else Unknown("its original is not named")


def _volume(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.VolumeId")
    system = file_system_arn(found, text(found, "item.FileSystemId"))
    store = store_of(
        found,
        id=text(found, "item.ResourceARN"),
        name=name,
        kind="volume",
        backup=True,
        source_id=_MIRRORED,
        encrypted=True,  # FSx encrypts every volume, and this cannot be switched off
        key_id=_KEY_OF_SYSTEM,
        public=False,  # it is reached through network interfaces in a VPC only
        created=maybe_text(found, "item.CreationTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    if found.read("item.OntapConfiguration.OntapVolumeType", absent="") == "DP":
        yield store
    origin = found.read("item.OpenZFSConfiguration.OriginSnapshot.SnapshotARN", absent="")
    if isinstance(origin, str) and origin:
        made = to_arn(store, "copy", system)
        yield out_of(_system_of(origin), found, made)


def _system_of(snapshot: str) -> str:
    """Return the file system of a snapshot, whose ARN is ...:snapshot/fs-1/fsvol-1/fsvolsnap-1."""
    start, _, rest = snapshot.partition(":snapshot/")
    return f"{start}:file-system/{rest.partition('/')[0]}" if rest else snapshot


BACKUPS = Collector(
    kind="aws.fsx.backup",
    service="fsx",
    title="FSx backups",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeBackups",
        permission="fsx:DescribeBackups",
        parameters={"MaxResults": 1000},
        items="Backups",
        secrets=("Backups.FileSystem.OntapConfiguration.FsxAdminPassword",),
    ),
    tables=(Store,),
    rows=_backup,
    types=("fsx:backup",),
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_DescribeBackups.html",
)

VOLUMES = Collector(
    kind="aws.fsx.volume",
    service="fsx",
    title="FSx volumes that are copies",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVolumes",
        permission="fsx:DescribeVolumes",
        parameters={"MaxResults": 1000},
        items="Volumes",
    ),
    tables=(Store, Flow),
    rows=_volume,
    types=("fsx:volume",),
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_DescribeVolumes.html",
)
