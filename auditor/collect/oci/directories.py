"""How lists of an identity domain are asked for, and read entry by entry.

A domain answers at its own address. Its lists are details of the domain: a page is one record, and
each entry is as if it had been listed below the domain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from auditor.collect.oci.reading import text
from auditor.model import Json
from auditor.spec import Detail, Found, listed


def in_directory(name: str, operation: str, permission: str, **parameters: Json) -> Detail:
    """Return the call that lists something of a domain."""
    return Detail(
        name=name,
        service="identity_domains.IdentityDomainsClient",
        operation=operation,
        permission=permission,
        parameters={"count": 1000, **parameters},
        endpoint="item.url",
        items="Resources",
    )


def entries_of(found: Found, name: str) -> Iterator[Found]:
    """Yield each entry of a list as its own item, with the domain as its parent.

    The evidence of an entry is the page that it is on.
    """
    call = found.details[name]
    for page, index in zip(found.answers[name], found.records[name], strict=True):
        records = {"parent": found.records["item"], "item": (index,)}
        for item in listed(call, page):
            if isinstance(item, Mapping):
                yield replace(found, item=item, parent=found.item, answers={}, records=records)


def id_in_domain(found: Found) -> str:
    """Return the OCID of what a domain lists, or its name within the domain if it has none."""
    domain = text(found, "parent.id")
    return text(found, "item.ocid") or f"{domain}/{text(found, 'item.id')}"
