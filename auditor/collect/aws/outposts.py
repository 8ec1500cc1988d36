"""AWS Outposts: racks and servers on a customer's premises, in the country of their site.

API: https://docs.aws.amazon.com/outposts/latest/APIReference/API_ListOutposts.html
"""

from collections.abc import Iterator

from auditor.collect.aws.outpost_sites import country_of_outpost, site_details
from auditor.collect.aws.reading import text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import NOT_ASKED, policy_of
from auditor.collect.aws.resources import NO_SIZE, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, PolicyDocument, Store

_OWN = ""  # the key is the rack's own, destroyed when it is given back


def _outpost(found: Found) -> Iterator[Store]:
    account = found.place["account"]
    if found.read("item.OwnerId", absent=account) != account:
        return  # the listing of its own account has it
    name = text(found, "item.OutpostId")
    yield store_of(
        found,
        id=text(found, "item.OutpostArn")
        or arn("outposts", found.place["region"], account, f"outpost/{name}"),
        name=name,
        kind="outpost",
        country=country_of_outpost(found),
        encrypted=True,  # AWS encrypts what an Outpost keeps, and this cannot be switched off
        key_id=_OWN,
        public=False,  # what runs on it has rows of its own
        locked=False,
        tags=_tags(found),
    )


def _tags(found: Found) -> Maybe[dict[str, str]]:
    tags = found.read("item.Tags", absent={})
    if isinstance(tags, Unknown):
        return tags
    return {str(k): str(v) for k, v in tags.items()} if isinstance(tags, dict) else {}


def _outpost_with_s3(found: Found) -> Iterator[Store | PolicyDocument]:
    account = found.place["account"]
    if found.read("item.OwnerId", absent=account) != account:
        return  # the listing of its own account has it
    capacity = found.read("item.CapacityInBytes", absent=None)
    is_number = isinstance(capacity, int) and not isinstance(capacity, bool)
    store = store_of(
        found,
        id=text(found, "item.S3OutpostArn") or f"{text(found, 'item.OutpostArn')}/s3",
        name=text(found, "item.OutpostId"),
        kind="S3 on an Outpost",
        service="s3-outposts",
        country=country_of_outpost(found),
        encrypted=True,  # S3 on Outposts encrypts every object
        key_id="",
        public=False,  # it is reached through endpoints in a VPC only
        locked=False,
        size_bytes=capacity if is_number else NO_SIZE,
    )
    yield store
    yield policy_of(store, NOT_ASKED)


OUTPOSTS = Collector(
    kind="aws.outposts.outpost",
    service="outposts",
    title="Outposts",
    per=("account", "region"),
    listing=Listing(
        operation="ListOutposts",
        permission="outposts:ListOutposts",
        parameters={"MaxResults": 1000},
        items="Outposts",
    ),
    details=(
        Detail(
            name="site",
            operation="GetSite",
            permission="outposts:GetSite",
            bind={"SiteId": "item.SiteArn"},
        ),
    ),
    tables=(Store,),
    rows=_outpost,
    types=("outposts:outpost",),
    source="https://docs.aws.amazon.com/outposts/latest/APIReference/API_ListOutposts.html",
)

S3_ON_OUTPOSTS = Collector(
    kind="aws.s3outposts.outpost",
    service="s3outposts",
    title="Outposts that keep S3 buckets",
    per=("account", "region"),
    listing=Listing(
        operation="ListOutpostsWithS3",
        permission="s3-outposts:ListOutpostsWithS3",
        parameters={"MaxResults": 100},
        items="Outposts",
    ),
    details=site_details("item.OutpostId"),
    tables=(Store, PolicyDocument),
    rows=_outpost_with_s3,
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_s3outposts_ListOutpostsWithS3.html",
)
