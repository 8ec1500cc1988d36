"""OCI Queue: queues, which keep messages until they are read or expire.

Messages are encrypted at rest, and every reader needs credentials:
https://blogs.oracle.com/cloud-infrastructure/post/announcing-oci-queue (Payload security)
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text
from auditor.collect.oci.service_rows import (
    LONG_PAGE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.spec import Collector, Found
from auditor.tables import Store


def _rows(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        # Left out, Oracle's own key encrypts the messages.
        key = maybe_text(found, "queue.customEncryptionKeyId", absent="")
        yield store_of(found, "queue", "queue", key_id=key)


QUEUES = Collector(
    kind="oci.queue.queue",
    service="queue.QueueAdminClient",
    title="Queues",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_queues", "inspect queues", limit=LONG_PAGE),
    details=(get_detail("queue", "get_queue", "read queues"),),
    tables=(Store,),
    rows=_rows,
    types=("Queue",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/queue/20210201/QueueSummary/ListQueues",
)
