"""Lanes: fair shares, details first, a share of the limit, and slower when throttled."""

import math

import pytest

from auditor.collect.lanes import Lanes
from auditor.collect.limits import Default, Limit, load_limits
from auditor.model import Request


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Ten:
    """Ten calls a second of each service, four at once; 'slow' has a limit of its own."""

    def of(self, request: Request) -> Limit:
        if request.operation == "slow":
            return Limit(name="slow", rate=1, burst=1)
        return Limit(name=request.service, rate=10, burst=4)


def request(
    step: str = "l0",
    account: str = "1",
    region: str = "r",
    service: str = "s",
    operation: str = "o",
) -> Request:
    """A request at a step of some account and region."""
    return Request(
        collector="c",
        place={"target": "t", "account": account},
        step=step,
        service=service,
        operation=operation,
        parameters={},
        region=region,
    )


def test_details_go_before_listings() -> None:
    """Finishing open items first keeps few of them open."""
    lanes = Lanes(Clock())
    lanes.add(request("l1"))
    lanes.add(request("l0.3/tags.0"))

    assert [r.step for r in lanes.take(2)] == ["l0.3/tags.0", "l1"]


@pytest.mark.parametrize("other", [{"account": "2"}, {"region": "q"}, {"service": "u"}])
def test_every_account_region_and_service_gets_a_share(other: dict[str, str]) -> None:
    """A large account must not hold up a small one, nor a slow service a quick one."""
    lanes = Lanes(Clock())
    for number in range(10):
        lanes.add(request(f"l{number}"))
    lanes.add(request("other", **other))

    assert "other" in [r.step for r in lanes.take(2)]


def test_a_throttled_lane_narrows_and_recovers() -> None:
    """Backing off is for the customer's own calls; it does not last for ever."""
    lanes = Lanes(Clock())
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


def paced(lanes: Lanes, clock: Clock, seconds: float, *, throttled: int = 0) -> int:
    """Count the calls that go in so many seconds, each answered at once."""
    went, end = 0, clock.now + seconds
    while True:
        taken = lanes.take(100)
        went += len(taken)
        for one in taken:
            lanes.done(one, throttled)
        if not taken:
            pause = lanes.wakes_in
            if pause is None or clock.now + pause > end:
                clock.now = end
                return went
            clock.now += pause


@pytest.mark.parametrize(("share", "went"), [(0.5, 2 + 50), (1.0, 4 + 100), (0.1, 1 + 10)])
def test_no_more_than_the_share_of_a_limit_is_used(share: float, went: int) -> None:
    """The rest is the customer's own: a scan that starves production is not run twice."""
    clock = Clock()
    lanes = Lanes(clock, {"t": Ten()}, share)
    for number in range(500):
        lanes.add(request(f"l{number}"))

    assert paced(lanes, clock, 10) == pytest.approx(went, abs=1)


def test_a_slow_operation_does_not_hold_up_its_service() -> None:
    """What has a limit of its own waits alone."""
    clock = Clock()
    lanes = Lanes(clock, {"t": Ten()}, 1.0)
    for number in range(10):
        lanes.add(request(f"a{number}", operation="slow"))
    for number in range(30):
        lanes.add(request(f"b{number}"))

    assert paced(lanes, clock, 3) == pytest.approx(30 + 4, abs=1)


def test_throttling_slows_the_pace_and_counts_the_tries() -> None:
    """A limit that is lower than published, or used up by others, is found out."""
    clock = Clock()
    lanes = Lanes(clock, {"t": Ten()}, 0.5)
    for number in range(1000):
        lanes.add(request(f"l{number}"))
    before = paced(lanes, clock, 10)
    during = paced(lanes, clock, 10, throttled=1)
    after = paced(lanes, clock, 100)

    assert during < before / 4
    assert after > 400


def test_lanes_that_rest_are_forgotten() -> None:
    """Hundreds of thousands of lanes come and go in a large organisation."""
    clock = Clock()
    lanes = Lanes(clock, {"t": Ten()}, 0.5)
    for number in range(100):
        lanes.add(request(account=str(number)))
    for one in lanes.take(100):
        lanes.done(one, throttled=one.place["account"] == "7")
    open_at_once = lanes.open
    clock.now = 1.0
    lanes.take(1)
    after_a_second = lanes.open
    clock.now = 100.0
    lanes.take(1)

    assert (open_at_once, after_a_second, lanes.open) == (100, 1, 0)


def test_amazon_publishes_limits_for_its_slow_operations() -> None:
    """They are kept by operation where they are published so, else by service."""
    limits = load_limits("aws")
    slow = limits.of(request(service="cloudtrail", operation="LookupEvents"))
    trails = limits.of(request(service="cloudtrail", operation="DescribeTrails"))
    volumes = limits.of(request(service="ec2", operation="DescribeVolumes"))

    assert (slow.rate, trails.rate, trails.name) == (2, 10, "cloudtrail")
    assert (volumes.name, volumes.rate, volumes.burst) == ("ec2.DescribeVolumes", 20, 100)
    assert not math.isinf(limits.of(request(service="unheard-of")).rate)


def test_a_provider_without_a_table_has_a_default() -> None:
    """Nobody is asked without a limit."""
    assert isinstance(load_limits("nobody"), Default)
