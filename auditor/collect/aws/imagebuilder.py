"""EC2 Image Builder: where it distributes machine images and container images.

API: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_GetDistributionConfiguration.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, in_place
from auditor.collect.aws.flows import to_account, to_anybody, to_organization
from auditor.collect.aws.reading import entries, maybe_text, tags_in, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_AMI = "amiDistributionConfiguration"
_PERMISSION = f"{_AMI}.launchPermission"
_REFERENCE = "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_"


def _rows(found: Found) -> Iterator[Processor | Flow]:
    configuration = processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="distribution configuration",
        public=False,  # pipelines of the account use it
        created=maybe_text(found, "item.dateCreated"),
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield configuration
    distributions = found.read("configuration.distributionConfiguration.distributions")
    if isinstance(distributions, Unknown):
        for mechanism in ("copy", "share", "export"):
            yield possible(configuration, mechanism, distributions)
        return
    flows = [one for each in entries(distributions) for one in _flows(configuration, each)]
    yield from {one.id: one for one in flows}.values()


def _flows(row: Processor, distribution: Mapping[str, Json]) -> Iterator[Flow]:
    """Yield the ways out that the distribution to one region opens."""
    region = str(distribution.get("region") or "")
    if not region:
        yield possible(row, "copy", Unknown("a distribution names no region"))
        return
    accounts = texts(dig(distribution, f"{_AMI}.targetAccountIds"))
    for account in accounts or [row.account]:
        yield flow(row, "copy", f"{region}/{account}", **in_place(account, region))
    repository = dig(distribution, "containerDistributionConfiguration.targetRepository")
    if repository:
        name = str(dig(repository, "repositoryName") or "")
        target = at_arn(arn("ecr", region, row.account, f"repository/{name}"))
        yield flow(row, "copy", f"{region}/{name}", **target)
    bucket = bucket_arn(str(dig(distribution, "s3ExportConfiguration.s3Bucket") or ""), region)
    if bucket:
        yield flow(row, "export", f"{region}/{bucket}", **at_arn(bucket))
    yield from _launches(row, distribution)


def _launches(row: Processor, distribution: Mapping[str, Json]) -> Iterator[Flow]:
    for account in texts(dig(distribution, f"{_PERMISSION}.userIds")):
        if account != row.account:
            yield to_account(row, account)
    if texts(dig(distribution, f"{_PERMISSION}.userGroups")):
        yield to_anybody(row)  # 'all' is the only group that there is
    for kind in ("organizationArns", "organizationalUnitArns"):
        for whole in texts(dig(distribution, f"{_PERMISSION}.{kind}")):
            yield to_organization(row, whole)


DISTRIBUTIONS = Collector(
    kind="aws.imagebuilder.distribution",
    service="imagebuilder",
    title="distribution configurations of EC2 Image Builder",
    per=("account", "region"),
    listing=Listing(
        operation="ListDistributionConfigurations",
        permission="imagebuilder:ListDistributionConfigurations",
        parameters={"maxResults": 100},
        items="distributionConfigurationSummaryList",
    ),
    details=(
        Detail(
            name="configuration",
            operation="GetDistributionConfiguration",
            permission="imagebuilder:GetDistributionConfiguration",
            bind={"distributionConfigurationArn": "item.arn"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("imagebuilder:distribution-configuration",),
    source=_REFERENCE + "ListDistributionConfigurations.html",
)
