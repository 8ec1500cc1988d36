"""Amazon Simple Email Service: where mail and news of it go, and who may send in one's name.

API: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Operations.html and
https://docs.aws.amazon.com/ses/latest/APIReference/API_DescribeReceiptRuleSet.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_buckets, to_region
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy, joined
from auditor.collect.aws.reading import entries, maybe_text, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policies_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Processor

_DESTINATIONS = (
    "KinesisFirehoseDestination.DeliveryStreamArn",
    "SnsDestination.TopicArn",
    "EventBridgeDestination.EventBusArn",
    "PinpointDestination.ApplicationArn",
)
_ACTIONS = (
    "LambdaAction.FunctionArn",
    "SNSAction.TopicArn",
    "WorkmailAction.OrganizationArn",
    "ConnectAction.InstanceARN",
)

_NO_OBJECT = Unknown("the provider's answer has policies that are no object")


def _processor(found: Found, resource: str, name: str, kind: str) -> Processor:
    region, account = found.place["region"], found.place["account"]
    return processor_of(
        found,
        id=arn("ses", region, account, resource),
        name=name,
        kind=kind,
        public=False,  # used with credentials of AWS, or by mail to its owner's addresses
    )


def _configuration_set(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item")
    row = _processor(found, f"configuration-set/{name}", name, "configuration set")
    yield row
    destinations = found.read("destinations.EventDestinations")
    if isinstance(destinations, Unknown):
        yield possible(row, "stream", destinations)
    for each in entries(destinations):
        targets = [dig(each, path) for path in _DESTINATIONS]
        yield from exits(row, "stream", targets, _switch(each.get("Enabled")))


def _switch(value: Json) -> Maybe[bool]:
    return value if isinstance(value, bool) else Unknown("the answer does not state if it is on")


def _identity(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    name = text(found, "item.IdentityName")
    row = _processor(found, f"identity/{name}", name, "identity")
    yield row
    policies = found.read("policies.Policies")
    yield from policies_of(row, _named(policies), "text", "name")
    yield from shares(row, _let_in(policies))


def _named(policies: Json) -> Json:
    if isinstance(policies, Unknown):
        return policies
    if not isinstance(policies, dict):
        return _NO_OBJECT
    return [{"name": name, "text": text_} for name, text_ in sorted(policies.items())]


def _let_in(policies: Json) -> Maybe[tuple[str, ...]]:
    if isinstance(policies, Unknown):
        return policies
    if not isinstance(policies, dict):
        return _NO_OBJECT
    parties: list[str | Unknown] = []
    for policy in policies.values():
        accounts = accounts_in_policy(policy)
        parties += [accounts] if isinstance(accounts, Unknown) else accounts
    return joined(parties)


def _endpoint(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.EndpointName")
    row = _processor(found, f"multi-region-endpoint/{name}", name, "multi-region endpoint")
    yield row
    regions = found.read("item.Regions")
    if isinstance(regions, Unknown):
        yield possible(row, "edge", regions)
    for region in dict.fromkeys(texts(regions)):
        if region != row.region:
            yield to_region(row, "edge", region)


def _rule_set(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.Name")
    row = _processor(found, f"receipt-rule-set/{name}", name, "receipt rule set")
    yield row
    rules = found.read("set.Rules")
    if isinstance(rules, Unknown):
        yield possible(row, "export", rules)
    # The answer is empty where no rule set is active.
    chosen = maybe_text(found, "active.Metadata.Name", absent="")
    in_use = chosen if isinstance(chosen, Unknown) else chosen == name
    if isinstance(in_use, Unknown):
        yield possible(row, "export", in_use, "rules")
    for rule in entries(rules):
        active = in_use if rule.get("Enabled") is not False else False
        for action in entries(rule.get("Actions")):
            yield from _action(row, action, active)


def _action(row: Processor, action: Json, active: Maybe[bool]) -> Iterator[Flow]:
    yield from to_buckets(row, "export", [dig(action, "S3Action.BucketName")], active)
    yield from exits(row, "stream", [dig(action, path) for path in _ACTIONS], active)


_V2 = "https://docs.aws.amazon.com/ses/latest/APIReference-V2/"

CONFIGURATION_SETS = Collector(
    kind="aws.ses.configuration-set",
    service="sesv2",
    title="SES configuration sets, with where they report to",
    per=("account", "region"),
    listing=Listing(
        operation="ListConfigurationSets",
        permission="ses:ListConfigurationSets",
        parameters={"PageSize": 1000},
        items="ConfigurationSets",
    ),
    details=(
        Detail(
            name="destinations",
            operation="GetConfigurationSetEventDestinations",
            permission="ses:GetConfigurationSetEventDestinations",
            bind={"ConfigurationSetName": "item"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_configuration_set,
    types=("ses:configuration-set",),
    source=f"{_V2}API_ListConfigurationSets.html",
)

IDENTITIES = Collector(
    kind="aws.ses.identity",
    service="sesv2",
    title="SES identities, and who may send in their name",
    per=("account", "region"),
    listing=Listing(
        operation="ListEmailIdentities",
        permission="ses:ListEmailIdentities",
        parameters={"PageSize": 1000},
        items="EmailIdentities",
    ),
    details=(
        Detail(
            name="policies",
            operation="GetEmailIdentityPolicies",
            permission="ses:GetEmailIdentityPolicies",
            bind={"EmailIdentity": "item.IdentityName"},
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_identity,
    types=("ses:identity",),
    source=f"{_V2}API_ListEmailIdentities.html",
)

ENDPOINTS = Collector(
    kind="aws.ses.multi-region-endpoint",
    service="sesv2",
    title="SES endpoints that send from several regions",
    per=("account", "region"),
    listing=Listing(
        operation="ListMultiRegionEndpoints",
        permission="ses:ListMultiRegionEndpoints",
        parameters={"PageSize": 1000},
        items="MultiRegionEndpoints",
    ),
    tables=(Processor, Flow),
    rows=_endpoint,
    types=("ses:multi-region-endpoint",),
    source=f"{_V2}API_ListMultiRegionEndpoints.html",
)

RULE_SETS = Collector(
    kind="aws.ses.receipt-rule-set",
    service="ses",
    title="SES receipt rules, with where they leave mail",
    per=("account", "region"),
    listing=Listing(
        operation="ListReceiptRuleSets",
        permission="ses:ListReceiptRuleSets",
        items="RuleSets",
    ),
    details=(
        Detail(
            name="set",
            operation="DescribeReceiptRuleSet",
            permission="ses:DescribeReceiptRuleSet",
            bind={"RuleSetName": "item.Name"},
        ),
        Detail(
            name="active",
            operation="DescribeActiveReceiptRuleSet",
            permission="ses:DescribeActiveReceiptRuleSet",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rule_set,
    types=("ses:receipt-rule-set",),
    source="https://docs.aws.amazon.com/ses/latest/APIReference/API_ListReceiptRuleSets.html",
)
