"""Where knowledge bases, gateways and memories keep and send things, given what AWS answered."""

import pytest

from auditor.collect.aws.bedrock_agents import BASES, GATEWAYS, MEMORIES, PROJECTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, BASES, GATEWAYS, MEMORIES, PROJECTS)
MOMENT = "2026-01-01T00:00:00Z"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_base(kind: str, *, deny: tuple[str, ...] = (), **storage: object) -> Collected:
    summary = {"knowledgeBaseId": "KB1", "name": "help", "status": "ACTIVE", "updatedAt": MOMENT}
    base = {
        "knowledgeBaseId": "KB1",
        "knowledgeBaseConfiguration": {"type": kind},
        "storageConfiguration": {"type": "PINECONE", **storage},
    }
    rules = [
        Rule(
            operation="bedrock-agent.ListKnowledgeBases",
            answer={"knowledgeBaseSummaries": [summary]},
        ),
        Rule(operation="bedrock-agent.GetKnowledgeBase", answer={"knowledgeBase": base}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_vectors_may_be_kept_in_a_store_of_ours() -> None:
    collection = f"arn:aws:aoss:{HOME}:{ACCOUNT}:collection/c"
    about = {"collectionArn": collection, "vectorIndexName": "v"}

    collected = gather_base("VECTOR", opensearchServerlessConfiguration=about)

    assert collected.processors["help"].id == f"arn:aws:bedrock:{HOME}:{ACCOUNT}:knowledge-base/KB1"
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [("sync", collection)]


def test_vectors_may_be_kept_by_somebody_else() -> None:
    """Who runs a store outside of AWS, and where, no answer tells."""
    about = {"connectionString": "https://a.svc.example.net", "credentialsSecretArn": "arn:x"}

    (flow,) = gather_base("VECTOR", pineconeConfiguration=about).flows

    assert flow.target_id == ""
    assert isinstance(flow.target_operator, Unknown)


def test_a_managed_base_is_a_store() -> None:
    store = gather_base("MANAGED").stores["help"]

    assert (store.kind, store.key_id) == ("knowledge base", "")


def test_a_refusal_hides_where_vectors_are_kept() -> None:
    (flow,) = gather_base("VECTOR", deny=("GetKnowledgeBase",)).flows

    assert isinstance(flow.active, Unknown)


def test_an_open_gateway_is_public_and_its_targets_are_anywhere() -> None:
    gateway = {
        "gatewayId": "g",
        "name": "tools",
        "status": "READY",
        "createdAt": MOMENT,
        "updatedAt": MOMENT,
        "authorizerType": "NONE",
        "protocolType": "MCP",
    }
    target = {"targetId": "t", "name": "search", "status": "READY", "createdAt": MOMENT}
    service = "bedrock-agentcore-control"
    rules = [
        Rule(operation=f"{service}.ListGateways", answer={"items": [gateway]}),
        Rule(operation=f"{service}.ListGatewayTargets", answer={"items": [target]}),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.processors["tools"].public is True
    (flow,) = collected.flows
    assert isinstance(flow.target_id, Unknown)


def test_a_memory_streams_what_it_remembers() -> None:
    name = f"arn:aws:bedrock-agentcore:{HOME}:{ACCOUNT}:memory/recall-0000000001"
    stream = f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/s"
    summary = {"arn": name, "id": "recall-0000000001", "createdAt": MOMENT, "updatedAt": MOMENT}
    resources = {"resources": [{"kinesis": {"dataStreamArn": stream}}]}
    service = "bedrock-agentcore-control"
    rules = [
        Rule(operation=f"{service}.ListMemories", answer={"memories": [summary]}),
        Rule(
            operation=f"{service}.GetMemory",
            answer={"memory": {"id": "recall-0000000001", "streamDeliveryResources": resources}},
        ),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.stores["recall-0000000001"].id == name
    assert [flow.target_id for flow in collected.flows] == [stream]


def test_documents_are_read_within_the_geography() -> None:
    project = {
        "projectArn": f"arn:aws:bedrock:{HOME}:{ACCOUNT}:data-automation-project/p",
        "projectName": "forms",
        "creationTime": MOMENT,
    }
    rule = Rule(
        operation="bedrock-data-automation.ListDataAutomationProjects",
        answer={"projects": [project]},
    )

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.mechanism, flow.target_country) == ("inference", "US")
