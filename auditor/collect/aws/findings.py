"""GuardDuty, Security Hub and Macie: where findings go.

A finding names resources and people, and one of Macie's may quote what it found.

API: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribePublishingDestination.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.reading import is_absent, maybe_text, text
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_PUBLISHING = {"PUBLISHING": True, "PENDING_VERIFICATION": True, "STOPPED": False}
_STUCK = Unknown("it cannot publish now, and would once its destination is repaired")


def _publication(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.DestinationId")
    detector = text(found, "parent")
    resource = f"detector/{detector}/publishingDestination/{name}"
    destination = processor_of(
        found,
        id=arn("guardduty", region, account, resource),
        name=name,
        kind="publishing destination",
        public=False,  # it sends, and cannot be called
    )
    yield destination
    status = maybe_text(found, "item.Status")
    active = status if isinstance(status, Unknown) else _PUBLISHING.get(status, _STUCK)
    bucket = maybe_text(found, "destination.DestinationProperties.DestinationArn")
    if isinstance(bucket, Unknown):
        yield possible(destination, "export", bucket)
    else:
        yield to_bucket(destination, "export", bucket, active=active)


GUARDDUTY = Collector(
    kind="aws.guardduty.publishing-destination",
    service="guardduty",
    title="buckets to which GuardDuty exports its findings",
    per=("account", "region"),
    parent=Listing(
        operation="ListDetectors",
        permission="guardduty:ListDetectors",
        parameters={"MaxResults": 50},
        items="DetectorIds",
    ),
    listing=Listing(
        operation="ListPublishingDestinations",
        permission="guardduty:ListPublishingDestinations",
        parameters={"MaxResults": 50},
        bind={"DetectorId": "parent"},
        items="Destinations",
    ),
    details=(
        Detail(
            name="destination",
            operation="DescribePublishingDestination",
            permission="guardduty:DescribePublishingDestination",
            bind={"DetectorId": "parent", "DestinationId": "item.DestinationId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_publication,
    types=("guardduty:detector",),
    source=(
        "https://docs.aws.amazon.com/guardduty/latest/APIReference/"
        "API_ListPublishingDestinations.html"
    ),
)


def _aggregator(found: Found) -> Iterator[Processor | Flow]:
    """Yield an aggregator once: each linked region lists it too."""
    name = text(found, "item.FindingAggregatorArn")
    home = [*name.split(":", 5), "", "", "", ""][3]
    if home not in ("", found.place["region"]):
        return
    aggregator = processor_of(
        found,
        id=name,
        name=name.rpartition("/")[2],
        kind="finding aggregator",
        public=False,  # it copies, and cannot be called
    )
    yield aggregator
    region = maybe_text(found, "aggregator.FindingAggregationRegion")
    mode = maybe_text(found, "aggregator.RegionLinkingMode")
    yield flow(
        aggregator,
        "sync",
        "findings",
        # The mode that links no region moves nothing.
        active=mode if isinstance(mode, Unknown) else mode != "NO_REGIONS",
        target_account=found.place["account"],
        target_region=region,
        target_country=country_of(region),
        target_operator=region if isinstance(region, Unknown) else operator_of(region),
    )


AGGREGATORS = Collector(
    kind="aws.securityhub.finding-aggregator",
    service="securityhub",
    title="regions to which Security Hub brings the findings of others",
    per=("account", "region"),
    listing=Listing(
        operation="ListFindingAggregators",
        permission="securityhub:ListFindingAggregators",
        parameters={"MaxResults": 100},
        items="FindingAggregators",
    ),
    details=(
        Detail(
            name="aggregator",
            operation="GetFindingAggregator",
            permission="securityhub:GetFindingAggregator",
            bind={"FindingAggregatorArn": "item.FindingAggregatorArn"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_aggregator,
    types=("securityhub:finding-aggregator",),
    source=(
        "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingAggregator.html"
    ),
)


def _to_administrator(row: Processor, account: Maybe[str]) -> Flow:
    if isinstance(account, Unknown):
        return possible(row, "share", account)
    return to_account(row, account)


def _hub(found: Found) -> Iterator[Processor | Flow]:
    hub = processor_of(
        found,
        id=arn("securityhub", found.place["region"], found.place["account"], "hub/default"),
        name="default",
        kind="hub",
        public=False,  # findings are read by members of the organisation only
    )
    # An account that nobody administers has an answer without an administrator.
    account = maybe_text(found, "item.Administrator.AccountId", absent="")
    if account:
        yield hub
        yield _to_administrator(hub, account)


HUBS = Collector(
    kind="aws.securityhub.hub",
    service="securityhub",
    title="accounts that read the findings of Security Hub of others",
    per=("account", "region"),
    listing=Listing(
        operation="GetAdministratorAccount", permission="securityhub:GetAdministratorAccount"
    ),
    tables=(Processor, Flow),
    rows=_hub,
    types=("securityhub:hub",),
    source=(
        "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetAdministratorAccount.html"
    ),
)


def _macie(found: Found) -> Iterator[Processor | Flow]:
    session = processor_of(
        found,
        id=arn("macie2", found.place["region"], found.place["account"], "session"),
        name="session",
        kind="session",
        public=False,  # findings are read by the account and its administrator only
    )
    # Left out until somebody names a bucket, and where nobody administers the account.
    bucket = maybe_text(found, "item.configuration.s3Destination.bucketName", absent="")
    account = _administrator(found)
    if bucket or account:
        yield session
    if isinstance(bucket, Unknown):
        yield possible(session, "export", bucket)
    elif bucket:
        yield to_bucket(session, "export", bucket)
    if account:
        yield _to_administrator(session, account)


def _administrator(found: Found) -> Maybe[str]:
    if is_absent(found, "administrator"):
        return ""
    return maybe_text(found, "administrator.administrator.accountId", absent="")


MACIE = Collector(
    kind="aws.macie2.session",
    service="macie2",
    title="where Macie writes what it found, and who reads it",
    per=("account", "region"),
    listing=Listing(
        operation="GetClassificationExportConfiguration",
        permission="macie2:GetClassificationExportConfiguration",
    ),
    details=(
        Detail(
            name="administrator",
            operation="GetAdministratorAccount",
            permission="macie2:GetAdministratorAccount",
            absent_on=("ResourceNotFoundException",),  # "the account has no administrator"
        ),
    ),
    tables=(Processor, Flow),
    rows=_macie,
    source=(
        "https://docs.aws.amazon.com/macie/latest/APIReference/"
        "classification-export-configuration.html"
    ),
)
