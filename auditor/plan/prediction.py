"""Puts it together: calls, hours, bytes of evidence, and how many machines would share the work."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.collect.limits import SHARE, Limits
from auditor.collect.workers import WORKERS
from auditor.model import Target
from auditor.plan.counts import Counts, Owner, count_calls
from auditor.plan.discovery import Discovery
from auditor.plan.earlier import Earlier
from auditor.plan.expectation import Expectation
from auditor.plan.rehearsing import Rehearsed, Stage, rehearse
from auditor.plan.scope import Scope, scope_of
from auditor.spec import Collector
from auditor.walk import Shard

# Both measured by 'python -m benchmarks planning'.
CPU_SECONDS = 0.002  # that a call takes of one processor; Python uses no second one
EMPTY_BYTES = 36  # of evidence, compressed, for an answer that lists nothing

_MOST_REHEARSED = 150_000  # calls; a longer collection is rehearsed in part
MOST_SHARDS = 256  # jobs of a matrix, https://docs.github.com/en/actions/reference/limits
HOUR = 3600.0
LONGEST_JOB = 6 * HOUR  # of a runner that GitHub hosts, same source


@dataclass(frozen=True, slots=True, kw_only=True)
class Shards:
    """How many parts finish within so many seconds; None if no number that is allowed does."""

    within: float
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an audit would call, and what that takes.

    Attributes:
        exact: whether an earlier collection looked into every place with every collector, so that
            an unchanged estate takes these calls and no other. Otherwise they are the least.
        latency: seconds that a call was imagined to take.
        seconds: length of the collection on one machine.
        rehearsed: what was rehearsed of it.
        bytes_per_call: of evidence, compressed.
        measured: whether ``bytes_per_call`` is that of the earlier collection.
    """

    counts: Counts
    scope: Scope
    discovery: Discovery
    exact: bool
    share: float
    latency: float
    seconds: float
    rehearsed: Rehearsed
    bytes_per_call: float
    measured: bool
    shards: tuple[Shards, ...]

    @property
    def size(self) -> float:
        """Bytes of evidence, compressed."""
        return self.bytes_per_call * self.counts.calls


def predict(
    targets: Sequence[Target],
    collectors: Sequence[Collector],
    discovery: Discovery,
    earlier: Earlier | None = None,
    *,
    limits: Mapping[str, Limits] | None = None,
    share: float = SHARE,
) -> Plan:
    """Predict the calls of a whole audit, and how long they take within a share of the limits.

    Args:
        limits: of each target's provider, by the target's name.
    """
    records = discovery.records
    expectation = Expectation(collectors, earlier, records)
    scope = scope_of(targets, collectors, records)
    counts = count_calls(collectors, scope, records, expectation)
    stage = Stage(
        collectors=collectors,
        records=records,
        expectation=expectation,
        limits=limits or {},
        share=share,
        # Where calls take less than this, the processor is what they wait for.
        latency=max(discovery.latency, WORKERS * CPU_SECONDS),
    )
    rehearsed = _rehearse(stage, targets, counts)
    seconds = rehearsed.seconds * max(1.0, counts.calls / max(1, rehearsed.calls))
    return Plan(
        counts=counts,
        scope=scope,
        discovery=discovery,
        exact=all(each.known for each in counts.kinds),
        share=share,
        latency=stage.latency,
        seconds=seconds,
        rehearsed=rehearsed,
        bytes_per_call=earlier.size / earlier.records if earlier else EMPTY_BYTES,
        measured=earlier is not None,
        shards=tuple(
            _shards(within, seconds, stage, targets, counts) for within in (HOUR, LONGEST_JOB)
        ),
    )


def _rehearse(stage: Stage, targets: Sequence[Target], counts: Counts) -> Rehearsed:
    """Rehearse all of it, or the largest of parts that are quickly done.

    A part has accounts enough to keep every worker busy, as the whole has.
    """
    enough = len(_accounts(counts.owners)) // stage.workers
    number = min(math.ceil(counts.calls / _MOST_REHEARSED), enough)
    if number <= 1:
        return rehearse(stage, targets)
    parts = _parts(number, counts.owners)
    return rehearse(stage, targets, max(parts, key=lambda shard: parts[shard]))


def _shards(
    within: float, seconds: float, stage: Stage, targets: Sequence[Target], counts: Counts
) -> Shards:
    """Find the least number of parts of which the largest finishes in time."""
    if seconds <= within:
        return Shards(within=within, number=1)
    accounts = _accounts(counts.owners)
    rate = counts.calls / seconds
    if not accounts or _longest_account(stage, targets, accounts) > within:
        return Shards(within=within, number=None)
    number = math.ceil(seconds / within)
    while number <= MOST_SHARDS:
        largest = max(_parts(number, counts.owners).values()) / rate
        if largest <= within:
            return Shards(within=within, number=number)
        number += 1
    return Shards(within=within, number=None)


def _accounts(owners: Counter[Owner]) -> Counter[Owner]:
    return Counter({owner: calls for owner, calls in owners.items() if owner[1]})


def _parts(number: int, owners: Counter[Owner]) -> dict[Shard, int]:
    """Return the calls of each part; the first also takes what belongs to no account."""
    shards = Shard(1, number).all
    calls = dict.fromkeys(shards, 0)
    for (_, account), several in owners.items():
        takes = (each for each in shards if each.takes(account))
        calls[next(takes) if account else shards[0]] += several
    return calls


def _longest_account(stage: Stage, targets: Sequence[Target], accounts: Counter[Owner]) -> float:
    """Return how long the account with most calls takes by itself: no part is shorter."""
    (name, account), _ = accounts.most_common(1)[0]
    (target,) = (each for each in targets if each.name == name)
    alone = replace(target, axes={**target.axes, "account": (account,)})
    return rehearse(stage, [alone]).seconds
