"""OCI Container Instances: containers without a machine of the customer's.

What their own disks hold goes with them; lasting data is in what they mount:
https://docs.oracle.com/en-us/iaas/Content/container-instances/overview-of-container-instances.htm
"""

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import works
from auditor.collect.oci.service_rows import compartment_listing
from auditor.spec import Collector
from auditor.tables import Processor

INSTANCES = Collector(
    kind="oci.containerinstances.instance",
    service="container_instances.ContainerInstanceClient",
    title="Container instances",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_container_instances", "inspect compute-container-instances"),
    tables=(Processor,),
    rows=works("containerinstances", "container instance"),
    types=("ContainerInstance",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/container-instances/20210415/ContainerInstanceCollection/ListContainerInstances",
)
