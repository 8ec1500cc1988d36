"""What is predicted is what a collection then does."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.limits import Limit
from auditor.errors import BundleError, CollectionError, EvidenceError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.model import Json, Outcome, Request, Target
from auditor.plan import Discovery, Plan, discover, predict, read_earlier
from auditor.plan import prediction as module
from auditor.walk import Shard
from tests.fakes import BOXES, COLLECTORS, DENIED, NOON, TARGET, FakeDoor, Reply, answers, ok

EMPTY: dict[str, Reply] = {**answers(boxes=0), "ListGroups": {"Groups": []}}


class Slow:
    """Limits of two calls a second for each account and region."""

    def of(self, request: Request) -> Limit:
        """Return the limit."""
        return Limit(name=request.service, rate=4, burst=1)


def found(replies: Mapping[str, Reply], target: Target = TARGET) -> Discovery:
    """Discover a fake provider's places."""
    door = FakeDoor(replies)
    return discover((target,), COLLECTORS, {"main": door}, now=lambda: NOON, progress=Silence())


def planned(replies: Mapping[str, Reply], *since: Path, target: Target = TARGET) -> Plan:
    """Plan for a fake provider."""
    earlier = read_earlier(since) if since else None
    return predict((target,), COLLECTORS, found(replies, target), earlier)


def collected(folder: Path, replies: Mapping[str, Reply], shard: Shard | None = None) -> int:
    """Collect from a fake provider, and return how many calls it took."""
    door, store = FakeDoor(replies), EvidenceStore(folder)
    collect(
        (TARGET,),
        COLLECTORS,
        {"main": door},
        store,
        now=lambda: NOON,
        progress=Silence(),
        shard=shard,
    )
    store.close()
    return len(door.asked)


def test_discovery_asks_for_places_only() -> None:
    """Nothing that a store would show is asked for."""
    door = FakeDoor(answers())
    discover((TARGET,), COLLECTORS, {"main": door}, now=lambda: NOON, progress=Silence())
    assert [request.operation for request in door.asked] == ["WhoAmI", "ListRegions"]


def test_an_empty_estate_is_predicted_exactly(tmp_path: Path) -> None:
    """One call for each list in each place; the plan still says 'at least'."""
    plan = planned(EMPTY)
    assert plan.counts.calls == collected(tmp_path, EMPTY) == 5
    assert not plan.exact
    counts = {each.collector.kind: each for each in plan.counts.kinds}
    assert (counts["fake.boxes.box"].first, counts["fake.boxes.box"].beyond) == (2, 0)
    assert counts["fake.boxes.box"].per_resource == 2
    assert counts["fake.logs.trail"].per_resource == 1


def test_settings_that_a_place_always_has_are_counted() -> None:
    """A listing without a list is one resource, whose details are asked everywhere."""
    settings = replace(
        BOXES,
        kind="fake.boxes.setting",
        listing=replace(BOXES.listing, operation="GetSetting", items=""),
        details=(replace(BOXES.details[0], bind={}), BOXES.details[1]),
    )
    plan = predict((TARGET,), (*COLLECTORS, settings), found(EMPTY))
    count = next(each for each in plan.counts.kinds if each.collector is settings)
    assert (count.first, count.beyond) == (2, 2)


@pytest.mark.parametrize("boxes", [0, 1, 7])
def test_an_unchanged_estate_is_predicted_exactly(tmp_path: Path, boxes: int) -> None:
    """Pages, details and nested lists come from the earlier evidence."""

    def pages(request: Request) -> Json:
        number = request.token or 0
        names = [{"Name": f"{request.region}{number}{box}", "Size": 1} for box in range(boxes)]
        return ok({"Boxes": names}, number + 1 if number < 2 else None)

    replies = {**answers(), "ListBoxes": pages}
    calls = collected(tmp_path, replies)
    plan = planned(replies, tmp_path)
    assert plan.counts.calls == calls == plan.rehearsed.calls
    assert plan.exact
    assert plan.measured
    assert plan.size == sum(path.stat().st_size for path in tmp_path.rglob("*.zst"))


def test_the_parts_of_a_shared_collection_are_one(tmp_path: Path) -> None:
    """Each part discovers by itself; that is counted once."""
    shards = Shard(1, 2).all
    for shard in shards:
        collected(tmp_path / str(shard.number), answers(boxes=3), shard)
    whole = collected(tmp_path / "whole", answers(boxes=3))
    plan = planned(answers(boxes=3), *(tmp_path / str(each.number) for each in shards))
    assert plan.counts.calls == whole
    assert plan.exact


def test_a_new_place_makes_it_at_least(tmp_path: Path) -> None:
    """What an earlier collection never looked into is counted as empty."""
    calls = collected(tmp_path, answers(boxes=3))
    regions = [{"Name": name, "Country": "US"} for name in ("one", "two", "three")]
    plan = planned({**answers(boxes=3), "ListRegions": {"Regions": regions}}, tmp_path)
    assert plan.counts.calls == calls + 1
    assert not plan.exact


def test_refused_discovery_is_named() -> None:
    """What lies behind it is not counted, and the plan says so."""
    plan = planned({**answers(), "ListRegions": DENIED})
    (unseen,) = (each for each in plan.scope.unseen if each.outcome is Outcome.DENIED)
    assert unseen.kind == "fake.identity.region"
    assert unseen.permission == "identity:ListRegions"
    assert "fake.boxes.box" not in {each.collector.kind for each in plan.counts.kinds}


def test_places_left_out_are_counted() -> None:
    """Fixed regions are what is looked into; others that exist are said."""
    target = replace(TARGET, axes={"region": ("one",)})
    plan = planned(answers(), target=target)
    assert [value for _, value in plan.scope.excluded] == ["two"]
    assert plan.scope.axes["main"]["region"] == ("one",)


def test_nobody_answers() -> None:
    """No plan can be made of refusals alone."""
    with pytest.raises(CollectionError, match="no target answered"):
        planned({**answers(), "WhoAmI": DENIED})


def test_limits_decide_how_long_it_takes(tmp_path: Path) -> None:
    """Fifty boxes have a hundred details, and two of them may be asked a second."""
    replies = answers(boxes=50)
    collected(tmp_path, replies)
    earlier = read_earlier([tmp_path])
    fast = predict((TARGET,), COLLECTORS, found(replies), earlier)
    slow = predict((TARGET,), COLLECTORS, found(replies), earlier, limits={"main": Slow()})
    assert slow.counts.calls == fast.counts.calls
    assert fast.seconds < 2
    assert 49 < slow.seconds < 55


def test_an_account_that_takes_too_long_alone_finishes_in_no_shard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accounts are not split, so that no number of parts helps."""
    monkeypatch.setattr(module, "HOUR", 20.0)
    collected(tmp_path, answers(boxes=50))
    earlier = read_earlier([tmp_path])
    plan = predict(
        (TARGET,), COLLECTORS, found(answers(boxes=50)), earlier, limits={"main": Slow()}
    )
    assert [each.number for each in plan.shards] == [None, 1]


def test_many_accounts_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest part decides, and a part is rehearsed where the whole would take long."""
    several = [{"Account": f"{number}"} for number in range(400)]
    accounts = replace(COLLECTORS[0], listing=replace(COLLECTORS[0].listing, items="Accounts"))
    collectors = (accounts, *COLLECTORS[1:])
    replies: dict[str, Reply] = {**EMPTY, "WhoAmI": {"Accounts": several}}
    found_places = discover(
        (TARGET,), collectors, {"main": FakeDoor(replies)}, now=lambda: NOON, progress=Silence()
    )
    whole = predict((TARGET,), collectors, found_places)
    assert whole.rehearsed.calls == whole.counts.calls == 1 + 400 * 4
    monkeypatch.setattr(module, "_MOST_REHEARSED", 400)
    monkeypatch.setattr(module, "HOUR", whole.seconds / 3)
    part = predict((TARGET,), collectors, found_places)
    assert part.counts.calls == whole.counts.calls
    assert 300 < part.rehearsed.calls < 500
    assert math.isclose(part.seconds, whole.seconds, rel_tol=0.1)
    assert part.shards[0].number in (4, 5)


def test_an_earlier_collection_must_be_one(tmp_path: Path) -> None:
    """A folder without evidence, and evidence that is no record, are refused."""
    with pytest.raises(BundleError, match="no evidence"):
        read_earlier([tmp_path])
    collected(tmp_path, answers())
    (segment,) = tmp_path.rglob("*.zst")
    segment.write_bytes(b"nothing")
    with pytest.raises(EvidenceError):
        read_earlier([tmp_path])


def test_earlier_evidence_is_what_was_kept(tmp_path: Path) -> None:
    """Every record is counted once: first pages, or what came after them."""
    collected(tmp_path, answers(boxes=4))
    earlier = read_earlier([tmp_path])
    assert earlier.records == sum(1 for _ in read_evidence(tmp_path))
    boxes = earlier.beyond["fake.boxes.box"]
    assert [dict(key)["region"] for key in boxes] == ["one"]
    assert sum(asked.total() for asked in boxes.values()) == 8
