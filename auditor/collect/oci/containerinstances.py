"""OCI Container Instances: containers without a machine of the customer's.

What their own disks hold goes with them; lasting data is in what they mount:
https://docs.oracle.com/en-us/iaas/Content/container-instances/overview-of-container-instances.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.service_rows import compartment_listing, is_gone, processor_of
from auditor.spec import Collector, Found
from auditor.tables import Processor


def _rows(found: Found) -> Iterator[Processor]:
    if not is_gone(found):
        yield processor_of(found, "containerinstances", "container instance")


INSTANCES = Collector(
    kind="oci.containerinstances.instance",
    service="container_instances.ContainerInstanceClient",
    title="Container instances",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_container_instances", "inspect compute-container-instances"),
    tables=(Processor,),
    rows=_rows,
    types=("ContainerInstance",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/container-instances/20210415/ContainerInstanceCollection/ListContainerInstances",
)
