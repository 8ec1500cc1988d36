"""AWS Snow: devices that carry data, and the country that each is shipped to.

API: https://docs.aws.amazon.com/snowball/latest/api-reference/API_DescribeJob.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.flow_ends import out_of
from auditor.collect.aws.reading import entries, key_arn, maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Store

_CODE = re.compile(r"[A-Z]{2}", re.ASCII)
_NAMES = {"united states": "US", "united states of america": "US", "usa": "US"}
_ENDED = ("Complete", "Cancelled")  # the device is with AWS, and erased
_IMPORT = "IMPORT"


def _rows(found: Found) -> Iterator[Store | Flow]:
    if found.read("item.JobState") in _ENDED:
        return
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.JobId")
    device = store_of(
        found,
        id=arn("snowball", region, account, f"job/{name}"),
        name=name,
        kind="device",
        service="snowball",
        country=_country(found),
        encrypted=True,  # AWS encrypts what is on every device
        key_id=key_arn(maybe_text(found, "job.JobMetadata.KmsKeyARN"), region, account),
        public=False,  # it is in somebody's hands
        locked=False,
        created=maybe_text(found, "item.CreationDate"),
    )
    yield device
    if found.read("item.JobType") == _IMPORT:
        return
    buckets = found.read("job.JobMetadata.Resources.S3Resources", absent=[])
    if isinstance(buckets, Unknown):
        yield possible(device, "export", buckets)
        return
    for bucket in dict.fromkeys(str(dig(each, "BucketArn") or "") for each in entries(buckets)):
        made = flow(device, "export", bucket, target_id=device.id)
        yield out_of(bucket, found, made)


def _country(found: Found) -> Maybe[str]:
    """Return the country of the address, which people type as a code or a name."""
    named = maybe_text(found, "address.Address.Country")
    if isinstance(named, Unknown) or _CODE.fullmatch(named):
        return named
    known = _NAMES.get(named.strip().lower())
    return known or Unknown(f"the address names no country by its code, but {named!r}")


JOBS = Collector(
    kind="aws.snowball.job",
    service="snowball",
    title="Snow devices under way or on premises",
    per=("account", "region"),
    listing=Listing(
        operation="ListJobs",
        permission="snowball:ListJobs",
        parameters={"MaxResults": 100},
        items="JobListEntries",
    ),
    details=(
        Detail(
            name="job",
            operation="DescribeJob",
            permission="snowball:DescribeJob",
            bind={"JobId": "item.JobId"},
        ),
        Detail(
            name="address",
            operation="DescribeAddress",
            permission="snowball:DescribeAddress",
            bind={"AddressId": "job.JobMetadata.AddressId"},
            # Who lives there is of no use to an audit.
            secrets=(
                "Address.Name",
                "Address.Street1",
                "Address.Street2",
                "Address.Street3",
                "Address.PhoneNumber",
            ),
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("snowball:job",),
    source="https://docs.aws.amazon.com/snowball/latest/api-reference/API_ListJobs.html",
)
