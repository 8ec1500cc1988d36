"""OCI DevOps: pipelines that build and deploy code, and what they are told to deploy.

Builds run on machines of Oracle's, in images of Oracle's, as a principal of their own; what that
one may do is decided by policies on dynamic groups:
https://docs.oracle.com/en-us/iaas/Content/devops/using/managing_build_pipelines.htm

API: https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630/BuildPipelineStage
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, moment, text
from auditor.collect.oci.service_rows import COLLECTED, LONG_PAGE, compartment_listing, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, dig
from auditor.tables import Artifact, Builder, Maybe

_SERVICE = "devops.DevopsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630"
_ORACLES_IMAGES = frozenset({"OL7_X86_64_STANDARD_10", "OL8_X86_64_STANDARD_10"})
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_HOSTED = re.compile(
    r"(https://|git@)([^@/]*@)?(?P<host>[\w.-]+)[/:](?P<name>[\w.-]+/[\w.-]+?)(\.git)?/?", re.ASCII
)
_BY_POLICIES = Unknown("policies on dynamic groups decide what a pipeline may do")
_ODD_SOURCE = Unknown("its source is of a form that names no repository that is read")
_ODD_IMAGE = Unknown("this version does not know the image that it builds in")
_NO_NUMBER = Unknown("the answer does not say how many approvals a stage waits for")
_LOGS = Unknown("whether the log of its project is switched on is not read")


def _build_rows(found: Found) -> Iterator[Builder]:
    if is_gone(found):
        return
    stages = found.read("stages")
    if isinstance(stages, Unknown):
        columns = dict.fromkeys(("repository_id", "source", "unmanaged_code"), stages)
        yield _builder(found, "build project", **columns)
        return
    builds = [each for each in entries(stages) if each.get("buildPipelineStageType") == "BUILD"]
    sources = [
        each for stage in builds for each in entries(dig(stage, "buildSourceCollection.items"))
    ]
    images = [each.get("image") for each in builds]
    repositories = {_repository(each) for each in sources}
    addresses = {each.get("repositoryUrl") for each in sources}
    yield _builder(
        found,
        "build project",
        repository_id=repositories.pop() if len(repositories) == 1 else "",
        source=_address(addresses.pop()) if len(addresses) == 1 else "",
        unmanaged_code=_ODD_IMAGE if any(each not in _ORACLES_IMAGES for each in images) else False,
    )


def _deploy_rows(found: Found) -> Iterator[Builder]:
    if is_gone(found):
        return
    stages = found.read("stages")
    gated = stages if isinstance(stages, Unknown) else _is_gated(entries(stages))
    yield _builder(found, "delivery pipeline", gated=gated)


def _is_gated(stages: list[Mapping[str, Json]]) -> Maybe[bool]:
    """Return whether somebody must approve what a pipeline does: one of its stages waits for it."""
    waits = [
        dig(each, "approvalPolicy.numberOfApprovalsRequired")
        for each in stages
        if each.get("deployStageType") == "MANUAL_APPROVAL"
    ]
    if any(type(each) is int and each > 0 for each in waits):
        return True
    return False if all(type(each) is int for each in waits) else _NO_NUMBER


def _builder(found: Found, kind: str, **columns: Any) -> Builder:
    id_ = text(found, "item.id")
    settled: dict[str, Any] = {
        "repository_id": "",
        "token_writes": _BY_POLICIES,
        "approves": _BY_POLICIES,
        "role_id": id_,
        "logs_kept": _LOGS,
        **columns,
    }
    return Builder(
        id=id_,
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        kind=kind,
        name=maybe_text(found, "item.displayName"),
        **settled,
    )


def _repository(source: Mapping[str, Json]) -> Maybe[str]:
    kind, id_ = source.get("connectionType"), source.get("repositoryId")
    if kind == "DEVOPS_CODE_REPOSITORY":
        return id_ if isinstance(id_, str) and id_ else _ODD_SOURCE
    match = _HOSTED.fullmatch(str(source.get("repositoryUrl"))) if kind == "GITHUB" else None
    return f"github/{match['host'].lower()}/{match['name']}" if match else _ODD_SOURCE


def _address(value: Json) -> Maybe[str]:
    return value if isinstance(value, str) and value else _ODD_SOURCE


def _artifact_rows(found: Found) -> Iterator[Artifact]:
    """Yield an image that pipelines are told to deploy, if it is named by its digest."""
    digest = text(found, "item.deployArtifactSource.imageDigest")
    if is_gone(found) or not _DIGEST.fullmatch(digest):
        return
    yield Artifact(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        kind="image",
        name=maybe_text(found, "item.deployArtifactSource.imageUri"),
        digest=digest,
        made=moment(found.read("item.timeCreated")),
        size_bytes=Unknown("what a pipeline is told to deploy states no size"),
    )


def _stages(operation: str, permission: str, parameter: str, *secrets: str) -> Detail:
    return Detail(
        name="stages",
        operation=operation,
        permission=permission,
        parameters={"limit": LONG_PAGE},
        bind={parameter: "item.id"},
        items=COLLECTED,
        secrets=secrets,
    )


BUILD_PIPELINES = Collector(
    kind="oci.devops.buildpipeline",
    service=_SERVICE,
    title="Pipelines that build code",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_build_pipelines",
        "inspect devops-build-pipeline",
        f"{COLLECTED}.buildPipelineParameters.items.defaultValue",
        limit=LONG_PAGE,
    ),
    details=(
        _stages(
            "list_build_pipeline_stages",
            "inspect devops-build-pipeline-stage",
            "build_pipeline_id",
        ),
    ),
    tables=(Builder,),
    rows=_build_rows,
    types=("DevOpsBuildPipeline",),
    source=f"{_API}/BuildPipelineSummary/ListBuildPipelines",
)

DEPLOY_PIPELINES = Collector(
    kind="oci.devops.deploypipeline",
    service=_SERVICE,
    title="Pipelines that deploy what was built",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_deploy_pipelines",
        "inspect devops-deploy-pipeline",
        f"{COLLECTED}.deployPipelineParameters.items.defaultValue",
        limit=LONG_PAGE,
    ),
    details=(
        _stages(
            "list_deploy_stages",
            "inspect devops-deploy-stage",
            "deploy_pipeline_id",
            f"{COLLECTED}.setValues.items.value",
            f"{COLLECTED}.setString.items.value",
        ),
    ),
    tables=(Builder,),
    rows=_deploy_rows,
    types=("DevOpsDeployPipeline",),
    source=f"{_API}/DeployPipelineSummary/ListDeployPipelines",
)

ARTIFACTS = Collector(
    kind="oci.devops.artifact",
    service=_SERVICE,
    title="What pipelines are told to deploy",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_deploy_artifacts",
        "inspect devops-deploy-artifact",
        f"{COLLECTED}.deployArtifactSource.base64EncodedContent",
        f"{COLLECTED}.deployArtifactSource.chartUrl.@",
        limit=LONG_PAGE,
    ),
    tables=(Artifact,),
    rows=_artifact_rows,
    types=("DevOpsDeployArtifact",),
    source=f"{_API}/DeployArtifactSummary/ListDeployArtifacts",
)
