"""Amazon Lex: aliases of bots, where they log conversations, and in which regions they answer.

Every bot has an alias, made with it and named below, so that a bot is read with its aliases.

API: https://docs.aws.amazon.com/lexv2/latest/APIReference/API_ListBotAliases.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, optional, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

# https://docs.aws.amazon.com/lexv2/latest/dg/aliases.html
_MADE_WITH_THE_BOT = "TSTALIASID"
_RUNNING = {"Enabling": True, "Enabled": True, "Deleting": True}
_LOGS = (
    ("textLogSettings", "stream", "cloudWatch.cloudWatchLogGroupArn"),
    ("audioLogSettings", "export", "s3Bucket.s3BucketArn"),
)


def _rows(found: Found) -> Iterator[Processor | Flow]:
    bot, alias = text(found, "parent.botId"), text(found, "item.botAliasId")
    if alias == _MADE_WITH_THE_BOT:
        yield processor_of(
            found,
            id=_arn(found, f"bot/{bot}"),
            name=text(found, "parent.botName"),
            kind="bot",
            public=False,  # asked with credentials of AWS only
        )
    row = processor_of(
        found,
        id=_arn(found, f"bot-alias/{bot}/{alias}"),
        name=text(found, "item.botAliasName"),
        kind="bot alias",
        public=False,  # asked with credentials of AWS only
    )
    yield row
    yield from _logs(found, row)
    replicas = found.read("replicas.botReplicaSummaries")
    if isinstance(replicas, Unknown):
        yield possible(row, "replication", replicas)
    for replica in entries(replicas):
        yield from _replica(row, replica, f"bot-alias/{bot}/{alias}")


def _arn(found: Found, resource: str) -> str:
    return arn("lex", found.place["region"], found.place["account"], resource)


def _logs(found: Found, row: Processor) -> Iterator[Flow]:
    for setting, mechanism, path in _LOGS:
        logs = optional(
            found, f"alias.conversationLogSettings.{setting}", beside="alias.botAliasId", absent=[]
        )
        if isinstance(logs, Unknown):
            yield possible(row, mechanism, logs)
        enabled = [each for each in entries(logs) if each.get("enabled") is not False]
        targets = [dig(each, f"destination.{path}") for each in enabled]
        # The ARN of a log group ends like a pattern here, and elsewhere does not.
        names = [str(each).removesuffix(":*") for each in targets if each]
        yield from exits(row, mechanism, names)


def _replica(row: Processor, replica: Json, resource: str) -> Iterator[Flow]:
    region = str(dig(replica, "replicaRegion") or "")
    status = dig(replica, "botReplicaStatus")
    odd = Unknown(f"a replica with the status {str(status)[:40]} may be there, or have been")
    yield flow(
        row,
        "replication",
        region,
        active=_RUNNING.get(status, odd) if isinstance(status, str) else odd,
        target_id=arn("lex", region, row.account, resource),
        target_account=row.account,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_of(region),
    )


ALIASES = Collector(
    kind="aws.lex.bot-alias",
    service="lexv2-models",
    title="Lex bots and their aliases",
    per=("account", "region"),
    parent=Listing(
        operation="ListBots",
        permission="lex:ListBots",
        parameters={"maxResults": 1000},
        items="botSummaries",
    ),
    listing=Listing(
        operation="ListBotAliases",
        permission="lex:ListBotAliases",
        parameters={"maxResults": 1000},
        bind={"botId": "parent.botId"},
        items="botAliasSummaries",
    ),
    details=(
        Detail(
            name="alias",
            operation="DescribeBotAlias",
            permission="lex:DescribeBotAlias",
            bind={"botId": "parent.botId", "botAliasId": "item.botAliasId"},
        ),
        Detail(
            name="replicas",
            operation="ListBotReplicas",
            permission="lex:ListBotReplicas",
            bind={"botId": "parent.botId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("lex:bot", "lex:bot-alias"),
    source="https://docs.aws.amazon.com/lexv2/latest/APIReference/API_ListBotAliases.html",
)
