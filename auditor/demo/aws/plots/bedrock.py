"""Prompts that are answered, kept and shared in the wrong places, by Bedrock."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open
from auditor.model import Json

_MOMENT = "2026-01-01T00:00:00Z"
_AGENTCORE = "bedrock-agentcore-control"
_ABROAD, _OREGON = "northstar-results-frankfurt", "northstar-results-oregon"
_TOKYO = "ap-northeast-1"


def _arn(resource: str, region: str = HOME, service: str = "bedrock") -> str:
    return f"arn:aws:{service}:{region}:{USER_DATA}:{resource}"


def _build(ground: Ground) -> None:
    """Make the buckets that results of machine learning are left in."""
    for name, region in ((_ABROAD, FRANKFURT), (_OREGON, WEST)):
        make_bucket(ground.at(region), name, ground.keys[region], UNPROTECTED)


def _profile(name: str, region: str) -> Json:
    return {
        "inferenceProfileName": name,
        "inferenceProfileArn": _arn(f"application-inference-profile/{name}"),
        "inferenceProfileId": name,
        "status": "ACTIVE",
        "type": "APPLICATION",
        "models": [
            {"modelArn": f"arn:aws:bedrock:{each}::foundation-model/m"} for each in (HOME, region)
        ],
    }


def _guardrail(geography: str) -> Json:
    profile = f"{geography}.guardrail.v1:0"
    details = {"guardrailProfileId": profile, "guardrailProfileArn": _arn(f"profile/{profile}")}
    return {
        "id": geography,
        "arn": _arn(f"guardrail/{geography}"),
        "status": "READY",
        "name": geography,
        "version": "DRAFT",
        "createdAt": _MOMENT,
        "updatedAt": _MOMENT,
        "crossRegionDetails": details,
    }


def _model(name: str, region: str, account: str, bucket: str) -> tuple[Rule, ...]:
    model = _arn(f"custom-model/base/{name}", region)
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "bedrock:*"}
    summary = {"modelArn": model, "modelName": name, "creationTime": _MOMENT}
    about = {"modelArn": model, "outputDataConfig": {"s3Uri": f"s3://{bucket}/losses"}}
    policy = {"resourcePolicy": json.dumps({"Statement": statement})}
    return (
        answered("bedrock.ListCustomModels", {"modelSummaries": [summary]}, region=region),
        answered("bedrock.GetCustomModel", about, region=region),
        answered("bedrock.GetResourcePolicy", policy, region=region),
    )


def _imported(region: str) -> tuple[Rule, ...]:
    model = _arn("imported-model/open", region)
    summary = {"modelArn": model, "modelName": "open", "creationTime": _MOMENT}
    return (
        answered("bedrock.ListImportedModels", {"modelSummaries": [summary]}, region=region),
        answered("bedrock.GetImportedModel", {"modelArn": model}, region=region),
    )


def _batch(name: str, bucket: str) -> Json:
    output = {"s3OutputDataConfig": {"s3Uri": f"s3://{bucket}/answers"}}
    return {
        "jobArn": _arn(f"model-invocation-job/{name}"),
        "jobName": name,
        "outputDataConfig": output,
    }


def _copy(source: str, target: str) -> Rule:
    job = {
        "jobArn": _arn("model-copy-job/1", target),
        "status": "Completed",
        "creationTime": _MOMENT,
        "sourceAccountId": USER_DATA,
        "sourceModelArn": _arn("custom-model/base/captions", source),
        "targetModelArn": _arn("custom-model/base/captions-abroad", target),
    }
    return answered("bedrock.ListModelCopyJobs", {"modelCopyJobSummaries": [job]}, region=target)


def _base(name: str, storage: Json) -> Rule:
    base = {
        "knowledgeBaseId": name,
        "knowledgeBaseConfiguration": {"type": "VECTOR"},
        "storageConfiguration": storage,
    }
    return answered("bedrock-agent.GetKnowledgeBase", {"knowledgeBase": base}, words=name)


def _collection(region: str) -> Json:
    name = _arn("collection/vectors", region, "aoss")
    return {"opensearchServerlessConfiguration": {"collectionArn": name}}


_BASES = {
    "KBSTRANGER": {"pineconeConfiguration": {"connectionString": "https://v.example.net"}},
    "KBABROAD": _collection(FRANKFURT),
    "KBOREGON": _collection(WEST),
}


def _memory(name: str, region: str, stream: str) -> tuple[Rule, ...]:
    summary = {"arn": _arn(f"memory/{name}", region, "bedrock-agentcore"), "id": name}
    streams = [{"kinesis": {"dataStreamArn": _arn("stream/recall", stream, "kinesis")}}]
    about = {"id": name, "streamDeliveryResources": {"resources": streams}}
    return (
        answered(f"{_AGENTCORE}.ListMemories", {"memories": [summary]}, region=region),
        answered(f"{_AGENTCORE}.GetMemory", {"memory": about}, region=region),
    )


def _project(region: str) -> Rule:
    name = _arn("data-automation-project/forms", region)
    answer = {"projects": [{"projectArn": name, "projectName": "forms", "creationTime": _MOMENT}]}
    return answered("bedrock-data-automation.ListDataAutomationProjects", answer, region=region)


def _logs(bucket: str, region: str) -> Rule:
    answer = {"loggingConfig": {"s3Config": {"bucketName": bucket}}}
    return answered("bedrock.GetModelInvocationLoggingConfiguration", answer, region=region)


_GATEWAY = {
    "gatewayId": "tools",
    "name": "tools",
    "status": "READY",
    "createdAt": _MOMENT,
    "updatedAt": _MOMENT,
    "authorizerType": "AWS_IAM",
    "protocolType": "MCP",
}
_TARGET = {"targetId": "search", "name": "search", "status": "READY", "targetType": "MCP_SERVER"}
_RULES = (
    answered(
        "bedrock.ListInferenceProfiles",
        {"inferenceProfileSummaries": [_profile("tokyo", _TOKYO), _profile("oregon", WEST)]},
    ),
    answered("bedrock.ListGuardrails", {"guardrails": [_guardrail("global"), _guardrail("us")]}),
    _logs(_ABROAD, HOME),
    _logs(_OREGON, WEST),
    answered("bedrock.GetAccountDataRetention", {"mode": "provider_data_share"}, region=WEST),
    # moto does not know the setting, and no answer would be an unknown in every account.
    Rule(operation="bedrock.GetAccountDataRetention", answer={"mode": "none"}),
    *_model("captions", HOME, STRANGER, _OREGON),
    *_model("captions-abroad", FRANKFURT, LOGS, _ABROAD),
    _copy(HOME, FRANKFURT),
    *_imported(HOME),
    *_imported(FRANKFURT),
    answered(
        "bedrock.ListModelInvocationJobs",
        {"invocationJobSummaries": [_batch("abroad", _ABROAD), _batch("oregon", _OREGON)]},
    ),
    answered(
        "bedrock-agent.ListKnowledgeBases",
        {"knowledgeBaseSummaries": [{"knowledgeBaseId": each, "name": each} for each in _BASES]},
    ),
    *(_base(name, storage) for name, storage in _BASES.items()),
    answered(f"{_AGENTCORE}.ListGateways", {"items": [_GATEWAY]}),
    answered(f"{_AGENTCORE}.ListGatewayTargets", {"items": [_TARGET]}),
    *_memory("recall-0000000001", HOME, FRANKFURT),
    *_memory("recall-0000000002", FRANKFURT, WEST),
    _project(HOME),
    _project(FRANKFURT),
)
_CALLS = {region: _arn("model-invocations", region) for region in (HOME, WEST)}
_ROWS = (
    *(_arn(f"application-inference-profile/{name}") for name in ("tokyo", "oregon")),
    *(_arn(f"guardrail/{name}") for name in ("global", "us")),
    *_CALLS.values(),
    _arn("custom-model/base/captions"),
    _arn("custom-model/base/captions-abroad", FRANKFURT),
    *(_arn("imported-model/open", region) for region in (HOME, FRANKFURT)),
    *(_arn(f"model-invocation-job/{name}") for name in ("abroad", "oregon")),
    *(_arn(f"knowledge-base/{name}") for name in _BASES),
    _arn("gateway/tools", service="bedrock-agentcore"),
    _arn("memory/recall-0000000001", HOME, "bedrock-agentcore"),
    _arn("memory/recall-0000000002", FRANKFURT, "bedrock-agentcore"),
    *(_arn("data-automation-project/forms", region) for region in (HOME, FRANKFURT)),
)

PLOT = Plot(
    build=_build,
    tags=dict.fromkeys(_ROWS, PROTECTED),
    rules=_RULES,
    planted=(
        *fails("prompts may be answered in Tokyo", A_10b=f"*/tokyo/inference/{_TOKYO}"),
        *fails("a guardrail is applied anywhere", A_10b="*:guardrail/global/inference/global*"),
        *fails("prompts are kept in Frankfurt", A_04=f"{_CALLS[HOME]}/export/*"),
        *stays_open("prompts are shared with who made a model", A_05b=f"{_CALLS[WEST]}/share/*"),
        *fails("a model is handed to a stranger", A_05b=f"*/captions/share/{STRANGER}"),
        *fails("a model was copied to Frankfurt", A_04="*/captions/copy/*"),
        *fails(
            "the copy is there",
            A_02="*:custom-model/base/captions-abroad",
            A_07b="*:custom-model/base/captions-abroad",
        ),
        *fails("what it lost in training is there", A_04="*/captions-abroad/export/*"),
        *fails("and the original led to both", A_04b=f"*/base/captions -> arn:aws:s3:::{_ABROAD}"),
        *fails("and to whom the copy is shared with", A_04b="*/base/captions -> */share/*"),
        *fails(
            "an imported model is kept in Frankfurt",
            A_02=_arn("imported-model/open", FRANKFURT),
            A_07b=_arn("imported-model/open", FRANKFURT),
        ),
        *fails("answers are left in Frankfurt", A_04="*:model-invocation-job/abroad/export/*"),
        *stays_open("vectors are kept by a vendor", A_04="*/KBSTRANGER/sync/*"),
        *fails("vectors are kept in Frankfurt", A_04="*/KBABROAD/sync/*"),
        *stays_open("a gateway leads anywhere", A_04="*:gateway/tools/stream/search"),
        *fails("recollections are streamed to Frankfurt", A_04="*/recall-0000000001/stream/*"),
        *fails(
            "recollections are kept in Frankfurt",
            A_02="*:memory/recall-0000000002",
            A_07b="*:memory/recall-0000000002",
        ),
        *fails(
            "documents are read in Frankfurt",
            A_10=_arn("data-automation-project/forms", FRANKFURT),
        ),
        *stays_open(
            "and elsewhere in Europe",
            A_10b=_arn("data-automation-project/forms/inference/*", FRANKFURT),
        ),
    ),
)
