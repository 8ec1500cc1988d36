"""OCI Streaming: streams, and the pools whose key encrypts them.

Every stream is in a pool; a pool that names no key is encrypted with Oracle's:
https://docs.oracle.com/en-us/iaas/Content/Streaming/Concepts/streamingoverview.htm
Who reads a stream needs credentials, whether its endpoint is private or not.
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    member_of,
    store_of,
    unseen_store,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Store

_SERVICE = "streaming.StreamAdminClient"
_PAGE = 50


def _rows(found: Found) -> Iterator[Store]:
    streams = found.read("streams")
    if isinstance(streams, Unknown):
        yield unseen_store(found, "streaming", "stream", streams)
        return
    for stream in entries(streams):
        each = member_of(found, stream)
        if not is_gone(each):
            # A pool with Oracle's key has a custom key without an id.
            key = maybe_text(found, "pool.customEncryptionKey.kmsKeyId", absent="")
            name = text(each, "item.name")
            yield store_of(each, "streaming", "stream", name=name, key_id=key)


STREAMS = Collector(
    kind="oci.streaming.stream",
    service=_SERVICE,
    title="Streams, by their pools",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_stream_pools", "inspect stream-pools", items=BARE, limit=_PAGE
    ),
    details=(
        get_detail("pool", "get_stream_pool", "read stream-pools"),
        Detail(
            name="streams",
            operation="list_streams",
            permission="inspect streams",
            parameters={"limit": _PAGE},
            bind={"stream_pool_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Store,),
    rows=_rows,
    types=("StreamPool", "Stream"),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/streaming/20180418/StreamPool/ListStreamPools",
)
