"""What we claim to know about state machines, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.stepfunctions import MACHINES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:states:{HOME}:{ACCOUNT}:stateMachine:orders"
GROUP = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/orders"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(kind: str, *deny: str) -> Collected:
    listed = {"stateMachineArn": ARN, "name": "orders", "type": kind}
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": f"{GROUP}:*"}}
    described = {
        "stateMachineArn": ARN,
        "loggingConfiguration": {"level": "ALL", "destinations": [destination]},
        "encryptionConfiguration": {"kmsKeyId": KEY, "type": "CUSTOMER_MANAGED_KMS_KEY"},
    }
    rules = [
        Rule(operation="stepfunctions.ListStateMachines", answer={"stateMachines": [listed]}),
        Rule(operation="stepfunctions.DescribeStateMachine", answer=described),
    ]
    return gather((IDENTITY, REGIONS, MACHINES), rules=rules, deny=deny)


def test_a_standard_workflow_keeps_what_it_worked_on() -> None:
    store = collect("STANDARD").stores["orders"]

    assert (store.id, store.encrypted, store.key_id) == (ARN, True, KEY)


def test_an_express_workflow_keeps_nothing() -> None:
    collected = collect("EXPRESS")

    assert collected.stores == {}
    assert collected.processors["orders"].id == ARN


def test_its_log_is_a_flow_and_its_definition_may_hide_others() -> None:
    """The definition is not asked for: it may hold secrets."""
    unread, log = collect("STANDARD").flows

    assert isinstance(unread.active, Unknown)
    assert (log.target_id, log.active) == (GROUP, True)


def test_a_refusal_leaves_the_key_unknown() -> None:
    collected = collect("STANDARD", "DescribeStateMachine")

    assert isinstance(collected.stores["orders"].key_id, Unknown)
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)
