"""OCI Data Flow: Spark applications, and the buckets that their logs and tables go to.

What a program reads and writes besides is in the program, and no answer of the API states it:
https://docs.oracle.com/en-us/iaas/data-flow/using/home.htm
"""

import re
from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id, to_bucket
from auditor.collect.oci.reading import maybe_text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor

_BUCKET = re.compile(r"oci://([^@/]+)@([^@/]+)(/.*)?")
_ENDS = ("logsBucketUri", "warehouseBucketUri")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    application = processor_of(found, "dataflow", "application")
    yield application
    for member in _ENDS:
        # An application that names no bucket leaves the member out.
        address = maybe_text(found, f"application.{member}", absent="")
        if isinstance(address, Unknown):
            yield possible(application, "export", address, f"{member}/?")
        elif address:
            yield _export(found, application, member, address)


def _export(found: Found, application: Processor, member: str, address: str) -> Flow:
    matched, region = _BUCKET.fullmatch(address), found.place["region"]
    if matched is None:
        why = Unknown(f"{member} is not an address of a bucket")
        return to_outside(application, "export", member, why)
    bucket = bucket_id(region, matched[2], matched[1])
    return to_bucket(application, "export", bucket, region, name=member)


APPLICATIONS = Collector(
    kind="oci.dataflow.application",
    service="data_flow.DataFlowClient",
    title="Data Flow applications, with the buckets for their logs and tables",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_applications", "inspect dataflow-application", items=BARE),
    details=(
        get_detail(
            "application",
            "get_application",
            "read dataflow-application",
            "arguments",
            "configuration",
            "execute",
            "parameters",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("DataFlowApplication",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/data-flow/20200129/ApplicationSummary/ListApplications",
)
