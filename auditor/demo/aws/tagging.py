"""The tagging API of the demo estate: what moto knows, and what plots say besides.

Like AWS, it answers by account and region, a bucket where the bucket is, and what belongs to no
region in us-east-1.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from auditor.demo.aws.accounts import HOME, USER_DATA
from auditor.demo.aws.transport import account_of, listening
from auditor.demo.aws.wire import respond, wire_form

_SERVICE, _OPERATION = "resourcegroupstaggingapi", "GetResources"
_EVENT = f"before-send.resource-groups-tagging-api.{_OPERATION}"
_ALL = 2**31

Tags = Mapping[str, Mapping[str, str]]


@contextmanager
def answering_tags(tags: Tags) -> Iterator[None]:
    """Let the tagging API tell these tags besides those that moto knows.

    Args:
        tags: ARN -> tags.
    """

    def answer(event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        if event_name != _EVENT:
            return None
        asked = json.loads(request.body or b"{}")
        place = account_of(request), request.url.split(".")[1]
        known = {**_known_to_moto(*place), **_planted(tags, *place)}
        return respond(request, *wire_form(_SERVICE, _OPERATION, _page(known, asked)))

    with listening(answer):
        yield


def _page(known: Tags, asked: Mapping[str, Any]) -> dict[str, Any]:
    first, size = int(asked.get("PaginationToken") or 0), int(asked.get("ResourcesPerPage", 50))
    listed = [
        {
            "ResourceARN": arn,
            "Tags": [{"Key": key, "Value": value} for key, value in known[arn].items()],
        }
        for arn in sorted(known)[first : first + size]
    ]
    more = str(first + size) if first + size < len(known) else ""
    return {"ResourceTagMappingList": listed, "PaginationToken": more}


def _known_to_moto(account: str, region: str) -> dict[str, Mapping[str, str]]:
    from moto.resourcegroupstaggingapi.models import (  # noqa: PLC0415
        resourcegroupstaggingapi_backends,
    )

    backend = resourcegroupstaggingapi_backends[account][region]
    _, resources = backend.get_resources(resources_per_page=_ALL, tags_per_page=_ALL)
    # It tells of a bucket in every region; AWS does in the bucket's own.
    return {
        resource.arn: resource.tags
        for resource in resources
        if not resource.arn.startswith("arn:aws:s3:::")
        or _place_of_bucket(resource.arn.rpartition(":")[2]) == (account, region)
    }


def _planted(tags: Tags, account: str, region: str) -> dict[str, Mapping[str, str]]:
    return {arn: tags[arn] for arn in tags if _place_of(arn) == (account, region)}


def _place_of(arn: str) -> tuple[str, str]:
    """Return the account and region whose tagging API tells of a resource."""
    _, _, service, region, account, name = arn.split(":", 5)
    if service == "s3" and not region:
        return _place_of_bucket(name)
    return account or USER_DATA, region or HOME


def _place_of_bucket(name: str) -> tuple[str, str]:
    from moto.s3.models import s3_backends  # noqa: PLC0415

    for account in s3_backends:
        bucket = s3_backends[account]["aws"].buckets.get(name)
        if bucket is not None:
            return account, bucket.region_name
    return USER_DATA, HOME
