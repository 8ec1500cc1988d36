"""Whether a caller whom faults deny would see a resource in an index."""

from functools import cache

from auditor.demo.oci.estate import Resource
from auditor.demo.oci.faults import FaultPlan, Subject
from auditor.demo.oci.routes import Route, routes_of
from auditor.demo.oci.sdk import clients_of
from auditor.demo.oci.shapes import envelope, family, shape


@cache
def listings_of(module: str, model: str) -> tuple[Route, ...]:
    """Return the operations that list the family of a model, or of one that it extends."""
    known = shape(module, model)
    kinds = {family(each) for each in (known.lineage if known else (model,))}
    found = []
    for client in clients_of(module):
        for route in routes_of(client):
            answer = envelope(module, route.response)
            if answer is not None and answer.many and family(answer.element) in kinds:
                found.append(route)
    return tuple(found)


def is_denied(faults: FaultPlan, resource: Resource) -> bool:
    """Whether every listing that could show a resource is denied for good where it is."""
    compartment = str(resource.fields.get("compartmentId"))
    values = frozenset({compartment, str(resource.fields.get("id")), *resource.path.values()})
    listings = listings_of(resource.module, resource.model)
    return bool(listings) and all(
        faults.denies(
            Subject(
                route=route,
                region=resource.region,
                values=values,
                compartments=frozenset({compartment}),
            )
        )
        for route in listings
    )
