"""What carries data to a region that it names: guarded pipelines, exports of fleets, AI stacks.

https://docs.oracle.com/en-us/iaas/jms/index.html (exports of a Java fleet)
https://docs.oracle.com/en-us/iaas/api/#/en/gdp/ (files between security domains)
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import named_bucket, to_bucket
from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, odd
from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
    runs,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Processor, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"


def _pipeline(found: Found) -> Iterator[Processor | Flow]:
    """Yield a pipeline; one that receives is told of by the one that sends."""
    if is_gone(found):
        return
    pipeline = processor_of(found, "guardedpipelines", "pipeline")
    yield pipeline
    direction = maybe_text(found, "item.pipelineType")
    if direction != "RECEIVER":
        region = maybe_text(found, "item.peeringRegion")
        sends = runs(found) if direction == "SENDER" else _unclear(direction)
        yield to_region(pipeline, "copy", "", region, sends, "peer")


def _unclear(direction: str | Unknown) -> Unknown:
    return direction if isinstance(direction, Unknown) else Unknown(f"it may send: {direction!a}")


def _fleet(found: Found) -> Iterator[Store | Flow]:
    """Yield what is known of a fleet's machines and programs, and the bucket it is exported to."""
    if is_gone(found):
        return
    fleet = store_of(found, "jms", "fleet")
    yield fleet
    exported = maybe_flag(found, "item.isExportSettingEnabled")
    if isinstance(exported, Unknown):
        yield possible(fleet, "export", exported)
    elif exported:
        yield _export(found, fleet)


def _export(found: Found, fleet: Store) -> Flow:
    region = maybe_text(found, "export.targetBucketRegion")
    namespace, name = "export.targetBucketNamespace", "export.targetBucketName"
    bucket = named_bucket(found, namespace, name, region)
    if isinstance(bucket, Unknown):
        return possible(fleet, "export", bucket, "export")
    return to_bucket(fleet, "export", bucket, str(region), name="export")


def _stack(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    stack = processor_of(found, "intelligencefoundation", "stack")
    yield stack
    clusters = found.read("stack.genai", absent=[])  # a stack need not have any
    if isinstance(clusters, Unknown):
        yield possible(stack, "inference", clusters)
        return
    stated = {each.get("ociRegion") for each in entries(clusters)}
    for region in sorted(each for each in stated if isinstance(each, str)):
        yield to_region(stack, "inference", "", region, runs(found), region)
    if not all(isinstance(each, str) for each in stated):
        yield possible(stack, "inference", odd("ociRegion", "text"))


PIPELINES = Collector(
    kind="oci.guardedpipelines.pipeline",
    service="gdp.GuardedDataPipelineClient",
    title="Guarded data pipelines, with the regions of their peers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_gdp_pipelines", "inspect gdp-pipelines"),
    tables=(Processor, Flow),
    rows=_pipeline,
    source=f"{_API}/gdp/",
)

FLEETS = Collector(
    kind="oci.jms.fleet",
    service="jms.JavaManagementServiceClient",
    title="Fleets of Java programs, with the buckets that they are exported to",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_fleets", "inspect fleet"),
    details=(
        Detail(
            name="export",
            operation="get_export_setting",
            permission="read fleet",
            bind={"fleet_id": "item.id"},
            when="item.isExportSettingEnabled",
        ),
    ),
    tables=(Store, Flow),
    rows=_fleet,
    source=f"{_API}/jms/20210610/FleetCollection/ListFleets",
)

STACKS = Collector(
    kind="oci.intelligencefoundation.stack",
    service="dif.StackClient",
    title="Stacks of data and models, with the regions that they ask",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_stacks", "inspect dif-stack"),
    details=(get_detail("stack", "get_stack", "read dif-stack", "notificationEmail"),),
    tables=(Processor, Flow),
    rows=_stack,
    source=f"{_API}/dif/",
)
