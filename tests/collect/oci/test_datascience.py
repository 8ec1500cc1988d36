"""Models and their backups, notebooks and what runs jobs."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing


def model(name: str, **more: Json) -> dict[str, Json]:
    """Return a model."""
    return thing("datasciencemodel", name, **more)


@pytest.fixture(scope="module")
def found() -> Collected:
    """A model that is backed up abroad, one that is not, one that is refused, and the rest."""
    away = {"is_backup_enabled": True, "backup_region": "eu-frankfurt-1"}
    models = [
        model("away", backup_setting=away),
        model("kept", backup_setting={**away, "is_backup_enabled": False}),
        model("plain"),
        model("hidden"),
    ]
    more = {
        "NotebookSession": [thing("datasciencenotebooksession", "notes")],
        "ModelDeployment": [thing("datasciencemodeldeployment", "served")],
        "Job": [thing("datasciencejob", "nightly")],
        "Pipeline": [thing("datasciencepipeline", "weekly")],
    }
    return collected(
        {"us-ashburn-1": {"data_science": {"Model": models, **more}}},
        denied("data_science.*get_model", resource=str(models[3]["id"])),
        kinds="oci.datascience",
    )


def test_a_model_is_backed_up_to_the_region_that_it_names(found: Collected) -> None:
    """Only while backup is enabled."""
    assert found.row(Flow, "away/backup/*").target_country == "DE"
    assert {flow.store_id.rpartition(".")[2] for flow in found.of(Flow)} == {"away", "hidden"}


def test_a_model_that_is_refused_may_be_backed_up(found: Collected) -> None:
    """Nobody can tell where."""
    assert isinstance(found.row(Flow, "hidden/backup/?").target_country, Unknown)


def test_notebooks_keep_data_and_jobs_work_on_it(found: Collected) -> None:
    """A deployment answers, and keeps nothing."""
    assert found.row(Store, "notes").kind == "notebook session"
    assert {row.kind for row in found.of(Processor)} == {"model deployment", "job", "pipeline"}
