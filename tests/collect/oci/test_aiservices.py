"""Jobs of speech and language, and the buckets of their results."""

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Processor, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def job(name: str, state: str, **more: Json) -> dict[str, Json]:
    """Return a transcription in a state."""
    made = thing("aispeechtranscriptionjob", name, lifecycle_state=state, **more)
    made["time_accepted"] = made.pop("time_created")
    return made


def test_results_stay_in_a_bucket_after_their_job() -> None:
    """A job that is refused may have written anywhere; one that failed may have written some."""
    out: Json = {"namespace_name": "acme", "bucket_name": "texts", "prefix": "a"}
    done, failed, hidden = (
        job(name, state, output_location=out)
        for name, state in (("done", "SUCCEEDED"), ("failed", "FAILED"), ("hidden", "SUCCEEDED"))
    )
    found = collected(
        {"us-ashburn-1": {"ai_speech": {"TranscriptionJob": [done, failed, hidden]}}},
        denied("ai_speech.*get_transcription_job", resource=str(hidden["id"])),
        kinds="oci.speech",
    )

    assert found.row(Flow, "done/export/results").active is True
    bucket = "oci:objectstorage:us-ashburn-1:acme/texts"
    assert found.row(Flow, "done/export/results").target_id == bucket
    assert isinstance(found.row(Flow, "failed/export/results").active, Unknown)
    assert isinstance(found.row(Flow, "hidden/export/results").target_id, Unknown)


def test_a_job_on_texts_has_no_tags_to_tell_its_data_by() -> None:
    made = thing("ailanguagejob", "moods", lifecycle_state="SUCCEEDED")
    made["time_accepted"] = made.pop("time_created")
    found = collected({"us-ashburn-1": {"ai_language": {"Job": [made]}}}, kinds="oci.language")

    assert isinstance(found.row(Processor, "moods").tags, Unknown)
    assert isinstance(found.row(Flow, "moods/export/results").target_id, Unknown)


def test_models_that_oracle_trained_hold_nothing_of_the_customer() -> None:
    models = [
        thing("ailanguagemodel", name, model_details={"model_type": type_})
        for name, type_ in (
            ("ours", "TEXT_CLASSIFICATION"),
            ("theirs", "PRE_TRAINED_SENTIMENT_ANALYSIS"),
        )
    ]
    found = collected({"us-ashburn-1": {"ai_language": {"Model": models}}}, kinds="oci.language")

    assert [each.name for each in found.of(Store)] == ["ours"]
