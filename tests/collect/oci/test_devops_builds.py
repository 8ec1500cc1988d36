"""Pipelines that build and deploy code."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Builder
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.test_devops import APP, PROJECT
from tests.collect.oci.things import thing

_DIGEST = "sha256:" + "0f" * 32


def _collected(**models: list[dict[str, Json]]) -> Collected:
    return collected({"us-ashburn-1": {"devops": models}}, kinds="oci.devops")


def _pipeline(name: str = "build") -> dict[str, Json]:
    return thing("devopsbuildpipeline", name, project_id=PROJECT)


def _build(*sources: Json, image: str = "OL7_X86_64_STANDARD_10") -> dict[str, Json]:
    return thing(
        "devopsbuildpipelinestage",
        "compile",
        build_pipeline_id=_pipeline()["id"],
        build_pipeline_stage_type="BUILD",
        image=image,
        build_source_collection={"items": list(sources)},
    )


_HERE: dict[str, Json] = {
    "connection_type": "DEVOPS_CODE_REPOSITORY",
    "repository_id": APP,
    "repository_url": "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/app",
}
_THERE: dict[str, Json] = {
    "connection_type": "GITHUB",
    "connection_id": "ocid1.devopsconnection.oc1.iad.c",
    "repository_url": "https://GitHub.com/acme/app.git",
}


def test_a_pipeline_builds_a_repository_in_an_image_of_oracles() -> None:
    """What its own principal may do is decided by policies."""
    seen = _collected(BuildPipeline=[_pipeline()], BuildStageSummary=[_build(_HERE)])
    row = seen.row(Builder, "build")

    assert (row.kind, row.repository_id, row.unmanaged_code) == ("build project", APP, False)
    assert row.role_id == row.id
    assert isinstance(row.approves, Unknown)


def test_a_source_elsewhere_is_named_as_its_host_names_it() -> None:
    """Those of other hosts are named by no row."""
    seen = _collected(BuildPipeline=[_pipeline()], BuildStageSummary=[_build(_THERE)])
    row = seen.row(Builder, "build")

    assert row.repository_id == "github/github.com/acme/app"
    assert row.source == _THERE["repository_url"]


def test_several_sources_are_no_one_repository() -> None:
    seen = _collected(BuildPipeline=[_pipeline()], BuildStageSummary=[_build(_HERE, _THERE)])

    assert seen.row(Builder, "build").repository_id == ""


def test_stages_that_nobody_may_see_leave_a_pipeline_open() -> None:
    """A refusal is no pipeline without stages."""
    seen = collected(
        {"us-ashburn-1": {"devops": {"BuildPipeline": [_pipeline()]}}},
        denied(r"devops\..*stages"),
        kinds="oci.devops",
    )

    assert isinstance(seen.row(Builder, "build").repository_id, Unknown)


def test_a_deployment_waits_for_approvals() -> None:
    """A stage that waits for none gates nothing."""
    stages = []
    for name, needed in (("gated", 1), ("open", 0)):
        stages.append(
            thing(
                "devopsdeploystage",
                f"wait-{name}",
                deploy_pipeline_id=f"ocid1.devopsdeploypipeline.oc1.iad.{name}",
                deploy_stage_type="MANUAL_APPROVAL",
                approval_policy={
                    "approval_policy_type": "COUNT_BASED_APPROVAL",
                    "number_of_approvals_required": needed,
                },
            )
        )
    pipelines = [thing("devopsdeploypipeline", name) for name in ("gated", "open")]
    seen = _collected(DeployPipeline=pipelines, ManualApprovalDeployStageSummary=stages)

    assert seen.row(Builder, "gated").gated is True
    assert seen.row(Builder, "open").gated is False


def test_an_image_to_deploy_is_known_by_its_digest() -> None:
    """One that is named by a tag alone is nothing that was built."""
    source: dict[str, Json] = {
        "deploy_artifact_source_type": "OCIR",
        "image_uri": "iad.ocir.io/acme/app:1",
    }
    seen = _collected(
        DeployArtifact=[
            thing(
                "devopsdeployartifact",
                "pinned",
                deploy_artifact_source={**source, "image_digest": _DIGEST},
            ),
            thing("devopsdeployartifact", "tagged", deploy_artifact_source=source),
        ]
    )
    (row,) = seen.of(Artifact)

    assert (row.kind, row.name, row.digest) == ("image", "iad.ocir.io/acme/app:1", _DIGEST)
