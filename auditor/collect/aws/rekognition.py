"""Amazon Rekognition: collections of faces, stream processors, and projects that are shared.

API: https://docs.aws.amazon.com/rekognition/latest/APIReference/API_Operations_Amazon_Rekognition.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits, to_buckets
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy, joined
from auditor.collect.aws.reading import entries, maybe_text, optional, optional_text, text
from auditor.collect.aws.regions import AMAZON, arn
from auditor.collect.aws.resource_policies import policies_of
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Processor, Store

_UNSTATED = Unknown("the API states no encryption of it")
_SERVICE = Unknown("AWS does not name the accounts in which it keeps what is shared with it")
_NAME = "processor.Name"


def _collection(found: Found) -> Iterator[Store]:
    name = text(found, "item")
    yield store_of(
        found,
        id=arn("rekognition", found.place["region"], found.place["account"], f"collection/{name}"),
        name=name,
        kind="collection",
        encrypted=True,  # vectors of faces always are
        key_id="",  # no key of the customer's can be given
        public=False,  # searched with credentials of AWS only
        locked=False,
    )


def _processor(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.Name")
    place = (found.place["region"], found.place["account"])
    processor = processor_of(
        found,
        id=arn("rekognition", *place, f"streamprocessor/{name}"),
        name=name,
        kind="stream processor",
        public=False,  # nothing can call it
    )
    yield processor
    stream = optional_text(found, "processor.Output.KinesisDataStream.Arn", _NAME)
    yield from exits(processor, "stream", [stream])
    bucket = optional_text(found, "processor.Output.S3Destination.Bucket", _NAME)
    yield from to_buckets(processor, "export", [bucket])
    yield from _sharing(
        processor, optional(found, "processor.DataSharingPreference.OptIn", _NAME, False)
    )


def _sharing(processor: Processor, chosen: Json) -> Iterator[Flow]:
    """Yield the share with AWS itself, which is asked for to improve its models."""
    if isinstance(chosen, Unknown):
        yield possible(processor, "share", chosen)
    elif chosen:
        yield flow(
            processor,
            "share",
            "service improvement",
            target_account=_SERVICE,
            target_region=_SERVICE,
            target_country=_SERVICE,
            target_operator=AMAZON,
        )


def _project(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    name = text(found, "item.ProjectArn")
    project = store_of(
        found,
        id=name,
        name=[*name.split("/"), "", ""][1],
        kind="project",
        encrypted=_UNSTATED,
        key_id=Unknown("each model of a project has a key of its own"),
        public=False,  # called with credentials of AWS only
        locked=False,
        created=maybe_text(found, "item.CreationTimestamp"),
    )
    yield project
    yield from policies_of(project, found.read("policies"), "PolicyDocument", "PolicyName")
    yield from shares(project, _let_in(found.read("policies")))


def _let_in(policies: Json) -> Maybe[tuple[str, ...]]:
    if isinstance(policies, Unknown):
        return policies
    parties: list[str | Unknown] = []
    for policy in entries(policies):
        accounts = accounts_in_policy(policy.get("PolicyDocument"))
        parties += [accounts] if isinstance(accounts, Unknown) else accounts
    return joined(parties)


COLLECTIONS = Collector(
    kind="aws.rekognition.collection",
    service="rekognition",
    title="Rekognition collections of faces",
    per=("account", "region"),
    listing=Listing(
        operation="ListCollections",
        permission="rekognition:ListCollections",
        parameters={"MaxResults": 4096},
        items="CollectionIds",
    ),
    tables=(Store,),
    rows=_collection,
    types=("rekognition:collection",),
    source="https://docs.aws.amazon.com/rekognition/latest/APIReference/API_ListCollections.html",
)

PROCESSORS = Collector(
    kind="aws.rekognition.stream-processor",
    service="rekognition",
    title="Rekognition stream processors",
    per=("account", "region"),
    listing=Listing(
        operation="ListStreamProcessors",
        permission="rekognition:ListStreamProcessors",
        items="StreamProcessors",
    ),
    details=(
        Detail(
            name="processor",
            operation="DescribeStreamProcessor",
            permission="rekognition:DescribeStreamProcessor",
            bind={"Name": "item.Name"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_processor,
    types=("rekognition:streamprocessor",),
    source=(
        "https://docs.aws.amazon.com/rekognition/latest/APIReference/API_ListStreamProcessors.html"
    ),
)

PROJECTS = Collector(
    kind="aws.rekognition.project",
    service="rekognition",
    title="Rekognition projects, and whom they are shared with",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeProjects",
        permission="rekognition:DescribeProjects",
        # Without it, the API names the first kind of project only.
        parameters={"MaxResults": 100, "Features": ["CUSTOM_LABELS", "CONTENT_MODERATION"]},
        items="ProjectDescriptions",
    ),
    details=(
        Detail(
            name="policies",
            operation="ListProjectPolicies",
            permission="rekognition:ListProjectPolicies",
            parameters={"MaxResults": 5},
            bind={"ProjectArn": "item.ProjectArn"},
            items="ProjectPolicies",
        ),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_project,
    types=("rekognition:project",),
    source="https://docs.aws.amazon.com/rekognition/latest/APIReference/API_DescribeProjects.html",
)
