"""Rows of resources of which only matters where they are, whose, and how tagged; or no rows."""

from collections.abc import Callable, Iterator

from auditor.collect.oci.service_rows import is_gone, processor_of, store_of
from auditor.spec import Found
from auditor.tables import Processor, Row, Store


def keeps(service: str, kind: str) -> Callable[[Found], Iterator[Store]]:
    """Return what makes a row of ``stores`` of each resource that is still there.

    Args:
        kind: what it is, in Oracle's word.
    """

    def rows(found: Found) -> Iterator[Store]:
        if not is_gone(found):
            yield store_of(found, service, kind)

    return rows


def works(service: str, kind: str) -> Callable[[Found], Iterator[Processor]]:
    """Return what makes a row of ``processors`` of each resource that is still there.

    Args:
        kind: what it is, in Oracle's word.
    """

    def rows(found: Found) -> Iterator[Processor]:
        if not is_gone(found):
            yield processor_of(found, service, kind)

    return rows


def no_rows(found: Found) -> Iterator[Row]:  # noqa: ARG001
    """Yield nothing, for what is listed for the sake of places or evidence."""
    return iter(())
