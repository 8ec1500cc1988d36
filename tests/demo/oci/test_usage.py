"""The bill: a line for each service, region and compartment, or those that the estate states."""

from collections.abc import Callable
from typing import Any

import oci
import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.shapes import models
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.oci.usage import BILLED_AS
from auditor.model import Json
from tests.demo.oci.conftest import DATA

Connect = Callable[..., Any]
PLACES = ["service", "region", "compartmentId"]
YEAR = {
    "tenantId": credentials.TENANCY,
    "timeUsageStarted": "2026-01-01T00:00:00Z",
    "timeUsageEnded": "2026-04-01T00:00:00.000Z",
    "granularity": "MONTHLY",
    "isAggregateByTime": True,
    "groupBy": PLACES,
}


def lines(connect: Connect, **changes: Json) -> list[Any]:
    """Return the lines that a request gives, over all pages."""
    client = connect(oci.usage_api.UsageapiClient)
    found: list[Any] = []
    page = None
    while True:
        answer = client.request_summarized_usages({**YEAR, **changes}, limit=3, page=page)
        found += answer.data.items
        page = answer.headers.get("opc-next-page")
        if not page:
            return found


def refusal(connect: Connect, **changes: Json) -> tuple[int, str]:
    """Return status and code of a refused request."""
    with pytest.raises(oci.exceptions.ServiceError) as caught:
        lines(connect, **changes)
    return caught.value.status, caught.value.code


def test_what_is_there_was_used(simulator: Simulator, connect: Connect) -> None:
    """One line for each service, region and compartment that has resources."""
    found = {(line.service, line.region, line.compartment_id[-4:]) for line in lines(connect)}
    assert found == {
        ("BLOCK_STORAGE", "us-ashburn-1", "data"),
        ("BLOCK_STORAGE", "us-phoenix-1", "data"),
        ("DATABASE", "us-ashburn-1", "data"),
        ("KMS", "us-ashburn-1", "data"),
        ("OBJECTSTORE", "us-ashburn-1", "data"),
        ("OBJECTSTORE", "us-ashburn-1", "prod"),
    }


def test_only_what_was_grouped_by_is_told(simulator: Simulator, connect: Connect) -> None:
    """Amounts are added up over the rest."""
    found = {line.region: line for line in lines(connect, groupBy=["region"])}
    assert set(found) == {"us-ashburn-1", "us-phoenix-1"}
    assert found["us-phoenix-1"].computed_quantity == 2
    assert found["us-phoenix-1"].service is None
    (total,) = lines(connect, groupBy=[])
    assert total.region is None


def test_time_is_cut_at_the_first_of_a_month(simulator: Simulator, connect: Connect) -> None:
    """Unless one asks for the whole at once."""
    found = lines(
        connect,
        groupBy=["region"],
        isAggregateByTime=False,
        timeUsageStarted="2026-01-15T00:00:00Z",
        timeUsageEnded="2026-03-02T00:00:00Z",
    )
    starts = sorted({line.time_usage_started.date().isoformat() for line in found})
    assert starts == ["2026-01-15", "2026-02-01", "2026-03-01"]


def test_an_estate_may_state_its_own_lines(connect: Connect) -> None:
    """Then they count in the period that they are of, and in no other."""
    line = {
        "service": "LEGACY",
        "region": "eu-frankfurt-1",
        "compartment_id": DATA,
        "computed_amount": 1.5,
        "currency": "USD",
        "time_usage_started": "2026-02-01T00:00:00Z",
        "time_usage_ended": "2026-02-02T00:00:00Z",
    }
    usage = {"usage_api": {"UsageSummary": [line, line]}}
    estate = make_estate({"tenancy": credentials.TENANCY, "regions": {"global": usage}})
    with in_process(Simulator(estate)):
        (found,) = lines(connect)
        assert (found.service, found.region, found.computed_amount) == (
            "LEGACY",
            "eu-frankfurt-1",
            3.0,
        )
        assert lines(connect, timeUsageStarted="2026-03-01T00:00:00Z") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"timeUsageStarted": "2026-01-01T10:00:00Z"},
        {"timeUsageStarted": "2026-01-01T00:00:01Z"},
        {"timeUsageStarted": "2026-01-01"},
        {"timeUsageStarted": "2026-01-01T00:00:00"},
        {"timeUsageStarted": None},
        {"timeUsageEnded": "2026-01-01T00:00:00Z"},
        {"timeUsageEnded": "2027-01-03T00:00:00Z"},
        {"granularity": "DAILY", "timeUsageEnded": "2026-04-02T00:00:00Z"},
        {"granularity": "TOTAL"},
        {"granularity": None},
        {"groupBy": ["colour"]},
        {"groupBy": "region"},
        {"time_usage_started": "2026-01-01T00:00:00Z"},
    ],
)
def test_refuses_what_the_service_refuses(
    simulator: Simulator, connect: Connect, changes: dict[str, Json]
) -> None:
    """Days begin at midnight in UTC, ranges have an end, members their JSON names."""
    assert refusal(connect, **changes) == (400, "InvalidParameter")


def test_tells_nobody_of_another_tenancy(simulator: Simulator, connect: Connect) -> None:
    """Its bill is its own."""
    other = "ocid1.tenancy.oc1..other"
    assert refusal(connect, tenantId=other) == (404, "NotAuthorizedOrNotFound")


def test_what_is_billed_is_of_the_sdk() -> None:
    """A misspelt module would never be billed."""
    for place in BILLED_AS:
        module, _, model = place.partition(".")
        assert models(module)
        assert not model or model in models(module)
