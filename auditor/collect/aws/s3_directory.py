"""Amazon S3: directory buckets, which are kept in one zone or Local Zone.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListDirectoryBuckets.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import entries, is_absent, key_arn, maybe_text, text
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Store

# S3 refuses a name that does not end in the id of the bucket's zone:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html
_ZONE = re.compile(r"--([a-z0-9-]+)--x-s3\Z", re.ASCII)


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.Name")
    zone = _ZONE.search(name)
    store = store_of(
        found,
        id=text(found, "item.BucketArn") or arn("s3express", region, account, f"bucket/{name}"),
        name=name,
        kind="directory bucket",
        service="s3",
        country=country_of_zones(zone[1] if zone else "", region),
        encrypted=True,  # S3 encrypts every new object, and this cannot be switched off
        key_id=_key(found),
        public=False,  # its block of public access cannot be changed
        locked=False,  # directory buckets have no Object Lock
        created=maybe_text(found, "item.CreationDate"),
    )
    yield store
    yield policy_of(store, policy_in(found, "policy.Policy"))
    accounts = () if is_absent(found, "policy") else accounts_in_policy(found.read("policy.Policy"))
    yield from shares(store, accounts)


def _key(found: Found) -> Maybe[str]:
    rules = found.read("encryption.ServerSideEncryptionConfiguration.Rules")
    if isinstance(rules, Unknown):
        return rules
    for rule in entries(rules):
        name = dig(rule, "ApplyServerSideEncryptionByDefault.KMSMasterKeyID")
        key = name if isinstance(name, str) else ""
        return key_arn(key, found.place["region"], found.place["account"])
    return Unknown("the answer names no default encryption")


DIRECTORY_BUCKETS = Collector(
    kind="aws.s3.directory-bucket",
    service="s3",
    title="S3 directory buckets",
    per=("account", "region"),
    listing=Listing(
        operation="ListDirectoryBuckets",
        permission="s3express:ListAllMyDirectoryBuckets",
        parameters={"MaxDirectoryBuckets": 1000},
        items="Buckets",
    ),
    details=(
        Detail(
            name="encryption",
            operation="GetBucketEncryption",
            permission="s3express:GetEncryptionConfiguration",
            bind={"Bucket": "item.Name"},
        ),
        Detail(
            name="policy",
            operation="GetBucketPolicy",
            permission="s3express:GetBucketPolicy",
            bind={"Bucket": "item.Name"},
            absent_on=("NoSuchBucketPolicy",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("s3express:bucket",),
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListDirectoryBuckets.html",
)
