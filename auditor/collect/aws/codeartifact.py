"""AWS CodeArtifact: domains that keep packages, and repositories that hand them out.

API: https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_ListDomains.html
"""

from collections.abc import Iterator

from auditor.collect.aws.codeartifact_packages import REPOSITORY, repository_place
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import encryption_key, is_absent, maybe_text, text
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.model import Json
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_"


def _policy(found: Found) -> Json:
    return "" if is_absent(found, "policy") else found.read("policy.policy.document")


def _domain(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    policy = _policy(found)
    row = store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="domain",
        # https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html
        encrypted=True,
        key_id=encryption_key(True, found, "item.encryptionKey"),
        public=lets_in_anybody(policy) if policy else False,
        created=maybe_text(found, "item.createdTime", absent=""),
    )
    yield row
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts_in_policy(policy) if policy else ())


def _repository(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    policy = _policy(found)
    row = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="repository",
        public=lets_in_anybody(policy) if policy else False,
        created=maybe_text(found, "item.createdTime", absent=""),
    )
    yield row
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts_in_policy(policy) if policy else ())


DOMAINS = Collector(
    kind="aws.codeartifact.domain",
    service="codeartifact",
    title="domains that keep packages",
    per=("account", "region"),
    listing=Listing(
        operation="ListDomains",
        permission="codeartifact:ListDomains",
        parameters={"maxResults": 1000},
        items="domains",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetDomainPermissionsPolicy",
            permission="codeartifact:GetDomainPermissionsPolicy",
            bind={"domain": "item.name", "domainOwner": "item.owner"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_domain,
    types=("codeartifact:domain",),
    source=_REFERENCE + "ListDomains.html",
)

REPOSITORIES = Collector(
    kind="aws.codeartifact.repository",
    service="codeartifact",
    title="repositories of packages",
    per=("account", "region"),
    listing=Listing(
        operation="ListRepositories",
        permission="codeartifact:ListRepositories",
        parameters={"maxResults": 1000},
        items="repositories",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetRepositoryPermissionsPolicy",
            permission="codeartifact:GetRepositoryPermissionsPolicy",
            bind={
                "domain": "item.domainName",
                "domainOwner": "item.domainOwner",
                "repository": "item.name",
            },
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_repository,
    axis=Axis(name=REPOSITORY, value=repository_place, optional=True),
    types=("codeartifact:repository",),
    source=_REFERENCE + "ListRepositories.html",
)
