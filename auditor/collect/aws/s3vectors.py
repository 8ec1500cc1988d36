"""Amazon S3 Vectors: vector buckets, and whom they let in. Embeddings are user data, too.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3_Vectors.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    store = store_of(
        found,
        id=text(found, "item.vectorBucketArn"),
        name=text(found, "item.vectorBucketName"),
        kind="vector bucket",
        encrypted=True,  # S3 encrypts every vector bucket, and this cannot be switched off
        key_id=_key(found),
        public=False,  # vector buckets always block public access
        locked=False,  # vector buckets have no Object Lock
        created=maybe_text(found, "item.creationTime"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.policy"))
    policy = found.read("policy.policy")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _key(found: Found) -> Maybe[str]:
    kind = found.read("bucket.vectorBucket.encryptionConfiguration.sseType")
    if isinstance(kind, Unknown):
        return kind
    if kind == "AES256":
        return ""
    name = maybe_text(found, "bucket.vectorBucket.encryptionConfiguration.kmsKeyArn")
    return key_arn(name, found.place["region"], found.place["account"])


VECTOR_BUCKETS = Collector(
    kind="aws.s3vectors.vector-bucket",
    service="s3vectors",
    title="S3 vector buckets",
    per=("account", "region"),
    listing=Listing(
        operation="ListVectorBuckets",
        permission="s3vectors:ListVectorBuckets",
        parameters={"maxResults": 500},
        items="vectorBuckets",
    ),
    details=(
        Detail(
            name="bucket",
            operation="GetVectorBucket",
            permission="s3vectors:GetVectorBucket",
            bind={"vectorBucketArn": "item.vectorBucketArn"},
        ),
        Detail(
            name="policy",
            operation="GetVectorBucketPolicy",
            permission="s3vectors:GetVectorBucketPolicy",
            bind={"vectorBucketArn": "item.vectorBucketArn"},
            absent_on=("NotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("s3vectors:bucket", "s3vectors:vector-bucket"),
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListVectorBuckets.html"
    ),
)
