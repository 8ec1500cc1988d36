"""Amazon EC2: instances, which work on data; their disks are volumes with rows of their own.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.ebs import place_of
from auditor.collect.aws.reading import entries, maybe_text, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.aws.running import deployment_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Deployment, Maybe, Membership, Principal, Processor

_EXPOSED = Unknown("it has an address on the internet; whom its security groups let in is not read")
_GONE = "terminated"


def _rows(found: Found) -> Iterator[Processor | Principal | Membership | Deployment]:
    """Yield the instances that one reservation launched."""
    for each in entries(found.read("item.Instances")):
        one = replace(found, item=each)
        if one.read("item.State.Name", absent="") != _GONE:
            row = _instance(one)
            yield row
            profile = maybe_text(one, "item.IamInstanceProfile.Arn", absent="")
            yield from acting_as(row, profile)
            yield _running(one, row)


def _instance(found: Found) -> Processor:
    name = text(found, "item.InstanceId")
    return processor_of(
        found,
        id=arn("ec2", found.place["region"], found.place["account"], f"instance/{name}"),
        name=name,
        kind="instance",
        country=place_of(found, found.read("item.Placement.AvailabilityZone")),
        public=_is_public(found),
        created=maybe_text(found, "item.LaunchTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )


def _running(found: Found, row: Processor) -> Deployment:
    image = maybe_text(found, "item.ImageId")
    return deployment_of(
        found,
        id=row.id,
        kind="machine",
        name=row.name,
        image=image,
        digest=image,
        pinned=True,  # an image's id is of one image for ever
        since=row.created,
    )


def _is_public(found: Found) -> Maybe[bool]:
    interfaces = entries(found.read("item.NetworkInterfaces", absent=[]))
    addresses = [
        found.read("item.PublicIpAddress", absent=""),
        found.read("item.Ipv6Address", absent=""),
        *(dig(each, "Association.PublicIp") for each in interfaces),
        *(each.get("Ipv6Addresses") for each in interfaces),
    ]
    return _EXPOSED if any(addresses) else False


INSTANCES = Collector(
    kind="aws.ec2.instance",
    service="ec2",
    title="EC2 instances",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeInstances",
        permission="ec2:DescribeInstances",
        # Without it, those that other services of AWS run in the account are left out.
        parameters={"IncludeManagedResources": True, "MaxResults": 1000},
        items="Reservations",
    ),
    tables=(Processor, Principal, Membership, Deployment),
    rows=_rows,
    types=("ec2:instance",),
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html",
)
