"""Alerts and support cases in Slack and Microsoft Teams.

API: https://docs.aws.amazon.com/chatbot/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import flow_from, to_outside
from auditor.collect.aws.reading import entries, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/chatbot/latest/APIReference/API_"
# Any of its four endpoints answers for all.
_ENDPOINT = "us-east-2"
_NO_REGION = Unknown("the service has no region, and AWS does not state where it works")
_SUPPORT = "https://docs.aws.amazon.com/supportapp/latest/APIReference/API_"


def _channel(found: Found, company: str) -> Iterator[Processor | Flow]:
    """Yield a channel, the flows into it from topics, and the one out of it."""
    row = processor_of(
        found,
        id=text(found, "item.ChatConfigurationArn"),
        name=text(found, "item.ConfigurationName"),
        kind="chat configuration",
        region=_NO_REGION,
        country=_NO_REGION,
        public=False,  # members of the channel read it
        tags={
            str(each.get("TagKey", "")): str(each.get("TagValue", ""))
            for each in entries(found.read("item.Tags", absent=[]))
        },
    )
    yield row
    yield to_outside(row, "stream", company, f"what it is told goes to a channel of {company}")
    for topic in dict.fromkeys(texts(found.read("item.SnsTopicArns", absent=[]))):
        if topic.startswith("arn:"):
            yield flow_from(
                found,
                topic,
                "stream",
                row.id,
                target_id=row.id,
                target_account=row.account,
                target_region=_NO_REGION,
                target_country=_NO_REGION,
                target_operator=row.operator,
            )


def _slack(found: Found) -> Iterator[Processor | Flow]:
    yield from _channel(found, "Slack")


def _teams(found: Found) -> Iterator[Processor | Flow]:
    yield from _channel(found, "Microsoft Teams")


def _support(found: Found) -> Iterator[Processor | Flow]:
    """Yield a channel that is told of support cases; its ARN is made up, for AWS has none."""
    channel = f"{text(found, 'item.teamId')}/{text(found, 'item.channelId')}"
    row = processor_of(
        found,
        id=arn("supportapp", "", found.place["account"], f"slack-channel/{channel}"),
        name=text(found, "item.channelName") or channel,
        kind="support channel",
        region=_NO_REGION,
        country=_NO_REGION,
        public=False,  # members of the channel read it
    )
    yield row
    why = "support cases, with what is written in them, go to a channel of Slack"
    yield to_outside(row, "stream", "Slack", why)


SLACK = Collector(
    kind="aws.chatbot.slack-channel",
    service="chatbot",
    title="alerts in Slack",
    per=("account",),
    listing=Listing(
        operation="DescribeSlackChannelConfigurations",
        permission="chatbot:DescribeSlackChannelConfigurations",
        parameters={"MaxResults": 100},
        asked_in=_ENDPOINT,
        items="SlackChannelConfigurations",
    ),
    tables=(Processor, Flow),
    rows=_slack,
    types=("chatbot:chat-configuration",),
    source=_REFERENCE + "DescribeSlackChannelConfigurations.html",
)

TEAMS = Collector(
    kind="aws.chatbot.teams-channel",
    service="chatbot",
    title="alerts in Microsoft Teams",
    per=("account",),
    listing=Listing(
        operation="ListMicrosoftTeamsChannelConfigurations",
        permission="chatbot:ListMicrosoftTeamsChannelConfigurations",
        parameters={"MaxResults": 100},
        asked_in=_ENDPOINT,
        items="TeamChannelConfigurations",
    ),
    tables=(Processor, Flow),
    rows=_teams,
    types=("chatbot:chat-configuration",),
    source=_REFERENCE + "ListMicrosoftTeamsChannelConfigurations.html",
)

SUPPORT = Collector(
    kind="aws.support-app.slack-channel",
    service="support-app",
    title="support cases in Slack",
    per=("account",),
    listing=Listing(
        operation="ListSlackChannelConfigurations",
        permission="supportapp:ListSlackChannelConfigurations",
        items="slackChannelConfigurations",
    ),
    tables=(Processor, Flow),
    rows=_support,
    source=_SUPPORT + "ListSlackChannelConfigurations.html",
)
