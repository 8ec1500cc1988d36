"""Amazon S3: buckets, where they are, where their copies go, and who can read them.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.reading import (
    entries,
    is_absent,
    key_arn,
    maybe_text,
    tags_of,
    text,
)
from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.s3_access import read_accounts, read_object_lists, read_public
from auditor.collect.aws.s3_access_lists import access_list_of
from auditor.collect.aws.s3_exports import export_details, ways_out
from auditor.collect.aws.s3_guardrails import bucket_guardrails
from auditor.collect.aws.s3_restrictions import restriction_of
from auditor.collect.aws.s3_retention import retentions_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Guardrail, Maybe, PolicyDocument, Retention, Store

_NO_SIZE = Unknown("S3 states no size of a bucket")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html: since that
# day every new object is encrypted. What is older stays as it was uploaded.
_SINCE = "2023-01-05"
_BEFORE = Unknown(
    f"the bucket is older than {_SINCE}, since when S3 encrypts every new object; whether the "
    "objects from before are encrypted was not asked of each"
)
_OLD_NAMES = {"": "us-east-1", "EU": "eu-west-1"}


def _rows(found: Found) -> Iterator[Store | Flow | Guardrail | PolicyDocument | Retention]:
    region = _region(found)
    operated = "" if isinstance(region, Unknown) else region
    store = Store(
        id=f"arn:{partition_of(operated)}:s3:::{text(found, 'item.Name')}",
        evidence=found.evidence,
        name=text(found, "item.Name"),
        provider="aws",
        operator=operator_of(operated),
        account=found.place["account"],
        region=region,
        country=country_of(region),
        service="s3",
        kind="bucket",
        backup=False,
        encrypted=_encrypted(found),
        key_id=_key(found, region),
        public=read_public(found),
        locked=_locked(found),
        size_bytes=_NO_SIZE,
        created=maybe_text(found, "item.CreationDate"),
        tags={} if is_absent(found, "tagging") else tags_of(found.read("tagging.TagSet")),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    yield access_list_of(found, store)
    yield restriction_of(found, store)
    yield from publication(store)
    yield from shares(store, read_accounts(found))
    if unseen := read_object_lists(found):
        yield possible(store, "share", unseen, "objects")
    yield from _replications(found, store)
    yield from ways_out(found, store)
    yield from bucket_guardrails(found, store)
    yield from retentions_of(found, store)


def _region(found: Found) -> Maybe[str]:
    # The reference says that null stands for us-east-1, and EU for eu-west-1.
    name = maybe_text(found, "location.LocationConstraint", absent="")
    return name if isinstance(name, Unknown) else _OLD_NAMES.get(name, name)


def _default_encryption(found: Found) -> Json:
    """Return what encrypts new objects: an object, None if nothing does, or an Unknown."""
    if is_absent(found, "encryption"):
        return None
    path = "encryption.ServerSideEncryptionConfiguration.Rules"
    rules = found.read(path)
    if isinstance(rules, Unknown):
        return rules
    defaults = [dig(rule, "ApplyServerSideEncryptionByDefault") for rule in entries(rules)]
    return next(iter(entries(defaults)), Unknown(f"the provider's answer has no default in {path}"))


def _encrypted(found: Found) -> Maybe[bool]:
    default = _default_encryption(found)
    if isinstance(default, Unknown) or default is None:
        return default if isinstance(default, Unknown) else False
    created = maybe_text(found, "item.CreationDate")
    if isinstance(created, Unknown):
        return created
    return True if created >= _SINCE else _BEFORE


def _key(found: Found, region: Maybe[str]) -> Maybe[str]:
    default = _default_encryption(found)
    if isinstance(default, Unknown):
        return default
    name = dig(default, "KMSMasterKeyID")  # left out for keys that are S3's own or aws/s3
    return key_arn(name if isinstance(name, str) else "", region, found.place["account"])


def _locked(found: Found) -> Maybe[bool]:
    if is_absent(found, "lock"):
        return False
    enabled = found.read("lock.ObjectLockConfiguration.ObjectLockEnabled")
    if isinstance(enabled, Unknown):
        return enabled
    # In governance mode, those with a permission can still delete.
    mode = found.read("lock.ObjectLockConfiguration.Rule.DefaultRetention.Mode", absent="")
    return bool(enabled == "Enabled" and mode == "COMPLIANCE")


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    if is_absent(found, "replication"):
        return
    rules = found.read("replication.ReplicationConfiguration.Rules")
    if isinstance(rules, Unknown):
        yield possible(store, "replication", rules)
        return
    enabled = [rule for rule in entries(rules) if rule.get("Status") != "Disabled"]
    ends = {str(dig(rule, "Destination.Bucket")): dig(rule, "Destination") for rule in enabled}
    for bucket, end in ends.items():
        yield to_bucket(store, "replication", bucket, dig(end, "Account"))


def _detail(name: str, operation: str, permission: str, absent_on: str = "") -> Detail:
    """Return a call about one bucket, asked where the bucket is."""
    return Detail(
        name=name,
        operation=operation,
        permission=permission,
        bind={"Bucket": "item.Name"},
        region="location.LocationConstraint",
        absent_on=(absent_on,) if absent_on else (),
    )


BUCKETS = Collector(
    kind="aws.s3.bucket",
    service="s3",
    title="S3 buckets",
    per=("account",),
    listing=Listing(
        operation="ListBuckets",
        permission="s3:ListAllMyBuckets",
        parameters={"MaxBuckets": 1000},
        items="Buckets",
    ),
    details=(
        Detail(
            name="location",
            operation="GetBucketLocation",
            permission="s3:GetBucketLocation",
            bind={"Bucket": "item.Name"},
        ),
        _detail(
            "encryption",
            "GetBucketEncryption",
            "s3:GetEncryptionConfiguration",
            "ServerSideEncryptionConfigurationNotFoundError",
        ),
        _detail(
            "replication",
            "GetBucketReplication",
            "s3:GetReplicationConfiguration",
            "ReplicationConfigurationNotFoundError",
        ),
        _detail(
            "policy_status",
            "GetBucketPolicyStatus",
            "s3:GetBucketPolicyStatus",
            "NoSuchBucketPolicy",
        ),
        _detail("policy", "GetBucketPolicy", "s3:GetBucketPolicy", "NoSuchBucketPolicy"),
        _detail(
            "block",
            "GetPublicAccessBlock",
            "s3:GetBucketPublicAccessBlock",
            "NoSuchPublicAccessBlockConfiguration",
        ),
        Detail(
            name="account_block",
            service="s3control",
            operation="GetPublicAccessBlock",
            permission="s3:GetAccountPublicAccessBlock",
            bind={"AccountId": "place.account"},
            absent_on=("NoSuchPublicAccessBlockConfiguration",),
            when="policy_status.PolicyStatus.IsPublic",
        ),
        _detail("acl", "GetBucketAcl", "s3:GetBucketAcl"),
        _detail(
            "ownership",
            "GetBucketOwnershipControls",
            "s3:GetBucketOwnershipControls",
            "OwnershipControlsNotFoundError",
        ),
        _detail(
            "lock",
            "GetObjectLockConfiguration",
            "s3:GetBucketObjectLockConfiguration",
            "ObjectLockConfigurationNotFoundError",
        ),
        _detail(
            "lifecycle",
            "GetBucketLifecycleConfiguration",
            "s3:GetLifecycleConfiguration",
            "NoSuchLifecycleConfiguration",
        ),
        _detail("tagging", "GetBucketTagging", "s3:GetBucketTagging", "NoSuchTagSet"),
        *export_details(_detail),
    ),
    tables=(Store, Flow, Guardrail, PolicyDocument, Retention),
    rows=_rows,
    types=("s3:bucket",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html",
)
