"""OCI GoldenGate: connections, each a way for data to a database, a bucket or another cloud.

GoldenGate reads from some and writes to others; a connection does not say which, and may be used
for both at any time. What a connection states of its end is all that is known of it.
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside, to_store, to_tenancy
from auditor.collect.oci.goldengate import SERVICE
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, processor_of, runs
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Processor

# Members by which a connection names a resource of Oracle Cloud.
_RESOURCES = ("databaseId", "dbSystemId", "streamPoolId", "redisClusterId", "deploymentId")
_IN_REGION = ("OCI_OBJECT_STORAGE", "ORACLE_NOSQL", "ORACLE_AI_DATA_PLATFORM")
_AMAZON = ("AMAZON_S3", "AMAZON_KINESIS", "AMAZON_REDSHIFT")
_OPERATORS = {
    **dict.fromkeys(_AMAZON, "Amazon Web Services"),
    "AZURE_DATA_LAKE_STORAGE": "Microsoft",
    "AZURE_SYNAPSE_ANALYTICS": "Microsoft",
    "GOOGLE_BIGQUERY": "Google",
    "GOOGLE_CLOUD_STORAGE": "Google",
    "GOOGLE_PUBSUB": "Google",
    "MICROSOFT_FABRIC": "Microsoft",
}


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    connection = processor_of(found, "goldengate", "connection")
    yield connection
    kind, active = maybe_text(found, "item.connectionType"), runs(found)
    if isinstance(kind, Unknown):
        yield possible(connection, "sync", kind)
    elif kind in _IN_REGION:
        yield _in_region(found, connection, active)
    else:
        yield _elsewhere(found, connection, kind, active)


def _in_region(found: Found, connection: Processor, active: Maybe[bool]) -> Flow:
    """Return the flow to a service of Oracle Cloud in a tenancy and region."""
    # Left out, it is the region of the connection.
    region = maybe_text(found, "item.region", absent=found.place["region"])
    tenancy = maybe_text(found, "item.tenancyId", absent=found.place["account"])
    return to_tenancy(connection, "sync", "", tenancy, region, active, "*")


def _elsewhere(found: Found, connection: Processor, kind: str, active: Maybe[bool]) -> Flow:
    resources = (text(found, f"item.{member}") for member in _RESOURCES)
    resource = next(filter(None, resources), "")
    if resource:
        return to_store(connection, "sync", resource, active)
    shown = kind[:40]
    why = Unknown(f"the connection is to {shown}, and does not say where that is")
    known: dict[str, Maybe[str]] = {}
    if kind in _AMAZON and (region := text(found, "item.region")):
        known["target_region"] = region
    if kind in _OPERATORS:
        known["target_operator"] = _OPERATORS[kind]
        known["target_account"] = Unknown(f"the connection does not state the account of {shown}")
    return to_outside(connection, "sync", "*", why, active, **known)


CONNECTIONS = Collector(
    kind="oci.goldengate.connection",
    service=SERVICE,
    title="GoldenGate connections, with where they lead",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_connections", "inspect goldengate-connections"),
    tables=(Processor, Flow),
    rows=_rows,
    types=("GoldenGateConnection",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/goldengate/20200407/ConnectionSummary/ListConnections",
)
