"""OCI Generative AI: what answers prompts, the regions it may ask, and what it keeps.

https://docs.oracle.com/en-us/iaas/Content/generative-ai/home.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps, works
from auditor.collect.oci.reading import odd, text
from auditor.collect.oci.service_rows import (
    compartment_listing,
    is_gone,
    processor_of,
    runs,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor, Store

_SERVICE = "generative_ai.GenerativeAiClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai/20231130"


def _endpoint_rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    endpoint = processor_of(found, "generativeai", "endpoint")
    yield endpoint
    cluster = text(found, "item.dedicatedAiClusterId")
    if cluster:
        yield to_store(endpoint, "inference", cluster, runs(found))


def _profile_rows(found: Found) -> Iterator[Processor | Flow]:
    """Yield a profile that sends prompts to any region of its list."""
    if is_gone(found):
        return
    profile = processor_of(found, "generativeai", "routing profile")
    yield profile
    regions = found.read("item.regionRoutingPolicy.allowedRegions")
    if isinstance(regions, Unknown) or not isinstance(regions, list):
        why = regions if isinstance(regions, Unknown) else odd("allowedRegions", "a list")
        yield possible(profile, "inference", why)
        return
    for region in sorted({str(each) for each in regions}):
        yield to_region(profile, "inference", "", region, runs(found), region)


def _model_rows(found: Found) -> Iterator[Store]:
    """Yield a model that was trained on data of the customer's; the list has Oracle's own, too."""
    if not is_gone(found) and text(found, "item.type") != "BASE":
        yield store_of(found, "generativeai", "model")


ENDPOINTS = Collector(
    kind="oci.generativeai.endpoint",
    service=_SERVICE,
    title="Endpoints of generative models",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_endpoints", "inspect generative-ai-endpoint"),
    tables=(Processor, Flow),
    rows=_endpoint_rows,
    source=f"{_API}/EndpointCollection/ListEndpoints",
)

CLUSTERS = Collector(
    kind="oci.generativeai.cluster",
    service=_SERVICE,
    title="Dedicated clusters of generative models",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_dedicated_ai_clusters", "inspect generative-ai-dedicated-ai-cluster"
    ),
    tables=(Processor,),
    rows=works("generativeai", "dedicated AI cluster"),
    source=f"{_API}/DedicatedAiClusterCollection/ListDedicatedAiClusters",
)

PROFILES = Collector(
    kind="oci.generativeai.profile",
    service=_SERVICE,
    title="Routing profiles of generative models, with the regions that they may ask",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_routing_profiles", "inspect generative-ai-routing-profile"),
    tables=(Processor, Flow),
    rows=_profile_rows,
    source=f"{_API}/RoutingProfileCollection/ListRoutingProfiles",
)

MODELS = Collector(
    kind="oci.generativeai.model",
    service=_SERVICE,
    title="Generative models that were trained on data of the tenancy",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_models", "inspect generative-ai-model"),
    tables=(Store,),
    rows=_model_rows,
    source=f"{_API}/ModelCollection/ListModels",
)

KNOWLEDGE_BASES = Collector(
    kind="oci.generativeai.knowledgebase",
    service="generative_ai_agent.GenerativeAiAgentClient",
    title="Knowledge bases of generative agents",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_knowledge_bases", "inspect genai-agent-knowledge-base"),
    tables=(Store,),
    rows=keeps("generativeai", "knowledge base"),
    types=("GenAiAgentKnowledgeBase",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai-agents/20240531/KnowledgeBaseCollection/ListKnowledgeBases",
)

AGENTS = Collector(
    kind="oci.generativeai.agent",
    service="generative_ai_agent.GenerativeAiAgentClient",
    title="Generative agents",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_agents", "inspect genai-agent"),
    tables=(Processor,),
    rows=works("generativeai", "agent"),
    types=("GenAiAgent",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai-agents/20240531/AgentCollection/ListAgents",
)
