"""Collects from moto in one thread, and gives back the rows."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from auditor.collect.aws.client import AwsDoor
from auditor.collect.settlement import settle
from auditor.demo.aws.transport import Rule, answering
from auditor.model import Answer, Outcome, Record, Target
from auditor.spec import Collector
from auditor.tables import Flow, Key, Processor, Row, Store, Trail
from auditor.walk import Walk

HOME = "us-east-1"
ACCOUNT = "123456789012"
TARGET = Target(name="here", provider="aws", axes={"region": (HOME,)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a walk found: rows, and the records that they came from."""

    rows: tuple[Row, ...]
    records: tuple[Record, ...]

    @property
    def stores(self) -> dict[str, Store]:
        return {row.name: row for row in self.rows if isinstance(row, Store)}

    @property
    def processors(self) -> dict[str, Processor]:
        return {row.name: row for row in self.rows if isinstance(row, Processor)}

    @property
    def flows(self) -> list[Flow]:
        return [row for row in self.rows if isinstance(row, Flow)]

    @property
    def keys(self) -> dict[object, Key]:
        return {row.name: row for row in self.rows if isinstance(row, Key)}

    @property
    def trails(self) -> dict[str, Trail]:
        return {row.name: row for row in self.rows if isinstance(row, Trail)}

    @property
    def refusals(self) -> list[Record]:
        usual = (Outcome.OK, Outcome.ABSENT)
        return [record for record in self.records if record.answer.outcome not in usual]

    @property
    def refused(self) -> list[str]:
        return [record.request.operation for record in self.refusals]


def gather(
    collectors: Iterable[Collector],
    target: Target = TARGET,
    *,
    deny: Iterable[str] = (),
    rules: Sequence[Rule] = (),
) -> Collected:
    """Walk the collectors with the real door.

    Args:
        deny: operations that are refused instead of asked.
        rules: what the network answers in moto's place; an operation that neither they nor moto
            know is answered as if nothing were there.
    """
    with answering(rules):
        return _gather(tuple(collectors), target, frozenset(deny))


def _gather(several: Sequence[Collector], target: Target, deny: Set[str]) -> Collected:
    calls = {(each.kind, call.operation): call for each in several for call in each.calls}
    walk, door = Walk([target], several), AwsDoor(target)
    rows: list[Row] = []
    records: list[Record] = []
    walk.start()
    waiting = walk.begin(1)
    while waiting:
        request = waiting.pop()
        refusal = Answer(outcome=Outcome.DENIED, code="AccessDenied")
        answer = refusal if request.operation in deny else door.ask(request)
        answer = settle(calls[request.collector, request.operation], answer, b"")
        records.append(Record(request=request, answer=answer))
        revealed = walk.answer(request, answer, len(records) - 1)
        waiting += revealed.requests or walk.begin(1)
        for unit, found in revealed.found:
            rows += unit.collector.rows(found)
    door.close()
    return Collected(rows=tuple(rows), records=tuple(records))
