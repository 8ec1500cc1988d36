"""Models that were trained elsewhere on what users wrote, and imported from a bucket."""

from auditor.demo.planted import fails
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    bucket_row,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_MODEL = "generative_ai.ImportedModel", "generativeaiimportedmodel"


def _build(ground: Ground) -> None:
    estate = ground.estate
    estate.bucket(HOME, "user-model-weights", USER_DATA, kms_key_id=ground.keys[HOME])
    source: Json = {
        "source_type": "OBJECT_STORAGE_OBJECT",
        "namespace_name": NAMESPACE,
        "bucket_name": "user-model-weights",
        "region": HOME,
    }
    for region in (HOME, FRANKFURT):
        add_active(estate, region, *_MODEL, "replies", USER_DATA, data_source=source)
    public: Json = {"source_type": "HUGGING_FACE_MODEL", "model_id": "a/base-model"}
    add_active(estate, FRANKFURT, *_MODEL, "documentation", OPERATIONS, data_source=public)


_ABROAD = ocid(_MODEL[1], FRANKFURT, "replies")
PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a model that learned from users was imported in Frankfurt",
            A_02=_ABROAD,
            A_04=f"{bucket_row(HOME, 'user-model-weights')}/copy/{_ABROAD}",
            A_07b=_ABROAD,
        ),
    ),
)
