"""What we claim to know about vaults, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.glacier import VAULTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:glacier:{HOME}:{ACCOUNT}:vaults/old"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(*rules: Rule) -> Collected:
    vault = {"VaultARN": ARN, "VaultName": "old", "SizeInBytes": 5, "CreationDate": "2020-01-01"}
    listed = Rule(operation="glacier.ListVaults", answer={"VaultList": [vault]})
    absent = [
        Rule(operation=f"glacier.{name}", status=404, code="ResourceNotFoundException")
        for name in ("GetVaultAccessPolicy", "GetVaultLock")
    ]
    return gather((IDENTITY, REGIONS, VAULTS), rules=[*rules, listed, *absent])


def test_reads_a_vault() -> None:
    found = collected()
    store = found.stores["old"]

    assert (store.id, store.country, store.size_bytes) == (ARN, "US", 5)
    assert (store.encrypted, store.key_id, store.locked) == (True, "", False)
    assert found.flows == []


def test_a_policy_is_a_share() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": STRANGER}, "Action": "glacier:*"}
    answer = {"policy": {"Policy": json.dumps({"Statement": statement})}}

    (flow,) = collected(Rule(operation="glacier.GetVaultAccessPolicy", answer=answer)).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


def test_a_lock_is_only_as_good_as_its_terms() -> None:
    """A locked policy may forbid anything, or nothing."""
    locked = Rule(operation="glacier.GetVaultLock", answer={"State": "Locked"})
    refused = Rule(operation="glacier.GetVaultLock")

    assert isinstance(collected(locked).stores["old"].locked, Unknown)
    assert isinstance(collected(refused).stores["old"].locked, Unknown)
