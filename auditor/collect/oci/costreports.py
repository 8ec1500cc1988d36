"""OCI Cost Management: schedules that write reports of cost to a bucket, in a region they name."""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.objectstorage import bucket_id, to_bucket
from auditor.collect.oci.reading import maybe_text, moment, tags_of, text
from auditor.collect.oci.regions import operator_in
from auditor.collect.oci.service_rows import COLLECTED, PAGE, get_detail, runs
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_AT_HOME = Unknown("it runs in the home region of the tenancy, which its answer does not name")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    schedule = Processor(
        id=text(found, "item.id"),
        evidence=found.evidence,
        name=text(found, "item.name"),
        provider="oci",
        operator=operator_in(found.place["account"]),
        account=found.place["account"],
        region=_AT_HOME,
        country=_AT_HOME,
        service="costmanagement",
        kind="report schedule",
        public=False,
        created=moment(found.read("schedule.timeCreated")),
        tags=tags_of(found, "item"),
    )
    yield schedule
    region = maybe_text(found, "schedule.resultLocation.region")
    if isinstance(region, Unknown):
        yield possible(schedule, "export", region)
        return
    where = "schedule.resultLocation"
    namespace, name = text(found, f"{where}.namespace"), text(found, f"{where}.bucketName")
    target = bucket_id(region, namespace, name)
    yield to_bucket(schedule, "export", target, region, runs(found))


SCHEDULES = Collector(
    kind="oci.costmanagement.schedule",
    service="usage_api.UsageapiClient",
    title="Schedules of cost reports, with the buckets that they write to",
    per=("account",),
    listing=Listing(
        operation="list_schedules",
        permission="read usage-report",
        parameters={"limit": PAGE},
        bind={"compartment_id": "place.account"},
        items=COLLECTED,
    ),
    details=(get_detail("schedule", "get_schedule", "read usage-report"),),
    tables=(Processor, Flow),
    rows=_rows,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/usage/20200107/ScheduleSummary/ListSchedules",
)
