"""Amazon SageMaker: the images that jobs ran within the period.

A job that had ended before is left out. Of an image that is named by a tag, no answer says which it
was: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html
"""

from collections.abc import Iterator, Sequence

from auditor.collect.aws.reading import entries, maybe_text, member, optional_text, text
from auditor.collect.aws.running import deployment_of
from auditor.collect.digests import is_pinned, named_digest
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found, dig
from auditor.tables import Deployment, Maybe

_BY_NAME = Unknown("it runs an algorithm or a model package by name, whose image is not stated")
_TO_THE_SECOND = 19


def trained(found: Found) -> Iterator[Deployment]:
    """Yield what a training job ran."""
    yield from _ran(found, "Training", [_image(found, "job.AlgorithmSpecification.TrainingImage")])


def processed(found: Found) -> Iterator[Deployment]:
    """Yield what a processing job ran."""
    yield from _ran(found, "Processing", [_image(found, "job.AppSpecification.ImageUri")])


def transformed(found: Found) -> Iterator[Deployment]:
    """Yield what a transform job ran: the containers of its model."""
    name = found.read("model.ModelName")
    if isinstance(name, Unknown):
        yield from _ran(found, "Transform", [name])
        return
    first = found.read("model.PrimaryContainer", absent=None)
    several = [*entries([first]), *entries(found.read("model.Containers", absent=[]))]
    images: list[Maybe[str]] = [member(each, "Image") or _BY_NAME for each in several]
    yield from _ran(found, "Transform", images or [_BY_NAME])


def _image(found: Found, path: str) -> Maybe[str]:
    stated = maybe_text(found, "job.RoleArn")
    if isinstance(stated, Unknown):
        return stated  # an answer without it says nothing
    return maybe_text(found, path, absent="") or _BY_NAME


def _ran(found: Found, kind: str, images: Sequence[Maybe[str]]) -> Iterator[Deployment]:
    arn = text(found, f"item.{kind}JobArn")
    if _had_ended(dig(found.item, f"{kind}EndTime"), found.since):
        return
    for position, image in enumerate(images):
        yield deployment_of(
            found,
            id=f"{arn}/{position}",
            resource_id=arn,
            kind="job",
            name=text(found, f"item.{kind}JobName"),
            image=image,
            digest=named_digest(image),
            pinned=is_pinned(image),
            since=optional_text(found, f"job.{kind}StartTime", beside=f"job.{kind}JobStatus"),
        )


def _had_ended(end: Json, since: str) -> bool:
    """Whether a job was over when the period began; it is not if either is not known."""
    known = isinstance(end, str) and end[:4].isdigit() and since[:4].isdigit()
    return known and end[:_TO_THE_SECOND] < since[:_TO_THE_SECOND]


MODEL = Detail(
    name="model",
    operation="DescribeModel",
    permission="sagemaker:DescribeModel",
    bind={"ModelName": "job.ModelName"},
    secrets=("PrimaryContainer.Environment", "Containers.Environment"),
    shared=True,
)
