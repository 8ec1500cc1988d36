"""What we claim to know about brokers, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.mq import BROKERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, BROKERS)
ARN = f"arn:aws:mq:{HOME}:{ACCOUNT}:broker:events:b-1"
LISTED = Rule(
    operation="mq.ListBrokers",
    answer={"BrokerSummaries": [{"BrokerArn": ARN, "BrokerId": "b-1", "BrokerName": "events"}]},
)

pytestmark = pytest.mark.usefixtures("cloud")


def broker_of(**members: Json) -> Collected:
    description = {
        "BrokerId": "b-1",
        "EncryptionOptions": {"UseAwsOwnedKey": False, "KmsKeyId": "1"},
        "Tags": {"a": "b"},
        **members,
    }
    rule = Rule(operation="mq.DescribeBroker", answer=description)
    return gather(COLLECTORS, rules=[LISTED, rule])


def test_reads_a_broker() -> None:
    collected = broker_of()
    store = collected.stores["events"]

    assert (store.id, store.country, store.tags) == (ARN, "US", {"a": "b"})
    assert (store.encrypted, store.key_id) == (True, f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1")
    assert collected.flows == []


@pytest.mark.parametrize(("role", "countries"), [("PRIMARY", ["DE"]), ("REPLICA", [])])
def test_a_primary_replicates_to_its_counterpart(role: str, countries: list[str]) -> None:
    counterpart = {"BrokerId": "b-2", "Region": "eu-central-1"}
    metadata = {"DataReplicationRole": role, "DataReplicationCounterpart": counterpart}

    flows = broker_of(DataReplicationMode="CRDR", DataReplicationMetadata=metadata).flows

    assert [flow.target_country for flow in flows] == countries


def test_a_refusal_hides_no_replica() -> None:
    collected = gather(COLLECTORS, rules=[LISTED], deny=["DescribeBroker"])

    assert isinstance(collected.stores["events"].key_id, Unknown)
    assert isinstance(collected.flows[0].active, Unknown)
