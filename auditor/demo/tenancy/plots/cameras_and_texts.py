"""Jobs that watch cameras and read texts in Frankfurt, and write there what they found."""

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import FRANKFURT, NAMESPACE, OPERATIONS, USER_DATA, ocid
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_ACCEPTED = "2026-11-01T08:00:00Z"


def _build(ground: Ground) -> None:
    estate = ground.estate
    estate.bucket(FRANKFURT, "sightings", OPERATIONS)
    bucket: dict[str, Json] = {"namespace_name": NAMESPACE, "bucket_name": "sightings"}
    watched = {"output_location_type": "OBJECT_STORAGE", **bucket}
    for name, tags in (("entrance", USER_DATA), ("machine-room", OPERATIONS)):
        job = "ai_vision.StreamJob", "aivisionstreamjob"
        add_active(estate, FRANKFURT, *job, name, tags, stream_output_location=watched)
    estate.resource(
        FRANKFURT,
        "ai_language.Job",
        "ailanguagejob",
        "sentiments",
        {},
        display_name="sentiments",
        lifecycle_state="SUCCEEDED",
        time_accepted=_ACCEPTED,
        output_location={**bucket, "prefix": ""},
    )


_CAMERA = ocid("aivisionstreamjob", FRANKFURT, "entrance")
_TEXTS = ocid("ailanguagejob", FRANKFURT, "sentiments")
PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a camera that sees users is watched in Frankfurt",
            A_04=f"{_CAMERA}/export/results",
            A_10=_CAMERA,
        ),
        *stays_open(
            "texts that no tag classifies are read in Frankfurt",
            A_04=f"{_TEXTS}/export/results",
            A_10=_TEXTS,
        ),
    ),
)
