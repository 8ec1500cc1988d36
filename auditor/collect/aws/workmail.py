"""Amazon WorkMail: organisations with their mailboxes, and exports of mailboxes.

API: https://docs.aws.amazon.com/workmail/latest/APIReference/API_ListMailboxExportJobs.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.reading import entries, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import NO_KEY_STATED, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/workmail/latest/APIReference/API_"
_GONE = "Deleted"
# Whether an export that failed or was cancelled has written something is not stated.
_NEITHER: tuple[str, ...] = ()


def _organization(found: Found) -> Iterator[Store | Flow]:
    if text(found, "item.State") == _GONE:
        return
    name = text(found, "item.OrganizationId")
    row = store_of(
        found,
        id=arn("workmail", found.place["region"], found.place["account"], f"organization/{name}"),
        name=text(found, "item.Alias"),
        kind="organization",
        # https://docs.aws.amazon.com/workmail/latest/adminguide/data-protection.html
        encrypted=True,
        key_id=NO_KEY_STATED,
        public=False,  # each mailbox is its owner's
    )
    yield row
    jobs = found.read("jobs")
    if isinstance(jobs, Unknown):
        yield possible(row, "export", jobs)
        return
    active: dict[str, Maybe[bool]] = {}
    for each in entries(jobs):
        state = state_of(each.get("State"), ("RUNNING", "COMPLETED"), _NEITHER)
        bucket = each.get("S3BucketName")
        if isinstance(bucket, str) and active.get(bucket) is not True:
            active[bucket] = state
    for bucket, state in active.items():
        yield to_bucket(row, "export", bucket, active=state)


ORGANIZATIONS = Collector(
    kind="aws.workmail.organization",
    service="workmail",
    title="WorkMail organisations, and exports of their mailboxes",
    per=("account", "region"),
    listing=Listing(
        operation="ListOrganizations",
        permission="workmail:ListOrganizations",
        parameters={"MaxResults": 100},
        items="OrganizationSummaries",
    ),
    details=(
        Detail(
            name="jobs",
            operation="ListMailboxExportJobs",
            permission="workmail:ListMailboxExportJobs",
            parameters={"MaxResults": 100},
            bind={"OrganizationId": "item.OrganizationId"},
            items="Jobs",
        ),
    ),
    tables=(Store, Flow),
    rows=_organization,
    types=("workmail:organization",),
    source=_REFERENCE + "ListOrganizations.html",
)
