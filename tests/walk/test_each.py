"""One question about each of several values, whose answers are read as one."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Answer, Request, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.walk import Walk
from tests.fakes import COLLECTORS, DENIED, TARGET, FakeDoor, answers, ok
from tests.walk.test_walk import drive


def _keepers(found: Found) -> tuple[str, ...]:
    return tuple(found.item["Keepers"]) if isinstance(found.item, dict) else ()


KEPT = Collector(
    kind="fake.boxes.kept",
    service="boxes",
    title="boxes, and what each of their keepers says",
    per=("account", "region"),
    listing=Listing(operation="ListBoxes", permission="", items="Boxes"),
    details=(
        Detail(
            name="said",
            operation="GetKeeper",
            permission="",
            each={"Name": _keepers},
            items="Names",
        ),
        Detail(
            name="after",
            operation="GetBox",
            permission="",
            bind={"Name": "item.Name"},
        ),
    ),
    tables=(),
    rows=lambda _: (),
)


def _say(request: Request) -> Answer:
    name = request.parameters["Name"]
    if name == "eve":
        return DENIED
    more = 2 if name == "bob" and not request.token else None
    return ok({"Names": [f"{name}{request.token or 1}"]}, more)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_each_value_is_asked_about_and_all_answers_are_one(order: st.DataObject) -> None:
    """With their pages, until one is refused; and what comes after is asked all the same."""
    boxes = [
        {"Name": "several", "Keepers": ["ann", "bob", "cem"]},
        {"Name": "none", "Keepers": []},
        {"Name": "refused", "Keepers": ["ann", "eve", "cem"]},
    ]
    door = FakeDoor(
        {**answers(), "ListBoxes": {"Boxes": boxes}, "GetKeeper": _say, "GetBox": {"Name": "x"}}
    )
    axes = [each for each in COLLECTORS if each.axis]
    total = drive(Walk((TARGET,), [*axes, KEPT]), door, order)
    read = {found.item["Name"]: found for unit, found in total.found if unit.collector is KEPT}

    assert read["several"].read("said") == ["ann1", "bob1", "bob2", "cem1"]
    assert len(read["several"].records["said"]) == 4
    assert isinstance(read["none"].read("said"), Unknown)
    assert isinstance(read["refused"].read("said"), Unknown)
    assert len(read["refused"].answers["said"]) == 2
    assert {found.read("after.Name") for found in read.values()} == {"x"}


def test_every_question_has_a_step_of_its_own() -> None:
    """A collection that was killed goes on where it stood."""
    boxes = [{"Name": "several", "Keepers": ["ann", "bob", "cem"]}]
    door = FakeDoor(
        {**answers(), "ListBoxes": {"Boxes": boxes}, "GetKeeper": _say, "GetBox": {"Name": "x"}}
    )
    drive(Walk((TARGET,), [*(each for each in COLLECTORS if each.axis), KEPT]), door)

    steps = [(r.region, r.step) for r in door.asked if r.operation == "GetKeeper"]
    assert len(steps) == len(set(steps)) >= 4


def test_a_parameter_that_is_unknown_is_left_out() -> None:
    """Not every resource has what a call may be asked with."""
    call = Listing(
        operation="ListBoxes",
        permission="",
        items="Boxes",
        compose={"Name": lambda _: Unknown("it has none"), "Size": lambda _: 7},
    )
    collector = replace(KEPT, listing=call, details=())
    door = FakeDoor({**answers(), "ListBoxes": {"Boxes": []}})
    drive(Walk((TARGET,), [*(each for each in COLLECTORS if each.axis), collector]), door)

    asked = [r.parameters for r in door.asked if r.operation == "ListBoxes"]
    assert asked
    assert all(each == {"Size": 7} for each in asked)
