"""Datasets with labels and the buckets that they are of."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_dataset_is_of_a_bucket() -> None:
    source: Json = {"source_type": "OBJECT_STORAGE", "namespace": "acme", "bucket": "clips"}
    plain, hidden = (
        thing("datalabelingdataset", name, dataset_source_details=source)
        for name in ("plain", "hidden")
    )
    found = collected(
        {"us-ashburn-1": {"data_labeling_service": {"Dataset": [plain, hidden]}}},
        denied("data_labeling.*get_dataset", resource=str(hidden["id"])),
        kinds="oci.datalabeling",
    )

    assert found.row(Store, "plain").source_id == "oci:objectstorage:us-ashburn-1:acme/clips"
    assert isinstance(found.row(Store, "hidden").source_id, Unknown)
