"""Repositories of images and files."""

from auditor.collect.flows import ANYBODY
from auditor.model import Json
from auditor.tables import Flow, Store
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
