"""How collectors of Oracle Cloud list what is in one compartment of one region."""

from auditor.collect.oci.service_rows import BARE, LONG_PAGE, compartment_listing
from auditor.spec import Listing

PER_COMPARTMENT = ("account", "region", "compartment")


def in_compartment(operation: str, permission: str, *secrets: str) -> Listing:
    """Return the listing of a compartment by an operation that answers with a bare list."""
    return compartment_listing(operation, permission, *secrets, items=BARE, limit=LONG_PAGE)
