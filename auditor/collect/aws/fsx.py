"""Amazon FSx: file systems, and the buckets and servers that they write to.

API: https://docs.aws.amazon.com/fsx/latest/APIReference/API_Operations.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket, to_outside
from auditor.collect.aws.reading import entries, key_arn, maybe_text, size_in_bytes, tags_of, text
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

_GIBIBYTE = 2**30
_BUCKET = re.compile(r"s3://([^/]+)(?:/.*)?", re.DOTALL)
_PEERS = Unknown("ONTAP itself keeps its SnapMirror peers, and no call of AWS lists them")
_EVENTS = Unknown("the answer does not say what is exported")
_ON_DEMAND = Unknown("nothing is exported by itself; whether a task exported is not read")


def file_system_arn(found: Found, name: str) -> str:
    """Return the ARN of a file system of the place that was asked."""
    return arn("fsx", found.place["region"], found.place["account"], f"file-system/{name}")


def _file_system(found: Found) -> Iterator[Store | Flow]:
    region, account = found.place["region"], found.place["account"]
    if found.read("item.OwnerId", absent=account) != account:
        return  # the listing of its own account has it
    name = text(found, "item.FileSystemId")
    store = store_of(
        found,
        id=file_system_arn(found, name),
        name=name,
        kind="file system",
        country=country_of_zones(_zones(found), region),
        encrypted=True,  # FSx encrypts every file system, and this cannot be switched off
        key_id=key_arn(maybe_text(found, "item.KmsKeyId", absent=""), region, account),
        public=False,  # it is reached through network interfaces in a VPC only
        locked=False,  # it is there to be written to
        size_bytes=size_in_bytes(found, "item.StorageCapacity", _GIBIBYTE),
        created=maybe_text(found, "item.CreationTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield store
    if found.read("item.FileSystemType") == "ONTAP":
        yield possible(store, "replication", _PEERS)
    path = found.read("item.LustreConfiguration.DataRepositoryConfiguration.ExportPath", absent="")
    if path:
        yield _to_repository(store, path)


def _zones(found: Found) -> Json:
    """Return the zones of its subnets, one of which may be a Local Zone."""
    subnets = found.read("subnets.Subnets")
    if isinstance(subnets, Unknown):
        return subnets
    return [dig(subnet, "AvailabilityZone") for subnet in entries(subnets)]


def _to_repository(row: Store | Processor, path: Json, **columns: Maybe[bool]) -> Flow:
    bucket = _BUCKET.fullmatch(path) if isinstance(path, str) else None
    if bucket:
        return to_bucket(row, "export", bucket[1], **columns)
    why = f"it goes to the file server {path}, and AWS does not state whose that is"
    return to_outside(row, "export", str(path), why, **columns)


def _association(found: Found) -> Iterator[Flow]:
    holder = text(found, "item.FileSystemId")
    kept = file_system_arn(found, holder) if holder else text(found, "item.ResourceARN")
    origin = processor_of(found, id=kept, name=holder, kind="file system", public=False)
    policies = [found.read(f"item.{kind}", absent=None) for kind in ("S3", "NFS")]
    known = [policy for policy in policies if policy is not None]
    if not known:
        yield possible(origin, "export", _EVENTS, text(found, "item.AssociationId"))
        return
    runs = any(dig(policy, "AutoExportPolicy.Events") for policy in known)
    path = found.read("item.DataRepositoryPath", absent="")
    yield _to_repository(origin, path, active=True if runs else _ON_DEMAND)


FILE_SYSTEMS = Collector(
    kind="aws.fsx.file-system",
    service="fsx",
    title="FSx file systems",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeFileSystems",
        permission="fsx:DescribeFileSystems",
        parameters={"MaxResults": 1000},
        items="FileSystems",
        secrets=("FileSystems.OntapConfiguration.FsxAdminPassword",),
    ),
    details=(
        Detail(
            name="subnets",
            service="ec2",
            operation="DescribeSubnets",
            permission="ec2:DescribeSubnets",
            bind={"SubnetIds": "item.SubnetIds"},
        ),
    ),
    tables=(Store, Flow),
    rows=_file_system,
    types=("fsx:file-system",),
    source="https://docs.aws.amazon.com/fsx/latest/APIReference/API_DescribeFileSystems.html",
)

ASSOCIATIONS = Collector(
    kind="aws.fsx.data-repository-association",
    service="fsx",
    title="FSx file systems that export to a bucket or a file server",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDataRepositoryAssociations",
        permission="fsx:DescribeDataRepositoryAssociations",
        parameters={"MaxResults": 25},
        items="Associations",
    ),
    tables=(Flow,),
    rows=_association,
    types=("fsx:association",),
    source=(
        "https://docs.aws.amazon.com/fsx/latest/APIReference/"
        "API_DescribeDataRepositoryAssociations.html"
    ),
)
