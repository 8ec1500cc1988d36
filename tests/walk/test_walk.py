"""The walk: which requests follow from which answers."""

from dataclasses import replace
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import EvidenceError
from auditor.model import Answer, Outcome, Request, Target
from auditor.spec import Collector, Listing
from auditor.walk import Revealed, Walk
from tests.fakes import COLLECTORS, DENIED, TARGET, FakeDoor, answers


class Asked(Protocol):
    """Whoever answers."""

    def ask(self, request: Request) -> Answer: ...


def drive(walk: Walk, door: Asked, order: st.DataObject | None = None) -> Revealed:
    """Answer everything, in any order, and gather what was revealed."""
    total = walk.start()
    waiting = list(total.requests)
    index = 0
    while waiting:
        place = order.draw(st.integers(0, len(waiting) - 1)) if order else 0
        request = waiting.pop(place)
        revealed = walk.answer(request, door.ask(request), index)
        index += 1
        waiting += revealed.requests
        total.found += revealed.found
        total.finished += revealed.finished
    return total


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

    assert walk.start().requests == []


def test_an_answer_taken_twice_is_refused() -> None:
    """One question has one answer."""
    walk = Walk((TARGET,), COLLECTORS)
    (request,) = walk.start().requests
    walk.answer(request, Answer(outcome=Outcome.OK, body={"Account": "111"}), 0)

    with pytest.raises(EvidenceError, match="never asked"):
        walk.answer(request, DENIED, 1)


def test_an_answer_to_another_question_at_the_same_step_is_refused() -> None:
    """Evidence about one bucket cannot stand in for another's."""
    walk = Walk((TARGET,), COLLECTORS)
    (request,) = walk.start().requests

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
