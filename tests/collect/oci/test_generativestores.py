"""What Generative AI keeps of a tenancy's."""

import pytest

from auditor.collect.oci.objectstorage import bucket_id
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing


@pytest.fixture(scope="module")
def found() -> Collected:
    """One resource of each kind, and models from a bucket and from a hub."""
    bucket = {
        "source_type": "OBJECT_STORAGE_OBJECT",
        "namespace_name": "acme",
        "bucket_name": "weights",
        "region": "us-ashburn-1",
    }
    hub = {"source_type": "HUGGING_FACE_MODEL", "model_id": "m", "access_token": "hf_token"}
    home = {
        "HostedApplicationStorage": [
            thing("generativeaihostedapplicationstorage", "state", storage_type="POSTGRESQL"),
            thing("generativeaihostedapplicationstorage", "old", lifecycle_state="DELETED"),
        ],
        "ImportedModel": [
            thing("generativeaiimportedmodel", "own", data_source=bucket),
            thing("generativeaiimportedmodel", "public", data_source=hub),
        ],
        "SemanticStore": [thing("generativeaisemanticstore", "words")],
    }
    return collected(
        {"eu-frankfurt-1": {"generative_ai": home}},
        kinds="oci.generativeai",
    )


def test_what_is_kept_is_in_the_region_that_answers(found: Collected) -> None:
    """Each kind has a list of its own."""
    kept = {store.name: (store.kind, store.country) for store in found.of(Store)}

    assert kept == {
        "state": ("application storage", "DE"),
        "own": ("imported model", "DE"),
        "public": ("imported model", "DE"),
        "words": ("semantic store", "DE"),
    }


def test_a_model_is_copied_from_a_bucket(found: Collected) -> None:
    """Which does not tell of it."""
    (flow,) = found.of(Flow)

    assert flow.store_id == bucket_id("us-ashburn-1", "acme", "weights")
    assert (flow.region, flow.target_country) == ("us-ashburn-1", "DE")


def test_the_token_of_a_hub_is_not_kept(found: Collected) -> None:
    """It would let its reader in there."""
    assert "hf_token" not in str(found.records)
