"""OCI Connector Hub: connectors, which read logs, streams and metrics and write them elsewhere.

A connector, what it reads and what it writes to are in one region, unless an id says otherwise.
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.departures import possible_from
from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id, to_bucket
from auditor.collect.oci.reading import entries, odd
from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, dig
from auditor.tables import Flow, Maybe, Processor

_TARGETS = {
    "functions": "functionId",
    "loggingAnalytics": "logGroupId",
    "notifications": "topicId",
    "streaming": "streamId",
}
_METRICS = Unknown("it writes metrics, which keep numbers and no content")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connector = processor_of(found, "connectorhub", "connector")
    yield connector
    active = runs(found)
    yield from _arrivals(found, connector, active)
    target = found.read("connector.target")
    if isinstance(target, Unknown):
        yield possible(connector, "stream", target)
    elif isinstance(target, Mapping):
        yield _departure(found, connector, target, active)
    else:
        yield possible(connector, "stream", odd("target", "an object"))
    yield from _tasks(found, connector, active)


def _arrivals(found: Found, connector: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    """Yield what leaves logs and streams for the connector; neither tells of it."""
    source = found.read("connector.source")
    if isinstance(source, Unknown):
        yield possible_from(found, f"{connector.id}/source", "stream", source)
        return
    ids = [dig(source, "streamId")]
    # A log is part of the store that its group is; the groups of audit events have no OCID.
    ids += [log.get("logGroupId") for log in entries(dig(source, "logSources"))]
    for id_ in sorted({each for each in ids if isinstance(each, str) and each[:6] == "ocid1."}):
        yield arrival(connector, id_, "stream", active)


def _departure(
    found: Found, connector: Processor, target: Mapping[str, Json], active: Maybe[bool]
) -> Flow:
    kind, region = str(target.get("kind")), found.place["region"]
    if kind == "objectStorage":
        bucket = bucket_id(region, str(target.get("namespace")), str(target.get("bucketName")))
        return to_bucket(connector, "stream", bucket, region, active)
    if kind == "monitoring":
        here = {"target_account": connector.account, "target_region": region}
        places = {"target_country": connector.country, "target_operator": connector.operator}
        return to_outside(connector, "stream", "metrics", _METRICS, active, **here, **places)
    end = target.get(_TARGETS.get(kind, "kind"))
    if kind in _TARGETS and isinstance(end, str):
        return to_store(connector, "stream", end, active)
    return possible(connector, "stream", Unknown(f"target {kind[:40]} is not known"), "target")


def _tasks(found: Found, connector: Processor, active: Maybe[bool]) -> Iterator[Flow]:
    tasks = found.read("connector.tasks", absent=[])  # a connector without a task leaves them out
    if isinstance(tasks, Unknown):
        yield possible(connector, "stream", tasks, "task/?")
    functions = {task.get("functionId") for task in entries(tasks)}
    for function in sorted(each for each in functions if isinstance(each, str)):
        yield to_store(connector, "stream", function, active, f"task/{function}")


CONNECTORS = Collector(
    kind="oci.connectorhub.connector",
    service="sch.ServiceConnectorClient",
    title="Connectors, with what they read and write",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_service_connectors", "inspect serviceconnectors"),
    details=(
        get_detail(
            "connector", "get_service_connector", "read serviceconnectors", "source.configMap"
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("ServiceConnector",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/serviceconnectors/20200909/ServiceConnectorCollection/ListServiceConnectors",
)
