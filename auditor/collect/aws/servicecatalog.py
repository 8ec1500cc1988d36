"""Service Catalog and the Serverless Application Repository: templates and code for others.

API: https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ListPortfolioAccess.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import publication, shares, to_account, to_organization
from auditor.collect.aws.principals import ANYBODY, account_of
from auditor.collect.aws.reading import entries, maybe_text, text, texts
from auditor.collect.aws.resource_policies import policy_of, written
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

_CATALOG = "https://docs.aws.amazon.com/servicecatalog/latest/dg/API_"
_REPOSITORY = "https://docs.aws.amazon.com/serverlessrepo/latest/devguide/list-applications.html"
_NOT_STATED = Unknown("AWS does not state whether this application is encrypted at rest")
_OWN = "serverlessrepo.amazonaws.com"


def _portfolio(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.DisplayName"),
        kind="portfolio",
        public=False,  # shared with accounts that are named
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    yield row
    accounts = found.read("accounts")
    if isinstance(accounts, Unknown):
        yield possible(row, "share", accounts)
        return
    for account in dict.fromkeys(texts(accounts)):
        if account != row.account:
            yield to_account(row, account)


def _application(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    statements = found.read("policy.Statements")
    several = [] if isinstance(statements, Unknown) else entries(statements)
    everybody = [each for each in several if ANYBODY in texts(each.get("Principals"))]
    public: Maybe[bool] = any(not texts(each.get("PrincipalOrgIDs")) for each in everybody)
    row = store_of(
        found,
        id=text(found, "item.ApplicationId"),
        name=text(found, "item.Name"),
        kind="application",
        encrypted=_NOT_STATED,
        key_id=NO_KEY_STATED,
        public=statements if isinstance(statements, Unknown) else public,
        created=maybe_text(found, "item.CreationTime", absent=""),
    )
    yield row
    yield policy_of(row, _policy(statements, row.id), kind="grant")
    yield from publication(row)
    if isinstance(statements, Unknown):
        yield from shares(row, statements)
        return
    for organization in {name for each in several for name in texts(each.get("PrincipalOrgIDs"))}:
        yield to_organization(row, organization)
    named = {name for each in several for name in texts(each.get("Principals"))}
    for name in sorted(named - {ANYBODY, _OWN, row.account}):
        account = account_of(name)
        if isinstance(account, Unknown):
            yield possible(row, "share", account, name)
        elif account != row.account:
            yield to_account(row, account)


def _policy(statements: Json, name: str) -> Json:
    """Return the policy in the grammar of IAM; the service has one of its own."""
    if isinstance(statements, Unknown):
        return statements
    said = []
    for each in entries(statements):
        organizations = texts(each.get("PrincipalOrgIDs"))
        only = {"StringEquals": {"aws:PrincipalOrgID": organizations}} if organizations else None
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": texts(each.get("Principals"))},
            "Action": [f"serverlessrepo:{action}" for action in texts(each.get("Actions"))],
            "Resource": name,
        }
        said.append({**statement, **({"Condition": only} if only else {})})
    return written(said)


PORTFOLIOS = Collector(
    kind="aws.servicecatalog.portfolio",
    service="servicecatalog",
    title="portfolios of Service Catalog",
    per=("account", "region"),
    listing=Listing(
        operation="ListPortfolios",
        permission="servicecatalog:ListPortfolios",
        parameters={"PageSize": 20},
        items="PortfolioDetails",
    ),
    details=(
        Detail(
            name="accounts",
            operation="ListPortfolioAccess",
            permission="servicecatalog:ListPortfolioAccess",
            parameters={"PageSize": 20},
            bind={"PortfolioId": "item.Id"},
            items="AccountIds",
        ),
    ),
    tables=(Processor, Flow),
    rows=_portfolio,
    types=("catalog:portfolio",),
    source=_CATALOG + "ListPortfolios.html",
)

APPLICATIONS = Collector(
    kind="aws.serverlessrepo.application",
    service="serverlessrepo",
    title="applications that the account published",
    per=("account", "region"),
    listing=Listing(
        operation="ListApplications",
        permission="serverlessrepo:ListApplications",
        parameters={"MaxItems": 100},
        items="Applications",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetApplicationPolicy",
            permission="serverlessrepo:GetApplicationPolicy",
            bind={"ApplicationId": "item.ApplicationId"},
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_application,
    types=("serverlessrepo:applications",),
    source=_REPOSITORY,
)
