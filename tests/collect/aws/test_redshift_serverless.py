"""What we claim to know about serverless warehouses, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.redshift_serverless import NAMESPACES, SNAPSHOTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, NAMESPACES, SNAPSHOTS)
ARN = f"arn:aws:redshift-serverless:{HOME}:{ACCOUNT}:namespace/1"
NAMESPACE = Rule(
    operation="redshift-serverless.ListNamespaces",
    answer={
        "namespaces": [
            {"namespaceArn": ARN, "namespaceName": "events", "kmsKeyId": "AWS_OWNED_KMS_KEY"}
        ]
    },
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_reads_a_namespace_and_where_its_snapshots_go() -> None:
    copies = {"snapshotCopyConfigurations": [{"destinationRegion": "eu-central-1"}]}
    rule = Rule(operation="redshift-serverless.ListSnapshotCopyConfigurations", answer=copies)

    collected = gather(COLLECTORS, rules=[NAMESPACE, rule])
    store, (flow,) = collected.stores["events"], collected.flows

    assert (store.id, store.encrypted, store.key_id) == (ARN, True, "")
    assert (flow.mechanism, flow.target_country) == ("backup", "DE")


def test_a_refusal_hides_no_copy() -> None:
    denied = ["ListSnapshotCopyConfigurations"]

    (flow,) = gather(COLLECTORS, rules=[NAMESPACE], deny=denied).flows

    assert isinstance(flow.active, Unknown)


def test_a_snapshot_is_shared_with_accounts() -> None:
    snapshot = {
        "snapshotArn": f"{ARN}/snapshot",
        "snapshotName": "one",
        "namespaceArn": ARN,
        "accountsWithRestoreAccess": ["999999999999"],
        "accountsWithProvisionedRestoreAccess": ["999999999999", "888888888888"],
    }
    rule = Rule(operation="redshift-serverless.ListSnapshots", answer={"snapshots": [snapshot]})

    collected = gather(COLLECTORS, rules=[rule])

    assert collected.stores["one"].source_id == ARN
    assert [flow.target_account for flow in collected.flows] == ["888888888888", "999999999999"]


def test_a_key_that_is_left_out_is_unknown() -> None:
    """The key that AWS owns has a name of its own in the answer."""
    namespace = {"namespaceArn": ARN, "namespaceName": "events"}
    rule = Rule(operation="redshift-serverless.ListNamespaces", answer={"namespaces": [namespace]})

    assert isinstance(gather(COLLECTORS, rules=[rule]).stores["events"].key_id, Unknown)
