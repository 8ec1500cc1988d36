"""The access list of an S3 bucket, as a policy that says the same.

The list of a bucket lets nobody read objects: those have lists of their own.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, is_absent, member
from auditor.collect.aws.resource_policies import NONE, policy_of, written
from auditor.collect.aws.s3_access import EVERYBODY, OVERRIDDEN, is_blocked
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, PolicyDocument, Store

_LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
_LISTING = ("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads")
_ACTIONS = {
    "READ": _LISTING,
    "WRITE": ("s3:PutObject",),
    "READ_ACP": ("s3:GetBucketAcl",),
    "WRITE_ACP": ("s3:PutBucketAcl",),
    "FULL_CONTROL": (*_LISTING, "s3:PutObject", "s3:GetBucketAcl", "s3:PutBucketAcl"),
}


def access_list_of(found: Found, bucket: Store) -> PolicyDocument:
    """Return the access list of a bucket as a row; it lets its owner do nothing more than it may.

    Where the bucket's owner owns every object, lists are off, and known to say nothing.
    """
    return policy_of(bucket, _said(found, bucket), "access-list", "grant")


def _said(found: Found, bucket: Store) -> Maybe[str]:
    grants, ownership = found.read("acl.Grants"), _ownership(found)
    for value in (grants, ownership):
        if isinstance(value, Unknown):
            return value
    if ownership == "BucketOwnerEnforced":
        return NONE
    listed = entries(grants)
    public = [each for each in listed if member(each, "Grantee.URI") in EVERYBODY]
    ignored = is_blocked(found, "block", "IgnorePublicAcls") if public else True
    if ignored is not True:
        return ignored if isinstance(ignored, Unknown) else OVERRIDDEN
    owner = found.read("acl.Owner.ID", absent="")
    return written(
        [
            made
            for each in listed
            if each not in public and member(each, "Grantee.ID") != owner
            for made in _statements(each, bucket)
        ]
    )


def _ownership(found: Found) -> Json:
    if is_absent(found, "ownership"):
        return "ObjectWriter"
    rules = found.read("ownership.OwnershipControls.Rules")
    if isinstance(rules, Unknown):
        return rules
    return next((member(each, "ObjectOwnership") for each in entries(rules)), "ObjectWriter")


def _statements(grant: Mapping[str, Json], bucket: Store) -> Iterator[Mapping[str, Json]]:
    name = member(grant, "Grantee.ID")
    is_log = member(grant, "Grantee.URI") == _LOGS
    who = {"Service": "logging.s3.amazonaws.com"} if is_log else {"CanonicalUser": name}
    actions = _ACTIONS.get(member(grant, "Permission"), ("s3:*",))
    if name or is_log:
        yield {
            "Effect": "Allow",
            "Principal": who,
            "Action": list(actions),
            "Resource": [bucket.id, f"{bucket.id}/*"],
        }
