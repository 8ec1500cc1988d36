"""OCI Streaming: streams, encrypted with the key of the pool that each is in.

Who reads a stream needs credentials, whether the endpoint of its pool is private or not:
https://docs.oracle.com/en-us/iaas/Content/Streaming/Concepts/streamingoverview.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, store_of
from auditor.spec import Collector, Detail, Found
from auditor.tables import Store


def _rows(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        # A pool with Oracle's key has a custom key without an id.
        key = maybe_text(found, "pool.customEncryptionKey.kmsKeyId", absent="")
        name = text(found, "item.name")
        yield store_of(found, "streaming", "stream", name=name, key_id=key)


STREAMS = Collector(
    kind="oci.streaming.stream",
    service="streaming.StreamAdminClient",
    title="Streams, with the keys of their pools",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_streams", "inspect streams", items=BARE, limit=50),
    details=(
        Detail(
            name="pool",
            operation="get_stream_pool",
            shared=True,
            permission="read stream-pools",
            bind={"stream_pool_id": "item.streamPoolId"},
        ),
    ),
    tables=(Store,),
    rows=_rows,
    types=("Stream",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/streaming/20180418/StreamSummary/ListStreams",
)
