"""What we claim to know about images and instances that were written to buckets."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ec2_exports import (
    IMAGE_EXPORT_TASKS,
    IMAGE_STORE_TASKS,
    INSTANCE_EXPORT_TASKS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, IMAGE_STORE_TASKS, IMAGE_EXPORT_TASKS, INSTANCE_EXPORT_TASKS)

pytestmark = pytest.mark.usefixtures("cloud")


def exports(state: str = "Completed") -> dict[str, Flow]:
    stored = {"AmiId": "ami-1", "Bucket": "files", "StoreTaskState": state}
    image = {
        "ExportImageTaskId": "export-ami-1",
        "ImageId": "ami-2",
        "S3ExportLocation": {"S3Bucket": "files"},
        "Status": "deleted",
    }
    instance = {
        "ExportTaskId": "export-i-1",
        "InstanceExportDetails": {"InstanceId": "i-1"},
        "ExportToS3Task": {"S3Bucket": "files"},
        "State": "active",
    }
    rules = [
        Rule(
            operation="ec2.DescribeStoreImageTasks",
            answer={"StoreImageTaskResults": [stored]},
        ),
        Rule(operation="ec2.DescribeExportImageTasks", answer={"ExportImageTasks": [image]}),
        Rule(operation="ec2.DescribeExportTasks", answer={"ExportTasks": [instance]}),
    ]
    return {flow.store_id: flow for flow in gather(COLLECTORS, rules=rules).flows}


def test_what_was_written_is_in_the_bucket() -> None:
    """A task that has finished has moved the data."""
    found = exports()

    assert {store: flow.active for store, flow in found.items()} == {
        f"arn:aws:ec2:{HOME}::image/ami-1": True,
        f"arn:aws:ec2:{HOME}::image/ami-2": False,
        f"arn:aws:ec2:{HOME}:{ACCOUNT}:instance/i-1": True,
    }
    assert {flow.target_id for flow in found.values()} == {"arn:aws:s3:::files"}


def test_a_state_that_nobody_knows_may_move_data() -> None:
    flow = exports("Pondering")[f"arn:aws:ec2:{HOME}::image/ami-1"]

    assert isinstance(flow.active, Unknown)
