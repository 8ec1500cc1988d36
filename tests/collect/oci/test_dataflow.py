"""Spark applications and their buckets."""

import pytest

from auditor.collect.oci.objectstorage import bucket_id
from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

SECRET = "hunter2"


@pytest.fixture(scope="module")
def found() -> Collected:
    """An application with buckets, one without, and one that is refused."""
    report = thing(
        "dataflowapplication",
        "report",
        language="PYTHON",
        logs_bucket_uri="oci://logs@acme/",
        warehouse_bucket_uri="s3://elsewhere",
        arguments=[SECRET],
        configuration={"spark.password": SECRET},
    )
    plain, hidden = (
        thing("dataflowapplication", name, language="SQL") for name in ("plain", "hidden")
    )
    return collected(
        {"us-ashburn-1": {"data_flow": {"Application": [report, plain, hidden]}}},
        denied("data_flow.*get_application", resource=str(hidden["id"])),
        kinds="oci.dataflow",
    )


def test_logs_and_tables_go_to_buckets(found: Collected) -> None:
    """Whose a bucket is, is for the bucket to say."""
    logs, tables = (
        found.row(Flow, name)
        for name in ("report/export/logsBucketUri", "report/export/warehouseBucketUri")
    )

    assert logs.target_id == bucket_id("us-ashburn-1", "acme", "logs")
    assert isinstance(tables.target_country, Unknown)


def test_an_application_that_is_refused_may_write_anywhere(found: Collected) -> None:
    """One without buckets writes to none."""
    flows = {flow.store_id.rpartition(".")[2] for flow in found.of(Flow)}

    assert flows == {"report", "hidden"}
    assert len(found.of(Processor)) == 3


def test_arguments_are_no_evidence(found: Collected) -> None:
    """They may be passwords."""
    assert SECRET not in repr(found.records)
