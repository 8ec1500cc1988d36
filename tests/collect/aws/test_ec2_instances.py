"""What we claim to know about instances."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ec2_instances import INSTANCES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment, Processor
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, INSTANCES)

pytestmark = pytest.mark.usefixtures("cloud")


def instance(**item: Json) -> Processor:
    known = {"InstanceId": "i-1", "Placement": {"AvailabilityZone": f"{HOME}a"}, **item}
    reservations = {"Reservations": [{"Instances": [known]}]}
    rule = Rule(operation="ec2.DescribeInstances", answer=reservations)
    return gather(COLLECTORS, rules=[rule]).processors["i-1"]


def test_reads_instances_and_leaves_out_those_that_are_gone() -> None:
    ec2 = boto3.client("ec2", HOME)
    kept, gone = (
        ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0][
            "InstanceId"
        ]
        for _ in range(2)
    )
    ec2.terminate_instances(InstanceIds=[gone])

    (row,) = gather(COLLECTORS).processors.values()

    assert row.id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:instance/{kept}"
    assert (row.kind, row.country) == ("instance", "US")


def test_an_address_on_the_internet_may_let_anybody_in() -> None:
    assert isinstance(instance(PublicIpAddress="192.0.2.1").public, Unknown)
    assert instance(PrivateIpAddress="10.0.0.1").public is False


def test_a_second_interface_counts_too() -> None:
    interfaces = [{"Association": {"PublicIp": "192.0.2.1"}}]

    assert isinstance(instance(NetworkInterfaces=interfaces).public, Unknown)


def test_an_instance_on_an_outpost_is_anywhere() -> None:
    assert isinstance(instance(OutpostArn="arn:aws:outposts:us-east-1:1:x").country, Unknown)


def test_an_instance_runs_the_image_that_it_was_launched_from() -> None:
    item = {"InstanceId": "i-1", "ImageId": "ami-1", "LaunchTime": "2020-09-20T00:00:00Z"}
    answer = {"Reservations": [{"Instances": [item, {"InstanceId": "i-2"}]}]}
    rules = [Rule(operation="ec2.DescribeInstances", answer=answer)]

    rows = [row for row in gather(COLLECTORS, rules=rules).rows if isinstance(row, Deployment)]

    assert [(row.kind, row.name, row.pinned) for row in rows] == [
        ("machine", "i-1", True),
        ("machine", "i-2", True),
    ]
    assert rows[0].digest == rows[0].image == "ami-1"
    assert isinstance(rows[1].digest, Unknown)
