"""SES Mail Manager: archives of mail, rules, and relays to other mail servers.

API: https://docs.aws.amazon.com/sesmailmanager/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import exits, to_arn, to_buckets, to_outside
from auditor.collect.aws.reading import entries, maybe_text, member, optional_key, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor, Store

_BEFORE_WRITING = ("QUEUED", "PREPROCESSING")
_UNFINISHED = ("FAILED", "CANCELLED")
_PART = Unknown("an export that did not end well may have written a part")
_SENT = "it sends mail on to whom it is addressed to"
_ENDS = ("PublishToSns.TopicArn", "InvokeLambda.FunctionArn", "DeliverToMailbox.MailboxArn")
# What an action names by its id or by its ARN.
_NAMED = {
    "Relay.Relay": ("ses", "mailmanager-smtp-relay"),
    "Archive.TargetArchive": ("ses", "mailmanager-archive"),
    "DeliverToQBusiness.ApplicationId": ("qbusiness", "application"),
}
_UNNAMED = Unknown("the list of exports does not name the buckets that received them")


def _relay(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.RelayId")
    place = (found.place["region"], found.place["account"])
    relay = processor_of(
        found,
        id=arn("ses", *place, f"mailmanager-smtp-relay/{name}"),
        name=text(found, "item.RelayName"),
        kind="relay",
        public=False,  # rules of its owner use it
    )
    yield relay
    server = maybe_text(found, "relay.ServerName")
    if isinstance(server, Unknown):
        yield possible(relay, "export", server)
    else:
        yield to_outside(relay, "export", server)


def _archive(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.ArchiveId")
    place = (found.place["region"], found.place["account"])
    archive = store_of(
        found,
        id=arn("ses", *place, f"mailmanager-archive/{name}"),
        name=text(found, "item.ArchiveName"),
        kind="archive",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "archive.KmsKeyArn", beside="archive.ArchiveId"),
        public=False,  # searched with credentials of AWS only
        created=maybe_text(found, "archive.CreatedTimestamp"),
    )
    yield archive
    exports = found.read("exports")
    if isinstance(exports, Unknown):
        yield possible(archive, "export", exports)
    states = [dig(each, "Status.State") for each in entries(exports)]
    written = [state for state in states if state not in _BEFORE_WRITING]
    if written:
        yield flow(
            archive,
            "export",
            "buckets",
            active=True if set(map(str, written)) - {*_UNFINISHED} else _PART,
            target_id=_UNNAMED,
            target_account=_UNNAMED,
            target_region=_UNNAMED,
            target_country=_UNNAMED,
            target_operator=_UNNAMED,
        )


def _rule_set(found: Found) -> Iterator[Processor | Flow]:
    """Yield what rules do with mail; which of them are in use, points of entry tell."""
    name = text(found, "item.RuleSetId")
    place = (found.place["region"], found.place["account"])
    row = processor_of(
        found,
        id=arn("ses", *place, f"mailmanager-rule-set/{name}"),
        name=text(found, "item.RuleSetName"),
        kind="rule set",
        public=False,  # mail gets to it through points of entry of its owner
    )
    yield row
    rules = found.read("set.Rules")
    if isinstance(rules, Unknown):
        yield possible(row, "export", rules)
    actions = [action for rule in entries(rules) for action in entries(rule.get("Actions"))]
    made = {flow.id: flow for action in actions for flow in _action(row, action, place)}
    yield from made.values()


def _action(row: Processor, action: Mapping[str, Json], place: tuple[str, str]) -> Iterator[Flow]:
    yield from to_buckets(row, "export", [dig(action, "WriteToS3.S3Bucket")])
    yield from exits(row, "export", [dig(action, path) for path in _ENDS])
    for path, (service, kind) in _NAMED.items():
        name = member(action, path)
        if name:
            end = name if name.startswith("arn:") else arn(service, *place, f"{kind}/{name}")
            yield to_arn(row, "export", end)
    if "Send" in action:
        yield to_outside(row, "export", "mail", _SENT)


_SOURCE = "https://docs.aws.amazon.com/sesmailmanager/latest/APIReference/"

RELAYS = Collector(
    kind="aws.ses.relay",
    service="mailmanager",
    title="Mail Manager relays",
    per=("account", "region"),
    listing=Listing(
        operation="ListRelays",
        permission="ses:ListRelays",
        parameters={"PageSize": 50},
        items="Relays",
    ),
    details=(
        Detail(
            name="relay",
            operation="GetRelay",
            permission="ses:GetRelay",
            bind={"RelayId": "item.RelayId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_relay,
    types=("ses:mailmanager-smtp-relay",),
    source=f"{_SOURCE}API_ListRelays.html",
)

ARCHIVES = Collector(
    kind="aws.ses.archive",
    service="mailmanager",
    title="Mail Manager archives",
    per=("account", "region"),
    listing=Listing(
        operation="ListArchives",
        permission="ses:ListArchives",
        parameters={"PageSize": 50},
        items="Archives",
    ),
    details=(
        Detail(
            name="archive",
            operation="GetArchive",
            permission="ses:GetArchive",
            bind={"ArchiveId": "item.ArchiveId"},
        ),
        Detail(
            name="exports",
            operation="ListArchiveExports",
            permission="ses:ListArchiveExports",
            parameters={"PageSize": 50},
            bind={"ArchiveId": "item.ArchiveId"},
            items="Exports",
        ),
    ),
    tables=(Store, Flow),
    rows=_archive,
    types=("ses:mailmanager-archive",),
    source=f"{_SOURCE}API_ListArchives.html",
)


RULE_SETS = Collector(
    kind="aws.ses.rule-set",
    service="mailmanager",
    title="Mail Manager's rules, with where they leave mail",
    per=("account", "region"),
    listing=Listing(
        operation="ListRuleSets",
        permission="ses:ListRuleSets",
        parameters={"PageSize": 50},
        items="RuleSets",
    ),
    details=(
        Detail(
            name="set",
            operation="GetRuleSet",
            permission="ses:GetRuleSet",
            bind={"RuleSetId": "item.RuleSetId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rule_set,
    types=("ses:mailmanager-rule-set",),
    source=f"{_SOURCE}API_GetRuleSet.html",
)
