"""Functions and where their results and logs go."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

STREAM = "ocid1.stream.oc1.eu-frankfurt-1.s"
SECRET = "hunter2"


def function(name: str, application: dict[str, Json], **more: Json) -> dict[str, Json]:
    """Return a function of an application."""
    return thing("fnfunc", name, application_id=application["id"], memory_in_mbs=128, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """Applications: one that logs to a host, one that is plain, one whose functions are refused."""
    loud = thing(
        "fnapp",
        "loud",
        syslog_url=f"tcp+tls://logs.example.com:6514/{SECRET}",
        config={"PASSWORD": SECRET},
        subnet_ids=[],
    )
    plain, hidden = (thing("fnapp", name, subnet_ids=[]) for name in ("plain", "hidden"))
    functions = [
        function("logs", loud),
        function(
            "ends",
            plain,
            success_destination={"kind": "STREAM", "stream_id": STREAM},
            failure_destination={"kind": "NONE"},
        ),
    ]
    return collected(
        {
            "us-ashburn-1": {
                "functions": {"Application": [loud, plain, hidden], "Function": functions}
            }
        },
        denied("functions.*list_functions", resource=str(hidden["id"])),
        kinds="oci.functions",
    )


def test_a_result_goes_where_its_stream_is(found: Collected) -> None:
    """The id says that it is abroad; no destination is none."""
    assert found.row(Flow, "successDestination").target_country == "DE"
    assert not [flow for flow in found.of(Flow) if "failureDestination" in flow.id]


def test_all_functions_of_an_application_log_to_its_host(found: Collected) -> None:
    """Where that is, nobody says."""
    country = found.row(Flow, "logs/stream/syslog").target_country

    assert isinstance(country, Unknown)
    assert "logs.example.com" in country.reason


def test_functions_that_are_refused_may_be_there(found: Collected) -> None:
    """One row stands for all of them."""
    unseen = next(row for row in found.of(Processor) if row.id.endswith("?"))

    assert isinstance(unseen.tags, Unknown)
    assert found.row(Flow, "function/?/stream/?").store_id == unseen.id


def test_configuration_is_no_evidence(found: Collected) -> None:
    """It may hold passwords."""
    assert SECRET not in repr(found.records)
