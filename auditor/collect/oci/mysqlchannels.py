"""OCI HeatWave MySQL: channels, by which a DB system takes in what any MySQL host writes.

A channel names the host that it reads from by its address, and that is no place. The way out of a
DB system of ours is a channel at its other end: it shows only where that one is scanned.
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_store
from auditor.collect.oci.reading import entries, maybe_flag, text
from auditor.collect.oci.service_rows import is_gone, member_of, processor_of, unseen_processor
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Flow, Processor


def channel_rows(found: Found) -> Iterator[Processor | Flow]:
    """Yield the channels into a DB system, which its own description lists."""
    channels = found.read("system.channels", absent=())
    if isinstance(channels, Unknown):
        unseen = unseen_processor(found, "mysql", "channel", channels)
        yield unseen
        yield possible(unseen, "replication", channels)
        return
    for channel in entries(channels):
        member = member_of(found, channel)
        if is_gone(member):
            continue
        row = processor_of(member, "mysql", "channel")
        yield row
        yield to_store(
            row, "replication", text(found, "item.id"), maybe_flag(member, "item.isEnabled")
        )
