"""An organisation of fifty accounts in imagined time, against what limits and latency allow.

The walk, the lanes and the engine are the real ones, and so are the limits; calls take fifty
imagined milliseconds and every list is empty.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from auditor.collect.aws.regions import REGIONS
from auditor.collect.door import Silence
from auditor.collect.engine import Collection
from auditor.collect.lanes import Lanes
from auditor.collect.limits import SHARE, Limits, load_limits
from auditor.collect.registry import load_collectors
from auditor.collect.rehearsal import Rehearsal
from auditor.collect.workers import WORKERS
from auditor.model import Answer, Json, Outcome, Record, Request, Target
from auditor.plan import discover, predict
from auditor.spec import Call, Collector
from auditor.walk import Walk
from benchmarks.measure import Measure, cpu_seconds

ACCOUNTS, PLACES, LATENCY = 50, 17, 0.05
TARGET = Target(name="org", provider="aws", options={"organization_role": "reader"})


def run() -> Iterator[Measure]:
    """Rehearse a whole collection and compare its length with the shortest possible."""
    collectors = [each for each in load_collectors() if each.provider == "aws"]
    limits = load_limits("aws")
    door = EmptyOrganisation(collectors, limits, ACCOUNTS, PLACES)
    rehearsal = Rehearsal(door.ask, LATENCY)
    lanes = Lanes(rehearsal.now, {TARGET.name: limits})
    collection = Collection(Walk((TARGET,), collectors), lanes, Forgetful(), Silence())
    seconds = cpu_seconds(lambda: collection.run(rehearsal))
    print(
        f"# {len(collectors)} collectors, {door.calls} calls: {rehearsal.now():.0f} s imagined, "
        f"{door.shortest():.0f} s at least"
    )
    found = discover(
        (TARGET,),
        collectors,
        {TARGET.name: EmptyOrganisation(collectors, limits, ACCOUNTS, PLACES)},
        now=lambda: "",
        progress=Silence(),
    )
    plan = predict((TARGET,), collectors, found, limits={TARGET.name: limits})
    # Too many and too few are both wrong.
    more, less = sorted((plan.counts.calls, door.calls), reverse=True)
    yield Measure(name="organisation.calls_of_the_plan", value=more / less, limit=1.0)
    yield Measure(
        name="organisation.time_of_the_shortest",
        value=rehearsal.now() / door.shortest(),
        limit=1.2,
    )
    # With so many workers, a call is due every two milliseconds; a fifth of that may go by here.
    yield Measure(
        name="organisation.cpu_of_scheduling_a_call",
        value=seconds / door.calls * 1e6,
        limit=LATENCY / WORKERS * 1e6 / 5,
        unit="us",
    )


class EmptyOrganisation:
    """A door to accounts that hold nothing, which counts what is asked of each limit."""

    def __init__(
        self, collectors: Iterable[Collector], limits: Limits, accounts: int, places: int
    ) -> None:
        """Take what will ask, the limits to count by, and the size."""
        self._empty = {
            (c.kind, each.operation): _nothing(each) for c in collectors for each in c.calls
        }
        self._limits = limits
        names = sorted(name for name in REGIONS if not name.startswith(("cn-", "us-gov", "eusc")))
        self._found: dict[str, Json] = {
            "GetCallerIdentity": {"Account": f"{0:012}", "Arn": "arn:aws:iam::0:role/auditor"},
            "ListAccounts": {"Accounts": [_account(number) for number in range(accounts)]},
            "DescribeRegions": {"Regions": [_region(name) for name in names[:places]]},
        }
        self._asked: Counter[tuple[str, str, str]] = Counter()
        self._rates: dict[str, tuple[float, float]] = {}
        self.calls = 0

    def ask(self, request: Request) -> Answer:
        """Answer that there is nothing, but accounts and regions."""
        limit = self._limits.of(request)
        self._rates[limit.name] = (limit.rate * SHARE, max(1.0, limit.burst * SHARE))
        self._asked[request.place.get("account", ""), request.region, limit.name] += 1
        self.calls += 1
        body = self._found.get(request.operation)
        if body is None:
            body = self._empty[request.collector, request.operation]
        return Answer(outcome=Outcome.OK, body=body)

    def close(self) -> None:
        """There is nothing to let go of."""

    def shortest(self) -> float:
        """Return the seconds that no order of these calls could do without."""
        slowest = 0.0
        for (_, _, name), calls in self._asked.items():
            rate, burst = self._rates[name]
            slowest = max(slowest, (calls - burst) / rate)
        return max(slowest, self.calls * LATENCY / WORKERS)


class Forgetful:
    """A keeper that keeps nothing."""

    secret = b""

    def __init__(self) -> None:
        """Begin to count."""
        self._size = 0

    def kept(self) -> Iterator[tuple[int, Record]]:
        """Yield nothing."""
        yield from ()

    def add(self, record: Record) -> int:  # noqa: ARG002
        """Count."""
        self._size += 1
        return self._size - 1


def _account(number: int) -> Json:
    return {
        "Id": f"{number:012}",
        "Arn": f"arn:aws:organizations::0:account/o-1/{number:012}",
        "Name": f"account {number}",
        "Status": "ACTIVE",
        "State": "ACTIVE",
    }


def _region(name: str) -> Json:
    return {"RegionName": name, "OptInStatus": "opt-in-not-required"}


def _nothing(call: Call) -> Json:
    """Return an answer with an empty list where the call has one."""
    body: Json = [] if call.items else {}
    if call.items != ".":
        for name in reversed(call.items.split(".") if call.items else ()):
            body = {name: body}
    return body
