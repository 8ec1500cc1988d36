"""Amazon Bedrock: customers' own models, which hold what they were trained on, and their copies.

API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListCustomModels.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy
from auditor.collect.aws.reading import is_absent, maybe_text, optional, optional_key, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor, Store

_ACTIVE = {"InProgress": True, "Completed": True, "Failed": False}


def _model(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    model = store_of(
        found,
        id=text(found, "item.modelArn"),
        name=text(found, "item.modelName"),
        kind="custom model",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "model.modelKmsKeyArn", beside="model.modelArn"),
        public=False,  # called with credentials of AWS only
        locked=False,
        created=maybe_text(found, "item.creationTime"),
    )
    yield model
    yield policy_of(model, policy_in(found, "policy.resourcePolicy"))
    policy = () if is_absent(found, "policy") else found.read("policy.resourcePolicy")
    yield from shares(model, accounts_in_policy(policy) if policy != () else ())
    output = optional(found, "model.outputDataConfig.s3Uri", beside="model.modelArn", absent="")
    yield from exits(model, "export", [output])


def _imported(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.modelArn"),
        name=text(found, "item.modelName"),
        kind="imported model",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "model.modelKmsKeyArn", beside="model.modelArn"),
        public=False,  # called with credentials of AWS only
        locked=False,
        created=maybe_text(found, "item.creationTime"),
    )


def _batch(found: Found) -> Iterator[Processor | Flow]:
    job = processor_of(
        found,
        id=text(found, "item.jobArn"),
        name=text(found, "item.jobName"),
        kind="model invocation job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.submitTime"),
    )
    yield job
    yield from exits(job, "export", [found.read("item.outputDataConfig.s3OutputDataConfig.s3Uri")])


def _copy(found: Found) -> Iterator[Flow]:
    """Yield the copy of a model into the place that is asked; the original may be elsewhere."""
    source, target = text(found, "item.sourceModelArn"), text(found, "item.targetModelArn")
    parts = [*source.split(":"), "", "", "", ""]
    status = maybe_text(found, "item.status")
    odd = Unknown("the copy job has a status that is not in the reference")
    yield Flow(
        id=f"{source}/copy/{target}",
        evidence=found.evidence,
        store_id=source,
        provider="aws",
        account=text(found, "item.sourceAccountId") or parts[4],
        region=parts[3] or Unknown("the answer does not name the region of the original"),
        mechanism="copy",
        active=status if isinstance(status, Unknown) else _ACTIVE.get(status, odd),
        target_id=target or Unknown("the answer does not name the copy"),
    )


MODELS = Collector(
    kind="aws.bedrock.custom-model",
    service="bedrock",
    title="Bedrock models that the account trained",
    per=("account", "region"),
    listing=Listing(
        operation="ListCustomModels",
        permission="bedrock:ListCustomModels",
        parameters={"isOwned": True, "maxResults": 1000},
        items="modelSummaries",
    ),
    details=(
        Detail(
            name="model",
            operation="GetCustomModel",
            permission="bedrock:GetCustomModel",
            bind={"modelIdentifier": "item.modelArn"},
            secrets=("hyperParameters",),
        ),
        Detail(
            name="policy",
            operation="GetResourcePolicy",
            permission="bedrock:GetResourcePolicy",
            bind={"resourceArn": "item.modelArn"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_model,
    types=("bedrock:custom-model",),
    source="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListCustomModels.html",
)

COPIES = Collector(
    kind="aws.bedrock.model-copy",
    service="bedrock",
    title="Copies of Bedrock models between regions and accounts",
    per=("account", "region"),
    listing=Listing(
        operation="ListModelCopyJobs",
        permission="bedrock:ListModelCopyJobs",
        parameters={"maxResults": 1000},
        items="modelCopyJobSummaries",
    ),
    tables=(Flow,),
    rows=_copy,
    source="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListModelCopyJobs.html",
)

IMPORTED_MODELS = Collector(
    kind="aws.bedrock.imported-model",
    service="bedrock",
    title="Models that were imported into Bedrock",
    per=("account", "region"),
    listing=Listing(
        operation="ListImportedModels",
        permission="bedrock:ListImportedModels",
        parameters={"maxResults": 1000},
        items="modelSummaries",
    ),
    details=(
        Detail(
            name="model",
            operation="GetImportedModel",
            permission="bedrock:GetImportedModel",
            bind={"modelIdentifier": "item.modelArn"},
        ),
    ),
    tables=(Store,),
    rows=_imported,
    types=("bedrock:imported-model",),
    source="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListImportedModels.html",
)

BATCHES = Collector(
    kind="aws.bedrock.model-invocation-job",
    service="bedrock",
    title="Batches of prompts, with where their answers are left",
    per=("account", "region"),
    listing=Listing(
        operation="ListModelInvocationJobs",
        permission="bedrock:ListModelInvocationJobs",
        parameters={"maxResults": 1000},
        items="invocationJobSummaries",
    ),
    tables=(Processor, Flow),
    rows=_batch,
    types=("bedrock:model-invocation-job",),
    source=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListModelInvocationJobs.html"
    ),
)
