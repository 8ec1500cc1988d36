"""Lanes: fair shares, details first, narrower when throttled."""

from auditor.collect.lanes import Lanes
from auditor.model import Request


def request(step: str, account: str = "1", region: str = "r") -> Request:
    """A request at a step of some account and region."""
    return Request(
        collector="c",
        place={"target": "t", "account": account},
        step=step,
        service="s",
        operation="o",
        parameters={},
        region=region,
    )


def test_details_go_before_listings() -> None:
    """Finishing open items first keeps few of them open."""
    lanes = Lanes()
    lanes.add(request("l1"))
    lanes.add(request("l0.3/tags.0"))

    assert [r.step for r in lanes.take(2)] == ["l0.3/tags.0", "l1"]


def test_every_account_gets_a_share() -> None:
    """A large account must not hold up a small one."""
    lanes = Lanes()
    for number in range(10):
        lanes.add(request(f"l{number}", account="large"))
    lanes.add(request("l0", account="small"))

    assert {r.place["account"] for r in lanes.take(2)} == {"large", "small"}


def test_a_throttled_lane_narrows_and_recovers() -> None:
    """Backing off is for the customer's own calls; it does not last for ever."""
    lanes = Lanes()
    for number in range(60):
        lanes.add(request(f"l{number}"))
    first = lanes.take(50)
    for one in first:
        lanes.done(one, throttled=1)
    narrow = lanes.take(50)
    for one in narrow:
        lanes.done(one, throttled=0)
    wider = lanes.take(50)

    assert len(first) == 4
    assert len(narrow) == 1
    assert len(wider) == 2
    assert lanes.waiting == 60 - 4 - 1 - 2
