"""Amazon Kinesis Video Streams: streams, and where images and notices of them go.

API: https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/API_Reference.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, in_place, nowhere, to_arn
from auditor.collect.aws.reading import key_arn, maybe_text, text
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/API_"
_IMAGES = "images.ImageGenerationConfiguration"
_NOTICES = "notices.NotificationConfiguration"
_BUCKET = re.compile(r"s3://([^/]+)(/.*)?", re.DOTALL)


def _stream(found: Found) -> Iterator[Store | Flow]:
    key = maybe_text(found, "item.KmsKeyId")
    store = store_of(
        found,
        id=text(found, "item.StreamARN"),
        name=text(found, "item.StreamName"),
        kind="video stream",
        encrypted=True,  # the guide: always
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # every request is signed
        locked=False,
        created=maybe_text(found, "item.CreationTime"),
    )
    yield store
    yield from _images(found, store)
    yield from _notices(found, store)


def _images(found: Found, store: Store) -> Iterator[Flow]:
    # The reference: null if none are configured.
    configured = found.read(_IMAGES, absent={})
    if isinstance(configured, Unknown):
        yield possible(store, "export", configured)
    if isinstance(configured, Unknown) or not configured:
        return
    address = text(found, f"{_IMAGES}.DestinationConfig.Uri")
    region = maybe_text(found, f"{_IMAGES}.DestinationConfig.DestinationRegion")
    match = _BUCKET.fullmatch(address)
    end = at_arn(bucket_arn(match[1], found.place["region"])) if match else None
    if end is None:
        end = nowhere(Unknown(f"its images go to {address[:200]}, which is no bucket"))
    else:
        place = in_place("", region)
        end |= {name: place[name] for name in ("target_region", "target_country")}
    columns = {**end, "active": _enabled(found, f"{_IMAGES}.Status")}
    yield flow(store, "export", f"images/{address}", **columns)


def _notices(found: Found, store: Store) -> Iterator[Flow]:
    configured = found.read(_NOTICES, absent={})
    if isinstance(configured, Unknown):
        yield possible(store, "stream", configured)
    elif configured:
        topic = text(found, f"{_NOTICES}.DestinationConfig.Uri")
        yield to_arn(store, "stream", topic, active=_enabled(found, f"{_NOTICES}.Status"))


def _enabled(found: Found, path: str) -> Maybe[bool]:
    status = maybe_text(found, path)
    if isinstance(status, Unknown):
        return status
    known = {"ENABLED": True, "DISABLED": False}
    return known.get(status, Unknown(f"its state is {status[:100]}"))


STREAMS = Collector(
    kind="aws.kinesisvideo.stream",
    service="kinesisvideo",
    title="Kinesis video streams",
    per=("account", "region"),
    listing=Listing(
        operation="ListStreams",
        permission="kinesisvideo:ListStreams",
        parameters={"MaxResults": 10000},
        items="StreamInfoList",
    ),
    details=(
        Detail(
            name="images",
            operation="DescribeImageGenerationConfiguration",
            permission="kinesisvideo:DescribeImageGenerationConfiguration",
            bind={"StreamARN": "item.StreamARN"},
        ),
        Detail(
            name="notices",
            operation="DescribeNotificationConfiguration",
            permission="kinesisvideo:DescribeNotificationConfiguration",
            bind={"StreamARN": "item.StreamARN"},
        ),
    ),
    tables=(Store, Flow),
    rows=_stream,
    types=("kinesisvideo:stream",),
    source=_REFERENCE + "ListStreams.html",
)
