"""CloudWatch across accounts: links, sinks, and the organisation's centralised logs.

API: https://docs.aws.amazon.com/OAM/latest/APIReference/API_ListLinks.html and
https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_GetCentralizationRuleForOrganization.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.epochs import moment_of
from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_BACKUPS = ("Logs", "Metrics", "Profiles")
_REFERENCE = "https://docs.aws.amazon.com/OAM/latest/APIReference"


def _sink(found: Found) -> Iterator[Processor]:
    yield processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Name"),
        kind="monitoring sink",
        public=False,  # its policy says who may link to it; nobody reads from it
    )


def _link(found: Found) -> Iterator[Processor | Flow]:
    link = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Label"),
        kind="monitoring link",
        public=False,  # what it shares, it shares with one account
    )
    yield link
    sink = maybe_text(found, "item.SinkArn")
    if isinstance(sink, Unknown):
        yield possible(link, "share", sink)
    else:
        yield to_arn(link, "share", sink)


SINKS = Collector(
    kind="aws.oam.sink",
    service="oam",
    title="accounts that monitor others",
    per=("account", "region"),
    listing=Listing(
        operation="ListSinks",
        permission="oam:ListSinks",
        parameters={"MaxResults": 100},
        items="Items",
    ),
    tables=(Processor,),
    rows=_sink,
    types=("oam:sink",),
    source=f"{_REFERENCE}/API_ListSinks.html",
)

LINKS = Collector(
    kind="aws.oam.link",
    service="oam",
    title="links that show logs and metrics to a monitoring account",
    per=("account", "region"),
    listing=Listing(
        operation="ListLinks",
        permission="oam:ListLinks",
        parameters={"MaxResults": 5},
        items="Items",
    ),
    tables=(Processor, Flow),
    rows=_link,
    types=("oam:link",),
    source=f"{_REFERENCE}/API_ListLinks.html",
)


def _centralization(found: Found) -> Iterator[Processor | Flow]:
    """Yield a rule with the place that gets the organisation's logs, and its backups."""
    region = maybe_text(found, "item.CreatedRegion")
    place = {**found.place, "account": text(found, "item.CreatorAccountId")}
    rule = processor_of(
        replace(found, place=place),
        id=text(found, "item.RuleArn"),
        name=text(found, "item.RuleName"),
        kind="centralization rule",
        public=False,  # it copies, and cannot be called
        region=region,
        country=country_of(region),
        created=moment_of(found.read("item.CreatedTimeStamp"), unit=1000),
    )
    yield rule
    account = maybe_text(found, "item.DestinationAccountId")
    yield _copy(rule, "copy", account, maybe_text(found, "item.DestinationRegion"))
    known = found.read("rule.CentralizationRule.Destination")
    if isinstance(known, Unknown):
        yield possible(rule, "backup", known)
        return
    path = "rule.CentralizationRule.Destination.Destination{}Configuration"
    for what in _BACKUPS:
        # A rule that keeps no second copy leaves the member out.
        second = maybe_text(found, f"{path.format(what)}.BackupConfiguration.Region", absent="")
        if second:
            yield _copy(rule, "backup", account, second, what.lower())


def _copy(
    rule: Processor, mechanism: str, account: Maybe[str], region: Maybe[str], what: str = "all"
) -> Flow:
    known = isinstance(region, str) and isinstance(account, str)
    return flow(
        rule,
        mechanism,
        what,
        target_id=arn("logs", str(region), str(account), "log-group:*") if known else "",
        target_account=account,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_of(region) if isinstance(region, str) else region,
    )


CENTRALIZATION_RULES = Collector(
    kind="aws.observabilityadmin.centralization-rule",
    service="observabilityadmin",
    title="rules that copy the logs of an organisation to one account and region",
    per=(),  # only who manages the organisation, or this for it, may ask
    listing=Listing(
        operation="ListCentralizationRulesForOrganization",
        permission="observabilityadmin:ListCentralizationRulesForOrganization",
        parameters={"AllRegions": True, "MaxResults": 100},
        items="CentralizationRuleSummaries",
    ),
    details=(
        Detail(
            name="rule",
            operation="GetCentralizationRuleForOrganization",
            permission="observabilityadmin:GetCentralizationRuleForOrganization",
            bind={"RuleIdentifier": "item.RuleArn"},
            region="item.CreatedRegion",
        ),
    ),
    tables=(Processor, Flow),
    rows=_centralization,
    option="organization_role",
    source=(
        "https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/"
        "API_ListCentralizationRulesForOrganization.html"
    ),
)
