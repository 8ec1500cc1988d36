"""OCI HeatWave MySQL: channels, by which a DB system takes in what any MySQL host writes.

A channel names the host that it reads from by its address, and that is no place. The way out of a
DB system of ours is a channel at its other end: it shows only where that one is scanned.
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_store
from auditor.collect.oci.reading import maybe_flag, maybe_text, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    channel = processor_of(found, "mysql", "channel")
    yield channel
    target = text(found, "item.target.dbSystemId")
    if target:
        yield to_store(channel, "replication", target, maybe_flag(found, "item.isEnabled"))
    else:
        kind = maybe_text(found, "item.target.targetType")
        yield possible(channel, "replication", Unknown(f"the channel feeds {kind}, not named"))


CHANNELS = Collector(
    kind="oci.mysql.channel",
    service="mysql.ChannelsClient",
    title="Channels that replicate from a MySQL host into HeatWave MySQL",
    per=("account", "region", "compartment"),
    listing=compartment_listing("list_channels", "inspect mysql-channels", items=BARE),
    tables=(Processor, Flow),
    rows=_rows,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/mysql/20190415/ChannelSummary/ListChannels"
    ),
)
