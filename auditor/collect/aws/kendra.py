"""Amazon Kendra: indexes, which hold copies of the documents that they were pointed at.

API: https://docs.aws.amazon.com/kendra/latest/APIReference/API_DescribeIndex.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, optional_key, size_in_bytes, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Store

_KEY = "index.ServerSideEncryptionConfiguration.KmsKeyId"


def _rows(found: Found) -> Iterator[Store]:
    name = text(found, "item.Id")
    yield store_of(
        found,
        id=arn("kendra", found.place["region"], found.place["account"], f"index/{name}"),
        name=text(found, "item.Name"),
        kind="index",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, _KEY, beside="index.Id"),
        public=False,  # searched with credentials of AWS only
        locked=False,
        size_bytes=size_in_bytes(
            found, "index.IndexStatistics.TextDocumentStatistics.IndexedTextBytes"
        ),
        created=maybe_text(found, "item.CreatedAt"),
    )


INDEXES = Collector(
    kind="aws.kendra.index",
    service="kendra",
    title="Kendra indexes",
    per=("account", "region"),
    listing=Listing(
        operation="ListIndices",
        permission="kendra:ListIndices",
        parameters={"MaxResults": 100},
        items="IndexConfigurationSummaryItems",
    ),
    details=(
        Detail(
            name="index",
            operation="DescribeIndex",
            permission="kendra:DescribeIndex",
            bind={"Id": "item.Id"},
        ),
    ),
    tables=(Store,),
    rows=_rows,
    types=("kendra:index",),
    source="https://docs.aws.amazon.com/kendra/latest/APIReference/API_ListIndices.html",
)
