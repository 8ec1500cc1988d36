"""The policies of all resources of one kind: statements that say the same are one group.

Thousands of buckets have policies of hardly ten sorts. A group is a statement without the name of
its resource, and the sets of resources that have it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from auditor.access.estate import Actor, Estate
from auditor.access.layers import policy_of
from auditor.access.naming import Reach, reached, refused
from auditor.access.patterns import covers, overlaps
from auditor.access.segment import Form, Segment
from auditor.access.shapes import Face, Shape
from auditor.access.spread import Spread
from auditor.access.statements import Named, Statement
from auditor.access.truth import FALSE, TRUE, Truth, either

_ACCOUNTS = re.compile(r"(?=::([^:]*):)")
_ROOT = re.compile(r"arn:[^:]+:iam::(\d{12}):root")
_SESSION = re.compile(r"arn:[^:]+:sts::(\d{12}):.*", re.DOTALL)
_EVERYBODY = ""
_MOST_FAULTS, _MOST_SOURCES = 50, 50
_LOCAL = ("user", "role", "root")


@dataclass(slots=True)
class Group:
    """One statement of the policies of many resources.

    Attributes:
        actions: what it is about, as a set of the segment's actions; all for one with a fault.
        resources: which have it.
        overlapped: number of a form -> resources of which it names something; likewise covered,
            everything. Empty for statements whose Resource element has variables.
        sources: places of the first few resources, and the ids of the statements there.
        everybody: it speaks of everybody alike.
    """

    shape: Shape
    actions: int
    resources: int = 0
    overlapped: list[int] = field(default_factory=list)
    covered: list[int] = field(default_factory=list)
    varies: bool = False
    sources: list[tuple[int, str]] = field(default_factory=list)
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A group as it stands towards one principal.

    Attributes:
        ways: whether it names the principal, by how: its account, its role, itself.
        refuses: whether it names the principal if it denies.
    """

    number: int
    face: Face
    ways: tuple[Truth, Truth, Truth]
    refuses: Truth


class ResourcePolicies:
    """The policies of a segment's resources."""

    def __init__(self, estate: Estate, segment: Segment) -> None:
        """Group the statements of all resources."""
        self._estate, self._segment = estate, segment
        self._forms = tuple(dict.fromkeys(unit.form for unit in segment.units))
        self._numbers: dict[Form, int] = {form: n for n, form in enumerate(self._forms)}
        self._found: dict[tuple[object, ...], int] = {}
        self._faults: set[str] = set()
        self.groups: list[Group] = []
        for place, resource in enumerate(segment.resources):
            for statement in policy_of(estate, resource):
                self._take(place, statement)
        self._named: dict[str, list[int]] = {}
        self._alike: dict[tuple[str, ...], list[int]] = {}
        for number, group in enumerate(self.groups):
            for name in _names(group.shape.statement):
                self._named.setdefault(name, []).append(number)
            group.everybody = _is_plain(group.shape.statement)
            if group.everybody:
                self._alike.setdefault(group.shape.keys, []).append(number)
        self._shown: dict[object, tuple[Applied, ...]] = {}

    def _take(self, place: int, statement: Statement) -> None:
        segment = self._segment
        actions = (1 << len(segment.actions)) - 1
        if not statement.fault:
            actions = segment.named(statement.actions, others=statement.not_actions)
        if not actions:
            return
        varies = not statement.fault and any("${" in each for each in statement.resources)
        bare = self._bare(statement, varies=varies)
        key = (bare, actions)
        number = self._found.get(key)
        if number is None:
            number = self._found[key] = len(self.groups)
            empty = [0] * len(self._forms)
            self.groups.append(Group(Shape(bare), actions, 0, empty, list(empty), varies))
        group, bit = self.groups[number], 1 << place
        group.resources |= bit
        if len(group.sources) < _MOST_SOURCES:
            group.sources.append((place, statement.id))
        for form, scopes in enumerate(each.scopes for each in self._forms):
            scope = scopes[place]
            if scope is not None and not varies:
                group.overlapped[form] |= bit * (statement.fault != "" or _about(statement, scope))
                group.covered[form] |= bit * _all_of(statement, scope)

    def _bare(self, statement: Statement, *, varies: bool) -> Statement:
        if statement.fault:
            if statement.fault not in self._faults and len(self._faults) >= _MOST_FAULTS:
                return Statement(
                    policy_id="of the resource", number=0, fault="it cannot be understood"
                )
            self._faults.add(statement.fault)
            return Statement(policy_id="of the resource", number=0, fault=statement.fault)
        bare = replace(statement, policy_id="", number=0, sid="", actions=(), not_actions=False)
        return bare if varies else replace(bare, resources=("*",), not_resources=False)

    def towards(self, actor: Actor) -> tuple[Applied, ...]:
        """Return the groups that name a principal, as they stand towards it."""
        found: list[Applied] = []
        for keys, numbers in self._alike.items():
            found += self._towards_all(actor, keys, numbers)
        for name in _names_of(actor):
            for number in self._named.get(name, ()):
                found += self._applied(number, actor)
        return tuple(dict.fromkeys(found))

    def _towards_all(
        self, actor: Actor, keys: tuple[str, ...], numbers: list[int]
    ) -> tuple[Applied, ...]:
        shape = self.groups[numbers[0]].shape
        key = (keys, shape.profile(self._estate, actor))
        if key not in self._shown:
            self._shown[key] = tuple(
                each for number in numbers for each in self._applied(number, actor)
            )
        return self._shown[key]

    def _applied(self, number: int, actor: Actor) -> Iterator[Applied]:
        statement = self.groups[number].shape.statement
        face = self.groups[number].shape.face(self._estate, actor)
        if face.truth.value is False:
            return
        if statement.fault:
            yield Applied(number, face, (FALSE, FALSE, TRUE), TRUE)
        elif not statement.allows:
            refuses = refused(statement, actor)
            if refuses.possible:
                yield Applied(number, face, _NO_WAY, refuses)
        else:
            ways = dict.fromkeys(Reach, FALSE)
            for way, truth in reached(statement, actor):
                ways[way] = either(ways[way], truth)
            if any(each.possible for each in ways.values()):
                told = (ways[Reach.ACCOUNT], ways[Reach.ROLE], ways[Reach.DIRECT])
                yield Applied(number, face, told, FALSE)

    def about(self, group: Group, form: Form, actor: Actor, face: Face, *, whole: bool) -> Spread:
        """Return the resources of which a group's statement names something, or everything."""
        if group.varies:
            named = group.shape.about(self._estate, actor, face, self._segment, form, whole=whole)
            return named.within(group.resources)
        number = self._numbers[form]
        return Spread(group.covered[number] if whole else group.overlapped[number])


_NO_WAY = (FALSE, FALSE, FALSE)


def _about(statement: Statement, scope: str) -> bool:
    if statement.not_resources:
        return not any(covers(each, scope) for each in statement.resources)
    return any(overlaps(each, scope) for each in statement.resources)


def _all_of(statement: Statement, scope: str) -> bool:
    if statement.fault:
        return True
    if statement.not_resources:
        return not any(overlaps(each, scope) for each in statement.resources)
    return any(covers(each, scope) for each in statement.resources)


def _is_plain(statement: Statement) -> bool:
    """Whether it names everybody alike, whoever asks."""
    if statement.fault:
        return True
    return not statement.not_principals and all(each.kind == "*" for each in statement.principals)


def _names(statement: Statement) -> Iterator[str]:
    """Yield the names by which a principal that a statement may be about finds it."""
    if _is_plain(statement):
        return
    if statement.not_principals:
        yield _EVERYBODY
        return
    yield from dict.fromkeys(name for each in statement.principals for name in _keys(each))


def _keys(named: Named) -> Iterator[str]:
    if named.kind in ("*", "canonicaluser") or named.name == "*":
        yield _EVERYBODY
    elif named.kind == "service":
        yield f"service:{named.name}"
    else:
        yield named.name
        for account in _ACCOUNTS.findall(named.name):
            yield f"within {account}"
        if found := _ROOT.fullmatch(named.name) or _SESSION.fullmatch(named.name):
            yield f"all of {found[1]}"


def _names_of(actor: Actor) -> tuple[str, ...]:
    names = [_EVERYBODY, actor.id]
    if actor.user_id:
        names.append(actor.user_id)
    if actor.kind in _LOCAL:
        names.append(f"all of {actor.account}")
    if actor.kind == "account":
        names.append(f"within {actor.account}")
    return tuple(names)
