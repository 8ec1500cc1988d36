"""Where an index of the cloud says that something is, and what is listed because of it."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Answer, Json, Outcome, Request, Target
from auditor.spec import Axis, Census, Charges, Collector, Found, Listing
from auditor.tables import Store
from auditor.walk import Spared, Walk
from tests.fakes import DENIED, FakeDoor, ok
from tests.walk.test_walk import drive

TARGET = Target(name="main", provider="fake")
ROOMS = ("root", "attic", "cellar", "closed")


def _text(found: Found, path: str) -> str:
    return str(found.read(path, absent=""))


def _collector(kind: str, operation: str, *, per: tuple[str, ...], **more: Json) -> Collector:
    return Collector(
        kind=f"fake.house.{kind}",
        service="house",
        title=kind,
        per=per,
        listing=Listing(operation=operation, permission="", items="."),
        tables=(Store,),
        rows=lambda _: (),
        **more,
    )


def _places(kind: str, axis: str, *, per: tuple[str, ...]) -> Collector:
    return _collector(
        kind,
        f"List{kind}",
        per=per,
        axis=Axis(
            name=axis,
            value=lambda found: _text(found, "item.name"),
            hides=lambda found: found.item.get("closed", False),
        ),
    )


HOUSE = _places("House", "account", per=())
FLOORS = _places("Floor", "region", per=("account",))
ROOM = _places("Room", "compartment", per=("account",))
KNOWN = _collector(
    "known",
    "ListTypes",
    per=("account", "region"),
    census=Census(
        axis="compartment", names=lambda f: (_text(f, "item.type"), ""), always="place.account"
    ),
)
INDEX = _collector(
    "index",
    "Search",
    per=("account", "region"),
    census=Census(
        axis="compartment",
        names=lambda found: (_text(found, "item.type"), _text(found, "item.room")),
    ),
)
_WHERE = ("account", "region", "compartment")
BOXES = _collector("box", "ListBoxes", per=_WHERE, types=("Box",))
BAGS = _collector("bag", "ListBags", per=_WHERE, types=("Bag",))
DUST = _collector("dust", "ListDust", per=_WHERE)
BILL = _collector(
    "bill",
    "GetBill",
    per=("account",),
    charges=Charges(
        axis="compartment",
        names=lambda found: (_text(found, "item.floor"), _text(found, "item.room")),
    ),
)
COLLECTORS = (HOUSE, FLOORS, ROOM, KNOWN, INDEX, BOXES, BAGS, DUST)
BILLED = (*COLLECTORS, BILL)


def _answers(**changes: Json) -> Mapping[str, Json]:
    rooms = [{"name": name, "closed": name == "closed"} for name in ROOMS]
    return {
        "ListHouse": [{"name": "root"}],
        "ListFloor": [{"name": "upper"}],
        "ListRoom": rooms,
        "ListTypes": [{"type": "box"}],
        "Search": [{"type": "Box", "room": "attic"}, {"type": "Box", "room": "nowhere"}],
        "ListBoxes": [],
        "ListBags": [],
        "ListDust": [],
        "GetBill": [],
        **changes,
    }


def _asked(door: FakeDoor, operation: str) -> list[str]:
    return [r.place["compartment"] for r in door.asked if r.operation == operation]


def _walk_through(**changes: Json) -> tuple[FakeDoor, tuple[Spared, ...]]:
    return _walk_with(COLLECTORS, **changes)


def _walk_with(
    collectors: Sequence[Collector], /, **changes: Json
) -> tuple[FakeDoor, tuple[Spared, ...]]:
    door, walk = FakeDoor(_answers(**changes)), Walk((TARGET,), collectors)
    drive(walk, door)
    return door, walk.spared


def test_what_the_index_can_name_is_listed_where_it_names_it() -> None:
    """And in the root, which shows that listing is allowed, and where the cloud hides something."""
    door, spared = _walk_through()

    assert _asked(door, "ListBoxes") == ["root", "attic", "closed"]
    assert [(s.unit.collector.kind, s.places, s.of) for s in spared] == [("fake.house.box", 1, 4)]
    assert len(spared[0].unit.evidence) == 2


def test_what_the_index_cannot_name_is_listed_everywhere() -> None:
    """Its silence about a type that it does not know says nothing."""
    door, _ = _walk_through()

    assert _asked(door, "ListBags") == list(ROOMS)
    assert _asked(door, "ListDust") == list(ROOMS)


@pytest.mark.parametrize("refused", ["ListTypes", "Search"])
@pytest.mark.parametrize("answer", [DENIED, Answer(outcome=Outcome.FAILED), ok({"odd": 1})])
def test_an_index_that_was_not_heard_to_the_end_spares_nothing(
    refused: str, answer: Answer
) -> None:
    door, spared = _walk_through(**{refused: answer})

    assert _asked(door, "ListBoxes") == list(ROOMS)
    assert spared == ()


def test_an_index_that_fails_on_its_second_page_spares_nothing() -> None:
    def search(request: Request) -> Answer:
        first = ok([{"type": "Box", "room": "attic"}], token="more")
        return DENIED if request.token else first

    door, spared = _walk_through(Search=search)

    assert _asked(door, "ListBoxes") == list(ROOMS)
    assert spared == ()


def test_places_that_the_user_names_are_all_listed() -> None:
    """The root may not be among them, and without it nobody could tell that listing is allowed."""
    named = Target(name="main", provider="fake", axes={"compartment": ("attic", "cellar")})
    door, walk = FakeDoor(_answers()), Walk((named,), BILLED)
    drive(walk, door)

    assert _asked(door, "ListBoxes") == ["attic", "cellar"]
    assert walk.spared == ()


def test_without_an_index_everything_is_listed() -> None:
    door = FakeDoor(_answers())
    drive(Walk((TARGET,), [each for each in COLLECTORS if each.census is None]), door)

    assert _asked(door, "ListBoxes") == list(ROOMS)


def test_what_the_index_cannot_name_is_spared_where_index_and_bill_see_nothing_at_all() -> None:
    """An index alone says nothing of such types, nor does a bill that nobody compares with it."""
    charges = [
        {"floor": "upper", "room": "cellar"},
        {"floor": "lower", "room": "attic"},
        {"floor": "", "room": "nowhere"},
    ]
    door, spared = _walk_with(BILLED, GetBill=charges)

    assert _asked(door, "ListDust") == list(ROOMS)
    assert _asked(door, "ListBoxes") == ["root", "attic", "closed"]
    assert [each.unit.collector.kind for each in spared] == ["fake.house.box"]

    door, spared = _walk_with(BILLED, GetBill=charges[1:])

    assert _asked(door, "ListDust") == _asked(door, "ListBags") == ["root", "attic", "closed"]
    assert {each.unit.collector.kind: each.places for each in spared} == {
        "fake.house.box": 1,
        "fake.house.bag": 1,
        "fake.house.dust": 1,
    }


@pytest.mark.parametrize("refused", ["GetBill", "Search"])
def test_a_bill_or_an_index_that_is_refused_spares_nothing_that_has_no_name(refused: str) -> None:
    door, _ = _walk_with(BILLED, **{refused: DENIED})

    assert _asked(door, "ListDust") == list(ROOMS)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_answers_decides_nothing(order: st.DataObject) -> None:
    """Whoever is heard first, index or rooms, the same is asked and the same is spared."""
    door, walk = FakeDoor(_answers()), Walk((TARGET,), BILLED)
    drive(walk, door, order)

    assert sorted(_asked(door, "ListBoxes")) == ["attic", "closed", "root"]
    assert sorted(_asked(door, "ListDust")) == ["attic", "closed", "root"]
    assert [spared.places for spared in walk.spared] == [1, 1, 1]
