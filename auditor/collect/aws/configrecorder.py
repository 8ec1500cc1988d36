"""AWS Config: how many resources of each type it has discovered, where it is switched on.

Counts cost one call per region; which resources they are would cost a call per type. So a type is
what this witness names, and a type that no collector knows is what it is asked for.

API: https://docs.aws.amazon.com/config/latest/APIReference/API_GetDiscoveredResourceCounts.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, maybe_flag, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Sighting, Witness

_NAME = "config"
_REFERENCE = "https://docs.aws.amazon.com/config/latest/APIReference/API_"
_UNTOLD = Unknown("AWS Config's name of the type does not say it")


def _recorders(found: Found) -> Iterator[Witness]:
    account, region = found.place["account"], found.place["region"]
    yield Witness(
        id=f"{_NAME}/{account}/{region}/{text(found, 'item.name')}",
        evidence=found.evidence,
        provider="aws",
        witness=_NAME,
        account=account,
        region=region,
        complete=_is_complete(found),
    )


def _is_complete(found: Found) -> Maybe[bool]:
    everything = maybe_flag(found, "item.recordingGroup.allSupported")
    if everything is not True:
        return everything
    status = found.read("status.ConfigurationRecordersStatus")
    if isinstance(status, Unknown):
        return status
    recording = [each.get("recording") for each in entries(status)]
    if not recording or not all(isinstance(each, bool) for each in recording):
        return Unknown("whether the recorder runs is not stated")
    if all(recording) and not all(_works(each) for each in entries(status)):
        return Unknown("the recorder runs, and does not state that it last succeeded")
    return all(recording)


def _works(status: Mapping[str, Json]) -> bool:
    return str(status.get("lastStatus")).lower() in ("success", "pending")


def _name(found: Found) -> Json:
    return [text(found, "item.name")]


RECORDERS = Collector(
    kind="aws.config.recorder",
    service="config",
    title="recorders of AWS Config, with whether they record everything",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeConfigurationRecorders",
        permission="config:DescribeConfigurationRecorders",
        items="ConfigurationRecorders",
    ),
    details=(
        Detail(
            name="status",
            operation="DescribeConfigurationRecorderStatus",
            permission="config:DescribeConfigurationRecorderStatus",
            compose={"ConfigurationRecorderNames": _name},
            when="item.name",
        ),
    ),
    tables=(Witness,),
    rows=_recorders,
    source=f"{_REFERENCE}DescribeConfigurationRecorders.html",
)


def _counts(found: Found) -> Iterator[Sighting]:
    if found.read("item.count") == 0:
        return
    account, region = found.place["account"], found.place["region"]
    name = text(found, "item.resourceType")
    yield Sighting(
        id=f"{_NAME}/{account}/{region}/{name}",
        evidence=found.evidence,
        provider="aws",
        witness=_NAME,
        account=account,
        region=region,
        service=_UNTOLD,
        type=name,
        resource_id="",
    )


COUNTS = Collector(
    kind="aws.config.type",
    service="config",
    title="types of resources that AWS Config has discovered",
    per=("account", "region"),
    listing=Listing(
        operation="GetDiscoveredResourceCounts",
        permission="config:GetDiscoveredResourceCounts",
        parameters={"limit": 100},
        items="resourceCounts",
    ),
    tables=(Sighting,),
    rows=_counts,
    source=f"{_REFERENCE}GetDiscoveredResourceCounts.html",
)
