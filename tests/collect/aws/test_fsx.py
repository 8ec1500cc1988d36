"""What we claim to know about FSx file systems, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.fsx import ASSOCIATIONS, FILE_SYSTEMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, FILE_SYSTEMS, ASSOCIATIONS)
ARN = f"arn:aws:fsx:{HOME}:{ACCOUNT}:file-system/fs-1"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(zone: str = "us-east-1a", **more: Any) -> Collected:
    system = {
        "FileSystemId": "fs-1",
        "OwnerId": ACCOUNT,
        "FileSystemType": "WINDOWS",
        "StorageCapacity": 2,
        "SubnetIds": ["subnet-1"],
        "KmsKeyId": KEY,
        **more,
    }
    rules = [
        Rule(operation="fsx.DescribeFileSystems", answer={"FileSystems": [system]}),
        Rule(operation="ec2.DescribeSubnets", answer={"Subnets": [{"AvailabilityZone": zone}]}),
        Rule(operation="fsx.DescribeDataRepositoryAssociations", answer={}),
    ]
    return gather(COLLECTORS, rules=rules)


def associated(**item: Any) -> list[Flow]:
    operation = "fsx.DescribeDataRepositoryAssociations"
    item = {"AssociationId": "dra-1", "FileSystemId": "fs-1", **item}
    rules = [
        Rule(operation="fsx.DescribeFileSystems", answer={}),
        Rule(operation=operation, answer={"Associations": [item]}),
    ]
    return gather(COLLECTORS, rules=rules).flows


def test_reads_a_file_system() -> None:
    found = collected()
    store = found.stores["fs-1"]

    assert (store.id, store.country, store.key_id) == (ARN, "US", KEY)
    assert (store.encrypted, store.size_bytes) == (True, 2 * 2**30)
    assert found.flows == []


def test_a_file_system_is_where_its_subnet_is() -> None:
    assert collected("us-east-1-lim-1a").stores["fs-1"].country == "PE"


def test_what_ontap_mirrors_is_unknown() -> None:
    (flow,) = collected(FileSystemType="ONTAP").flows

    assert flow.mechanism == "replication"
    assert isinstance(flow.active, Unknown)


def test_a_lustre_file_system_exports_to_its_bucket() -> None:
    repository = {"DataRepositoryConfiguration": {"ExportPath": "s3://results/run-1"}}

    (flow,) = collected(FileSystemType="LUSTRE", LustreConfiguration=repository).flows

    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::results")


def test_an_association_exports_by_itself_only_if_it_says_so() -> None:
    """One without a policy for exports may have exported by a task."""
    path = "s3://results/"
    exports = {"AutoExportPolicy": {"Events": ["NEW"]}}

    (flow,) = associated(DataRepositoryPath=path, S3=exports)

    (on_demand,) = associated(DataRepositoryPath=path, S3={"AutoImportPolicy": {"Events": ["NEW"]}})

    assert (flow.store_id, flow.target_id) == (ARN, "arn:aws:s3:::results")
    assert flow.active is True
    assert on_demand.target_id == flow.target_id
    assert isinstance(on_demand.active, Unknown)


def test_an_association_with_a_file_server_goes_to_somebody_unknown() -> None:
    exports = {"Version": "NFS3", "AutoExportPolicy": {"Events": ["NEW"]}}

    (flow,) = associated(DataRepositoryPath="nfs://files.example.org/a", NFS=exports)

    assert isinstance(flow.target_country, Unknown)
