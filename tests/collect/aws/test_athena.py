"""What we claim to know about Athena, given what AWS answered."""

import pytest

from auditor.collect.aws.athena import CATALOGS, WORKGROUPS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def workgroup(name: str = "w", deny: str = "", **settings: Json) -> Collected:
    group = {"Name": name, "Configuration": settings}
    rules = [
        Rule(operation="athena.ListWorkGroups", answer={"WorkGroups": [{"Name": name}]}),
        Rule(operation="athena.GetWorkGroup", answer={"WorkGroup": group}),
    ]
    return gather((IDENTITY, REGIONS, WORKGROUPS), rules=rules, deny=[deny])


def catalog(kind: str, **parameters: str) -> Collected:
    summary = {"CatalogName": "c", "Type": kind}
    about = {"Name": "c", "Type": kind, "Parameters": parameters}
    rules = [
        Rule(operation="athena.ListDataCatalogs", answer={"DataCatalogsSummary": [summary]}),
        Rule(operation="athena.GetDataCatalog", answer={"DataCatalog": about}),
    ]
    return gather((IDENTITY, REGIONS, CATALOGS), rules=rules)


def test_an_enforced_workgroup_has_one_way_out() -> None:
    results = {"OutputLocation": "s3://results/here"}

    (flow,) = workgroup(EnforceWorkGroupConfiguration=True, ResultConfiguration=results).flows

    assert flow.target_id == "arn:aws:s3:::results"


def test_unless_it_is_enforced_the_client_chooses() -> None:
    (flow,) = workgroup(EnforceWorkGroupConfiguration=False).flows

    assert isinstance(flow.target_id, Unknown)


def test_the_workgroup_that_every_account_has_says_nothing_unless_it_is_set_up() -> None:
    assert not workgroup("primary").processors
    assert workgroup("primary", deny="GetWorkGroup").flows


def test_results_that_athena_keeps_are_a_store() -> None:
    found = workgroup(ManagedQueryResultsConfiguration={"Enabled": True})

    assert (found.stores["w"].encrypted, found.stores["w"].key_id) == (True, "")
    assert not found.flows


def test_the_catalogue_of_another_account_is_named() -> None:
    (flow,) = catalog("GLUE", **{"catalog-id": "222222222222"}).flows

    assert flow.target_id == f"arn:aws:glue:{HOME}:222222222222:catalog"
    assert not catalog("GLUE", **{"catalog-id": ACCOUNT}).processors


def test_a_catalogue_may_be_a_function() -> None:
    function = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:f"

    (flow,) = catalog("LAMBDA", function=function).flows

    assert (flow.target_id, flow.target_country) == (function, "IE")


def test_a_catalogue_that_names_nothing_may_lead_anywhere() -> None:
    (flow,) = catalog("FEDERATED", **{"connection-type": "MYSQL"}).flows

    assert isinstance(flow.target_id, Unknown)
