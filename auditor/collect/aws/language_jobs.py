"""Amazon Transcribe, Translate and Polly: jobs, and where they leave texts and speech.

API: https://docs.aws.amazon.com/transcribe/latest/APIReference/API_ListTranscriptionJobs.html,
https://docs.aws.amazon.com/translate/latest/APIReference/API_ListTextTranslationJobs.html and
https://docs.aws.amazon.com/polly/latest/dg/API_ListSpeechSynthesisTasks.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor, Store

# The answer that names the bucket can be a link which hands out the transcript: it is not asked.
_UNNAMED = Unknown("the list of jobs does not name the bucket that receives the transcript")


def _transcription(found: Found) -> Iterator[Store | Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.TranscriptionJobName")
    id = arn("transcribe", region, account, f"transcription-job/{name}")  # noqa: A001
    kind, created = "transcription job", maybe_text(found, "item.CreationTime")
    output = maybe_text(found, "item.OutputLocationType")
    if output == "SERVICE_BUCKET":
        yield store_of(
            found,
            id=id,
            name=name,
            kind=kind,
            encrypted=True,  # a bucket of the service's own, with a key of S3's
            key_id="",
            public=False,  # read with credentials of AWS only
            created=created,
        )
        return
    job = processor_of(found, id=id, name=name, kind=kind, public=False, created=created)
    yield job
    if isinstance(output, Unknown):
        yield possible(job, "export", output)
    else:
        yield _to_unnamed(job)


def _to_unnamed(job: Processor) -> Flow:
    return flow(
        job,
        "export",
        "bucket",
        target_id=_UNNAMED,
        target_account=_UNNAMED,
        target_region=_UNNAMED,
        target_country=_UNNAMED,
        target_operator=_UNNAMED,
    )


def _translation(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.JobId")
    place = (found.place["region"], found.place["account"])
    job = processor_of(
        found,
        id=arn("translate", *place, f"text-translation-job/{name}"),
        name=text(found, "item.JobName"),
        kind="text translation job",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.SubmittedTime"),
    )
    yield job
    yield from exits(job, "export", [found.read("item.OutputDataConfig.S3Uri")])


def _speech(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.TaskId")
    place = (found.place["region"], found.place["account"])
    task = processor_of(
        found,
        id=arn("polly", *place, f"speech-synthesis-task/{name}"),
        name=name,
        kind="speech synthesis task",
        public=False,  # nothing can call it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield task
    yield from exits(task, "export", [found.read("item.OutputUri")])


TRANSCRIPTIONS = Collector(
    kind="aws.transcribe.transcription-job",
    service="transcribe",
    title="Transcription jobs, with the transcripts that Transcribe keeps",
    per=("account", "region"),
    listing=Listing(
        operation="ListTranscriptionJobs",
        permission="transcribe:ListTranscriptionJobs",
        parameters={"MaxResults": 100},
        items="TranscriptionJobSummaries",
    ),
    tables=(Store, Processor, Flow),
    rows=_transcription,
    types=("transcribe:transcription-job",),
    source=(
        "https://docs.aws.amazon.com/transcribe/latest/APIReference/API_ListTranscriptionJobs.html"
    ),
)

TRANSLATIONS = Collector(
    kind="aws.translate.text-translation-job",
    service="translate",
    title="Batch translation jobs",
    per=("account", "region"),
    listing=Listing(
        operation="ListTextTranslationJobs",
        permission="translate:ListTextTranslationJobs",
        parameters={"MaxResults": 500},
        items="TextTranslationJobPropertiesList",
    ),
    tables=(Processor, Flow),
    rows=_translation,
    source=(
        "https://docs.aws.amazon.com/translate/latest/APIReference/API_ListTextTranslationJobs.html"
    ),
)

SPEECHES = Collector(
    kind="aws.polly.speech-synthesis-task",
    service="polly",
    title="Polly speech synthesis tasks",
    per=("account", "region"),
    listing=Listing(
        operation="ListSpeechSynthesisTasks",
        permission="polly:ListSpeechSynthesisTasks",
        parameters={"MaxResults": 100},
        items="SynthesisTasks",
    ),
    tables=(Processor, Flow),
    rows=_speech,
    source="https://docs.aws.amazon.com/polly/latest/dg/API_ListSpeechSynthesisTasks.html",
)
