"""OCI Generative AI: what it keeps of a tenancy's beside the models that it trained.

Applications that it hosts keep their state in storage of its own, a model may be imported from a
bucket, and a semantic store holds what is known of the data of a database:
https://docs.oracle.com/en-us/iaas/Content/generative-ai/home.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.departures import possible_from
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_SERVICE = "generative_ai.GenerativeAiClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai/20231130"


def _model_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    model = store_of(found, "generativeai", "imported model")
    yield model
    bucket = text(found, "item.dataSource.bucketName")
    if not bucket:
        return
    region = maybe_text(found, "item.dataSource.region")
    if isinstance(region, Unknown):
        yield possible_from(found, f"{model.id}/source", "copy", region)
        return
    source = bucket_id(region, text(found, "item.dataSource.namespaceName"), bucket)
    yield arrival(model, source, "copy", region=region)


APPLICATION_STORAGES = Collector(
    kind="oci.generativeai.applicationstorage",
    service=_SERVICE,
    title="Storage of applications that Generative AI hosts",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_hosted_application_storages", "inspect generative-ai-application-storage"
    ),
    tables=(Store,),
    rows=keeps("generativeai", "application storage"),
    source=f"{_API}/HostedApplicationStorageCollection/ListHostedApplicationStorages",
)

IMPORTED_MODELS = Collector(
    kind="oci.generativeai.importedmodel",
    service=_SERVICE,
    title="Generative models that were imported, with the buckets that they are from",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_imported_models",
        "inspect generative-ai-imported-model",
        "items.dataSource.accessToken",
    ),
    tables=(Store, Flow),
    rows=_model_rows,
    source=f"{_API}/ImportedModelCollection/ListImportedModels",
)

SEMANTIC_STORES = Collector(
    kind="oci.generativeai.semanticstore",
    service=_SERVICE,
    title="Semantic stores of databases that models query",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_semantic_stores", "inspect generative-ai-semantic-store"),
    tables=(Store,),
    rows=keeps("generativeai", "semantic store"),
    source=f"{_API}/SemanticStoreCollection/ListSemanticStores",
)
