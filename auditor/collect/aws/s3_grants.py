"""Amazon S3 Access Grants: who may fetch credentials for which prefix of a bucket.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessGrants.html
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import out_of
from auditor.collect.aws.flows import shares, to_account
from auditor.collect.aws.principals import account_of, accounts_in_policy
from auditor.collect.aws.reading import is_absent, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of, written
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor

_SCOPE = re.compile(r"s3://([^/*]+)(?:/.*|\*)?", re.DOTALL)
_PEOPLE = Unknown("it is granted to people of a corporate directory, whose account AWS has not")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-grant.html
_READS = ("s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAcl", "s3:GetObjectVersionAcl")
_WRITES = ("s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject", "s3:DeleteObjectVersion")


def _grant(found: Found) -> Iterator[Flow | PolicyDocument]:
    door = processor_of(
        found,
        id=text(found, "item.AccessGrantArn"),
        name=text(found, "item.AccessGrantId"),
        kind="access grant",
        public=False,
    )
    scope = _SCOPE.fullmatch(text(found, "item.GrantScope"))
    origin = bucket_arn(scope[1], found.place["region"]) if scope else door.id
    if found.read("item.Grantee.GranteeType") == "IAM":
        made = policy_of(door, _said(found, origin), "grant", "grant")
        yield replace(made, resource_id=origin)
    if found.read("item.Permission") == "WRITE":
        return
    account = _account(found)
    if isinstance(account, Unknown):
        yield out_of(origin, found, possible(door, "share", account))
    elif account != door.account:
        yield out_of(origin, found, to_account(door, account))


def _said(found: Found, bucket: str) -> Json:
    """Return what a grant to a principal of IAM says, as a policy of the bucket."""
    who, scope = found.read("item.Grantee.GranteeIdentifier"), text(found, "item.GrantScope")
    permission = found.read("item.Permission")
    for value in (who, permission):
        if isinstance(value, Unknown):
            return value
    actions = [
        *(_READS if permission != "WRITE" else ()),
        *(_WRITES if permission != "READ" else ()),
    ]
    start = bucket.partition(":s3:::")[0]
    objects = f"{start}:s3:::{scope.removeprefix('s3://')}" if scope else f"{bucket}/*"
    statement = {"Effect": "Allow", "Principal": {"AWS": who}, "Action": actions}
    return written([{**statement, "Resource": objects}])


def _account(found: Found) -> str | Unknown:
    kind = maybe_text(found, "item.Grantee.GranteeType")
    if isinstance(kind, Unknown):
        return kind
    who = found.read("item.Grantee.GranteeIdentifier")
    if isinstance(who, Unknown):
        return who
    return account_of(who) if kind == "IAM" else _PEOPLE


def _instance(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    instance = processor_of(
        found,
        id=text(found, "item.AccessGrantsInstanceArn"),
        name=text(found, "item.AccessGrantsInstanceId"),
        kind="access grants instance",
        public=False,  # whoever asks it for credentials has to sign the request
        created=maybe_text(found, "item.CreatedAt"),
    )
    yield instance
    yield policy_of(instance, policy_in(found, "policy.Policy"))
    if not is_absent(found, "policy"):
        yield from shares(instance, accounts_in_policy(found.read("policy.Policy")))


GRANTS = Collector(
    kind="aws.s3.access-grant",
    service="s3control",
    title="S3 access grants that let somebody read",
    per=("account", "region"),
    listing=Listing(
        operation="ListAccessGrants",
        permission="s3:ListAccessGrants",
        parameters={"MaxResults": 1000},
        bind={"AccountId": "place.account"},
        items="AccessGrantsList",
        absent_on=("AccessGrantsInstanceNotExistsError",),
    ),
    tables=(Flow, PolicyDocument),
    rows=_grant,
    types=("s3:access-grants",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessGrants.html",
)

INSTANCES = Collector(
    kind="aws.s3.access-grants-instance",
    service="s3control",
    title="S3 Access Grants instances, with whom they are shared",
    per=("account", "region"),
    listing=Listing(
        operation="ListAccessGrantsInstances",
        permission="s3:ListAccessGrantsInstances",
        parameters={"MaxResults": 1000},
        bind={"AccountId": "place.account"},
        items="AccessGrantsInstancesList",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetAccessGrantsInstanceResourcePolicy",
            permission="s3:GetAccessGrantsInstanceResourcePolicy",
            bind={"AccountId": "place.account"},
            absent_on=("AccessGrantsInstanceResourcePolicyNotExists",),
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_instance,
    types=("s3:access-grants",),
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessGrantsInstances.html"
    ),
)
