"""Connectors between logs, streams and whatever they write to."""

import pytest

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import UNJOINED, Flow
from tests.collect.oci.simulated import DATA, Collected, collected
from tests.collect.oci.things import thing

GROUP, STREAM = "ocid1.loggroup.oc1.iad.g", "ocid1.stream.oc1.iad.s"
FUNCTION = "ocid1.fnfunc.oc1.iad.f"


def connector(
    name: str, target: dict[str, Json], source: dict[str, Json], **more: Json
) -> dict[str, Json]:
    """Return a connector."""
    return thing("serviceconnector", name, source=source, target=target, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """One connector of each kind."""
    logs = {
        "kind": "logging",
        "log_sources": [
            {"compartment_id": DATA, "log_group_id": GROUP, "log_id": "ocid1.log.oc1.iad.l"},
            {"compartment_id": DATA, "log_group_id": "_Audit"},
        ],
    }
    stream = {"kind": "streaming", "stream_id": STREAM, "cursor": {"kind": "LATEST"}}
    bucket = {"kind": "objectStorage", "namespace": "others", "bucket_name": "archive"}
    topic = {"kind": "notifications", "topic_id": "ocid1.onstopic.oc1.iad.t"}
    metric = {
        "kind": "monitoring",
        "compartment_id": DATA,
        "metric_namespace": "m",
        "metric": "n",
    }
    task = {"kind": "function", "function_id": FUNCTION}
    made = [
        connector("archive", bucket, logs),
        connector("told", topic, stream, tasks=[task], lifecycle_state="INACTIVE"),
        connector("counted", metric, stream),
        connector("hidden", topic, stream),
    ]
    return collected(
        {"us-ashburn-1": {"sch": {"ServiceConnector": made}}},
        denied("sch.*get_service_connector", resource=str(made[3]["id"])),
        kinds="oci.connectorhub",
    )


def test_a_foreign_namespace_is_nobodys_until_its_bucket_is_found(found: Collected) -> None:
    """The answer names the namespace, not the tenancy."""
    bucket = bucket_id("us-ashburn-1", "others", "archive")
    flow = found.row(Flow, f"archive/stream/{bucket}")

    assert (flow.target_id, flow.target_country) == (bucket, "US")
    assert flow.target_account is UNJOINED


def test_a_source_loses_data_to_the_connector(found: Collected) -> None:
    """Logs count as their group; the audit log is no store."""
    arrivals = {flow.store_id for flow in found.of(Flow) if flow.id.endswith(".archive")}

    assert arrivals == {GROUP}


def test_a_task_is_a_way_out_too(found: Collected) -> None:
    """An inactive connector moves nothing."""
    flow = found.row(Flow, f"told/stream/task/{FUNCTION}")

    assert (flow.target_id, flow.active) == (FUNCTION, False)


def test_metrics_stay_where_they_are(found: Collected) -> None:
    """They are numbers, kept in the region and tenancy."""
    assert found.row(Flow, "counted/stream/metrics").target_country == "US"


def test_a_target_that_is_refused_may_be_anywhere(found: Collected) -> None:
    """Its tasks, likewise."""
    assert isinstance(found.row(Flow, "hidden/stream/?").target_account, Unknown)
    assert isinstance(found.row(Flow, "hidden/stream/task/?").active, Unknown)


def test_a_source_that_is_refused_may_be_any_stream(found: Collected) -> None:
    """Neither streams nor logs tell who reads them: the refusal stands for all that might."""
    (flow,) = (flow for flow in found.of(Flow) if "hidden/source/stream" in flow.id)

    assert isinstance(flow.target_id, Unknown)
    assert isinstance(flow.target_country, Unknown)
