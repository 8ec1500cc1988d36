"""Amazon Comprehend: custom models, which hold what they were trained on.

API: https://docs.aws.amazon.com/comprehend/latest/APIReference/API_ListDocumentClassifiers.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, flow_from
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, key_arn, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import store_of
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Store


def _classifier(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    model = _model(found, text(found, "item.DocumentClassifierArn"), "document classifier")
    yield model
    yield policy_of(model, policy_in(found, "policy.ResourcePolicy"))
    # Left out by models that write no results of their training, as imported ones do not.
    yield from exits(model, "export", [found.read("item.OutputDataConfig.S3Uri", absent="")])
    yield from _others(found, model)


def _recognizer(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    model = _model(found, text(found, "item.EntityRecognizerArn"), "entity recognizer")
    yield model
    yield policy_of(model, policy_in(found, "policy.ResourcePolicy"))
    yield from _others(found, model)


def _model(found: Found, name: str, kind: str) -> Store:
    key = maybe_text(found, "item.ModelKmsKeyId", absent="")
    return store_of(
        found,
        id=name,
        name=name.partition("/")[2],
        kind=kind,
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # called with credentials of AWS only
        locked=False,
        created=maybe_text(found, "item.SubmitTime"),
    )


def _others(found: Found, model: Store) -> Iterator[Flow]:
    """Yield the copy that an imported model is, and whom a model is shared with."""
    source = text(found, "item.SourceModelArn")
    if source:
        yield flow_from(found, source, "copy", model.id, target_id=model.id)
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
    tables=(Store, Flow, PolicyDocument),
    rows=_classifier,
    types=("comprehend:document-classifier",),
    source=(
        "https://docs.aws.amazon.com/comprehend/latest/APIReference/"
        "API_ListDocumentClassifiers.html"
    ),
)

RECOGNIZERS = Collector(
    kind="aws.comprehend.entity-recognizer",
    service="comprehend",
    title="Comprehend entity recognizers, and whom they are shared with",
    per=("account", "region"),
    listing=Listing(
        operation="ListEntityRecognizers",
        permission="comprehend:ListEntityRecognizers",
        parameters={"MaxResults": 500},
        items="EntityRecognizerPropertiesList",
    ),
    details=(
        Detail(
            name="policy",
            operation="DescribeResourcePolicy",
            permission="comprehend:DescribeResourcePolicy",
            bind={"ResourceArn": "item.EntityRecognizerArn"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_recognizer,
    types=("comprehend:entity-recognizer",),
    source=(
        "https://docs.aws.amazon.com/comprehend/latest/APIReference/API_ListEntityRecognizers.html"
    ),
)
