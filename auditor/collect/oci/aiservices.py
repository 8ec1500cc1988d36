"""OCI Speech, Language, Vision and Document Understanding: models, and jobs with their buckets.

A job reads objects and writes what it found to a bucket; a model was trained on the customer's own
recordings, texts or pictures. Calls that answer at once leave nothing behind.

https://docs.oracle.com/en-us/iaas/Content/speech/home.htm
https://docs.oracle.com/en-us/iaas/language/using/overview.htm
https://docs.oracle.com/en-us/iaas/Content/vision/using/home.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import named_bucket, to_bucket
from auditor.collect.oci.plain_rows import keeps, works
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import (
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
    runs,
    store_of,
)
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Processor, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"
# What a job wrote stays in the bucket after the job.
_WROTE = frozenset({"ACCEPTED", "IN_PROGRESS", "SUCCEEDED"})
_WROTE_NOTHING = frozenset({"DELETED"})
_ORACLES = "PRE_TRAINED"  # how types of the models begin that Oracle trained for everybody


def _job(found: Found, service: str, *, tagged: bool) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    job = processor_of(found, service, "job", created_at="item.timeAccepted", tagged=tagged)
    yield job
    active = state_of(found, "item.lifecycleState", _WROTE, _WROTE_NOTHING)
    yield _results(found, job, "job.outputLocation", active)


def _results(found: Found, job: Processor, path: str, active: Maybe[bool]) -> Flow:
    """Return the flow of results to a bucket in the job's region."""
    region = found.place["region"]
    bucket = named_bucket(found, f"{path}.namespaceName", f"{path}.bucketName", region)
    if isinstance(bucket, Unknown):
        return possible(job, "export", bucket, "results")
    return to_bucket(job, "export", bucket, region, active, "results")


def _speech_job(found: Found) -> Iterator[Processor | Flow]:
    yield from _job(found, "speech", tagged=True)


def _language_job(found: Found) -> Iterator[Processor | Flow]:
    yield from _job(found, "language", tagged=False)


def _language_model(found: Found) -> Iterator[Store]:
    oracles = text(found, "item.modelDetails.modelType").startswith(_ORACLES)
    if not is_gone(found) and not oracles:
        yield store_of(found, "language", "model")


def _stream_job(found: Found) -> Iterator[Processor | Flow]:
    """Yield a job that watches a camera, and the bucket for what it sees."""
    if is_gone(found):
        return
    job = processor_of(found, "vision", "stream job")
    yield job
    yield _results(found, job, "item.streamOutputLocation", runs(found))


TRANSCRIPTIONS = Collector(
    kind="oci.speech.job",
    service="ai_speech.AIServiceSpeechClient",
    title="Transcriptions of recordings, with the buckets of their results",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_transcription_jobs", "inspect ai-service-speech-transcription-job"
    ),
    details=(
        get_detail("job", "get_transcription_job", "read ai-service-speech-transcription-job"),
    ),
    tables=(Processor, Flow),
    rows=_speech_job,
    source=f"{_API}/speech/20220101/TranscriptionJobCollection/ListTranscriptionJobs",
)

VOICES = Collector(
    kind="oci.speech.customization",
    service="ai_speech.AIServiceSpeechClient",
    title="Models of speech that were trained on a customer's words",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_customizations", "inspect ai-service-speech-family"),
    tables=(Store,),
    rows=keeps("speech", "customization"),
    source=f"{_API}/speech/20220101/CustomizationCollection/ListCustomizations",
)

LANGUAGE_JOBS = Collector(
    kind="oci.language.job",
    service="ai_language.AIServiceLanguageClient",
    title="Jobs that work on texts, with the buckets of their results",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_jobs", "inspect ai-service-language-job"),
    details=(get_detail("job", "get_job", "read ai-service-language-job"),),
    tables=(Processor, Flow),
    rows=_language_job,
    source=f"{_API}/language/20221001/JobCollection/ListJobs",
)

LANGUAGE_MODELS = Collector(
    kind="oci.language.model",
    service="ai_language.AIServiceLanguageClient",
    title="Models that were trained on a customer's texts",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_models", "inspect ai-service-language-model"),
    tables=(Store,),
    rows=_language_model,
    source=f"{_API}/language/20221001/ModelCollection/ListModels",
)

LANGUAGE_ENDPOINTS = Collector(
    kind="oci.language.endpoint",
    service="ai_language.AIServiceLanguageClient",
    title="Endpoints of models of texts",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_endpoints", "inspect ai-service-language-endpoint"),
    tables=(Processor,),
    rows=works("language", "endpoint"),
    source=f"{_API}/language/20221001/EndpointCollection/ListEndpoints",
)

VISION_MODELS = Collector(
    kind="oci.vision.model",
    service="ai_vision.AIServiceVisionClient",
    title="Models that were trained on a customer's pictures",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_models", "inspect ai-service-vision-model"),
    tables=(Store,),
    rows=keeps("vision", "model"),
    source=f"{_API}/vision/20220125/ModelCollection/ListModels",
)

STREAM_JOBS = Collector(
    kind="oci.vision.streamjob",
    service="ai_vision.AIServiceVisionClient",
    title="Jobs that watch streams of cameras, with the buckets of their results",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_stream_jobs", "inspect ai-service-vision-family"),
    tables=(Processor, Flow),
    rows=_stream_job,
    source=f"{_API}/vision/20220125/StreamJobCollection/ListStreamJobs",
)

DOCUMENT_MODELS = Collector(
    kind="oci.documents.model",
    service="ai_document.AIServiceDocumentClient",
    title="Models that were trained on a customer's documents",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_models", "inspect ai-service-document-model"),
    tables=(Store,),
    rows=keeps("documents", "model"),
    source=f"{_API}/document-understanding/20221109/ModelCollection/ListModels",
)
