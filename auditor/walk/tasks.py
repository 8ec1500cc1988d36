"""What waits for an answer: a listing for its next page, an item for its next detail."""

from dataclasses import dataclass, field, replace

from auditor.model import Answer, Json, Outcome, Place, Request, Unknown
from auditor.spec import Call, Collector, Detail, Found, Listing, listed, malformed


@dataclass(slots=True)
class Shared:
    """One question that several resources of a unit ask, and who waits for its answer."""

    answers: tuple[Answer, ...] = ()
    records: tuple[int, ...] = ()
    done: bool = False
    waiting: list[tuple["ItemTask", Detail]] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """One collector at one place: what ``coverage`` has a row for.

    Attributes:
        waiting: tasks that are not finished; 0 when the unit is.
        issues: refused listings: outcome, reason and permission of each.
        values: what the unit contributes to its axis, in order.
        hidden: those of these values that may hold more than an index is allowed to name.
        evidence: indexes of the records that refused a listing.
        lacking: types that its details need, and of which an index names none there.
        shared: questions that several of its resources ask, by their words.
    """

    collector: Collector
    place: Place
    items: int = 0
    answers: int = 0
    refusals: int = 0
    waiting: int = 0
    listings: int = 0
    issues: list[tuple[Outcome, str, str]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    evidence: list[int] = field(default_factory=list)
    lacking: frozenset[str] = frozenset()
    shared: dict[str, Shared] = field(default_factory=dict)
    details: dict[str, Detail] = field(init=False)

    def __post_init__(self) -> None:
        self.details = {detail.name: detail for detail in self.collector.details}

    def request(self, call: Call, step: str, source: Found, token: Json) -> Request:
        """Build the request for one page of a call, its bound parameters filled in."""
        bound = {name: source.read(path, absent=None) for name, path in call.bind.items()}
        for name, compose in call.compose.items():
            fixed, made = call.parameters.get(name), compose(source)
            if isinstance(made, Unknown):
                continue
            if isinstance(fixed, dict) and isinstance(made, dict):
                made = {**fixed, **made}
            bound[name] = made
        return Request(
            collector=self.collector.kind,
            place=self.place,
            step=step,
            service=call.service or self.collector.service,
            operation=call.operation,
            parameters={**call.parameters, **bound},
            region=call.asked_in or _text(source, call.region) or self.place.get("region", ""),
            endpoint=call.locate(source) if call.locate else _text(source, call.endpoint),
            token=token,
        )


@dataclass(slots=True)
class Finding:
    """An axis at a place while it is found out: how many units are still to say, and who said."""

    to_come: int = 0
    units: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class Spawned:
    """What one answer leads to."""

    requests: list[tuple[Request, "Task"]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


class Task:
    """Something that waits for the answer to one request at a time."""

    unit: Unit

    def take(self, answer: Answer, index: int) -> Spawned:
        """Take the answer to the request that this task waits for."""
        raise NotImplementedError


@dataclass(slots=True)
class ListingTask(Task):
    """Reads the pages of a listing, or of the parent listing that comes before it."""

    unit: Unit
    call: Listing
    prefix: str
    parent: Json = None
    parent_records: tuple[int, ...] = ()
    page: int = 0

    def begin(self, token: Json = None) -> tuple[Request, Task]:
        """Return the request for the current page."""
        source = Found(place=self.unit.place, item=None, parent=self.parent)
        step = f"{self.prefix}{self.page}"
        return self.unit.request(self.call, step, source, token), self

    def take(self, answer: Answer, index: int) -> Spawned:
        """Spawn a task for each item of the page, and ask for the next page."""
        self.unit.waiting -= 1
        self.unit.listings += 1
        spawned = Spawned()
        if not answer.outcome.known or malformed(self.call, answer):
            self.unit.issues.append(_issue(self.call, answer))
            self.unit.evidence.append(index)
            self.unit.refusals += 1
            return spawned
        for position, item in enumerate(listed(self.call, answer)):
            step = f"{self.prefix}{self.page}.{position}/"
            collector = self.unit.collector
            if self.call is collector.parent:
                self._descend(collector.listing, item, step, index, spawned)
                continue
            self._begin_item(item, step, index, spawned)
            if collector.below is not None:
                self._descend(collector.below, item, step, index, spawned)
        if answer.token is not None:
            self.page += 1
            self.unit.waiting += 1
            spawned.requests.append(self.begin(answer.token))
        return spawned

    def _descend(
        self, call: Listing, parent: Json, step: str, index: int, spawned: Spawned
    ) -> None:
        child = ListingTask(self.unit, call, f"{step}l", parent, (index,))
        self.unit.waiting += 1
        spawned.requests.append(child.begin())

    def _begin_item(self, item: Json, step: str, index: int, spawned: Spawned) -> None:
        self.unit.items += 1
        records: dict[str, tuple[int, ...]] = {"item": (index,)}
        if self.parent_records:
            records["parent"] = self.parent_records
        task = ItemTask(self.unit, item, self.parent, step, records)
        self.unit.waiting += 1
        task.advance(spawned)


@dataclass(slots=True)
class ItemTask(Task):
    """Asks for the details of one resource, one after the other.

    Attributes:
        turns: the parameters for which the current detail is asked; () if once.
        turn: how many of them were asked with to the end.
    """

    unit: Unit
    item: Json
    parent: Json
    step: str
    records: dict[str, tuple[int, ...]]
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    cursor: int = -1
    asking: str = ""
    turns: tuple[dict[str, Json], ...] = ()
    turn: int = 0
    found: Found = field(init=False)

    def __post_init__(self) -> None:
        # One view for the whole life of the task: it reads the two dictionaries that grow here.
        self.found = Found(
            place=self.unit.place,
            item=self.item,
            parent=self.parent,
            answers=self.answers,
            records=self.records,
            details=self.unit.details,
            since=self.unit.collector.since,
        )

    def take(self, answer: Answer, index: int) -> Spawned:
        """Keep the answer; ask for its next page, the next detail, or be done."""
        detail = self.unit.collector.details[self.cursor]
        self.answers[detail.name] = (*self.answers.get(detail.name, ()), answer)
        self.records[detail.name] = (*self.records.get(detail.name, ()), index)
        spawned = Spawned()
        if not answer.outcome.known:
            self.unit.refusals += 1
        if detail.items and answer.token is not None:
            spawned.requests.append((self._request(detail, answer.token), self))
            return spawned
        self.turn += 1
        if answer.outcome.known and self.turn < len(self.turns):
            spawned.requests.append((self._request(detail, None), self))
            return spawned
        if detail.shared:
            self._share(detail, spawned)
        self.advance(spawned)
        return spawned

    def _share(self, detail: Detail, spawned: Spawned) -> None:
        """Hand the answer to everybody who has asked the same since."""
        shared = self.unit.shared[self.asking]
        shared.answers, shared.records = self.answers[detail.name], self.records[detail.name]
        shared.done = True
        for other, theirs in shared.waiting:
            other.adopt(theirs, shared)
            other.advance(spawned)
        shared.waiting = []

    def adopt(self, detail: Detail, shared: Shared) -> None:
        """Take the answer to the question of another."""
        self.answers[detail.name] = shared.answers
        self.records[detail.name] = shared.records

    def advance(self, spawned: Spawned) -> None:
        """Ask for the next detail that applies, or report the resource as found."""
        details = self.unit.collector.details
        while (cursor := self.cursor + 1) < len(details):
            self.cursor = cursor
            if self._askable(details[cursor]) and self._asks(details[cursor], spawned):
                return
        self.unit.waiting -= 1
        spawned.found.append(self.found)

    def _asks(self, detail: Detail, spawned: Spawned) -> bool:
        """Ask for a detail, or wait for another who has; false if the answer is known already."""
        request = self._request(detail, None)
        if detail.shared:
            parameters = sorted(request.parameters.items())
            self.asking = f"{request.operation} {request.region} {request.endpoint} {parameters}"
            shared = self.unit.shared.get(self.asking)
            if shared is not None and shared.done:
                self.adopt(detail, shared)
                return False
            if shared is not None:
                shared.waiting.append((self, detail))
                return True
            self.unit.shared[self.asking] = Shared()
        spawned.requests.append((request, self))
        return True

    def _request(self, detail: Detail, token: Json) -> Request:
        page = len(self.answers.get(detail.name, ()))
        step = f"{self.step}{detail.name}.{page}"
        request = self.unit.request(detail, step, self.found, token)
        here = self.turns[self.turn] if self.turns else {}
        return replace(request, parameters={**request.parameters, **here}) if here else request

    def _askable(self, detail: Detail) -> bool:
        """Whether the detail applies and all its parameters are known.

        A call whose parameter could not be learned is not made, so its answer is unknown.
        """
        if detail.when and not self.found.read(detail.when, absent=None):
            return False
        if detail.applies is not None and not detail.applies(self.found):
            return False
        if detail.needs and self.unit.lacking.issuperset(detail.needs):
            return False
        several = [values(self.found) for values in detail.each.values()]
        together = [zip(detail.each, each, strict=True) for each in zip(*several, strict=True)]
        self.turn, self.turns = 0, tuple(map(dict, together))
        if detail.each and not self.turns:
            return False
        for path in detail.bind.values():
            value = self.found.read(path)
            if isinstance(value, Unknown):
                why = f"not asked: {path} is unknown because {value.reason}"
                self.answers[detail.name] = (Answer(outcome=Outcome.FAILED, code=why),)
                known = value.evidence >= 0
                self.records[detail.name] = (value.evidence,) if known else self.records["item"]
                self.unit.refusals += 1
                return False
        return True


def _issue(call: Call, answer: Answer) -> tuple[Outcome, str, str]:
    if answer.outcome.known:
        return Outcome.FAILED, f"{call.operation} answered with something that is no list", ""
    code = f" ({answer.code})" if answer.code else ""
    permission = call.permission if answer.outcome is Outcome.DENIED else ""
    return answer.outcome, f"{call.operation} {answer.outcome.phrase}{code}", permission


def _text(source: Found, path: str) -> str:
    value = source.read(path, absent="") if path else ""
    return value if isinstance(value, str) else ""
