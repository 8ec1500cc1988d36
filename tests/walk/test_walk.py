"""The walk: which requests follow from which answers."""

import tracemalloc
from dataclasses import replace
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import EvidenceError
from auditor.model import Answer, Outcome, Request, Target
from auditor.spec import Axis, Collector, Listing
from auditor.walk import Revealed, Shard, Walk
from tests.fakes import BOXES, COLLECTORS, DENIED, TARGET, FakeDoor, answers, ok


class Asked(Protocol):
    """Whoever answers."""

    def ask(self, request: Request) -> Answer: ...


def drive(walk: Walk, door: Asked, order: st.DataObject | None = None) -> Revealed:
    """Answer everything, in any order, begin units at any time, and gather what was revealed."""
    total = Revealed()
    walk.start()
    waiting: list[Request] = []
    index = 0
    while True:
        room = order.draw(st.integers(0, 5)) if order else 1
        waiting += walk.begin(room if waiting else max(1, room))
        if not waiting:
            return total
        place = order.draw(st.integers(0, len(waiting) - 1)) if order else 0
        request = waiting.pop(place)
        revealed = walk.answer(request, door.ask(request), index)
        index += 1
        waiting += revealed.requests
        total.found += revealed.found
        total.finished += revealed.finished


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_order_of_answers_changes_nothing(order: st.DataObject) -> None:
    """Whoever answers first, the same resources are found and the same units finish."""
    one = drive(Walk((TARGET,), COLLECTORS), FakeDoor(answers(boxes=3)))
    other = drive(Walk((TARGET,), COLLECTORS), FakeDoor(answers(boxes=3)), order)

    def names(revealed: Revealed) -> list[str]:
        return sorted(f"{unit.collector.kind} {found.item}" for unit, found in revealed.found)

    assert names(one) == names(other)
    assert len(one.finished) == len(other.finished) == 5


def test_places_fixed_by_the_user_are_asked_even_if_discovery_is_refused() -> None:
    """Whoever may not list regions can still name them."""
    target = Target(name="main", provider="fake", axes={"region": ("two",)})
    door = FakeDoor({**answers(), "ListRegions": DENIED})

    drive(Walk((target,), COLLECTORS), door)

    assert [r.region for r in door.asked if r.operation == "ListBoxes"] == ["two"]


def test_a_collector_runs_only_for_targets_with_its_provider() -> None:
    """A target of another provider gets no foreign questions."""
    walk = Walk((Target(name="x", provider="other"),), COLLECTORS)
    walk.start()

    assert walk.begin(100) == []


def test_an_answer_taken_twice_is_refused() -> None:
    """One question has one answer."""
    walk = Walk((TARGET,), COLLECTORS)
    walk.start()
    (request,) = walk.begin(100)
    walk.answer(request, Answer(outcome=Outcome.OK, body={"Account": "111"}), 0)

    with pytest.raises(EvidenceError, match="never asked"):
        walk.answer(request, DENIED, 1)


def test_an_answer_to_another_question_at_the_same_step_is_refused() -> None:
    """Evidence about one bucket cannot stand in for another's."""
    walk = Walk((TARGET,), COLLECTORS)
    walk.start()
    (request,) = walk.begin(100)

    with pytest.raises(EvidenceError, match="never asked in this way"):
        walk.answer(replace(request, parameters={"Other": 1}), DENIED, 0)


def test_a_detail_whose_parameter_is_unknown_is_not_asked() -> None:
    """Without the name there is no question, and what it would tell stays unknown."""
    listing = {"Boxes": [{"Nome": "x"}]}
    door = FakeDoor(
        {**answers(), "ListBoxes": lambda r: listing if r.region == "one" else {"Boxes": []}}
    )
    total = drive(Walk((TARGET,), COLLECTORS), door)

    (found,) = [found for unit, found in total.found if unit.collector.kind == "fake.boxes.box"]
    assert "GetTags" not in {request.operation for request in door.asked}
    assert "item.Name is unknown" in str(found.read("tags.Tags"))


def test_requests_carry_only_what_was_bound() -> None:
    """A nested listing is asked with its parent's name, in the place of the unit."""
    door = FakeDoor(answers())
    drive(Walk((TARGET,), COLLECTORS), door)

    (request,) = [r for r in door.asked if r.operation == "ListTrails"]
    assert request == Request(
        collector="fake.logs.trail",
        place={"target": "main", "account": "111"},
        step="p0.0/l0",
        service="logs",
        operation="ListTrails",
        parameters={"Group": "g"},
    )


def test_what_is_below_is_listed_below_each_one_found() -> None:
    """A hierarchy is as deep as it is: whoever stops at its top has not seen it."""
    tree = {"": ["root"], "root": ["a", "b"], "a": ["deep"], "b": [], "deep": []}
    folders = Collector(
        kind="fake.any.folder",
        service="any",
        title="folders",
        per=(),
        listing=Listing(operation="ListTops", permission="", items="Names"),
        below=Listing(
            operation="ListBelow", permission="", bind={"Name": "parent.Name"}, items="Names"
        ),
        tables=(),
        rows=lambda _: (),
    )

    class Tree:
        def ask(self, request: Request) -> Answer:
            names = tree[str(request.parameters.get("Name", ""))]
            return Answer(outcome=Outcome.OK, body={"Names": [{"Name": name} for name in names]})

    walk = Walk((Target(name="main", provider="fake"),), (folders,))
    revealed = drive(walk, Tree())

    found = [(found.item["Name"], (found.parent or {}).get("Name")) for _, found in revealed.found]
    assert sorted(found, key=str) == [("a", "root"), ("b", "root"), ("deep", "a"), ("root", None)]
    assert len(revealed.finished) == 1


def record_all(accounts: int = 3) -> list[tuple[Request, Answer]]:
    """Answer everything about some accounts, and keep it."""
    walk = Walk((TARGET,), (*COLLECTORS[1:], MEMBERS))
    walk.start()
    door = FakeDoor({**answers(), "ListMembers": {"Members": [f"a{n}" for n in range(accounts)]}})
    kept: list[tuple[Request, Answer]] = []
    waiting = walk.begin(1)
    while waiting:
        request = waiting.pop()
        kept.append((request, door.ask(request)))
        waiting += walk.answer(*kept[-1], len(kept) - 1).requests or walk.begin(1)
    return kept


MEMBERS = Collector(
    kind="fake.identity.member",
    service="identity",
    title="members",
    per=(),
    listing=Listing(operation="ListMembers", permission="", items="Members"),
    tables=(),
    rows=lambda found: (),
    axis=Axis(name="account", value=lambda found: str(found.item)),
)
MANY = (*COLLECTORS[1:], MEMBERS)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_kept_answers_begin_their_units_in_whatever_order_they_come(order: st.DataObject) -> None:
    """A replay finds the same, although whoever collected began the units in another order."""
    kept = dict(enumerate(record_all()))
    walk = Walk((TARGET,), MANY)
    walk.start()
    seen, waiting = set(), list(kept)
    while waiting:
        index = order.draw(st.sampled_from(waiting))
        request, answer = kept[index]
        try:
            revealed = walk.answer(request, answer, index)
        except EvidenceError:  # it comes before the answer that led to it
            continue
        waiting.remove(index)
        seen |= {f"{u.place} {u.collector.kind}" for u in revealed.finished}

    assert len(seen) == 1 + 3 * (1 + 1 + 2)
    assert list(walk.unfinished) == []
    assert walk.waiting == ()


def test_units_that_nobody_began_are_unfinished() -> None:
    """What was never asked is a gap, and may not vanish."""
    kept = record_all()
    walk = Walk((TARGET,), MANY)
    walk.start()
    for index, (request, answer) in enumerate(kept[:2]):
        walk.answer(request, answer, index)

    missing = sorted(
        f"{unit.place.get('account')} {unit.collector.kind}" for unit in walk.unfinished
    )
    assert [request.operation for request, _ in kept[:2]] == ["ListMembers", "ListRegions"]
    assert missing == [
        "a0 fake.boxes.box",
        "a0 fake.boxes.box",
        "a0 fake.logs.trail",
        "a1 fake.identity.region",
        "a1 fake.logs.trail",
        "a2 fake.identity.region",
        "a2 fake.logs.trail",
    ]
    assert {unit.answers for unit in walk.unfinished} == {0}


def test_a_region_of_every_account_comes_before_the_next_region() -> None:
    """So the clients of one region serve all accounts, and can then be let go."""
    places = [
        (request.place["region"], request.place["account"])
        for request, _ in record_all()
        if request.operation == "ListBoxes"
    ]

    assert places == [(region, f"a{n}") for region in ("one", "two") for n in range(3)]


def test_a_walk_leaves_the_places_that_another_looks_into() -> None:
    """Several machines can share one organisation."""
    looked_into: list[str] = []
    for shard in Shard(1, 3).all:
        walk = Walk((TARGET,), MANY, shard)
        walk.start()
        (request,) = walk.begin(100)
        walk.answer(request, ok({"Members": ["a0", "a1", "a2"]}), 0)
        own = {unit.place["account"] for unit in walk.unfinished}
        assert {("main", each) for each in own} == walk.own
        assert {account for _, account in walk.left} == {"a0", "a1", "a2"} - own
        looked_into += own

    assert sorted(looked_into) == ["a0", "a1", "a2"]


def test_a_million_units_that_wait_cost_little() -> None:
    """Five thousand accounts of seventeen regions must fit into memory before they are asked."""
    boxes = [replace(COLLECTORS[1], kind=f"fake.boxes.box{n}") for n in range(200)]
    walk = Walk((TARGET,), (*boxes, *MANY[1:]))
    walk.start()
    (request,) = walk.begin(100)
    tracemalloc.start()
    walk.answer(request, ok({"Members": [f"a{n}" for n in range(300)]}), 0)
    regions = [{"Name": f"r{n}"} for n in range(17)]
    for region in [r for r in walk.begin(600) if r.operation == "ListRegions"]:
        walk.answer(region, ok({"Regions": regions}), 1)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sum(1 for _ in walk.unfinished) == 300 * (1 + 17 * 200)
    assert size / (300 * 17 * 200) < 10  # bytes a unit


def test_an_axis_that_may_be_without_places_leaves_no_gap() -> None:
    """Most regions have no directory of people: that is what was asked, and answered."""
    for optional in (True, False):
        axis = Axis(name="account", value=lambda _: None, optional=optional)
        walk = Walk((TARGET,), (replace(MEMBERS, axis=axis),))
        walk.start()
        (request,) = walk.begin(1)
        answer = Answer(outcome=Outcome.OK, body={"Members": ["a0"]})

        (unit,) = walk.answer(request, answer, 0).finished

        assert bool(unit.issues) is not optional


def test_a_detail_that_does_not_apply_is_not_asked() -> None:
    """A function may say so, of the resource and of the moment at which the period begins."""
    late = replace(
        BOXES,
        since="2026",
        details=tuple(
            replace(each, applies=lambda found: found.since == "2026" and found.item != {})
            if index
            else replace(each, applies=lambda found: found.since != "2026")
            for index, each in enumerate(BOXES.details)
        ),
    )
    door = FakeDoor(answers(boxes=1))

    found = drive(Walk((TARGET,), (*COLLECTORS[:1], late, *COLLECTORS[2:])), door).found

    asked = {request.operation for request in door.asked}
    assert BOXES.details[0].operation not in asked
    assert {each.operation for each in BOXES.details[1:]} <= asked
    assert all(BOXES.details[0].name not in each.answers for _, each in found)
