"""AWS Systems Manager: parameters, whom they are shared with, and documents.

API: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, joined
from auditor.collect.aws.reading import entries, key_arn, maybe_text, tags_of, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import NONE, policies_of, policy_of
from auditor.collect.aws.resources import NO_TAGS, processor_of, store_of
from auditor.collect.flows import ANYBODY, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/systems-manager/latest/APIReference"
_PLAIN = Unknown("whether a parameter that is no SecureString is encrypted at rest is not stated")
_EVERYBODY = "all"


def _parameter(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    secure = _is_secure(found)
    key = key_arn(maybe_text(found, "item.KeyId"), region, account)
    yield store_of(
        found,
        id=_arn_of(found),
        name=text(found, "item.Name"),
        kind="parameter",
        encrypted=secure,
        key_id=key if secure is True else _PLAIN,
        public=False,  # a parameter is shared with accounts, never with anybody
        locked=False,
    )


def _standard(found: Found) -> Iterator[Store | PolicyDocument]:
    """Yield a parameter that nobody can share, known to have no policy."""
    (store,) = _parameter(found)
    yield store
    yield policy_of(store, NONE)


def _advanced(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    """Yield a parameter with its shares; only advanced parameters can be shared."""
    (store,) = _parameter(found)
    yield store
    policies = found.read("policies")
    yield from policies_of(store, policies, "Policy", "PolicyId")
    if isinstance(policies, Unknown):
        yield possible(store, "share", policies)
        return
    yield from shares(store, _let_in(policies))


def _arn_of(found: Found) -> str:
    name = text(found, "item.Name").removeprefix("/")
    built = arn("ssm", found.place["region"], found.place["account"], f"parameter/{name}")
    return text(found, "item.ARN") or built


def _is_secure(found: Found) -> Maybe[bool]:
    kind = maybe_text(found, "item.Type")
    if isinstance(kind, Unknown):
        return kind
    return True if kind == "SecureString" else _PLAIN


def _let_in(policies: Json) -> Maybe[tuple[str, ...]]:
    parties: list[str | Unknown] = []
    for policy in entries(policies):
        accounts = accounts_in_policy(policy.get("Policy"))
        parties += [accounts] if isinstance(accounts, Unknown) else accounts
    return joined(parties)


def _parameters(*tiers: str) -> Listing:
    return Listing(
        operation="DescribeParameters",
        permission="ssm:DescribeParameters",
        parameters={"MaxResults": 50, "ParameterFilters": [{"Key": "Tier", "Values": [*tiers]}]},
        items="Parameters",
    )


STANDARD_PARAMETERS = Collector(
    kind="aws.ssm.parameter",
    service="ssm",
    title="standard parameters of Systems Manager",
    per=("account", "region"),
    listing=_parameters("Standard"),
    tables=(Store, PolicyDocument),
    rows=_standard,
    types=("ssm:parameter",),
    source=f"{_REFERENCE}/API_DescribeParameters.html",
)

ADVANCED_PARAMETERS = Collector(
    kind="aws.ssm.advanced-parameter",
    service="ssm",
    title="advanced parameters of Systems Manager, with whom they are shared",
    per=("account", "region"),
    listing=_parameters("Advanced", "Intelligent-Tiering"),
    details=(
        Detail(
            name="policies",
            operation="GetResourcePolicies",
            permission="ssm:GetResourcePolicies",
            parameters={"MaxResults": 50},
            bind={"ResourceArn": "item.ARN"},
            items="Policies",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_advanced,
    types=("ssm:parameter",),
    source=f"{_REFERENCE}/API_GetResourcePolicies.html",
)


def _document(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.Name")
    accounts = _sharers(found)
    document = processor_of(
        found,
        id=arn("ssm", found.place["region"], found.place["account"], f"document/{name}"),
        name=name,
        kind="document",
        public=accounts if isinstance(accounts, Unknown) else ANYBODY in accounts,
        created=maybe_text(found, "item.CreatedDate"),
        tags=tags_of(found.read("item.Tags", absent=NO_TAGS)),
    )
    yield document
    yield from publication(document)
    yield from shares(document, accounts)


def _sharers(found: Found) -> Maybe[tuple[str, ...]]:
    accounts = found.read("sharing")
    if isinstance(accounts, Unknown):
        return accounts
    return tuple(sorted({ANYBODY if each == _EVERYBODY else each for each in texts(accounts)}))


DOCUMENTS = Collector(
    kind="aws.ssm.document",
    service="ssm",
    title="Systems Manager documents of the account's own, with whom they are shared",
    per=("account", "region"),
    listing=Listing(
        operation="ListDocuments",
        permission="ssm:ListDocuments",
        parameters={"MaxResults": 50, "Filters": [{"Key": "Owner", "Values": ["Self"]}]},
        items="DocumentIdentifiers",
    ),
    details=(
        Detail(
            name="sharing",
            operation="DescribeDocumentPermission",
            permission="ssm:DescribeDocumentPermission",
            parameters={"PermissionType": "Share", "MaxResults": 200},
            bind={"Name": "item.Name"},
            items="AccountIds",
        ),
    ),
    tables=(Processor, Flow),
    rows=_document,
    types=("ssm:document",),
    source=f"{_REFERENCE}/API_DescribeDocumentPermission.html",
)
