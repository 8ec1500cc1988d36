"""Amazon EMR: clusters, where their logs go, and the block of public access.

API: https://docs.aws.amazon.com/emr/latest/APIReference/API_DescribeCluster.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.flows import publication
from auditor.collect.aws.outpost_sites import country_of_outpost, site_details
from auditor.collect.aws.reading import (
    entries,
    maybe_flag,
    maybe_text,
    optional,
    optional_text,
    tags_of,
    text,
)
from auditor.collect.aws.regions import country_of_zones, partition_of
from auditor.collect.aws.resources import store_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Guardrail, Maybe, Membership, Principal, Store

_REFERENCE = "https://docs.aws.amazon.com/emr/latest/APIReference/API_"
_CONFIGURED = Unknown("its security configuration decides, and is not read by this version")
_NETWORK = Unknown("the security groups of its instances decide, and are not read")
_ALIVE = ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"]


def _cluster(found: Found) -> Iterator[Store | Flow | Principal | Membership]:
    row = store_of(
        found,
        id=text(found, "item.ClusterArn"),
        name=text(found, "item.Name"),
        kind="cluster",
        country=_country(found),
        encrypted=_CONFIGURED,
        key_id=_CONFIGURED,
        public=_NETWORK,
        created=maybe_text(found, "item.Status.Timeline.CreationDateTime", absent=""),
        tags=tags_of(optional(found, "cluster.Cluster.Tags", "cluster.Cluster.Id", [])),
    )
    yield row
    yield from acting_as(row, _profile(found))
    yield from publication(row)
    yield from exits(
        row, "export", [optional_text(found, "cluster.Cluster.LogUri", "cluster.Cluster.Id")]
    )


def _profile(found: Found) -> Maybe[str]:
    """Return the ARN of the instance profile of its machines, which AWS tells by its name."""
    path = "cluster.Cluster.Ec2InstanceAttributes.IamInstanceProfile"
    name = optional_text(found, path, "cluster.Cluster.Id")
    if isinstance(name, Unknown) or not name or name.startswith("arn:"):
        return name
    partition, account = partition_of(found.place["region"]), found.place["account"]
    return f"arn:{partition}:iam::{account}:instance-profile/{name}"


def _country(found: Found) -> Maybe[str]:
    if "outpost" in found.answers:
        return country_of_outpost(found)
    zone = found.read("cluster.Cluster.Ec2InstanceAttributes.Ec2AvailabilityZone")
    return country_of_zones(zone, found.place["region"])


def _block(found: Found) -> Iterator[Guardrail]:
    account, region = found.place["account"], found.place["region"]
    about = "item.BlockPublicAccessConfiguration"
    enforced = maybe_flag(found, f"{about}.BlockPublicSecurityGroupRules")
    ranges = optional(
        found,
        f"{about}.PermittedPublicSecurityGroupRuleRanges",
        f"{about}.BlockPublicSecurityGroupRules",
        [],
    )
    escapes: Maybe[tuple[str, ...]] = (
        ranges
        if isinstance(ranges, Unknown)
        else tuple(
            f"ports {each.get('MinRange')} to {each.get('MaxRange') or each.get('MinRange')}"
            for each in entries(ranges)
        )
    )
    yield Guardrail(
        id=f"{account}/{region}/EMR clusters",
        evidence=found.evidence,
        provider="aws",
        account=account,
        name="EMR clusters",
        kind="public access block",
        target_id=account,
        region=region,
        enforced=enforced,
        limits=("public access",),
        escapes=escapes,
    )


CLUSTERS = Collector(
    kind="aws.emr.cluster",
    service="emr",
    title="EMR clusters that are not terminated",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusters",
        permission="elasticmapreduce:ListClusters",
        parameters={"ClusterStates": _ALIVE},
        items="Clusters",
    ),
    details=(
        Detail(
            name="cluster",
            operation="DescribeCluster",
            permission="elasticmapreduce:DescribeCluster",
            bind={"ClusterId": "item.Id"},
            secrets=(
                "Cluster.Configurations",
                "Cluster.KerberosAttributes.KdcAdminPassword",
                "Cluster.KerberosAttributes.CrossRealmTrustPrincipalPassword",
                "Cluster.KerberosAttributes.ADDomainJoinPassword",
            ),
        ),
        *site_details("item.OutpostArn"),
    ),
    tables=(Store, Flow, Principal, Membership),
    rows=_cluster,
    types=("elasticmapreduce:cluster",),
    source=_REFERENCE + "ListClusters.html",
)

BLOCKS = Collector(
    kind="aws.emr.public-access-block",
    service="emr",
    title="EMR's block of clusters that are open to the internet",
    per=("account", "region"),
    listing=Listing(
        operation="GetBlockPublicAccessConfiguration",
        permission="elasticmapreduce:GetBlockPublicAccessConfiguration",
    ),
    tables=(Guardrail,),
    rows=_block,
    source=_REFERENCE + "GetBlockPublicAccessConfiguration.html",
)
