"""AWS CodeBuild: projects, where their output goes, and builds that anybody can see.

API: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetProjects.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.code_builds import project_of
from auditor.collect.aws.flow_ends import to_bucket, to_outside
from auditor.collect.aws.flows import publication
from auditor.collect.aws.reading import entries, member, tags_in
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Builder, Flow, Maybe, Membership, Principal, Processor

_REFERENCE = "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_"
_VISIBLE = {"PUBLIC_READ": True, "PRIVATE": False}


def _name(found: Found) -> Json:
    return [found.item]


def _project(found: Found) -> Iterator[Processor | Flow | Principal | Membership | Builder]:
    name = found.item if isinstance(found.item, str) else ""
    about = _about(found)
    row = processor_of(
        found,
        id=arn("codebuild", found.place["region"], found.place["account"], f"project/{name}"),
        name=name,
        kind="project",
        public=about if isinstance(about, Unknown) else _is_public(about),
        tags=about if isinstance(about, Unknown) else tags_in(about.get("tags") or []),
    )
    yield row
    yield project_of(row, about)
    role = about if isinstance(about, Unknown) else member(about, "serviceRole")
    yield from acting_as(row, role)
    yield from publication(row)
    if isinstance(about, Unknown):
        yield possible(row, "stream", about)
    else:
        yield from {each.id: each for each in _ways(row, about)}.values()


def _about(found: Found) -> Mapping[str, Json] | Unknown:
    """Return the one project that was asked about."""
    several = found.read("project")
    if isinstance(several, Unknown):
        return several
    return next(iter(entries(several)), Unknown("the answer has no project of that name"))


def _is_public(about: Mapping[str, Json]) -> Maybe[bool]:
    visibility = about.get("projectVisibility")
    unknown = Unknown("the answer does not say who can see its builds")
    return _VISIBLE.get(visibility, unknown) if isinstance(visibility, str) else unknown


def _ways(row: Processor, about: Mapping[str, Json]) -> Iterator[Flow]:
    outputs = [about.get("artifacts"), about.get("cache")]
    for each in [*entries(outputs), *entries(about.get("secondaryArtifacts"))]:
        if each.get("type") == "S3" and member(each, "location"):
            yield to_bucket(row, "stream", member(each, "location"))
    logs = member(about, "logsConfig.s3Logs.location")
    if logs and member(about, "logsConfig.s3Logs.status") != "DISABLED":
        yield to_bucket(row, "stream", logs)
    for each in entries(about.get("fileSystemLocations")):
        location = member(each, "location")
        yield to_outside(row, "mount", location or "?")


PROJECTS = Collector(
    kind="aws.codebuild.project",
    service="codebuild",
    title="projects that build code",
    per=("account", "region"),
    listing=Listing(
        operation="ListProjects", permission="codebuild:ListProjects", items="projects"
    ),
    details=(
        Detail(
            name="project",
            operation="BatchGetProjects",
            permission="codebuild:BatchGetProjects",
            compose={"names": _name},
            items="projects",
            secrets=(
                "projects.environment.environmentVariables.value",
                "projects.source.buildspec",
                "projects.secondarySources.buildspec",
                "projects.webhook.secret",
            ),
        ),
    ),
    tables=(Processor, Flow, Principal, Membership, Builder),
    rows=_project,
    types=("codebuild:project",),
    source=_REFERENCE + "ListProjects.html",
)
