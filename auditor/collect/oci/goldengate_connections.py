"""OCI GoldenGate: connections, each a way for data to a database, a bucket or another cloud.

GoldenGate reads from some and writes to others; a connection does not say which, and may be used
for both at any time. What a connection states of its end is all that is known of it.
"""

from collections.abc import Iterator

from auditor.collect.aws.regions import country_of
from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside, to_store, to_tenancy
from auditor.collect.oci.goldengate import SERVICE, housed
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    compartment_listing,
    host_of,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Processor

# Members by which a connection names a resource of Oracle Cloud.
_RESOURCES = ("databaseId", "dbSystemId", "streamPoolId", "redisClusterId", "deploymentId")
_IN_REGION = ("OCI_OBJECT_STORAGE", "ORACLE_NOSQL", "ORACLE_AI_DATA_PLATFORM")
# A connection string or attribute can hold a password; of an address, the host is enough.
_SECRETS = (
    "additionalAttributes",
    "authDetails.baseUrl.@",
    "catalog.uri.@",
    "clusterEndpoint.@",
    "connectionString",
    "connectionUrl",
    "endpoint.@",
    "jndiProviderUrl",
    "restEndpoint.@",
    "storage.endpoint.@",
    "url.@",
    "workspaceUrl.@",
)
_MODELS = ("AI_MODEL", "AI_PROVIDER")
_AMAZON, _GOOGLE, _MICROSOFT = "Amazon Web Services", "Google", "Microsoft"
# By the type of a connection, of the storage of tables, and of the provider of a model.
_OPERATORS = {
    "AMAZON_KINESIS": _AMAZON,
    "AMAZON_REDSHIFT": _AMAZON,
    "AMAZON_S3": _AMAZON,
    "AZURE_DATA_LAKE_STORAGE": _MICROSOFT,
    "AZURE_SYNAPSE_ANALYTICS": _MICROSOFT,
    "GEMINI": _GOOGLE,
    "GOOGLE_BIGQUERY": _GOOGLE,
    "GOOGLE_CLOUD_STORAGE": _GOOGLE,
    "GOOGLE_PUBSUB": _GOOGLE,
    "MICROSOFT_FABRIC": _MICROSOFT,
    "OPEN_AI": "OpenAI",
    "VOYAGE_AI": "Voyage AI",
}


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connection = processor_of(found, "goldengate", "connection", **housed(found))
    yield connection
    kind, active = maybe_text(found, "item.connectionType"), runs(found)
    mechanism = "inference" if kind in _MODELS else "sync"
    if isinstance(kind, Unknown):
        yield possible(connection, mechanism, kind)
    elif kind in _IN_REGION:
        yield _in_region(found, connection, mechanism, "item", active)
    elif text(found, "item.authDetails.authType") == "OCI_GEN_AI":
        yield _in_region(found, connection, mechanism, "item.authDetails", active)
    else:
        yield _elsewhere(found, connection, mechanism, kind, active)


def _in_region(
    found: Found, connection: Processor, mechanism: str, root: str, active: Maybe[bool]
) -> Flow:
    """Return the flow to a service of Oracle Cloud in a tenancy and region."""
    # Left out, it is the region of the connection.
    region = maybe_text(found, f"{root}.region", absent=found.place["region"])
    # Of models, the reference says the same of the tenancy; of the others it does not.
    own = {"absent": found.place["account"]} if mechanism == "inference" else {}
    tenancy = maybe_text(found, f"{root}.tenancyId", **own)
    return to_tenancy(connection, mechanism, "", tenancy, region, active, "*")


def _elsewhere(
    found: Found, connection: Processor, mechanism: str, kind: str, active: Maybe[bool]
) -> Flow:
    resources = (text(found, f"item.{member}") for member in _RESOURCES)
    resource = next(filter(None, resources), "")
    if resource:
        return to_store(connection, mechanism, resource, active)
    inner = text(found, "item.storage.storageType") or text(found, "item.providerType")
    end = (inner or kind)[:40]
    region = text(found, "item.region") or text(found, "item.storage.region")
    address = text(found, "item.endpoint") or text(found, "item.storage.endpoint")
    if address and not _is_amazon(address, region):
        end = f"{host_of(address)[:100]} as {end}"
    why = Unknown(f"the connection is to {end}, and does not say where that is")
    known: dict[str, Maybe[str]] = {}
    if end in _OPERATORS:
        known["target_operator"] = _OPERATORS[end]
        known["target_account"] = Unknown(f"the connection does not state the account of {end}")
    if known.get("target_operator") == _AMAZON and region:
        known |= {"target_region": region, "target_country": country_of(region)}
    return to_outside(connection, mechanism, "*", why, active, **known)


def _is_amazon(address: str, region: str) -> bool:
    """Whether an address is one of Amazon's in a region: others, too, speak as S3 does."""
    host = host_of(address)
    return host.endswith(".amazonaws.com") and f".{region}." in host


CONNECTIONS = Collector(
    kind="oci.goldengate.connection",
    service=SERVICE,
    title="GoldenGate connections, with where they lead",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_connections",
        "inspect goldengate-connections",
        *(f"{COLLECTED}.{member}" for member in _SECRETS),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("GoldenGateConnection",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/goldengate/20200407/ConnectionSummary/ListConnections",
)
