"""The provider's own identifiers in what was listed, as its inventories spell them.

Not everything that is listed makes a row: a vault is there for its keys, a topic for those who read
it. An inventory that names it names nothing that was missed.
"""

from collections.abc import Iterator, Mapping

from auditor.model import Json
from auditor.spec import Found

_MEMBERS = ("id", "topicId")  # Notifications alone calls the identifier of a topic otherwise
# Oracle Cloud's; those of AWS are names of rows, as many answers of AWS state none.
_PREFIX = "ocid1."


def identifiers(found: Found) -> Iterator[str]:
    """Yield the identifiers of a listed resource, of its parent, and of what its details list."""
    for value in (found.item, found.parent):
        yield from _identifiers(value)
    for pages in found.answers.values():
        for page in pages:
            for value in page.body if isinstance(page.body, list) else ():
                yield from _identifiers(value)


def _identifiers(value: Json) -> Iterator[str]:
    if isinstance(value, Mapping):
        for member in _MEMBERS:
            identifier = value.get(member)
            if isinstance(identifier, str) and identifier.startswith(_PREFIX):
                yield identifier
