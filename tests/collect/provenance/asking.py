"""Asks the door to a folder of provenance, as a collection does."""

from collections.abc import Iterator
from pathlib import Path

from auditor.collect.provenance.client import ProvenanceDoor
from auditor.model import Answer, Request, Target
from auditor.spec import Collector, Found
from auditor.tables import Row


def door(folder: Path, **roots: str) -> ProvenanceDoor:
    """Return the door to a folder, with roots by option."""
    options = {"folder": str(folder), **{name.replace("_", " "): at for name, at in roots.items()}}
    return ProvenanceDoor(Target(name="records", provider="provenance", options=options))


def ask(opened: ProvenanceDoor, operation: str, **parameters: str) -> Answer:
    """Return the door's answer."""
    return opened.ask(
        Request(
            collector="x",
            place={"target": "records"},
            step="1",
            service="x",
            operation=operation,
            parameters=parameters,
        )
    )


def collected(collector: Collector, opened: ProvenanceDoor) -> Iterator[Row]:
    """Yield the rows of everything that a collector lists."""
    assert collector.parent
    ((parameter, path),) = collector.listing.bind.items()
    for parent in ask(opened, collector.parent.operation).body[collector.parent.items]:
        value = parent[path.partition(".")[2]]
        item = ask(opened, collector.listing.operation, **{parameter: value}).body
        place = {"target": "records"}
        yield from collector.rows(Found(place=place, item=item, parent=parent))
