"""What builds and releases: projects of CodeBuild and pipelines of CodePipeline.

Their settings are read by the collectors that list them.

API: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html
"""

import re
from collections.abc import Mapping
from typing import Any

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.reading import entries, member
from auditor.collect.aws.regions import arn
from auditor.collect.digests import pinned_digest
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Builder, Maybe, Processor

# Images that CodeBuild makes itself:
# https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
_OF_CODEBUILD = "aws/codebuild/"
_REGISTRY = re.compile(r"(?P<account>\d{12})\.dkr\.ecr\.[a-z0-9.-]+/.+", re.ASCII | re.DOTALL)
_CODECOMMIT = re.compile(
    r"https://git-codecommit\.(?P<region>[a-z0-9-]+)\.[a-z0-9.]+/v1/repos/(?P<name>[\w.-]+)",
    re.ASCII,
)
_HOSTED = re.compile(
    r"(https://|git@)([^@/]*@)?(?P<host>[\w.-]+)[/:](?P<name>[\w.-]+/[\w.-]+?)(\.git)?/?", re.ASCII
)
_ON_GITHUB = frozenset({"GITHUB", "GITHUB_ENTERPRISE"})
_NOT_KEPT = frozenset({"CODEPIPELINE", "NO_SOURCE"})
_PACKED = frozenset({"S3", *_NOT_KEPT})
_ODD_SOURCE = Unknown("its source is of a form that names no repository that is read")
_ODD_IMAGE = Unknown("the answer does not name the image that it builds in")
_BY_ROLE = Unknown("what it may change is decided by its role and by its credentials of the source")
_NO_LOGS = Unknown("the answer does not say whether its logs are kept")


def project_of(row: Processor, about: Mapping[str, Json] | Unknown) -> Builder:
    """Return a project of CodeBuild as a builder.

    Args:
        about: the project as BatchGetProjects describes it.
    """
    if isinstance(about, Unknown):
        return _builder(
            row,
            "build project",
            repository_id=about,
            source=about,
            self_hosted=about,
            unmanaged_code=about,
            token_writes=about,
            role_id=about,
            logs_kept=about,
        )
    kind = member(about, "source.type")
    return _builder(
        row,
        "build project",
        repository_id=_repository(row, about),
        source="" if kind in _NOT_KEPT else member(about, "source.location") or _ODD_SOURCE,
        unmanaged_code=_runs_what_others_change(row, about),
        token_writes=False if kind in _PACKED else _BY_ROLE,
        role_id=member(about, "serviceRole") or Unknown("the answer names no role"),
        logs_kept=_keeps_logs(about),
    )


def pipeline_of(found: Found, row: Processor, stages: Json) -> Builder:
    """Return a pipeline of CodePipeline as a builder.

    Args:
        stages: its stages as GetPipeline describes them; one with an approval gates it.
    """
    role: Json = found.read("pipeline.pipeline.roleArn")
    if isinstance(stages, Unknown):
        return _builder(
            row, "delivery pipeline", repository_id=stages, gated=stages, role_id=stages
        )
    actions = [each for stage in entries(stages) for each in entries(stage.get("actions"))]
    kinds = [member(each, "actionTypeId.category") for each in actions]
    sources = [each for each in actions if member(each, "actionTypeId.category") == "Source"]
    return _builder(
        row,
        "delivery pipeline",
        repository_id=_source_of(row, sources[0]) if len(sources) == 1 else "",
        gated="Approval" in kinds,
        role_id=role if isinstance(role, str | Unknown) else Unknown("its role is not text"),
    )


def _builder(row: Processor, kind: str, **columns: Maybe[str] | Maybe[bool]) -> Builder:
    settled: dict[str, Any] = {
        "account": row.account,
        "region": row.region if isinstance(row.region, str) else "",
        "name": row.name,
        **columns,
    }
    return Builder(id=row.id, evidence=row.evidence, provider="aws", kind=kind, **settled)


def _repository(row: Processor, about: Mapping[str, Json]) -> Maybe[str]:
    kind, location = member(about, "source.type"), member(about, "source.location")
    if kind in _PACKED or entries(about.get("secondarySources")):
        return ""
    if kind == "CODECOMMIT":
        match = _CODECOMMIT.fullmatch(location)
        return (
            arn("codecommit", match["region"], row.account, match["name"]) if match else _ODD_SOURCE
        )
    match = _HOSTED.fullmatch(location) if kind in _ON_GITHUB else None
    return f"github/{match['host'].lower()}/{match['name']}" if match else _ODD_SOURCE


def _source_of(row: Processor, action: Mapping[str, Json]) -> Maybe[str]:
    """Return the repository that an action of the source reads."""
    provider = member(action, "actionTypeId.provider")
    settings = action.get("configuration")
    if provider == "CodeCommit" and member(settings, "RepositoryName"):
        region = member(action, "region") or str(row.region)
        owner = account_in(action.get("roleArn")) or row.account
        return arn("codecommit", region, owner, member(settings, "RepositoryName"))
    if provider == "GitHub" and member(settings, "Owner") and member(settings, "Repo"):
        name = f"{member(settings, 'Owner')}/{member(settings, 'Repo')}"
        return f"github/github.com/{name}"
    return _ODD_SOURCE if provider != "S3" else ""


def _runs_what_others_change(row: Processor, about: Mapping[str, Json]) -> Maybe[bool]:
    """Return whether its image is neither AWS's, nor of its account, nor named by a digest."""
    image = member(about, "environment.image")
    if not image:
        return _ODD_IMAGE
    match = _REGISTRY.fullmatch(image)
    own = match is not None and match["account"] == row.account
    return not (own or image.startswith(_OF_CODEBUILD) or pinned_digest(image))


def _keeps_logs(about: Mapping[str, Json]) -> Maybe[bool]:
    settings = about.get("logsConfig")
    if settings is None:
        return True  # CloudWatch Logs, unless it is switched off
    if not isinstance(settings, Mapping):
        return _NO_LOGS
    bucket, group = member(settings, "s3Logs.status"), member(settings, "cloudWatchLogs.status")
    return bucket == "ENABLED" or group != "DISABLED"
