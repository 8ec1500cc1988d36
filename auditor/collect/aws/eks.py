"""Amazon EKS: clusters, where they and their nodes run, who may enter, and what runs in them.

Which containers run is not in AWS's answers: the cluster's own API is asked, where it can be
reached and lets us in.

API: https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_outside
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import account_of, joined
from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, tags_in, texts
from auditor.collect.aws.regions import arn, country_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.aws.running import deployment_of
from auditor.collect.flows import possible
from auditor.collect.kubernetes.calls import cluster_calls
from auditor.collect.kubernetes.containers import only_signed, running_in
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Deployment, Flow, Maybe, Processor

_ANY_ADDRESS = frozenset({"0.0.0.0/0", "::/0"})
_IN_MAP = Unknown("whom the ConfigMap aws-auth in the cluster lets in is not in AWS's answers")
_ON_SITE = "remoteNodeNetworks", "remotePodNetworks"


def _rows(found: Found) -> Iterator[Processor | Flow | Deployment]:
    name = found.item if isinstance(found.item, str) else ""
    region, account = found.place["region"], found.place["account"]
    known = found.read("cluster.cluster.arn")
    row = processor_of(
        found,
        id=arn("eks", region, account, f"cluster/{name}"),
        name=name,
        kind="cluster",
        country=known if isinstance(known, Unknown) else _country(found),
        public=known if isinstance(known, Unknown) else _is_public(found),
        created=maybe_text(found, "cluster.cluster.createdAt"),
        tags=known if isinstance(known, Unknown) else _tags(found),
    )
    yield row
    yield from _running(found, row)
    entered = found.read("entries")
    parties = [account_of(each) for each in texts(entered)]
    yield from shares(row, entered if isinstance(entered, Unknown) else joined(parties))
    if isinstance(known, Unknown):
        yield possible(row, "mount", known)
    else:
        yield from _nodes_on_site(found, row)
        # Entries are not all: a map inside the cluster lets in others, unless it is switched off.
        if found.read("cluster.cluster.accessConfig.authenticationMode") != "API":
            yield possible(row, "share", _IN_MAP, "aws-auth")


def _running(found: Found, row: Processor) -> Iterator[Deployment]:
    """Yield the containers of a cluster; the cluster itself where nobody could list them."""
    signed = only_signed(found)
    for columns in running_in(found, row.id, name=row.name, since=row.created):
        yield deployment_of(found, **columns, signed=signed)


def _tags(found: Found) -> Maybe[Mapping[str, str]]:
    return tags_in(found.read("cluster.cluster.tags", absent={}))


def _country(found: Found) -> Maybe[str]:
    provider = found.read("cluster.cluster.connectorConfig.provider", absent="")
    if provider:
        return Unknown(f"a cluster of {provider} that is shown in EKS, and runs elsewhere")
    outposts = texts(found.read("cluster.cluster.outpostConfig.outpostArns", absent=[]))
    if outposts:
        return Unknown(f"it is on the Outpost {outposts[0]}, whose place AWS does not state")
    return country_of(found.place["region"])


def _is_public(found: Found) -> Maybe[bool]:
    settings = "cluster.cluster.resourcesVpcConfig"
    offered = maybe_flag(found, f"{settings}.endpointPublicAccess")
    if isinstance(offered, Unknown) or not offered:
        return offered
    allowed = found.read(f"{settings}.publicAccessCidrs")
    return allowed if isinstance(allowed, Unknown) else bool(_ANY_ADDRESS & set(texts(allowed)))


def _nodes_on_site(found: Found, row: Processor) -> Iterator[Flow]:
    settings = "cluster.cluster.remoteNetworkConfig"
    networks = [
        cidr
        for name in _ON_SITE
        for network in entries(found.read(f"{settings}.{name}", absent=[]))
        for cidr in texts(network.get("cidrs"))
    ]
    for cidr in dict.fromkeys(networks):
        why = f"its nodes and pods in {cidr} run outside AWS, wherever their owner put them"
        yield to_outside(row, "mount", cidr, why)


CLUSTERS = Collector(
    kind="aws.eks.cluster",
    service="eks",
    title="EKS clusters, connected ones included",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusters",
        permission="eks:ListClusters",
        parameters={"include": ["all"], "maxResults": 100},
        items="clusters",
    ),
    details=(
        Detail(
            name="cluster",
            operation="DescribeCluster",
            permission="eks:DescribeCluster",
            bind={"name": "item"},
            secrets=("cluster.connectorConfig.activationCode",),
        ),
        Detail(
            name="entries",
            operation="ListAccessEntries",
            permission="eks:ListAccessEntries",
            parameters={"maxResults": 100},
            bind={"clusterName": "item"},
            items="accessEntries",
        ),
        *cluster_calls(
            "item", "cluster.cluster.certificateAuthority.data", "cluster.cluster.endpoint"
        ),
    ),
    tables=(Processor, Flow, Deployment),
    rows=_rows,
    types=("eks:cluster",),
    source="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html",
)
