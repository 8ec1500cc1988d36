"""OCI Media Services: workflows that work on media, and channels that hand them out.

What a workflow makes is in buckets; an asset is what is known of one object. A channel packages
what buckets hold, and content delivery networks fetch from it, wherever their viewers are.

https://docs.oracle.com/en-us/iaas/Content/media-services/overview.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps, works
from auditor.collect.oci.reading import entries
from auditor.collect.oci.service_rows import (
    COLLECTED,
    PAGE,
    compartment_listing,
    is_gone,
    processor_of,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Processor, Store

_SERVICE = "media_services.MediaServicesClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/dms/20211101"
_VIEWERS = Unknown("a content delivery network serves viewers from wherever they are")


def _channel(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    # Viewers come with a token that its owner hands out: one can be had without credentials.
    public = Unknown("whether viewers need a token is decided by who hands tokens out")
    channel = processor_of(found, "media", "distribution channel", public=public)
    yield channel
    networks = found.read("networks")
    if isinstance(networks, Unknown):
        yield possible(channel, "edge", networks)
        return
    for network in entries(networks):
        if network.get("lifecycleState") != "DELETED":
            name = str(network.get("id"))
            yield to_outside(channel, "edge", name, _VIEWERS, _enabled(network))


def _enabled(network: Mapping[str, Json]) -> Maybe[bool]:
    enabled = network.get("isEnabled")
    return enabled if isinstance(enabled, bool) else Unknown("the answer does not say whether on")


WORKFLOWS = Collector(
    kind="oci.media.workflow",
    service=_SERVICE,
    title="Media workflows",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_media_workflows", "inspect media-workflow"),
    tables=(Processor,),
    rows=works("media", "media workflow"),
    types=("MediaWorkflow",),
    source=f"{_API}/MediaWorkflowCollection/ListMediaWorkflows",
)

CHANNELS = Collector(
    kind="oci.media.channel",
    service=_SERVICE,
    title="Channels that hand out streams, with their content delivery networks",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_stream_distribution_channels", "inspect media-stream-distribution-channel"
    ),
    details=(
        Detail(
            name="networks",
            operation="list_stream_cdn_configs",
            permission="inspect media-stream-cdn-config",
            parameters={"limit": PAGE},
            bind={"distribution_channel_id": "item.id"},
            items=COLLECTED,
        ),
    ),
    tables=(Processor, Flow),
    rows=_channel,
    types=("StreamDistributionChannel",),
    source=f"{_API}/StreamDistributionChannelCollection/ListStreamDistributionChannels",
)

ASSETS = Collector(
    kind="oci.media.asset",
    service=_SERVICE,
    title="Media assets: what is known of objects in buckets",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_media_assets", "inspect media-asset"),
    tables=(Store,),
    rows=keeps("media", "media asset"),
    types=("MediaAsset",),
    source=f"{_API}/MediaAssetCollection/ListMediaAssets",
)
