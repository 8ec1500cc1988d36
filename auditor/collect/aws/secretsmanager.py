"""AWS Secrets Manager: secrets, their replicas in other regions and accounts, and who is let in.

Secret values are never asked for.

API: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import to_arn, to_place
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import (
    entries,
    key_arn,
    maybe_text,
    member,
    state_of,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html
_COPIED = frozenset({"InSync", "InProgress", "Pending"})
_NOT_COPIED = frozenset({"Failed", "Detached"})


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    policy = _policy(found)
    accounts = accounts_in_policy(policy) if policy else ()
    store = store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.Name"),
        kind="secret",
        encrypted=True,  # always; without a key of its own, by aws/secretsmanager
        key_id=key_arn(maybe_text(found, "item.KmsKeyId", absent=""), region, account),
        public=lets_in_anybody(policy) if policy else False,
        backup=_is_replica(found),
        source_id=_source(found),
        locked=False,
        created=maybe_text(found, "item.CreatedDate", absent=""),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield store
    yield policy_of(store, policy)
    yield from publication(store)
    yield from shares(store, accounts)
    yield from _replicas(found, store)
    rotation = text(found, "item.RotationLambdaARN")
    if rotation and account_in(rotation) != account:
        yield to_arn(store, "share", rotation)


def _policy(found: Found) -> Json:
    """Return the policy's text, or '' if there is none."""
    # A secret without a policy is answered with its name and nothing else.
    policy = found.read("policy.ResourcePolicy", absent="")
    known = found.read("policy.ARN")
    return known if policy == "" and isinstance(known, Unknown) else policy


def _is_replica(found: Found) -> bool:
    primary = text(found, "item.PrimaryRegion")
    return bool(primary) and primary != found.place["region"]


def _source(found: Found) -> Maybe[str]:
    """Return the primary secret: the replica's ARN differs from it by its region only."""
    if not _is_replica(found):
        return ""
    prefix = arn("secretsmanager", found.place["region"], found.place["account"], "secret:")
    own = text(found, "item.ARN")
    if not own.startswith(prefix):
        return Unknown("a replica whose ARN is not of its region and account")
    primary = text(found, "item.PrimaryRegion")
    rest = own.removeprefix(prefix)
    return arn("secretsmanager", primary, found.place["account"], f"secret:{rest}")


def _replicas(found: Found, store: Store) -> Iterator[Flow]:
    known = found.read("secret.ARN")
    if isinstance(known, Unknown):
        yield possible(store, "replication", known)
        return
    for each in entries(found.read("secret.ReplicationStatus", absent=[])):
        region = member(each, "Region")
        if region == found.place["region"]:
            continue
        active = state_of(each.get("Status"), _COPIED, _NOT_COPIED)
        yield to_place(store, "replication", region, store.account, region, active=active)
    for each in entries(found.read("secret.CrossAccountReplicas", absent=[])):
        active = state_of(each.get("ReplicationStatus"), _COPIED, _NOT_COPIED)
        yield to_arn(store, "replication", member(each, "ReplicaSecretARN"), active=active)


SECRETS = Collector(
    kind="aws.secretsmanager.secret",
    service="secretsmanager",
    title="secrets of Secrets Manager",
    per=("account", "region"),
    listing=Listing(
        operation="ListSecrets",
        permission="secretsmanager:ListSecrets",
        parameters={"MaxResults": 100, "IncludePlannedDeletion": True},
        items="SecretList",
    ),
    details=(
        Detail(
            name="secret",
            operation="DescribeSecret",
            permission="secretsmanager:DescribeSecret",
            bind={"SecretId": "item.ARN"},
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="secretsmanager:GetResourcePolicy",
            # A replica has its primary's policy, and only that one can be asked for it.
            bind={"SecretId": "item.Name"},
            region="item.PrimaryRegion",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("secretsmanager:secret",),
    source="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html",
)
