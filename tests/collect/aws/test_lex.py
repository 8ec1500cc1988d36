"""What we claim to know about bots, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.lex import ALIASES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, ALIASES)
BOT, ALIAS = "ABCDEFGHIJ", "TSTALIASID"
GROUP = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:talk"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_bot(
    *replicas: dict[str, str], deny: tuple[str, ...] = (), enabled: bool = True
) -> Collected:
    logs = [{"enabled": enabled, "destination": {"cloudWatch": {"cloudWatchLogGroupArn": GROUP}}}]
    alias = {"botAliasId": ALIAS, "botAliasName": "TestBotAlias"}
    rules = [
        Rule(
            operation="lexv2-models.ListBots",
            answer={"botSummaries": [{"botId": BOT, "botName": "helper"}]},
        ),
        Rule(operation="lexv2-models.ListBotAliases", answer={"botAliasSummaries": [alias]}),
        Rule(
            operation="lexv2-models.DescribeBotAlias",
            answer={**alias, "conversationLogSettings": {"textLogSettings": logs}},
        ),
        Rule(
            operation="lexv2-models.ListBotReplicas",
            answer={"botId": BOT, "botReplicaSummaries": [*replicas]},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_a_bot_is_read_with_its_aliases() -> None:
    collected = gather_bot()

    assert collected.processors["helper"].id == f"arn:aws:lex:{HOME}:{ACCOUNT}:bot/{BOT}"
    assert collected.processors["TestBotAlias"].kind == "bot alias"
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [("stream", GROUP)]


def test_logs_that_are_off_go_nowhere() -> None:
    assert gather_bot(enabled=False).flows == []


def test_a_replica_answers_in_another_country() -> None:
    replica = {"replicaRegion": "eu-central-1", "botReplicaStatus": "Enabled"}

    flow = gather_bot(replica).flows[-1]

    assert (flow.mechanism, flow.target_country, flow.active) == ("replication", "DE", True)
    assert flow.target_id == f"arn:aws:lex:eu-central-1:{ACCOUNT}:bot-alias/{BOT}/{ALIAS}"


def test_refusals_may_hide_replicas_and_logs() -> None:
    flows = gather_bot(deny=("ListBotReplicas", "DescribeBotAlias")).flows

    assert {flow.mechanism for flow in flows} == {"replication", "stream", "export"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
