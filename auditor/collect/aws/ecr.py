"""Amazon ECR: repositories of images, where they are replicated to, and who may pull from them.

API: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.ecr_images import IMAGES, INDEXES, STATUSES, images_in
from auditor.collect.aws.ecr_signing import PROFILES, SIGNING
from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import entries, is_absent, key_arn, maybe_text, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Artifact, Flow, Maybe, PolicyDocument, Processor, Store

# https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
_BRINGS_IN = frozenset(
    {"ecr:replicateimage", "ecr:createrepository", "ecr:batchimportupstreamimage"}
)
_IN_PUBLIC = "us-east-1"  # ECR Public keeps its control plane there


def _repository(found: Found) -> Iterator[Store | Flow | PolicyDocument | Artifact]:
    policy = "" if is_absent(found, "policy") else found.read("policy.policyText")
    accounts = accounts_in_policy(policy) if policy else ()
    store = store_of(
        found,
        id=text(found, "item.repositoryArn"),
        name=text(found, "item.repositoryName"),
        kind="repository",
        encrypted=True,  # by S3's keys, unless a key is named
        key_id=_key(found),
        public=lets_in_anybody(policy) if policy else False,
        locked=False,
        created=maybe_text(found, "item.createdAt", absent=""),
    )
    yield store
    yield policy_of(store, policy)
    yield from publication(store)
    yield from shares(store, accounts)
    yield from _replications(found, store)
    yield from images_in(found, store.id, text(found, "item.repositoryUri") or store.name)


def _key(found: Found) -> Maybe[str]:
    kind = maybe_text(found, "item.encryptionConfiguration.encryptionType", absent="AES256")
    if isinstance(kind, Unknown) or kind == "AES256":
        return "" if kind == "AES256" else kind
    name = maybe_text(found, "item.encryptionConfiguration.kmsKey")
    return key_arn(name, found.place["region"], found.place["account"])


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    rules = found.read("parent.replicationConfiguration.rules")
    if isinstance(rules, Unknown):
        yield possible(store, "replication", rules)
        return
    for rule in entries(rules):
        if not _covers(rule, store.name):
            continue
        for end in entries(rule.get("destinations")):
            target = arn(
                "ecr", member(end, "region"), member(end, "registryId"), f"repository/{store.name}"
            )
            yield to_arn(store, "replication", target)


def _covers(rule: Mapping[str, Json], name: str) -> bool:
    """Whether a rule replicates a repository; a filter of another kind than a prefix may."""
    filters = entries(rule.get("repositoryFilters"))
    if not filters:
        return True
    return any(
        each.get("filterType") != "PREFIX_MATCH" or name.startswith(member(each, "filter"))
        for each in filters
    )


def _registry(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    policy = found.read("item.policyText")
    accounts = accounts_in_policy(policy, harmless=lambda action: action in _BRINGS_IN)
    region, account = found.place["region"], found.place["account"]
    row = processor_of(
        found,
        id=arn("ecr", region, account, "registry"),
        name="registry",
        kind="registry",
        public=lets_in_anybody(policy),
    )
    yield row
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts)


def _public_repository(found: Found) -> Iterator[Store | Flow]:
    store = store_of(
        found,
        id=text(found, "item.repositoryArn"),
        name=text(found, "item.repositoryName"),
        kind="public repository",
        encrypted=Unknown("the answer does not state how public images are encrypted"),
        key_id="",
        public=True,  # anybody can pull from the public gallery, without an account
        # Images are served from edge locations; where the originals are is not stated.
        region="global",
        country="*",
        locked=False,
        created=maybe_text(found, "item.createdAt", absent=""),
    )
    yield store
    yield from publication(store)


REPOSITORIES = Collector(
    kind="aws.ecr.repository",
    service="ecr",
    title="ECR repositories",
    per=("account", "region"),
    parent=Listing(operation="DescribeRegistry", permission="ecr:DescribeRegistry"),
    listing=Listing(
        operation="DescribeRepositories",
        permission="ecr:DescribeRepositories",
        parameters={"maxResults": 1000},
        items="repositories",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetRepositoryPolicy",
            permission="ecr:GetRepositoryPolicy",
            bind={"repositoryName": "item.repositoryName"},
            absent_on=("RepositoryPolicyNotFoundException",),
        ),
        IMAGES,
        INDEXES,
        SIGNING,
        STATUSES,
        PROFILES,
    ),
    tables=(Store, Flow, PolicyDocument, Artifact),
    rows=_repository,
    types=("ecr:repository",),
    source="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html",
)

REGISTRY_POLICIES = Collector(
    kind="aws.ecr.registry",
    service="ecr",
    title="policies of ECR registries",
    per=("account", "region"),
    listing=Listing(
        operation="GetRegistryPolicy",
        permission="ecr:GetRegistryPolicy",
        absent_on=("RegistryPolicyNotFoundException",),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_registry,
    source="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRegistryPolicy.html",
)

PUBLIC_REPOSITORIES = Collector(
    kind="aws.ecr-public.repository",
    service="ecr-public",
    title="repositories of ECR's public gallery",
    per=("account",),
    listing=Listing(
        operation="DescribeRepositories",
        permission="ecr-public:DescribeRepositories",
        parameters={"maxResults": 1000},
        items="repositories",
        asked_in=_IN_PUBLIC,
    ),
    tables=(Store, Flow),
    rows=_public_repository,
    types=("ecr-public:repository",),
    source=(
        "https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/"
        "API_DescribeRepositories.html"
    ),
)
