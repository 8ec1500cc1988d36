"""OCI Data Catalog and Data Labeling: what is known of data elsewhere, and copies of its records.

https://docs.oracle.com/en-us/iaas/data-catalog/home.htm
https://docs.oracle.com/en-us/iaas/data-labeling/data-labeling/using/home.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import named_bucket
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.spec import Collector, Found
from auditor.tables import Maybe, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"


def _dataset(found: Found) -> Iterator[Store]:
    if not is_gone(found):
        yield store_of(found, "datalabeling", "dataset", source_id=_source(found))


def _source(found: Found) -> Maybe[str]:
    """Return the bucket whose objects are labelled; it is of the dataset's own region."""
    source = "dataset.datasetSourceDetails"
    return named_bucket(found, f"{source}.namespace", f"{source}.bucket", found.place["region"])


CATALOGS = Collector(
    kind="oci.datacatalog.catalog",
    service="data_catalog.DataCatalogClient",
    title="Data catalogs, which keep names and samples of what they harvested",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_catalogs", "inspect data-catalogs", items=BARE),
    tables=(Store,),
    rows=keeps("datacatalog", "catalog"),
    types=("DataCatalog",),
    source=f"{_API}/data-catalog/20190325/CatalogSummary/ListCatalogs",
)

METASTORES = Collector(
    kind="oci.datacatalog.metastore",
    service="data_catalog.DataCatalogClient",
    title="Metastores, which keep definitions of tables in buckets",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_metastores", "inspect data-catalog-metastores", items=BARE),
    tables=(Store,),
    rows=keeps("datacatalog", "metastore"),
    source=f"{_API}/data-catalog/20190325/MetastoreSummary/ListMetastores",
)

DATASETS = Collector(
    kind="oci.datalabeling.dataset",
    service="data_labeling_service.DataLabelingManagementClient",
    title="Datasets of records with labels, and the buckets that they are of",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_datasets", "inspect data-labeling-dataset"),
    details=(
        get_detail("dataset", "get_dataset", "read data-labeling-dataset", "additionalProperties"),
    ),
    tables=(Store,),
    rows=_dataset,
    source=f"{_API}/datalabeling/20211001/DatasetSummary/ListDatasets",
)
