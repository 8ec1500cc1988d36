"""Amazon S3: access points, and access points of several regions: doors into buckets.

They hold nothing. What they let out is a flow of the bucket behind them. The policy of a point is
kept as one about the point: its statements name the point and no bucket, and let nobody in unless
the bucket's own policy does, which shows there as a condition on the point.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import in_region, out_of
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, is_absent, maybe_flag, maybe_text, text
from auditor.collect.aws.regions import arn, partition_of
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import ANYBODY, flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Processor

_OF_SEVERAL = "several regions answer for it"
_UNBLOCKED = Unknown(
    "its policy lets anybody in; whether a block of the bucket or of the account stops that "
    "was not asked"
)
_DIALS = Unknown("how much of its traffic a bucket takes is not read by this version")


def _point(found: Found) -> Iterator[Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.Name")
    door = processor_of(
        found,
        id=text(found, "item.AccessPointArn") or arn("s3", region, account, f"accesspoint/{name}"),
        name=name,
        kind="access point",
        public=_is_public(found),
    )
    policy = policy_in(found, "policy.Policy")
    yield policy_of(door, policy)
    bucket = bucket_arn(text(found, "item.Bucket"), region)
    accounts = _accounts(policy)
    if _is_blocked(found, door) and not isinstance(accounts, Unknown):
        # What is blocked admits nobody as the public, and it is no share with a condition.
        accounts = tuple(account for account in accounts if account != ANYBODY)
    for made in (*publication(door), *shares(door, accounts)):
        yield out_of(bucket, found, made)
    owner = maybe_text(found, "item.BucketAccountId", absent=account)
    if owner != account:
        yield out_of(bucket, found, possible(door, "share", _foreign(owner), "owner"))


def _foreign(owner: Maybe[str]) -> Unknown:
    whose = owner.reason if isinstance(owner, Unknown) else f"account {owner}"
    return Unknown(f"the bucket behind this access point is another's ({whose})")


def _is_public(found: Found) -> Maybe[bool]:
    if found.read("item.NetworkOrigin") == "VPC":
        return False  # it refuses what does not come from its VPC
    if is_absent(found, "status"):
        return False
    public = maybe_flag(found, "status.PolicyStatus.IsPublic")
    if public is not True:
        return public
    blocked = maybe_flag(found, "point.PublicAccessBlockConfiguration.RestrictPublicBuckets")
    if blocked is False:
        return _UNBLOCKED
    return False if blocked is True else blocked


def _is_blocked(found: Found, door: Processor) -> bool:
    return door.public is False and found.read("status.PolicyStatus.IsPublic", absent=False) is True


def _accounts(policy: Json) -> Maybe[tuple[str, ...]]:
    return () if policy == "" else accounts_in_policy(policy)


def _doors(found: Found) -> Iterator[Flow | PolicyDocument]:
    account, home = found.place["account"], "us-west-2"
    alias = text(found, "item.Alias") or text(found, "item.Name")
    door = processor_of(
        found,
        id=f"arn:{partition_of(home)}:s3::{account}:accesspoint/{alias}",
        name=text(found, "item.Name"),
        kind="multi-region access point",
        public=False,
        region=Unknown(_OF_SEVERAL),
        country=Unknown(_OF_SEVERAL),
    )
    ends = entries(found.read("item.Regions", absent=[]))
    policy = found.read("policy.Policy.Established.Policy")
    yield policy_of(door, policy)
    accounts = accounts_in_policy(policy)
    for origin in ends:
        bucket = bucket_arn(origin.get("Bucket"), home)
        for made in shares(door, accounts):
            yield out_of(bucket, found, replace(made, id=f"{made.id}/{bucket}"))
        yield from _elsewhere(found, door, origin, ends)


def _elsewhere(
    found: Found, door: Processor, origin: Mapping[str, Json], ends: Iterable[Mapping[str, Json]]
) -> Iterator[Flow]:
    """Yield that a request for one bucket may be answered by another behind the same door."""
    bucket = bucket_arn(origin.get("Bucket"), "us-west-2")
    for end in ends:
        target = bucket_arn(end.get("Bucket"), "us-west-2")
        if target == bucket:
            continue
        region, owner = end.get("Region"), end.get("BucketAccountId")
        known = in_region(region) if isinstance(region, str) else {}
        if isinstance(owner, str):
            known["target_account"] = owner
        made = flow(door, "edge", f"{bucket}/{target}", target_id=target, **known)
        yield out_of(bucket, found, replace(made, active=_is_open(found, end.get("Bucket"))))


def _is_open(found: Found, bucket: Json) -> Maybe[bool]:
    routes = found.read("routes.Routes")
    if isinstance(routes, Unknown):
        return routes
    dials = [
        each.get("TrafficDialPercentage")
        for each in entries(routes)
        if each.get("Bucket") == bucket
    ]
    whole = [dial for dial in dials if isinstance(dial, int) and not isinstance(dial, bool)]
    return max(whole) > 0 if whole else _DIALS


ACCESS_POINTS = Collector(
    kind="aws.s3.access-point",
    service="s3control",
    title="S3 access points",
    per=("account", "region"),
    listing=Listing(
        operation="ListAccessPoints",
        permission="s3:ListAccessPoints",
        parameters={"MaxResults": 1000},
        bind={"AccountId": "place.account"},
        items="AccessPointList",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetAccessPointPolicy",
            permission="s3:GetAccessPointPolicy",
            bind={"AccountId": "place.account", "Name": "item.Name"},
            absent_on=("NoSuchAccessPointPolicy",),
        ),
        Detail(
            name="status",
            operation="GetAccessPointPolicyStatus",
            permission="s3:GetAccessPointPolicyStatus",
            bind={"AccountId": "place.account", "Name": "item.Name"},
            absent_on=("NoSuchAccessPointPolicy",),
        ),
        Detail(
            name="point",
            operation="GetAccessPoint",
            permission="s3:GetAccessPoint",
            bind={"AccountId": "place.account", "Name": "item.Name"},
            when="status.PolicyStatus.IsPublic",
        ),
    ),
    tables=(Flow, PolicyDocument),
    rows=_point,
    types=("s3:accesspoint",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html",
)

MULTI_REGION_ACCESS_POINTS = Collector(
    kind="aws.s3.multi-region-access-point",
    service="s3control",
    title="S3 access points of several regions",
    per=("account",),
    listing=Listing(
        operation="ListMultiRegionAccessPoints",
        permission="s3:ListMultiRegionAccessPoints",
        bind={"AccountId": "place.account"},
        asked_in="us-west-2",
        items="AccessPoints",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetMultiRegionAccessPointPolicy",
            permission="s3:GetMultiRegionAccessPointPolicy",
            bind={"AccountId": "place.account", "Name": "item.Name"},
            asked_in="us-west-2",
        ),
        Detail(
            name="routes",
            operation="GetMultiRegionAccessPointRoutes",
            permission="s3:GetMultiRegionAccessPointRoutes",
            bind={"AccountId": "place.account", "Mrap": "item.Alias"},
            asked_in="us-west-2",
        ),
    ),
    tables=(Flow, PolicyDocument),
    rows=_doors,
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListMultiRegionAccessPoints.html"
    ),
)
