"""Where gateways keep what is in buckets, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.storagegateway import FILE_SHARES, GATEWAYS, TAPES, VOLUMES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow, Processor
from tests.collect.aws.walking import ACCOUNT, HOME, gather

GATEWAY = f"arn:aws:storagegateway:{HOME}:{ACCOUNT}:gateway/sgw-12345678"
SHARE = f"arn:aws:storagegateway:{HOME}:{ACCOUNT}:share/share-12345678"

pytestmark = pytest.mark.usefixtures("cloud")


def gateway(**more: Any) -> Processor:
    item = {"GatewayARN": GATEWAY, "GatewayName": "office", **more}
    rule = Rule(operation="storagegateway.ListGateways", answer={"Gateways": [item]})
    return gather((IDENTITY, REGIONS, GATEWAYS), rules=[rule]).processors["office"]


def share(kind: str, *rules: Rule) -> list[Flow]:
    item = {"FileShareARN": SHARE, "GatewayARN": GATEWAY, "FileShareType": kind}
    listed = Rule(operation="storagegateway.ListFileShares", answer={"FileShareInfoList": [item]})
    other = [
        Rule(
            operation=f"storagegateway.Describe{each}FileShares",
            status=400,
            code="InvalidGatewayRequestException",
        )
        for each in ("NFS", "SMB")
    ]
    return gather((IDENTITY, REGIONS, FILE_SHARES), rules=[*rules, listed, *other]).flows


def test_a_gateway_on_premises_is_anywhere_and_no_providers() -> None:
    found = gateway(HostEnvironment="VMWARE")

    assert isinstance(found.country, Unknown)
    assert found.operator != "Amazon Web Services"


def test_a_gateway_in_ec2_is_in_its_region() -> None:
    found = gateway(HostEnvironment="EC2", Ec2InstanceRegion="eu-west-1")

    assert (found.country, found.operator) == ("IE", "Amazon Web Services")


def test_a_share_mounts_a_bucket_at_its_gateway() -> None:
    described = {"FileShareARN": SHARE, "LocationARN": "arn:aws:s3:::box/people/"}
    answer = {"SMBFileShareInfoList": [described]}

    (flow,) = share("SMB", Rule(operation="storagegateway.DescribeSMBFileShares", answer=answer))

    assert (flow.store_id, flow.mechanism, flow.target_id) == ("arn:aws:s3:::box", "mount", GATEWAY)


def test_a_share_that_cannot_be_described_may_mount_anything() -> None:
    """The code that a share of the other protocol gives is no proof for one of this."""
    (flow,) = share("NFS")

    assert isinstance(flow.active, Unknown)


def test_volumes_and_tapes_are_kept_in_the_region() -> None:
    """Which key encrypts them, the listings do not say."""
    root = f"arn:aws:storagegateway:{HOME}:{ACCOUNT}"
    volume = {
        "VolumeARN": f"{GATEWAY}/volume/vol-1",
        "VolumeId": "vol-1",
        "VolumeSizeInBytes": 7,
        "VolumeType": "CACHED iSCSI",
        "GatewayARN": GATEWAY,
    }
    tape = {"TapeARN": f"{root}:tape/AMZN012345", "TapeBarcode": "AMZN012345"}
    rules = [
        Rule(operation="storagegateway.ListVolumes", answer={"VolumeInfos": [volume]}),
        Rule(operation="storagegateway.ListTapes", answer={"TapeInfos": [tape]}),
    ]

    collected = gather((IDENTITY, REGIONS, VOLUMES, TAPES), rules=rules)
    stores, (flow,) = collected.stores, collected.flows

    assert (flow.mechanism, flow.target_id) == ("mount", GATEWAY)
    assert (stores["vol-1"].country, stores["vol-1"].size_bytes) == ("US", 7)
    assert stores["AMZN012345"].backup is True
    assert all(isinstance(store.key_id, Unknown) for store in stores.values())


def test_a_stored_volume_is_at_its_gateway() -> None:
    """The region has its snapshots only."""
    volume = {"VolumeARN": "arn:v", "VolumeId": "vol-1", "VolumeType": "STORED iSCSI"}
    rule = Rule(operation="storagegateway.ListVolumes", answer={"VolumeInfos": [volume]})

    store = gather((IDENTITY, REGIONS, VOLUMES), rules=[rule]).stores["vol-1"]

    assert isinstance(store.country, Unknown)
