"""What we claim to know about portfolios and applications, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.servicecatalog import APPLICATIONS, PORTFOLIOS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"


def portfolio(*accounts: str, deny: str = "") -> Collected:
    item = {
        "Id": "port-1",
        "ARN": f"arn:aws:catalog:{HOME}:{ACCOUNT}:portfolio/p",
        "DisplayName": "p",
    }
    rules = [
        Rule(operation="servicecatalog.ListPortfolios", answer={"PortfolioDetails": [item]}),
        Rule(operation="servicecatalog.ListPortfolioAccess", answer={"AccountIds": [*accounts]}),
    ]
    return gather((IDENTITY, REGIONS, PORTFOLIOS), rules=rules, deny=[deny])


def application(deny: str = "", organizations: tuple[str, ...] = (), *principals: str) -> Collected:
    item = {
        "ApplicationId": f"arn:aws:serverlessrepo:{HOME}:{ACCOUNT}:applications/a",
        "Author": "x",
        "Description": "x",
        "Name": "a",
    }
    statement: Json = {
        "Actions": ["Deploy"],
        "Principals": [*principals],
        "PrincipalOrgIDs": [*organizations],
    }
    rules = [
        Rule(operation="serverlessrepo.ListApplications", answer={"Applications": [item]}),
        Rule(
            operation="serverlessrepo.GetApplicationPolicy",
            answer={"Statements": [statement] if principals else []},
        ),
    ]
    return gather((IDENTITY, REGIONS, APPLICATIONS), rules=rules, deny=[deny])


def test_a_portfolio_is_shared_with_other_accounts() -> None:
    (flow,) = portfolio(ACCOUNT, _STRANGER).flows
    (unread,) = portfolio(deny="ListPortfolioAccess").flows

    assert flow.target_account == _STRANGER
    assert isinstance(unread.active, Unknown)


def test_an_application_may_be_everybodys() -> None:
    found = application("", (), "*")

    assert found.stores["a"].public is True
    assert [flow.mechanism for flow in found.flows] == ["public"]


def test_everybody_in_an_organisation_is_not_everybody() -> None:
    found = application("", ("o-1",), "*")

    assert found.stores["a"].public is False
    (flow,) = found.flows
    assert isinstance(flow.target_account, Unknown)


def test_an_application_is_shared_with_the_accounts_that_are_named() -> None:
    (flow,) = application("", (), _STRANGER, ACCOUNT).flows
    assert flow.target_account == _STRANGER
    assert len(application("GetApplicationPolicy").flows) == 2
