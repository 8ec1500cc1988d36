"""AWS CloudHSM: clusters of hardware security modules, and backups with whom they are shared.

API: https://docs.aws.amazon.com/cloudhsm/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import is_absent, maybe_text, tags_of, text
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store


def _backup(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    name = text(found, "item.BackupId")
    policy = "" if is_absent(found, "policy") else found.read("policy.Policy")
    accounts = accounts_in_policy(policy) if policy else ()
    store = store_of(
        found,
        id=text(found, "item.BackupArn") or _arn(found, f"backup/{name}"),
        name=name,
        kind="backup",
        backup=True,
        source_id=_source(found),
        encrypted=True,  # a backup leaves its module encrypted only
        key_id="",
        public=False
        if is_absent(found, "policy")
        else lets_in_anybody(found.read("policy.Policy")),
        locked=False,
        created=maybe_text(found, "item.CreateTimestamp", absent=""),
        tags=tags_of(found.read("item.TagList", absent=[])),
    )
    yield store
    yield policy_of(store, policy)
    yield from publication(store)
    yield from shares(store, accounts)


def _source(found: Found) -> Maybe[str]:
    """Return the backup that this one was copied from, or the cluster that it was made of."""
    region, backup = text(found, "item.SourceRegion"), text(found, "item.SourceBackup")
    if region and backup:
        return arn("cloudhsm", region, found.place["account"], f"backup/{backup}")
    cluster = text(found, "item.ClusterId")
    if cluster:
        return _arn(found, f"cluster/{cluster}")
    return Unknown("the answer names neither a cluster nor a backup that it comes from")


def _cluster(found: Found) -> Iterator[Store]:
    name = text(found, "item.ClusterId")
    subnets = found.read("item.SubnetMapping")
    zones = sorted(subnets, key=str) if isinstance(subnets, Mapping) else subnets
    yield store_of(
        found,
        id=_arn(found, f"cluster/{name}"),
        name=name,
        kind="cluster",
        country=country_of_zones(zones, found.place["region"]),
        source_id=_restored_from(found),
        encrypted=True,  # keys lie in tamper-resistant hardware
        key_id="",
        public=False,  # reached through network interfaces in a VPC only
        locked=False,
        created=maybe_text(found, "item.CreateTimestamp", absent=""),
        tags=tags_of(found.read("item.TagList", absent=[])),
    )


def _restored_from(found: Found) -> str:
    backup = text(found, "item.SourceBackupId")
    return _arn(found, f"backup/{backup}") if backup else ""


def _arn(found: Found, resource: str) -> str:
    return arn("cloudhsm", found.place["region"], found.place["account"], resource)


BACKUPS = Collector(
    kind="aws.cloudhsmv2.backup",
    service="cloudhsmv2",
    title="CloudHSM backups",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeBackups",
        permission="cloudhsm:DescribeBackups",
        parameters={"MaxResults": 50},
        items="Backups",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="cloudhsm:GetResourcePolicy",
            bind={"ResourceArn": "item.BackupArn"},
            absent_on=("CloudHsmResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_backup,
    types=("cloudhsm:backup",),
    source="https://docs.aws.amazon.com/cloudhsm/latest/APIReference/API_DescribeBackups.html",
)

CLUSTERS = Collector(
    kind="aws.cloudhsmv2.cluster",
    service="cloudhsmv2",
    title="CloudHSM clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClusters",
        permission="cloudhsm:DescribeClusters",
        parameters={"MaxResults": 25},
        items="Clusters",
        secrets=("Clusters.PreCoPassword",),
    ),
    tables=(Store,),
    rows=_cluster,
    types=("cloudhsm:cluster",),
    source="https://docs.aws.amazon.com/cloudhsm/latest/APIReference/API_DescribeClusters.html",
)
