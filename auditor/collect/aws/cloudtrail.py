"""AWS CloudTrail: trails, what they record and where they deliver.

API: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, text
from auditor.collect.aws.regions import partition_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Trail


def _rows(found: Found) -> Iterator[Trail]:
    region = found.place["region"]
    bucket = maybe_text(found, "item.S3BucketName")
    destination = f"arn:{partition_of(region)}:s3:::"
    yield Trail(
        id=text(found, "item.TrailARN"),
        evidence=found.evidence,
        name=text(found, "item.Name"),
        provider="aws",
        account=found.place["account"],
        region=region,
        logging=maybe_flag(found, "status.IsLogging"),
        all_regions=maybe_flag(found, "item.IsMultiRegionTrail"),
        organization=maybe_flag(found, "item.IsOrganizationTrail"),
        management_events=_records_everything(found),
        integrity=maybe_flag(found, "item.LogFileValidationEnabled"),
        retention_days=0,
        destination_id=bucket if isinstance(bucket, Unknown) else destination + bucket,
        file_names=_file_names(found),
    )


def _file_names(found: Found) -> str:
    prefix = text(found, "item.S3KeyPrefix")
    return f"{prefix}/AWSLogs/" if prefix else "AWSLogs/"


def _records_everything(found: Found) -> Maybe[bool]:
    """Return whether all management events are recorded; a trail has selectors of one kind."""
    basic = found.read("selectors.EventSelectors", absent=[])
    advanced = found.read("selectors.AdvancedEventSelectors", absent=[])
    for selectors in (basic, advanced):
        if isinstance(selectors, Unknown):
            return selectors
    if not basic and not advanced:
        return Unknown("the provider's answer has no event selectors")
    return any(map(_is_whole, entries(basic))) or any(map(_is_whole_advanced, entries(advanced)))


def _is_whole(selector: Mapping[str, Json]) -> bool:
    return (
        selector.get("IncludeManagementEvents") is True
        and selector.get("ReadWriteType") == "All"
        and not selector.get("ExcludeManagementEventSources")
    )


def _is_whole_advanced(selector: Mapping[str, Json]) -> bool:
    """Whether nothing but the category is selected: each further field leaves events out."""
    fields = entries(selector.get("FieldSelectors"))
    return (
        len(fields) == 1
        and fields[0].get("Field") == "eventCategory"
        and fields[0].get("Equals") == ["Management"]
    )


TRAILS = Collector(
    kind="aws.cloudtrail.trail",
    service="cloudtrail",
    title="CloudTrail trails",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeTrails",
        permission="cloudtrail:DescribeTrails",
        # Without it, each region and member account repeats the trails of the others.
        parameters={"includeShadowTrails": False},
        items="trailList",
    ),
    details=(
        Detail(
            name="status",
            operation="GetTrailStatus",
            permission="cloudtrail:GetTrailStatus",
            bind={"Name": "item.TrailARN"},
        ),
        Detail(
            name="selectors",
            operation="GetEventSelectors",
            permission="cloudtrail:GetEventSelectors",
            bind={"TrailName": "item.TrailARN"},
        ),
    ),
    tables=(Trail,),
    rows=_rows,
    source="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html",
)
