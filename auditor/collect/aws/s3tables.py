"""Amazon S3 Tables: table buckets, their copies, and whom they let in.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_S3_Tables.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_SINGLE = Unknown("single tables can be replicated on their own, which this version does not read")
_POLICIES = Unknown("single tables have policies of their own, which this version does not read")


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    store = store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="table bucket",
        service="s3tables",
        encrypted=True,  # S3 encrypts every table, and this cannot be switched off
        key_id=_key(found),
        public=False,  # table buckets always block public access
        locked=False,  # table buckets have no Object Lock
        created=maybe_text(found, "item.createdAt"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.resourcePolicy"))
    yield from _replications(found, store)
    yield possible(store, "replication", _SINGLE, "tables")
    policy = found.read("policy.resourcePolicy")
    yield possible(store, "share", _POLICIES, "tables")
    yield from shares(store, () if is_absent(found, "policy") else accounts_in_policy(policy))


def _key(found: Found) -> Maybe[str]:
    algorithm = found.read("encryption.encryptionConfiguration.sseAlgorithm")
    if isinstance(algorithm, Unknown):
        return algorithm
    if algorithm == "AES256":
        return ""
    name = maybe_text(found, "encryption.encryptionConfiguration.kmsKeyArn")
    return key_arn(name, found.place["region"], found.place["account"])


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    if is_absent(found, "replication"):
        return
    rules = found.read("replication.configuration.rules")
    if isinstance(rules, Unknown):
        yield possible(store, "replication", rules)
        return
    ends = [end for rule in entries(rules) for end in entries(rule.get("destinations"))]
    for target in dict.fromkeys(str(dig(end, "destinationTableBucketARN")) for end in ends):
        yield to_arn(store, "replication", target)


TABLE_BUCKETS = Collector(
    kind="aws.s3tables.table-bucket",
    service="s3tables",
    title="S3 table buckets",
    per=("account", "region"),
    listing=Listing(
        operation="ListTableBuckets",
        permission="s3tables:ListTableBuckets",
        parameters={"maxBuckets": 1000},
        items="tableBuckets",
    ),
    details=(
        Detail(
            name="encryption",
            operation="GetTableBucketEncryption",
            permission="s3tables:GetTableBucketEncryption",
            bind={"tableBucketARN": "item.arn"},
        ),
        Detail(
            name="replication",
            operation="GetTableBucketReplication",
            permission="s3tables:GetTableBucketReplication",
            bind={"tableBucketARN": "item.arn"},
            absent_on=("NotFoundException",),
        ),
        Detail(
            name="policy",
            operation="GetTableBucketPolicy",
            permission="s3tables:GetTableBucketPolicy",
            bind={"tableBucketARN": "item.arn"},
            absent_on=("NotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("s3tables:bucket",),
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_s3TableBuckets_ListTableBuckets.html"
    ),
)
