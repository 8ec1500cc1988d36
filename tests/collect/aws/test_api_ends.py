"""Where an API hands its requests to, by the address of an integration."""

import pytest

from auditor.collect.aws.api_ends import integration
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Found
from tests.collect.aws.walking import ACCOUNT, HOME

FOUND = Found(place={"account": ACCOUNT, "region": HOME}, item={}, records={"item": (0,)})
API = processor_of(FOUND, id="api", name="api", kind="REST API", public=True)
GATEWAY = "arn:aws:apigateway:eu-central-1"


def test_a_function_is_called_by_its_own_name() -> None:
    function = "arn:aws:lambda:eu-central-1:999999999999:function:f"
    uri = f"{GATEWAY}:lambda:path/2015-03-31/functions/{function}:live/invocations"

    flow = integration(API, uri, "")

    assert (flow.target_id, flow.target_country) == (function, "DE")


def test_an_object_named_like_a_function_is_none() -> None:
    """Whoever owns the API writes the path."""
    uri = f"{GATEWAY}:s3:path/b/functions/arn:aws:lambda:us-east-1:{ACCOUNT}:function:f"

    flow = integration(API, uri, "")

    assert flow.target_country == "DE"
    assert isinstance(flow.target_account, Unknown)


def test_a_service_is_called_in_a_region_and_for_whichever_account() -> None:
    flow = integration(API, f"{GATEWAY}:sqs:path/1/q", "")

    assert flow.target_country == "DE"
    assert isinstance(flow.target_account, Unknown)


@pytest.mark.parametrize("uri", ["https://crm.example/x", "http://10.0.0.1:8080"])
def test_an_address_is_outside(uri: str) -> None:
    flow = integration(API, uri, "")

    assert flow.active is True
    assert isinstance(flow.target_country, Unknown)


@pytest.mark.parametrize("uri", ["https://[", "", "x", "arn:", "https://"])
def test_an_address_that_cannot_be_read_is_an_unknown_end(uri: str) -> None:
    assert isinstance(integration(API, uri, "").target_country, Unknown)
