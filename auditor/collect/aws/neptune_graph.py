"""Amazon Neptune Analytics: graphs, their snapshots, and exports to buckets.

Neptune's databases answer to the API of Amazon RDS, and are listed there.

API: https://docs.aws.amazon.com/neptune-analytics/latest/apiref/API_ListGraphs.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, flow_from
from auditor.collect.aws.reading import key_arn, maybe_text, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/neptune-analytics/latest/apiref/API_"
_OWNED_BY_AWS = "AWS_OWNED_KEY"
_NO_GRAPH = Unknown("the answer does not name its graph")


def _graph(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="graph",
        encrypted=True,  # graphs cannot be unencrypted
        key_id=_key(found),
        public=False,  # a public endpoint, too, asks for a signature by a principal of AWS
    )


def _snapshot(found: Found) -> Iterator[Store]:
    graph = text(found, "item.sourceGraphId")
    yield store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="snapshot",
        backup=True,
        source_id=_graph_arn(found, graph) if graph else _NO_GRAPH,
        encrypted=True,  # like the graph that it was made from
        key_id=_key(found),
        public=False,  # snapshots of graphs cannot be shared
        created=maybe_text(found, "item.snapshotCreateTime"),
    )


def _export(found: Found) -> Iterator[Flow]:
    """Yield an export; what a finished one wrote is still in the bucket."""
    address = text(found, "item.destination")
    bucket = address[5:].partition("/")[0] if address.startswith("s3://") else ""
    # Whether one that failed or was cancelled has written something is not stated.
    on = ("INITIALIZING", "EXPORTING", "SUCCEEDED")
    yield flow_from(
        found,
        _graph_arn(found, text(found, "item.graphId")),
        "export",
        text(found, "item.taskId"),
        active=state_of(maybe_text(found, "item.status"), on, ()),
        **at_arn(bucket_arn(bucket, found.place["region"])),
    )


def _graph_arn(found: Found, graph: str) -> str:
    return arn("neptune-graph", found.place["region"], found.place["account"], f"graph/{graph}")


def _key(found: Found) -> Maybe[str]:
    key = maybe_text(found, "item.kmsKeyIdentifier")
    if key == _OWNED_BY_AWS:
        return ""
    return key_arn(key, found.place["region"], found.place["account"])


GRAPHS = Collector(
    kind="aws.neptune-graph.graph",
    service="neptune-graph",
    title="Neptune Analytics graphs",
    per=("account", "region"),
    listing=Listing(
        operation="ListGraphs",
        permission="neptune-graph:ListGraphs",
        parameters={"maxResults": 100},
        items="graphs",
    ),
    tables=(Store,),
    rows=_graph,
    types=("neptune-graph:graph",),
    source=_REFERENCE + "ListGraphs.html",
)

SNAPSHOTS = Collector(
    kind="aws.neptune-graph.snapshot",
    service="neptune-graph",
    title="snapshots of Neptune Analytics graphs",
    per=("account", "region"),
    listing=Listing(
        operation="ListGraphSnapshots",
        permission="neptune-graph:ListGraphSnapshots",
        parameters={"maxResults": 100},
        items="graphSnapshots",
    ),
    tables=(Store,),
    rows=_snapshot,
    types=("neptune-graph:graph-snapshot",),
    source=_REFERENCE + "ListGraphSnapshots.html",
)

EXPORT_TASKS = Collector(
    kind="aws.neptune-graph.export_task",
    service="neptune-graph",
    title="exports of Neptune Analytics graphs to buckets",
    per=("account", "region"),
    listing=Listing(
        operation="ListExportTasks",
        permission="neptune-graph:ListExportTasks",
        parameters={"maxResults": 100},
        items="tasks",
    ),
    tables=(Flow,),
    rows=_export,
    source=_REFERENCE + "ListExportTasks.html",
)
