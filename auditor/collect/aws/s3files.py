"""Amazon S3 Files: file systems in front of buckets, and whom they let in.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3_Files.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import out_of, to_bucket
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, key_arn, maybe_text, tags_of, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    if found.read("item.ownerId", absent=account) != account:
        return  # the listing of its own account has it
    bucket = bucket_arn(text(found, "item.bucket"), region)
    store = store_of(
        found,
        id=text(found, "item.fileSystemArn"),
        name=text(found, "item.fileSystemId"),
        kind="file system",
        encrypted=True,  # the service encrypts what it keeps in front of the bucket
        key_id=_key(found),
        public=False,  # it is reached through mount targets in a VPC only
        locked=False,  # it is there to be written to
        created=maybe_text(found, "item.creationTime"),
        tags=_tags(found),
        source_id=bucket,
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.policy"))
    yield to_bucket(store, "sync", bucket)
    mounted = flow(store, "mount", bucket, target_id=store.id)
    yield out_of(bucket, found, mounted)
    policy = found.read("policy.policy")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _key(found: Found) -> Maybe[str]:
    # The reference: left out for a key that AWS owns.
    name = maybe_text(found, "details.kmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _tags(found: Found) -> Maybe[dict[str, str]]:
    tags = found.read("details.tags")
    if not isinstance(tags, list):
        return tags_of(tags)  # type: ignore[return-value]
    pairs = [each for each in tags if isinstance(each, dict)]
    return {str(each.get("key", "")): str(each.get("value", "")) for each in pairs}


FILE_SYSTEMS = Collector(
    kind="aws.s3files.file-system",
    service="s3files",
    title="S3 file systems",
    per=("account", "region"),
    listing=Listing(
        operation="ListFileSystems",
        permission="s3files:ListFileSystems",
        parameters={"maxResults": 100},
        items="fileSystems",
    ),
    details=(
        Detail(
            name="details",
            operation="GetFileSystem",
            permission="s3files:GetFileSystem",
            bind={"fileSystemId": "item.fileSystemId"},
        ),
        Detail(
            name="policy",
            operation="GetFileSystemPolicy",
            permission="s3files:GetFileSystemPolicy",
            bind={"fileSystemId": "item.fileSystemId"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("s3files:file-system",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3Files_ListFileSystems.html",
)
