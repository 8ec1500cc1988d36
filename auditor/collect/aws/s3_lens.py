"""Amazon S3 Storage Lens: dashboards, and where they export names and figures of buckets to.

A dashboard that exports nothing makes no row: AWS keeps one in every account.

API: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetStorageLensConfiguration.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.reading import maybe_flag, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_EXPORTS = ("DataExport", "ExpandedPrefixesDataExport")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    home = found.read("item.HomeRegion")
    if not isinstance(home, Unknown) and home != found.place["region"]:
        return  # the listing of its home region has it
    dashboard = processor_of(
        found,
        id=text(found, "item.StorageLensArn"),
        name=text(found, "item.Id"),
        kind="storage lens",
        public=False,  # its figures are shown in the console only
    )
    ways = tuple(_exports(found, dashboard))
    if ways:
        yield dashboard
        yield from ways


def _exports(found: Found, dashboard: Processor) -> Iterator[Flow]:
    settings = found.read("lens.StorageLensConfiguration")
    if isinstance(settings, Unknown):
        yield possible(dashboard, "export", settings)
        return
    for name in _EXPORTS:
        target = dig(settings, f"{name}.S3BucketDestination")
        if target is not None:
            yield to_bucket(
                dashboard,
                "export",
                dig(target, "Arn"),
                dig(target, "AccountId"),
                id=f"{dashboard.id}/export/{name}",
                active=maybe_flag(found, "lens.StorageLensConfiguration.IsEnabled"),
            )


DASHBOARDS = Collector(
    kind="aws.s3.storage-lens",
    service="s3control",
    title="S3 Storage Lens dashboards that export their figures",
    per=("account", "region"),
    listing=Listing(
        operation="ListStorageLensConfigurations",
        permission="s3:ListStorageLensConfigurations",
        bind={"AccountId": "place.account"},
        items="StorageLensConfigurationList",
    ),
    details=(
        Detail(
            name="lens",
            operation="GetStorageLensConfiguration",
            permission="s3:GetStorageLensConfiguration",
            bind={"AccountId": "place.account", "ConfigId": "item.Id"},
            region="item.HomeRegion",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("s3:storage-lens",),
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/API/"
        "API_control_ListStorageLensConfigurations.html"
    ),
)
