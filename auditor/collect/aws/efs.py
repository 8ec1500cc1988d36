"""Amazon EFS: file systems, their replicas, and whom their policies let in.

API: https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in, region_in
from auditor.collect.aws.flow_ends import in_region
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import (
    encryption_key,
    entries,
    is_absent,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of, country_of_zones
from auditor.collect.aws.resource_policies import NONE, policy_in, policy_of, written
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import UNJOINED, Flow, Maybe, PolicyDocument, Store

# A replication that is paused or ends leaves at its destination what it has copied.
_RUNS = dict.fromkeys(("ENABLED", "ENABLING", "PAUSED", "PAUSING", "DELETING"), True)
_SERVICE = "elasticfilesystem"
_OPEN = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": [f"{_SERVICE}:Client{each}" for each in ("Mount", "Write", "RootAccess")],
    "Resource": "*",
    "Condition": {"Bool": {f"{_SERVICE}:AccessedViaMountTarget": "true"}},
}


def _file_system(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.FileSystemId")
    encrypted = maybe_flag(found, "item.Encrypted")
    store = store_of(
        found,
        id=arn(_SERVICE, region, account, f"file-system/{name}"),
        name=name,
        kind="file system",
        service="efs",
        country=_country(found),
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.KmsKeyId"),
        public=False,  # it is reached through mount targets in a VPC only
        locked=False,  # it is there to be written to
        size_bytes=size_in_bytes(found, "item.SizeInBytes.Value"),
        created=maybe_text(found, "item.CreationTime"),
        tags=tags_of(found.read("item.Tags")),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    yield _default(found, store)
    policy = found.read("policy.Policy")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _default(found: Found, store: Store) -> PolicyDocument:
    """Return what holds while nobody has given it a policy: whoever can mount it may do all.

    Source: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
    """
    policy = policy_in(found, "policy.Policy")
    said = policy if isinstance(policy, Unknown) else NONE if policy else written([_OPEN])
    return policy_of(store, said, "default", "grant")


def _country(found: Found) -> Maybe[str]:
    # The reference: only file systems in one zone name it.
    zone = found.read("item.AvailabilityZoneName", absent=None)
    region = found.place["region"]
    return country_of(region) if zone is None else country_of_zones(zone, region)


def _replication(found: Found) -> Iterator[Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.SourceFileSystemArn")
    if (account_in(name) or account, region_in(name) or region) != (account, region):
        return  # the listing of the source's own region and account has it
    origin = processor_of(found, id=name, name=name, kind="file system", public=False)
    for end in entries(found.read("item.Destinations", absent=[])):
        to, holder = str(dig(end, "Region") or ""), str(dig(end, "OwnerId") or account)
        target = arn(_SERVICE, to, holder, f"file-system/{dig(end, 'FileSystemId') or ''}")
        status = str(dig(end, "Status"))
        yield flow(
            origin,
            "replication",
            target,
            active=_RUNS.get(status, Unknown(f"the replication is in state {status}")),
            target_id=target,
            target_account=holder if dig(end, "OwnerId") else UNJOINED,
            **in_region(to or Unknown("the answer names no region")),
        )


FILE_SYSTEMS = Collector(
    kind="aws.efs.file-system",
    service="efs",
    title="EFS file systems",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeFileSystems",
        permission="elasticfilesystem:DescribeFileSystems",
        parameters={"MaxItems": 1000},
        items="FileSystems",
    ),
    details=(
        Detail(
            name="policy",
            operation="DescribeFileSystemPolicy",
            permission="elasticfilesystem:DescribeFileSystemPolicy",
            bind={"FileSystemId": "item.FileSystemId"},
            absent_on=("PolicyNotFound",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_file_system,
    types=("elasticfilesystem:file-system",),
    source="https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html",
)

REPLICATIONS = Collector(
    kind="aws.efs.replication",
    service="efs",
    title="EFS replications",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeReplicationConfigurations",
        permission="elasticfilesystem:DescribeReplicationConfigurations",
        parameters={"MaxResults": 100},
        items="Replications",
        absent_on=("ReplicationNotFound",),
    ),
    tables=(Flow,),
    rows=_replication,
    source="https://docs.aws.amazon.com/efs/latest/ug/API_DescribeReplicationConfigurations.html",
)
