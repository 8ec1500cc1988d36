"""What we claim to know about chat channels, given what AWS answered."""

import pytest

from auditor.collect.aws.chat import SLACK, SUPPORT, TEAMS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_CHAT = f"arn:aws:chatbot::{ACCOUNT}:chat-configuration"
_TOPIC = f"arn:aws:sns:{HOME}:{ACCOUNT}:alarms"


def channel(name: str, **more: Json) -> Json:
    return {
        "ChatConfigurationArn": f"{_CHAT}/{name}",
        "ConfigurationName": name,
        "IamRoleArn": "r",
        "SnsTopicArns": [_TOPIC],
        "Tags": [{"TagKey": "team", "TagValue": "ops"}],
        **more,
    }


def collect() -> Collected:
    slack = channel(
        "slack", SlackTeamName="t", SlackTeamId="T", SlackChannelId="C", SlackChannelName="c"
    )
    teams = channel("teams", ChannelId="C", TeamId="T", TenantId="N")
    rules = [
        Rule(
            operation="chatbot.DescribeSlackChannelConfigurations",
            answer={"SlackChannelConfigurations": [slack]},
        ),
        Rule(
            operation="chatbot.ListMicrosoftTeamsChannelConfigurations",
            answer={"TeamChannelConfigurations": [teams]},
        ),
        Rule(
            operation="support-app.ListSlackChannelConfigurations",
            answer={"slackChannelConfigurations": [{"channelId": "C", "teamId": "T"}]},
        ),
    ]
    return gather((IDENTITY, REGIONS, SLACK, TEAMS, SUPPORT), rules=rules)


def test_what_a_topic_gets_goes_to_another_company() -> None:
    found = collect()

    into = [flow for flow in found.flows if flow.store_id == _TOPIC]
    out = [flow for flow in found.flows if flow.store_id != _TOPIC]
    assert [flow.target_id for flow in into] == [f"{_CHAT}/slack", f"{_CHAT}/teams"]
    assert all(isinstance(flow.target_operator, Unknown) for flow in out)
    assert [flow.id.rpartition("/")[2] for flow in out] == ["Slack", "Microsoft Teams", "Slack"]


def test_a_channel_has_its_tags_and_no_region() -> None:
    row = collect().processors["slack"]

    assert row.tags == {"team": "ops"}
    assert isinstance(row.region, Unknown)
