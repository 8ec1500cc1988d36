"""What AWS's levels do not say: which actions reach what a store holds, by hand.

The service reference marks ``s3:GetBucketLocation`` and ``s3:GetObject`` alike as Read, and
``kms:Decrypt`` as Write. For every kind of store and key that collectors find, these tables say
which actions reach its contents.
"""

from auditor.access.contents.analytics import ANALYTICS
from auditor.access.contents.base import NOTHING, Contents, Table
from auditor.access.contents.databases import DATABASES
from auditor.access.contents.machines import MACHINES
from auditor.access.contents.messages import MESSAGES
from auditor.access.contents.software import SOFTWARE
from auditor.access.contents.storage import STORAGE
from auditor.access.contents.tables import TABLES

CONTENTS: Table = {
    **STORAGE,
    **MACHINES,
    **DATABASES,
    **TABLES,
    **MESSAGES,
    **SOFTWARE,
    **ANALYTICS,
}


def contents_of(prefix: str, kind: str) -> Contents:
    """Return what is said by hand of a kind; nothing if it is no kind of these tables.

    Args:
        prefix: of the service's actions.
        kind: in our words.
    """
    return CONTENTS.get((prefix, kind)) or CONTENTS.get(("*", kind), NOTHING)


__all__ = ["CONTENTS", "Contents", "contents_of"]
