"""Amazon Bedrock: knowledge bases, gateways and memories of agents, and document processing.

API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Agents_for_Amazon_Bedrock.html
"""

from collections.abc import Iterator

from auditor.collect.aws.bedrock import country_of_geography, to_geography
from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, maybe_text, optional, optional_key, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor, Store

_STORAGE = "base.knowledgeBase.storageConfiguration"
_TYPE = "base.knowledgeBase.knowledgeBaseConfiguration.type"
_VECTOR_STORES = (
    "opensearchServerlessConfiguration.collectionArn",
    "opensearchManagedClusterConfiguration.domainArn",
    "pineconeConfiguration.connectionString",
    "redisEnterpriseCloudConfiguration.endpoint",
    "rdsConfiguration.resourceArn",
    "mongoDbAtlasConfiguration.endpoint",
    "neptuneAnalyticsConfiguration.graphArn",
    "s3VectorsConfiguration.vectorBucketArn",
)
_OTHER_STORES = (
    "kendraKnowledgeBaseConfiguration.kendraIndexArn",
    "sqlKnowledgeBaseConfiguration.redshiftConfiguration.queryEngineConfiguration"
    ".serverlessConfiguration.workgroupArn",
)
_SUPPLEMENTS = (
    "vectorKnowledgeBaseConfiguration.supplementalDataStorageConfiguration.storageLocations",
    "managedKnowledgeBaseConfiguration.supplementalDataStorageConfiguration.storageLocations",
)


def _base(found: Found) -> Iterator[Store | Processor | Flow]:
    name = text(found, "item.knowledgeBaseId")
    region, account = found.place["region"], found.place["account"]
    name_and_id = {
        "id": arn("bedrock", region, account, f"knowledge-base/{name}"),
        "name": text(found, "item.name"),
        "kind": "knowledge base",
    }
    row: Store | Processor
    if found.read(_TYPE) == "MANAGED":
        row = store_of(
            found,
            **name_and_id,
            encrypted=True,  # with a key of AWS's where the customer names none
            key_id=optional_key(
                found,
                "base.knowledgeBase.knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration"
                ".serverSideEncryptionConfiguration.kmsKeyArn",
                beside=_TYPE,
            ),
            public=False,  # asked with credentials of AWS only
        )
    else:
        row = processor_of(found, **name_and_id, public=False)
    yield row
    yield from exits(row, "sync", _stores(found))


def _stores(found: Found) -> Iterator[Json]:
    """Yield where a knowledge base keeps what it has read; an Unknown if that is not stated."""
    kind = found.read(_TYPE)
    if isinstance(kind, Unknown):
        yield kind
        return
    storage = found.read(_STORAGE, absent={})
    about = found.read("base.knowledgeBase.knowledgeBaseConfiguration")
    named = [dig(storage, path) for path in _VECTOR_STORES]
    named += [dig(about, path) for path in _OTHER_STORES]
    for path in _SUPPLEMENTS:
        named += [dig(each, "s3Location.uri") for each in entries(dig(about, path))]
    if not any(named) and kind != "MANAGED":
        yield Unknown(f"the answer does not name the store of a knowledge base of type {kind}")
    yield from named


def _gateway(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.gatewayId")
    gateway = processor_of(
        found,
        id=arn("bedrock-agentcore", region, account, f"gateway/{name}"),
        name=text(found, "item.name"),
        kind="gateway",
        public=_is_open(maybe_text(found, "item.authorizerType")),
        created=maybe_text(found, "item.createdAt"),
    )
    yield gateway
    targets = found.read("targets")
    if isinstance(targets, Unknown):
        yield possible(gateway, "stream", targets)
        return
    for target in entries(targets):
        why = f"the list of its targets does not say where {target.get('targetType')} is"
        yield possible(gateway, "stream", Unknown(why), str(target.get("targetId")))


def _is_open(authorizer: Maybe[str]) -> Maybe[bool]:
    return authorizer if isinstance(authorizer, Unknown) else authorizer == "NONE"


def _memory(found: Found) -> Iterator[Store | Flow]:
    memory = store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.id"),
        kind="memory",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "memory.memory.encryptionKeyArn", beside="memory.memory.id"),
        public=False,  # asked with credentials of AWS only
        created=maybe_text(found, "item.createdAt"),
    )
    yield memory
    path = "memory.memory.streamDeliveryResources.resources"
    streams = optional(found, path, beside="memory.memory.id", absent=[])
    if isinstance(streams, Unknown):
        yield possible(memory, "stream", streams)
    names = [dig(each, "kinesis.dataStreamArn") for each in entries(streams)]
    yield from exits(memory, "stream", names)


def _project(found: Found) -> Iterator[Processor | Flow]:
    project = processor_of(
        found,
        id=text(found, "item.projectArn"),
        name=text(found, "item.projectName"),
        kind="data automation project",
        public=False,  # called with credentials of AWS only
        created=maybe_text(found, "item.creationTime"),
    )
    yield project
    # Each call names a profile of the geography that its region is in.
    geography = found.place["region"].rpartition("-")[0].rpartition("-")[0]
    profile = f"{geography}.data-automation-v1"
    yield to_geography(project, profile, country_of_geography(profile))


BASES = Collector(
    kind="aws.bedrock.knowledge-base",
    service="bedrock-agent",
    title="Bedrock knowledge bases",
    per=("account", "region"),
    listing=Listing(
        operation="ListKnowledgeBases",
        permission="bedrock:ListKnowledgeBases",
        parameters={"maxResults": 1000},
        items="knowledgeBaseSummaries",
    ),
    details=(
        Detail(
            name="base",
            operation="GetKnowledgeBase",
            permission="bedrock:GetKnowledgeBase",
            bind={"knowledgeBaseId": "item.knowledgeBaseId"},
        ),
    ),
    tables=(Store, Processor, Flow),
    rows=_base,
    types=("bedrock:knowledge-base",),
    source=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_ListKnowledgeBases.html"
    ),
)

GATEWAYS = Collector(
    kind="aws.bedrock-agentcore.gateway",
    service="bedrock-agentcore-control",
    title="Gateways of Bedrock AgentCore",
    per=("account", "region"),
    listing=Listing(
        operation="ListGateways",
        permission="bedrock-agentcore:ListGateways",
        parameters={"maxResults": 1000},
        items="items",
    ),
    details=(
        Detail(
            name="targets",
            operation="ListGatewayTargets",
            permission="bedrock-agentcore:ListGatewayTargets",
            parameters={"maxResults": 1000},
            bind={"gatewayIdentifier": "item.gatewayId"},
            items="items",
        ),
    ),
    tables=(Processor, Flow),
    rows=_gateway,
    types=("bedrock-agentcore:gateway",),
    source=(
        "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/"
        "API_ListGateways.html"
    ),
)

MEMORIES = Collector(
    kind="aws.bedrock-agentcore.memory",
    service="bedrock-agentcore-control",
    title="Memories of Bedrock AgentCore",
    per=("account", "region"),
    listing=Listing(
        operation="ListMemories",
        permission="bedrock-agentcore:ListMemories",
        parameters={"maxResults": 100},
        items="memories",
    ),
    details=(
        Detail(
            name="memory",
            operation="GetMemory",
            permission="bedrock-agentcore:GetMemory",
            bind={"memoryId": "item.id"},
        ),
    ),
    tables=(Store, Flow),
    rows=_memory,
    types=("bedrock-agentcore:memory",),
    source=(
        "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/"
        "API_ListMemories.html"
    ),
)

PROJECTS = Collector(
    kind="aws.bedrock.data-automation-project",
    service="bedrock-data-automation",
    title="Bedrock Data Automation projects",
    per=("account", "region"),
    listing=Listing(
        operation="ListDataAutomationProjects",
        permission="bedrock:ListDataAutomationProjects",
        # AWS's own default project is the same for everybody.
        parameters={"projectStageFilter": "ALL", "resourceOwner": "ACCOUNT", "maxResults": 1000},
        items="projects",
    ),
    tables=(Processor, Flow),
    rows=_project,
    types=("bedrock:data-automation-project",),
    source=(
        "https://docs.aws.amazon.com/bedrock/latest/APIReference/"
        "API_data-automation_ListDataAutomationProjects.html"
    ),
)
