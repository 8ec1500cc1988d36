"""OCI Audit: the log that Oracle keeps of every call to its APIs.

It cannot be turned off, covers every region and compartment, cannot be written or deleted by the
customer, and is kept for the period that the tenancy chose, from 90 to 365 days:
https://docs.oracle.com/en-us/iaas/Content/Audit/Concepts/auditoverview.htm
Oracle documents no way to detect a change of what it delivers.
"""

from collections.abc import Iterator

from auditor.collect.oci.reading import size_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Trail

_NO_SIGNATURE = Unknown("Oracle documents no way to detect a change of its own audit log")


def _rows(found: Found) -> Iterator[Trail]:
    account = found.place["account"]
    yield Trail(
        id=f"oci:audit:{account}",
        evidence=found.evidence,
        name="OCI Audit",
        provider="oci",
        account=account,
        region="",
        logging=True,
        all_regions=True,
        organization=False,
        management_events=True,
        integrity=_NO_SIGNATURE,
        retention_days=size_of(found, "item.retentionPeriodDays"),
        destination_id="",
    )


TRAIL = Collector(
    kind="oci.audit.configuration",
    service="audit.AuditClient",
    title="Configuration of the audit log",
    per=("account",),
    listing=Listing(
        operation="get_configuration",
        permission="{AUDIT_CONFIGURATION_READ}",
        bind={"compartment_id": "place.account"},
    ),
    tables=(Trail,),
    rows=_rows,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/audit/20190901/Configuration/GetConfiguration",
)
