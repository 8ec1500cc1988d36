"""Amazon Aurora DSQL: clusters, the peers and witness of those in several regions, and who may in.

API: https://docs.aws.amazon.com/aurora-dsql/latest/APIReference/API_GetCluster.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, in_place, nowhere
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import (
    entries,
    is_absent,
    maybe_text,
    state_of,
    tags_in,
    text,
    texts,
)
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_REFERENCE = "https://docs.aws.amazon.com/aurora-dsql/latest/APIReference/API_"
_NO_TARGET = Unknown("the list of a cluster's streams does not say where they go")
_OWNED_BY_AWS = "AWS_OWNED_KMS_KEY"


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    status = found.read("cluster.status")
    tags = status if isinstance(status, Unknown) else found.read("cluster.tags", absent={})
    store = store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.identifier"),
        kind="cluster",
        encrypted=True,  # clusters cannot be unencrypted
        key_id=_key(found),
        public=False,  # every connection is signed by a principal of AWS
        created=maybe_text(found, "cluster.creationTime"),
        tags=tags_in(tags),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.policy"))
    if isinstance(status, Unknown):
        yield possible(store, "replication", status)
    else:
        yield from _peers(found, store)
    yield from _streams(found, store)
    policy = found.read("policy.policy")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _key(found: Found) -> Maybe[str]:
    if found.read("cluster.encryptionDetails.encryptionType") == _OWNED_BY_AWS:
        return ""
    return maybe_text(found, "cluster.encryptionDetails.kmsKeyArn")


def _peers(found: Found, store: Store) -> Iterator[Flow]:
    """Yield a replication to each peer, and to the witness, which keeps the log of transactions."""
    peers = texts(found.read("cluster.multiRegionProperties.clusters", absent=[]))
    for peer in dict.fromkeys(peers):
        if peer != store.id:
            yield flow(store, "replication", peer, **at_arn(peer))
    witness = found.read("cluster.multiRegionProperties.witnessRegion", absent="")
    if witness:
        name = f"witness in {witness}"
        yield flow(store, "replication", name, **in_place(store.account, str(witness)))


def _streams(found: Found, store: Store) -> Iterator[Flow]:
    """Yield a stream of changes for each that is listed; the list does not say where they go."""
    streams = found.read("streams")
    if isinstance(streams, Unknown):
        yield possible(store, "stream", streams)
        return
    for stream in entries(streams):
        name, status = str(stream.get("arn") or "?"), str(stream.get("status") or "")
        active = state_of(status, ("ACTIVE", "IMPAIRED"), ("CREATING",))
        yield flow(store, "stream", name, active=active, **nowhere(_NO_TARGET))


CLUSTERS = Collector(
    kind="aws.dsql.cluster",
    service="dsql",
    title="Aurora DSQL clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusters",
        permission="dsql:ListClusters",
        parameters={"maxResults": 100},
        items="clusters",
    ),
    details=(
        Detail(
            name="cluster",
            operation="GetCluster",
            permission="dsql:GetCluster",
            bind={"identifier": "item.identifier"},
        ),
        Detail(
            name="policy",
            operation="GetClusterPolicy",
            permission="dsql:GetClusterPolicy",
            bind={"identifier": "item.identifier"},
            absent_on=("ResourceNotFoundException",),
        ),
        Detail(
            name="streams",
            operation="ListStreams",
            permission="dsql:ListStreams",
            parameters={"maxResults": 100},
            bind={"clusterIdentifier": "item.identifier"},
            items="streams",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("dsql:cluster",),
    source=_REFERENCE + "ListClusters.html",
)
