"""OCI Artifacts: repositories of container images and of files.

Encrypted with Oracle's key. Anybody can pull the images of a public repository:
https://docs.oracle.com/en-us/iaas/Content/Registry/Concepts/registryoverview.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_anybody
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.reading import maybe_flag, size_of
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_SERVICE = "artifacts.ArtifactsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/registry/20160918"


def _container_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    public = maybe_flag(found, "item.isPublic")
    size = size_of(found, "item.layersSizeInBytes")
    store = store_of(found, "artifacts", "container repository", public=public, size_bytes=size)
    yield store
    if isinstance(public, Unknown):
        yield possible(store, "public", public)
    elif public:
        yield to_anybody(store, "public", "*")


CONTAINERS = Collector(
    kind="oci.artifacts.container",
    service=_SERVICE,
    title="Repositories of container images",
    # Not the whole tenancy at once: Oracle does not say whether that answers in part to those who
    # may not see all of it.
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_container_repositories", "inspect repos"),
    tables=(Store, Flow),
    rows=_container_rows,
    types=("ContainerRepo",),
    source=f"{_API}/ContainerRepositorySummary/ListContainerRepositories",
)

GENERIC = Collector(
    kind="oci.artifacts.repository",
    service=_SERVICE,
    title="Repositories of files",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_repositories", "inspect artifact-repositories"),
    tables=(Store,),
    rows=keeps("artifacts", "artifact repository"),
    source=f"{_API}/RepositorySummary/ListRepositories",
)
