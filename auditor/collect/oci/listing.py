"""How collectors of Oracle Cloud list what is in one compartment of one region."""

from auditor.spec import Listing

PER_COMPARTMENT = ("account", "region", "compartment")


def in_compartment(operation: str, permission: str, *secrets: str) -> Listing:
    """Return the listing of a compartment by an operation that answers with a bare list."""
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
        secrets=secrets,
    )
