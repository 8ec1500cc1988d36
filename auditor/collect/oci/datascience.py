"""OCI Data Science: models and their backups, notebooks, and what runs models and jobs.

What is kept is encrypted with Oracle's key, and read with credentials only:
https://docs.oracle.com/en-us/iaas/data-science/using/overview.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps, works
from auditor.collect.oci.reading import maybe_flag, maybe_text
from auditor.collect.oci.running_models import model_runs
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Deployment, Flow, Processor, Store

_SERVICE = "data_science.DataScienceClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/data-science/20190101"

_ENVIRONMENT = "modelDeploymentConfigurationDetails.environmentConfigurationDetails"
_SECRETS = ("cmd", "defaultEnvironmentVariables", "entrypoint", "environmentVariables")


def _model_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    model = store_of(found, "datascience", "model")
    yield model
    # Whoever creates a model asks for its backup, or leaves the setting out.
    enabled = maybe_flag(found, "model.backupSetting.isBackupEnabled", absent=False)
    if isinstance(enabled, Unknown):
        yield possible(model, "backup", enabled)
    elif enabled:
        region = maybe_text(found, "model.backupSetting.backupRegion")
        yield to_region(model, "backup", "", region, name="*")


def _deployment_rows(found: Found) -> Iterator[Processor | Deployment]:
    if not is_gone(found):
        yield processor_of(found, "datascience", "model deployment")
        yield from model_runs(found)


def _listing(operation: str, permission: str, *secrets: str) -> Listing:
    return compartment_listing(operation, permission, *secrets, items=BARE, limit=100)


MODELS = Collector(
    kind="oci.datascience.model",
    service=_SERVICE,
    title="Data Science models, with the regions that they are backed up to",
    per=PER_COMPARTMENT,
    listing=_listing("list_models", "inspect data-science-models"),
    details=(get_detail("model", "get_model", "read data-science-models"),),
    tables=(Store, Flow),
    rows=_model_rows,
    types=("DataScienceModel",),
    source=f"{_API}/ModelSummary/ListModels",
)

NOTEBOOKS = Collector(
    kind="oci.datascience.notebook",
    service=_SERVICE,
    title="Data Science notebook sessions",
    per=PER_COMPARTMENT,
    listing=_listing("list_notebook_sessions", "inspect data-science-notebook-sessions"),
    tables=(Store,),
    rows=keeps("datascience", "notebook session"),
    types=("DataScienceNotebookSession",),
    source=f"{_API}/NotebookSessionSummary/ListNotebookSessions",
)

DEPLOYMENTS = Collector(
    kind="oci.datascience.deployment",
    service=_SERVICE,
    title="Data Science model deployments, and what they run",
    per=PER_COMPARTMENT,
    listing=_listing(
        "list_model_deployments",
        "inspect data-science-model-deployments",
        *(f"{_ENVIRONMENT}.{member}" for member in _SECRETS),
    ),
    tables=(Processor, Deployment),
    rows=_deployment_rows,
    types=("DataScienceModelDeployment",),
    source=f"{_API}/ModelDeploymentSummary/ListModelDeployments",
)

JOBS = Collector(
    kind="oci.datascience.job",
    service=_SERVICE,
    title="Data Science jobs",
    per=PER_COMPARTMENT,
    listing=_listing("list_jobs", "inspect data-science-jobs"),
    tables=(Processor,),
    rows=works("datascience", "job"),
    types=("DataScienceJob",),
    source=f"{_API}/JobSummary/ListJobs",
)

PIPELINES = Collector(
    kind="oci.datascience.pipeline",
    service=_SERVICE,
    title="Data Science pipelines",
    per=PER_COMPARTMENT,
    listing=_listing("list_pipelines", "inspect data-science-pipelines"),
    tables=(Processor,),
    rows=works("datascience", "pipeline"),
    types=("DataSciencePipeline",),
    source=f"{_API}/PipelineSummary/ListPipelines",
)
