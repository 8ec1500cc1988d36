"""Where plots put resources of one kind: at home, abroad in order, and abroad with user data."""

from auditor.demo.planted import Planted, fails
from auditor.demo.tenancy.builder import FRANKFURT, HOME, OPERATIONS, USER_DATA, ocid

# region, name, tags
PLACES = ((HOME, "home", USER_DATA), (FRANKFURT, "edge", OPERATIONS), (FRANKFURT, "eu", USER_DATA))


def kept_abroad(what: str, kind: str) -> list[Planted]:
    """Return the breach of a store of user data in Frankfurt.

    Args:
        kind: as it stands in the OCID.
    """
    row = ocid(kind, FRANKFURT, "eu")
    return fails(f"{what} keeps user data in Frankfurt", A_02=row, A_07b=row)


def worked_on_abroad(what: str, kind: str, name: str = "eu") -> list[Planted]:
    """Return the breach of what works on user data in Frankfurt.

    Args:
        kind: as it stands in the OCID.
    """
    return fails(f"{what} works on user data in Frankfurt", A_10=ocid(kind, FRANKFURT, name))
