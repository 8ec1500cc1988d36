"""What several resources would ask alike is asked once."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Answer, Request, Unknown
from auditor.spec import Collector, Detail, Listing
from auditor.walk import Walk
from tests.fakes import COLLECTORS, DENIED, TARGET, FakeDoor, answers, ok
from tests.walk.test_walk import drive

KEEPERS = Collector(
    kind="fake.boxes.kept",
    service="boxes",
    title="boxes, and who keeps each",
    per=("account", "region"),
    listing=Listing(operation="ListBoxes", permission="", items="Boxes"),
    details=(
        Detail(
            name="keeper",
            operation="GetKeeper",
            permission="",
            bind={"Name": "item.Keeper"},
            items="Names",
            shared=True,
        ),
        Detail(
            name="deputy",
            operation="GetKeeper",
            permission="",
            bind={"Name": "item.Deputy"},
            items="Names",
            shared=True,
        ),
    ),
    tables=(),
    rows=lambda _: (),
)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_question_that_several_resources_share_is_asked_once(order: st.DataObject) -> None:
    """Whoever asks first, everybody has the whole answer, page by page, and its records."""
    boxes = [
        {"Name": "one", "Keeper": "ann", "Deputy": "bob"},
        {"Name": "two", "Keeper": "bob", "Deputy": "ann"},
        {"Name": "three", "Keeper": "ann", "Deputy": "eve"},
    ]

    def keeper(request: Request) -> Answer:
        if request.parameters["Name"] == "eve":
            return DENIED
        name = request.parameters["Name"]
        return ok({"Names": [f"{name}{request.token or 1}"]}, None if request.token else 2)

    door = FakeDoor({**answers(), "ListBoxes": {"Boxes": boxes}, "GetKeeper": keeper})
    axes = [each for each in COLLECTORS if each.axis]
    total = drive(Walk((TARGET,), [*axes, KEEPERS]), door, order)
    found = [found for unit, found in total.found if unit.collector is KEEPERS]

    names = {"ann": ["ann1", "ann2"], "bob": ["bob1", "bob2"]}
    for each in found:
        deputy = each.item["Deputy"]
        assert each.read("keeper") == names[each.item["Keeper"]]
        assert isinstance(each.read("deputy"), Unknown) == (deputy == "eve")
        assert deputy == "eve" or each.read("deputy") == names[deputy]
    assert all(len(each.records["keeper"]) == 2 for each in found)
    asked = Counter(
        (r.region, r.parameters["Name"], r.token) for r in door.asked if r.operation == "GetKeeper"
    )
    assert set(asked.values()) == {1}
    assert len(found) == 6
