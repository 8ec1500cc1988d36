"""Collections from folders of packages, and the rows that they make."""

from pathlib import Path

from auditor.apps.examination import examine
from auditor.collect.app.client import AppDoor, Examine
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.registry import load_collectors
from auditor.demo.apps.packages import build_packages
from auditor.model import Answer, Json, Outcome, Request, Target
from auditor.tables import Row
from auditor.walk import Unit, Walk
from tests.collect.oci.simulated import NOW, Kept

COLLECTORS = [each for each in load_collectors() if each.provider == "app"]


def target(folder: Path) -> Target:
    """Return a target for a folder."""
    return Target(name="phone", provider="app", options={"folder": str(folder)})


def at_once(path: Path) -> Answer:
    """Examine a package in this process, which is quicker."""
    return Answer(outcome=Outcome.OK, body=examine(path))


def request(operation: str, **parameters: Json) -> Request:
    """Return a request as the walk would make it."""
    return Request(
        collector="",
        place={"target": "phone"},
        step="l0",
        service="packages",
        operation=operation,
        parameters=parameters,
    )


def collected(folder: Path, examine: Examine = at_once) -> tuple[list[Row], list[Unit]]:
    """Collect from a folder and replay; returns all rows, and the units of the walk."""
    keeper, goal = Kept(), target(folder)
    door = AppDoor(goal, examine=examine)
    collect([goal], COLLECTORS, {"phone": door}, keeper, now=lambda: NOW, progress=Silence())
    walk = Walk([goal], COLLECTORS)
    walk.start()
    rows: list[Row] = []
    units: list[Unit] = []
    for index, record in enumerate(keeper.records):
        revealed = walk.answer(record.request, record.answer, index)
        for unit, found in revealed.found:
            rows += unit.collector.rows(found)
        units += revealed.finished
    return rows, units


def demo_folder(folder: Path) -> Path:
    """Write the demo's packages; returns the folder."""
    build_packages(folder)
    return folder
