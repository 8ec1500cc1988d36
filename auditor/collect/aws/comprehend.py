"""Amazon Comprehend: document classifiers, which hold what they were trained on.

API: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_ListDocumentClassifiers.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flows import shares
from auditor.collect.aws.outlets import exits, inflow
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resources import store_of
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Store


def _rows(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.DocumentClassifierArn")
    key = maybe_text(found, "item.ModelKmsKeyId", absent="")
    model = store_of(
        found,
        id=name,
        name=name.partition("document-classifier/")[2],
        kind="document classifier",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # called with credentials of AWS only
        locked=False,
        created=maybe_text(found, "item.SubmitTime"),
    )
    yield model
    # Left out by models that write no results of their training, as imported ones do not.
    yield from exits(model, "export", [found.read("item.OutputDataConfig.S3Uri", absent="")])
    source = text(found, "item.SourceModelArn")
    if source:
        yield inflow(found, source, "copy", model)
    if not is_absent(found, "policy"):
        yield from shares(model, accounts_in_policy(found.read("policy.ResourcePolicy")))


CLASSIFIERS = Collector(
    kind="aws.comprehend.document-classifier",
    service="comprehend",
    title="Comprehend document classifiers, and whom they are shared with",
    per=("account", "region"),
    listing=Listing(
        operation="ListDocumentClassifiers",
        permission="comprehend:ListDocumentClassifiers",
        parameters={"MaxResults": 500},
        items="DocumentClassifierPropertiesList",
    ),
    details=(
        Detail(
            name="policy",
            operation="DescribeResourcePolicy",
            permission="comprehend:DescribeResourcePolicy",
            bind={"ResourceArn": "item.DocumentClassifierArn"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("comprehend:document-classifier",),
    source=(
        "https://docs.aws.amazon.com/comprehend/latest/APIReference/"
        "API_ListDocumentClassifiers.html"
    ),
)
