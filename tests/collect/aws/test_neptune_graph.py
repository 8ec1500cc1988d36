"""What we claim to know about Neptune Analytics graphs."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.neptune_graph import EXPORT_TASKS, GRAPHS, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
GRAPH = f"arn:aws:neptune-graph:{HOME}:{ACCOUNT}:graph/g-1"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


def test_reads_graphs_and_snapshots() -> None:
    graph: Json = {"id": "g-1", "name": "friends", "arn": GRAPH, "kmsKeyIdentifier": KEY}
    snapshot: Json = {
        "id": "gs-1",
        "name": "copy",
        "arn": f"arn:aws:neptune-graph:{HOME}:{ACCOUNT}:graph-snapshot/gs-1",
        "sourceGraphId": "g-1",
        "kmsKeyIdentifier": "AWS_OWNED_KEY",
    }
    rules = [
        Rule(operation="neptune-graph.ListGraphs", answer={"graphs": [graph]}),
        Rule(operation="neptune-graph.ListGraphSnapshots", answer={"graphSnapshots": [snapshot]}),
    ]

    stores = gather((*ROOT, GRAPHS, SNAPSHOTS), rules=rules).stores

    assert (stores["friends"].id, stores["friends"].key_id) == (GRAPH, KEY)
    assert (stores["copy"].source_id, stores["copy"].key_id) == (GRAPH, "")


def export(destination: str) -> Flow:
    task = {
        "graphId": "g-1",
        "taskId": "t-1",
        "roleArn": "arn:aws:iam::1:role/r",
        "status": "SUCCEEDED",
        "format": "CSV",
        "destination": destination,
        "kmsKeyIdentifier": KEY,
    }
    rule = Rule(operation="neptune-graph.ListExportTasks", answer={"tasks": [task]})
    (flow,) = gather((*ROOT, EXPORT_TASKS), rules=[rule]).flows
    return flow


def test_an_export_is_in_the_bucket() -> None:
    flow = export("s3://files/graphs/2020")

    assert (flow.store_id, flow.target_id, flow.active) == (GRAPH, "arn:aws:s3:::files", True)


def test_an_address_that_names_no_bucket_leads_somewhere_unknown() -> None:
    assert isinstance(export("elsewhere").target_id, Unknown)
