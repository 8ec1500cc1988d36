"""AWS CodePipeline: where artifacts are put, and actions elsewhere.

API: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipeline.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.code_builds import pipeline_of
from auditor.collect.aws.flow_ends import to_bucket, to_outside, to_place
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Builder, Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_"
_OWN = "AWS"
_SOURCE = "Source"


def _pipeline(found: Found) -> Iterator[Processor | Flow | Builder]:
    name = text(found, "item.name")
    row = processor_of(
        found,
        id=arn("codepipeline", found.place["region"], found.place["account"], name),
        name=name,
        kind="pipeline",
        public=False,  # started with credentials of AWS, or by a change
        created=maybe_text(found, "item.created", absent=""),
    )
    yield row
    stages = found.read("pipeline.pipeline.stages")
    yield pipeline_of(found, row, stages)
    if isinstance(stages, Unknown):
        yield possible(row, "stream", stages)
        return
    yield from {each.id: each for each in _ways(found, row, stages)}.values()


def _ways(found: Found, row: Processor, stages: Json) -> Iterator[Flow]:
    named = found.read("pipeline.pipeline.artifactStores", absent={})
    stores = [found.read("pipeline.pipeline.artifactStore", absent=None)]
    stores += named.values() if isinstance(named, Mapping) else []
    for each in entries(stores):
        if member(each, "location"):
            yield to_bucket(row, "stream", member(each, "location"))
    for stage in entries(stages):
        for action in entries(stage.get("actions")):
            yield from _action(found, row, action)


def _action(found: Found, row: Processor, action: Mapping[str, Json]) -> Iterator[Flow]:
    """Yield where artifacts go that an action works on: elsewhere in AWS, or to another company.

    What an action of the source reads comes in.
    """
    if member(action, "actionTypeId.category") == _SOURCE:
        return
    owner, provider = member(action, "actionTypeId.owner"), member(action, "actionTypeId.provider")
    if owner != _OWN:
        why = f"an action of {provider[:100]} ({owner[:20]}) gets its artifacts"
        yield to_outside(row, "stream", f"{owner}/{provider}", why)
    here, own = found.place["region"], found.place["account"]
    region = member(action, "region") or here
    account = account_in(action.get("roleArn")) or own
    if (region, account) != (here, own):
        yield to_place(row, "stream", f"{account}/{region}", account, region)
    bucket = member(action, "configuration.BucketName")
    if bucket:
        yield to_bucket(row, "stream", bucket)


PIPELINES = Collector(
    kind="aws.codepipeline.pipeline",
    service="codepipeline",
    title="pipelines that build and deploy code",
    per=("account", "region"),
    listing=Listing(
        operation="ListPipelines",
        permission="codepipeline:ListPipelines",
        parameters={"maxResults": 1000},
        items="pipelines",
    ),
    details=(
        Detail(
            name="pipeline",
            operation="GetPipeline",
            permission="codepipeline:GetPipeline",
            bind={"name": "item.name"},
            secrets=(
                "pipeline.stages.actions.configuration.OAuthToken",
                "pipeline.stages.actions.configuration.EnvironmentVariables",
                "pipeline.stages.actions.configuration.UserParameters",
                "pipeline.stages.actions.configuration.ParameterOverrides",
                "pipeline.stages.actions.environmentVariables.value",
                "pipeline.stages.actions.commands",
                "pipeline.variables.defaultValue",
            ),
        ),
    ),
    tables=(Processor, Flow, Builder),
    rows=_pipeline,
    types=("codepipeline:pipeline",),
    source=_REFERENCE + "ListPipelines.html",
)
