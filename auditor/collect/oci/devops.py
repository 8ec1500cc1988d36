"""OCI DevOps: repositories of source code, and connections to hosts of code elsewhere.

What was reviewed there, built and deployed is not read. Repositories are encrypted with Oracle's
key, and read with credentials only:
https://docs.oracle.com/en-us/iaas/Content/devops/using/home.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    LONG_PAGE,
    compartment_listing,
    is_gone,
    processor_of,
    runs,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor, Store

_SERVICE = "devops.DevopsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630"


def _repository_rows(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "devops", "repository", name=text(found, "item.name"))


def _connection_rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connection = processor_of(found, "devops", "connection")
    yield connection
    kind = text(found, "item.connectionType")[:40]
    why = Unknown(f"it connects to a host of code ({kind}), and where that is is not stated")
    yield to_outside(connection, "sync", "*", why, runs(found))


REPOSITORIES = Collector(
    kind="oci.devops.repository",
    service=_SERVICE,
    title="Repositories of source code",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_repositories",
        "inspect devops-repository",
        f"{COLLECTED}.mirrorRepositoryConfig.repositoryUrl.@",
        limit=LONG_PAGE,
    ),
    tables=(Store,),
    rows=_repository_rows,
    types=("DevOpsRepository",),
    source=f"{_API}/RepositorySummary/ListRepositories",
)

CONNECTIONS = Collector(
    kind="oci.devops.connection",
    service=_SERVICE,
    title="Connections to hosts of code elsewhere",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_connections", "inspect devops-connection", limit=LONG_PAGE),
    tables=(Processor, Flow),
    rows=_connection_rows,
    types=("DevOpsConnection",),
    source=f"{_API}/ConnectionSummary/ListConnections",
)
