"""Repositories of images and files."""

from auditor.collect.flows import ANYBODY
from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Flow, Store
from tests.collect.oci.simulated import DATA, TENANCY, collected
from tests.collect.oci.things import thing


def repository(name: str, *, public: bool) -> dict[str, Json]:
    """Return a repository of images."""
    counts = {"image_count": 1, "layer_count": 1, "layers_size_in_bytes": 2048}
    state = "AVAILABLE"
    return thing("containerrepo", name, is_public=public, lifecycle_state=state, **counts)


def test_anybody_pulls_from_a_public_repository() -> None:
    """Each compartment is asked, so that a refusal shows; files need credentials."""
    more = {"repository_type": "GENERIC", "is_immutable": False, "lifecycle_state": "AVAILABLE"}
    generic = thing("artifactrepository", "files", **more)
    found = collected(
        {
            "us-ashburn-1": {
                "artifacts": {
                    "ContainerRepository": [
                        repository("open", public=True),
                        repository("closed", public=False),
                    ],
                    "GenericRepository": [generic],
                }
            }
        },
        kinds="oci.artifacts",
    )
    (flow,) = found.of(Flow)

    assert (flow.store_id.rpartition(".")[2], flow.target_account) == ("open", ANYBODY)
    asked = found.asked("list_container_repositories")
    assert not [each for each in asked if "compartment_id_in_subtree" in each.request.parameters]
    assert {each.request.parameters["compartment_id"] for each in asked} == {TENANCY, DATA}
    assert found.row(Store, "closed").public is False
    assert found.row(Store, "closed").size_bytes == 2048
    assert found.row(Store, "files").kind == "artifact repository"


def files(*versions: str, immutable: bool = True) -> dict[str, dict[str, list[dict[str, Json]]]]:
    """Return a repository of files, with versions of one."""
    more = {"repository_type": "GENERIC", "is_immutable": immutable, "lifecycle_state": "AVAILABLE"}
    generic = thing("artifactrepository", "files", **more)
    kept = [
        thing(
            "genericartifact",
            f"tool.{version}",
            repository_id=generic["id"],
            artifact_path="bin/tool",
            version=version,
            sha256="AB" * 32,
            size_in_bytes=2048,
            lifecycle_state="DELETED" if version == "old" else "AVAILABLE",
        )
        for version in versions
    ]
    return {"artifacts": {"GenericRepository": [generic], "GenericArtifact": kept}}


def test_each_version_of_a_file_is_an_artefact() -> None:
    """Except those that were deleted not long ago."""
    found = collected({"us-ashburn-1": files("1.0", "old")}, kinds="oci.artifacts.repository")
    (row,) = found.of(Artifact)

    assert (row.kind, row.name, row.tags) == ("package", "files/bin/tool", ("1.0",))
    assert (row.digest, row.size_bytes) == ("sha256:" + "ab" * 32, 2048)
    assert (row.mutable_tags, row.signed) == (False, False)
    assert row.store_id == found.row(Store, "files").id


def test_files_that_are_refused_may_be_there() -> None:
    """One row stands for all of them."""
    refusal = denied("artifacts.*list_generic_artifacts")
    estate = {"us-ashburn-1": files("1.0", immutable=False)}
    (row,) = collected(estate, refusal, kinds="oci.artifacts.repository").of(Artifact)

    assert isinstance(row.digest, Unknown)
    assert row.mutable_tags is True
