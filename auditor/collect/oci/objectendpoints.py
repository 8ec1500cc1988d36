"""OCI Object Storage: private endpoints, through which a network reaches buckets.

An endpoint leads only to the namespaces that it names; '*' is every tenancy's:
https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/private-endpoints.htm
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.collect.flows import ANYBODY, possible
from auditor.collect.oci.flows import to_tenancy
from auditor.collect.oci.reading import (
    NEVER_PUBLIC,
    entries,
    held_by,
    tags_of,
    text,
)
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Guardrail, Maybe, Processor


def _rows(found: Found) -> Iterator[Processor | Flow | Guardrail]:
    if is_gone(found):
        return
    region, namespace = found.place["region"], found.place["namespace"]
    name = text(found, "item.name")
    # Tags are in the answer about one endpoint only.
    row = replace(
        Processor(
            **held_by(found, tagged=False),
            id=f"oci:objectstorage:{region}:{namespace}/endpoint/{name}",
            name=name,
            service="objectstorage",
            kind="private endpoint",
            public=NEVER_PUBLIC,  # it has an address in its subnet only
        ),
        tags=tags_of(found, "endpoint"),
    )
    yield row
    targets = found.read("endpoint.accessTargets")
    active = _is_active(found)
    yield _guardrail(found, row, targets, active)
    if isinstance(targets, Unknown):
        yield possible(row, "mount", targets)
        return
    for reached in sorted(_namespaces(targets)):
        tenancy = _tenancy(found, reached)
        yield to_tenancy(row, "mount", "", tenancy, region, active, reached)


def _namespaces(targets: Json) -> set[str]:
    return {str(each.get("namespace", "")) for each in entries(targets)}


def _tenancy(found: Found, namespace: str) -> Maybe[str]:
    if namespace == found.place["namespace"]:
        return found.place["account"]
    if namespace == "*":
        return ANYBODY
    return Unknown(f"the tenancy of namespace {namespace} is not stated")


def _is_active(found: Found) -> Maybe[bool]:
    state = text(found, "item.lifecycleState")
    states: Mapping[str, bool] = {"ACTIVE": True, "UPDATING": True, "INACTIVE": False}
    return states.get(state, Unknown(f"the endpoint's lifecycleState is {state}"))


def _guardrail(found: Found, row: Processor, targets: Json, active: Maybe[bool]) -> Guardrail:
    limits: Maybe[tuple[str, ...]]
    if isinstance(targets, Unknown):
        limits = targets
    else:
        limits = _limits(found, sorted(_namespaces(targets)))
    return Guardrail(
        id=f"{row.id}/targets",
        evidence=row.evidence,
        provider="oci",
        account=row.account,
        name=f"access targets of {row.name}",
        kind="endpoint policy",
        target_id=row.id,
        region=found.place["region"],
        enforced=active,
        limits=limits,
    )


def _limits(found: Found, namespaces: Sequence[str]) -> tuple[str, ...]:
    return ("destinations",) if namespaces == [found.place["namespace"]] else ()


ENDPOINTS = Collector(
    kind="oci.objectstorage.privateendpoint",
    service="object_storage.ObjectStorageClient",
    title="Private endpoints of Object Storage",
    per=("account", "region", "compartment", "namespace"),
    listing=Listing(
        operation="list_private_endpoints",
        permission="inspect objectstorage-private-endpoint",
        parameters={"limit": 1000},
        bind={"namespace_name": "place.namespace", "compartment_id": "place.compartment"},
        items=".",
    ),
    details=(
        Detail(
            name="endpoint",
            operation="get_private_endpoint",
            permission="read objectstorage-private-endpoint",
            bind={"namespace_name": "place.namespace", "pe_name": "item.name"},
        ),
    ),
    tables=(Processor, Flow, Guardrail),
    rows=_rows,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/objectstorage/20160918"
        "/PrivateEndpointSummary/ListPrivateEndpoints"
    ),
)
