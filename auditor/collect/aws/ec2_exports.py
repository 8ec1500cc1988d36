"""Amazon EC2: tasks that write machine images and instances to buckets.

What a finished task wrote is still in the bucket, so that it counts as much as one that runs. AWS
forgets tasks after some days; the file that one wrote stays.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeExportImageTasks.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.ec2_images import image_arn
from auditor.collect.aws.flow_ends import at_arn, flow_from
from auditor.collect.aws.reading import maybe_text, state_of, text
from auditor.collect.aws.regions import arn
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow

_REFERENCE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_"


def _flow(found: Found, source: str, bucket: str, state: str, name: str) -> Flow:
    """Return an export to a bucket; ``bucket`` and ``state`` are paths."""
    on = ("InProgress", "Completed", "active", "completed")
    off = ("Failed", "failed", "cancelled", "cancelling", "deleting", "deleted")
    target = bucket_arn(text(found, bucket), found.place["region"])
    return flow_from(
        found,
        source,
        "export",
        name,
        active=state_of(maybe_text(found, state), on, off),
        **at_arn(target),
    )


def _stored_image(found: Found) -> Iterator[Flow]:
    names = ("item.Bucket", "item.S3objectKey", "item.TaskStartTime")
    yield _flow(
        found,
        image_arn(found.place["region"], text(found, "item.AmiId")),
        "item.Bucket",
        "item.StoreTaskState",
        "/".join(text(found, name) for name in names),  # such a task has no id of its own
    )


def _exported_image(found: Found) -> Iterator[Flow]:
    yield _flow(
        found,
        image_arn(found.place["region"], text(found, "item.ImageId")),
        "item.S3ExportLocation.S3Bucket",
        "item.Status",
        text(found, "item.ExportImageTaskId"),
    )


def _exported_instance(found: Found) -> Iterator[Flow]:
    name = text(found, "item.InstanceExportDetails.InstanceId")
    yield _flow(
        found,
        arn("ec2", found.place["region"], found.place["account"], f"instance/{name}"),
        "item.ExportToS3Task.S3Bucket",
        "item.State",
        text(found, "item.ExportTaskId"),
    )


IMAGE_STORE_TASKS = Collector(
    kind="aws.ec2.image_store_task",
    service="ec2",
    title="machine images written to buckets",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeStoreImageTasks",
        permission="ec2:DescribeStoreImageTasks",
        parameters={"MaxResults": 200},
        items="StoreImageTaskResults",
    ),
    tables=(Flow,),
    rows=_stored_image,
    source=_REFERENCE + "DescribeStoreImageTasks.html",
)

IMAGE_EXPORT_TASKS = Collector(
    kind="aws.ec2.image_export_task",
    service="ec2",
    title="machine images exported to buckets as disk files",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeExportImageTasks",
        permission="ec2:DescribeExportImageTasks",
        parameters={"MaxResults": 500},
        items="ExportImageTasks",
    ),
    tables=(Flow,),
    rows=_exported_image,
    source=_REFERENCE + "DescribeExportImageTasks.html",
)

INSTANCE_EXPORT_TASKS = Collector(
    kind="aws.ec2.instance_export_task",
    service="ec2",
    title="instances exported to buckets as disk files",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeExportTasks",
        permission="ec2:DescribeExportTasks",
        items="ExportTasks",
    ),
    tables=(Flow,),
    rows=_exported_instance,
    source=_REFERENCE + "DescribeExportTasks.html",
)
