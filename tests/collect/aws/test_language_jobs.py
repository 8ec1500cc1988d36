"""Where texts and speech go, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.language_jobs import SPEECHES, TRANSCRIPTIONS, TRANSLATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, TRANSCRIPTIONS, TRANSLATIONS, SPEECHES)

pytestmark = pytest.mark.usefixtures("cloud")


def gather_transcription(**about: str) -> Collected:
    summary = {"TranscriptionJobName": "call-7", **about}
    answer = {"TranscriptionJobSummaries": [summary]}
    return gather(
        COLLECTORS, rules=[Rule(operation="transcribe.ListTranscriptionJobs", answer=answer)]
    )


def test_transcribe_keeps_transcripts_that_have_no_bucket() -> None:
    collected = gather_transcription(OutputLocationType="SERVICE_BUCKET")

    assert collected.stores["call-7"].id == (
        f"arn:aws:transcribe:{HOME}:{ACCOUNT}:transcription-job/call-7"
    )
    assert collected.flows == []


def test_a_bucket_that_no_list_names_is_unknown() -> None:
    """The answer that names it can hand out the transcript, so it is not asked for."""
    (flow,) = gather_transcription(OutputLocationType="CUSTOMER_BUCKET").flows

    assert flow.active is True
    assert isinstance(flow.target_id, Unknown)


def test_a_job_that_does_not_say_where_its_transcript_is_may_have_sent_it() -> None:
    collected = gather_transcription()

    assert not collected.stores
    assert [type(flow.active) for flow in collected.flows] == [Unknown]


def test_translations_and_speech_are_left_in_buckets() -> None:
    translation = {
        "JobId": "1",
        "JobName": "subtitles",
        "OutputDataConfig": {"S3Uri": "s3://translated/1"},
    }
    speech = {"TaskId": "2", "OutputUri": f"https://s3.{HOME}.amazonaws.com/spoken/2.mp3"}
    rules = [
        Rule(
            operation="translate.ListTextTranslationJobs",
            answer={"TextTranslationJobPropertiesList": [translation]},
        ),
        Rule(operation="polly.ListSpeechSynthesisTasks", answer={"SynthesisTasks": [speech]}),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert set(collected.processors) == {"subtitles", "2"}
    assert {str(flow.target_id) for flow in collected.flows} == {
        "arn:aws:s3:::translated",
        "arn:aws:s3:::spoken",
    }
