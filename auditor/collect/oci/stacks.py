"""OCI Resource Manager: stacks, which keep the state of what they made, and their source.

State is encrypted with Oracle's key, and read with credentials only:
https://docs.oracle.com/en-us/iaas/Content/ResourceManager/Concepts/resourcemanager.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.service_rows import (
    BARE,
    LONG_PAGE,
    compartment_listing,
    get_detail,
    is_gone,
    stand_in,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_SOURCES = ("stack.configSource", "stack.customTerraformProvider")


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    stack = store_of(found, "resourcemanager", "stack")
    yield stack
    buckets: dict[str, str] = {}
    for path in _SOURCES:
        source = found.read(path, absent={})
        if isinstance(source, Unknown):
            yield possible(stand_in(found, f"{stack.id}/{path}", source), "copy", source)
        elif isinstance(source, Mapping) and (name := source.get("bucketName")):
            region = str(source.get("region"))
            buckets[bucket_id(region, str(source.get("namespace")), str(name))] = region
    for bucket, region in buckets.items():
        yield arrival(stack, bucket, "copy", region=region)


STACKS = Collector(
    kind="oci.resourcemanager.stack",
    service="resource_manager.ResourceManagerClient",
    title="Stacks, with the buckets that their source is in",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_stacks", "inspect orm-stacks", items=BARE, limit=LONG_PAGE),
    details=(
        get_detail(
            "stack", "get_stack", "read orm-stacks", "variables", "configSource.repositoryUrl.@"
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("OrmStack",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/resourcemanager/20180917/StackSummary/ListStacks",
)
