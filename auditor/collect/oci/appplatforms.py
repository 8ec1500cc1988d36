"""Platforms of applications that keep what their users enter, each in one region.

Content Management alone can have a copy in another region, which its instance names.

https://docs.oracle.com/en-us/iaas/Content/digital-assistant/home.htm
https://docs.oracle.com/en/cloud/paas/content-cloud/
https://docs.oracle.com/en/cloud/paas/visual-builder/
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, runs, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"
_GUESTS = Unknown("which of its documents and sites anybody can read, only the instance knows")


def _content_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    content = store_of(
        found, "contentmanagement", "instance", name=text(found, "item.name"), public=_GUESTS
    )
    yield content
    # An instance without disaster recovery leaves the member out.
    region = maybe_text(found, "item.drRegion", absent="")
    if isinstance(region, Unknown):
        yield possible(content, "replication", region)
    elif region:
        yield to_region(content, "replication", "", region, runs(found), region)


def _interfaces(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "apiplatform", "instance", name=text(found, "item.name"))


CONTENT = Collector(
    kind="oci.contentmanagement.instance",
    service="oce.OceInstanceClient",
    title="Content Management, with its copies in other regions",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_oce_instances", "inspect oce-instance", items=BARE),
    tables=(Store, Flow),
    rows=_content_rows,
    types=("OceInstance",),
    source=f"{_API}/oce/20190912/OceInstanceSummary/ListOceInstances",
)

ASSISTANTS = Collector(
    kind="oci.digitalassistant.instance",
    service="oda.OdaClient",
    title="Digital assistants, which keep conversations",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_oda_instances", "inspect oda-instances", items=BARE),
    tables=(Store,),
    rows=keeps("digitalassistant", "instance"),
    types=("OdaInstance",),
    source=f"{_API}/digital-assistant/20190506/OdaInstanceSummary/ListOdaInstances",
)

BUILDERS = Collector(
    kind="oci.visualbuilder.instance",
    service="visual_builder.VbInstanceClient",
    title="Visual Builder, which keeps the objects of its applications",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_vb_instances", "inspect visualbuilder-instance"),
    tables=(Store,),
    rows=keeps("visualbuilder", "instance"),
    types=("VisualBuilderInstance",),
    source=f"{_API}/visual-builder/20210601/VbInstanceSummary/ListVbInstances",
)

STUDIOS = Collector(
    kind="oci.visualbuilder.studio",
    service="vbs_inst.VbsInstanceClient",
    title="Visual Builder Studio, which keeps code and issues of a team",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_vbs_instances", "inspect vbstudio-instance"),
    tables=(Store,),
    rows=keeps("visualbuilder", "studio"),
    source=f"{_API}/visual-builder-studio/20230401/VbsInstanceSummary/ListVbsInstances",
)

PROCESSES = Collector(
    kind="oci.processautomation.instance",
    service="opa.OpaInstanceClient",
    title="Process Automation, which keeps forms and documents of its processes",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_opa_instances", "inspect process-automation-instance"),
    tables=(Store,),
    rows=keeps("processautomation", "instance"),
    source=f"{_API}/process-automation/20210621/OpaInstanceSummary/ListOpaInstances",
)

INTERFACES = Collector(
    kind="oci.apiplatform.instance",
    service="api_platform.ApiPlatformClient",
    title="API Platform, which keeps definitions and usage of interfaces",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_api_platform_instances", "inspect api-platform-instance"),
    tables=(Store,),
    rows=_interfaces,
    source=f"{_API}/api-platform/",
)

INCIDENTS = Collector(
    kind="oci.publicsafety.instance",
    service="pss.InstanceClient",
    title="Instances of a service for public safety, with records of incidents",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_instances", "inspect pss-instances"),
    tables=(Store,),
    rows=keeps("publicsafety", "instance"),
    source=f"{_API}/pss/",
)
